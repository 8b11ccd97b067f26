// Puts messages and problems into words.
import type { Problem } from '../domain/errors.ts';
import { isMessage, type Code, type Message, type Messages } from '../domain/message.ts';
import { capital } from './format.ts';
import { inLine } from '../domain/text.ts';
import type { Catalogue, Printed, Words } from './catalogue.ts';
import { backupMessages } from './messages/backup.ts';
import { moveMessages } from './messages/move.ts';
import { bookMessages } from './messages/books.ts';
import { callMessages } from './messages/calls.ts';
import { workMessages } from './messages/work.ts';
import { dateMessages } from './messages/dates.ts';
import { diskMessages } from './messages/disk.ts';
import { documentMessages } from './messages/documents.ts';
import { invoiceMessages } from './messages/invoices.ts';
import { jobMessages } from './messages/jobs.ts';
import { moneyMessages } from './messages/money.ts';
import { paymentMessages } from './messages/payments.ts';
import { profitMessages } from './messages/profit.ts';
import { quoteMessages } from './messages/quotes.ts';
import { siteMessages } from './messages/site.ts';
import { undoMessages } from './messages/undo.ts';
import { recordMessages } from './messages/records.ts';
import { accessMessages } from './messages/access.ts';
import { requestMessages } from './messages/requests.ts';
import { accountMessages } from './messages/accounts.ts';
import { customerMessages } from './messages/customers.ts';
import { filingMessages } from './messages/filing.ts';
import { historyMessages } from './messages/history.ts';
import { logMessages } from './messages/log.ts';
import { expenseMessages } from './messages/expenses.ts';
import { monthlyMessages } from './messages/monthly.ts';
import { periodMessages } from './messages/period.ts';
import { fileMessages } from './messages/files.ts';

const CATALOGUE: Catalogue<Messages> = {
  ...backupMessages,
  ...moveMessages,
  ...workMessages,
  ...callMessages,
  ...bookMessages,
  ...dateMessages,
  ...diskMessages,
  ...fileMessages,
  ...historyMessages,
  ...logMessages,
  ...documentMessages,
  ...invoiceMessages,
  ...jobMessages,
  ...moneyMessages,
  ...paymentMessages,
  ...profitMessages,
  ...quoteMessages,
  ...siteMessages,
  ...undoMessages,
  ...recordMessages,
  ...accessMessages,
  ...requestMessages,
  ...accountMessages,
  ...customerMessages,
  ...filingMessages,
  ...expenseMessages,
  ...monthlyMessages,
  ...periodMessages,
};

/** What a model reads: what happened, and what to call next. */
export function forModel(message: Message): string {
  return toModel(wordsOf(message, forModel));
}

/** The same as data, in which what people wrote stands as they wrote it: whoever makes a text of it lines it up. */
export function asData(message: Message): string {
  return toModel(wordsOf(message, asData, (written) => written));
}

function toModel(words: Words): string {
  return typeof words === 'string' ? words : inARow(words.says, words.next);
}

function inARow(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(' ');
}

/** What a person reads, who calls no tools. */
export function forPerson(message: Message): string {
  const words = wordsOf(message, forPerson);
  return typeof words === 'string' ? words : inARow(words.says, words.instead);
}

type Speak = (message: Message) => string;

/** What people wrote is among the facts: it stands in line in our words, and hides nothing there (`inLine`). */
function wordsOf<C extends Code>(
  { code, facts }: Message<C>,
  speak: Speak,
  said: (written: string) => string = inLine,
): Words {
  const words = Object.hasOwn(CATALOGUE, code) ? CATALOGUE[code] : null;
  if (words === null) return withoutWords(code);
  try {
    // Texts become other texts; nothing else of them changes.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return words(printed(facts, speak, said) as Printed<Messages[C]>);
  } catch {
    return withoutWords(code);
  }
}

/** What the history holds may have been written by a newer version, or be damaged. */
function withoutWords(code: string): string {
  return `Something that this version of Jobwright has no words for (${code})`;
}

/** A value with every message in it put into words. */
export function inWords<T>(value: T, speak: Speak = forModel): Printed<T> {
  // What a message is at run time is a string in the type, at every depth.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return printed(value, speak) as Printed<T>;
}

function printed(value: unknown, speak: Speak, said: (words: string) => string = (words) => words): unknown {
  if (typeof value === 'string') return said(value);
  if (isMessage(value)) return speak(value);
  if (Array.isArray(value)) return value.map((each: unknown) => printed(each, speak, said));
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = { ...value };
  for (const key in copy) copy[key] = printed(copy[key], speak, said);
  return copy;
}

/** What went wrong, as the caller of a tool reads it: the argument at fault comes first. */
export function problemForModel({ said, field }: Problem): string {
  const words = forModel(said);
  return field === undefined ? words : `${field}: ${words}`;
}

/** What went wrong, as a person reads it on a page or in a terminal. */
export function problemForPerson({ said }: Problem): string {
  return capital(ofSubject('it', forPerson(said)));
}

/** What is said to be so or not, with what it is said of; other words stand by themselves. */
export function ofSubject(subject: string, words: string): string {
  return /^(?:is|does|must|goes|leads) /.test(words) ? `${subject} ${words}` : words;
}
