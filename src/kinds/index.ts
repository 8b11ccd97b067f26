// Every kind of record there is, in the order in which they are listed.
import { appointment } from './appointment.ts';
import { customer } from './customer.ts';
import { expense } from './expense.ts';
import { file } from './file.ts';
import { invoice } from './invoice.ts';
import { job } from './job.ts';
import type { KindDeclaration } from './kind.ts';
import { monthlyExpense } from './monthly-expense.ts';
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
  monthly_expense: typeof monthlyExpense;
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
  monthlyExpense,
];
