// What the program has to say to somebody: a code with its facts. The rules and the use cases say what happened; the
// printers put it into words (printers/messages), for a model or for a person, and nothing reads the words back.
import type { BackupMessages } from './messages/backup.ts';
import type { BookMessages } from './messages/books.ts';
import type { CallMessages } from './messages/calls.ts';
import type { WorkMessages } from './messages/work.ts';
import type { DateMessages } from './messages/dates.ts';
import type { DiskMessages } from './messages/disk.ts';
import type { DocumentMessages } from './messages/documents.ts';
import type { InvoiceMessages } from './messages/invoices.ts';
import type { JobMessages } from './messages/jobs.ts';
import type { MoneyMessages } from './messages/money.ts';
import type { PaymentMessages } from './messages/payments.ts';
import type { ProfitMessages } from './messages/profit.ts';
import type { QuoteMessages } from './messages/quotes.ts';
import type { SiteMessages } from './messages/site.ts';
import type { UndoMessages } from './messages/undo.ts';
import type { RecordMessages } from './messages/records.ts';
import type { AccessMessages } from './messages/access.ts';
import type { RequestMessages } from './messages/requests.ts';
import type { AccountMessages } from './messages/accounts.ts';
import type { CustomerMessages } from './messages/customers.ts';
import type { FilingMessages } from './messages/filing.ts';
import type { HistoryMessages } from './messages/history.ts';
import type { LogMessages } from './messages/log.ts';
import type { ExpenseMessages } from './messages/expenses.ts';
import type { MonthlyMessages } from './messages/monthly.ts';
import type { PeriodMessages } from './messages/period.ts';
import type { FileMessages } from './messages/files.ts';
import type { MoveMessages } from './messages/move.ts';

/** Everything that can be said: the facts of each code. One type for each noun, in `messages/`. */
export type Messages = BackupMessages &
  WorkMessages &
  CallMessages &
  BookMessages &
  DateMessages &
  DiskMessages &
  FileMessages &
  HistoryMessages &
  LogMessages &
  DocumentMessages &
  InvoiceMessages &
  JobMessages &
  MoneyMessages &
  MoveMessages &
  PaymentMessages &
  ProfitMessages &
  QuoteMessages &
  SiteMessages &
  UndoMessages &
  RecordMessages &
  AccessMessages &
  RequestMessages &
  AccountMessages &
  CustomerMessages &
  FilingMessages &
  ExpenseMessages &
  MonthlyMessages &
  PeriodMessages;

export type Code = keyof Messages;

/** Plain data, so that it can be kept in the journal and handed to another thread. */
export type Message<C extends Code = Code> = { readonly code: C; readonly facts: Messages[C] };

/** A message, or the sentence that an earlier version kept in its place. */
export type Said = Message | string;

/** The facts of a code that needs none. */
export type NoFacts = Readonly<Record<never, never>>;

type Alone = { [C in Code]: keyof Messages[C] extends never ? C : never }[Code];

export function says<C extends Alone>(code: C): Message<C>;
export function says<C extends Code>(code: C, facts: Messages[C]): Message<C>;
export function says(code: Code, facts: Messages[Code] = {}): Message {
  return { code, facts };
}

/** Whether this is a message: nothing else that the program answers with has just these two. */
export function isMessage(value: unknown): value is Message {
  if (typeof value !== 'object' || value === null || !('code' in value) || !('facts' in value)) return false;
  return typeof value.code === 'string' && Object.keys(value).length === 2;
}

/** Whether this is one of its facts, at any depth, as the number of a record may be. A sentence has none. */
export function hasFact(said: Said, value: string): boolean {
  return typeof said !== 'string' && holds(said.facts, value);
}

function holds(facts: unknown, value: string): boolean {
  if (typeof facts !== 'object' || facts === null) return facts === value;
  return Object.values(facts).some((each) => holds(each, value));
}
