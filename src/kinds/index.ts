// Every kind of record there is, in the order in which they are listed.
import { appointment } from './appointment.ts';
import { customer } from './customer.ts';
import { expense } from './expense.ts';
import { file } from './file.ts';
import { invoice } from './invoice.ts';
import { job } from './job.ts';
import type { KindDeclaration } from './kind.ts';
import { payment } from './payment.ts';
import { quote } from './quote.ts';
import { walkAndTalk } from './walk-and-talk.ts';

/** Each kind by its name. An interface, so that a test can add a kind to the whole program and see that it compiles. */
export interface Kinds {
  customer: typeof customer;
  job: typeof job;
  quote: typeof quote;
  invoice: typeof invoice;
  walk_and_talk: typeof walkAndTalk;
  appointment: typeof appointment;
  expense: typeof expense;
  file: typeof file;
  payment: typeof payment;
}
export type Kind = keyof Kinds;

type Declared = { readonly [K in Kind]: KindDeclaration & { readonly kind: K } }[Kind];

export const KINDS: readonly Declared[] = [
  job,
  customer,
  quote,
  invoice,
  expense,
  payment,
  file,
  appointment,
  walkAndTalk,
];

/** Those that are found by words, in the order in which they are meant where several fit alike. */
export const FOUND_BY_WORDS: readonly Kind[] = KINDS.flatMap(({ kind, found }) =>
  found === null ? [] : [{ kind, found }],
)
  .toSorted((one, other) => one.found.rank - other.found.rank)
  .map(({ kind }) => kind);

export const KIND_NAMES: readonly Kind[] = KINDS.map(({ kind }) => kind);

export function isKind(name: string): name is Kind {
  return KINDS.some(({ kind }) => kind === name);
}

/** What is declared of each kind, as a table by its name. */
export function byKind<T>(make: (declared: KindDeclaration) => T): Readonly<Record<Kind, T>> {
  // Every kind is in the list, as a test sees to.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.fromEntries(KINDS.map((declared) => [declared.kind, make(declared)])) as Record<Kind, T>;
}

const DECLARED = byKind((declared) => declared);

export function declared(kind: Kind): KindDeclaration {
  return DECLARED[kind];
}
