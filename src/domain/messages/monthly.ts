import type { NoFacts } from '../message.ts';

export type MonthlyMessages = {
  'monthly.ends-before-start': { readonly first: string; readonly until: string };
  'monthly.began-long-ago': { readonly first: string; readonly months: number };
  'monthly.booked-already': { readonly ref: string; readonly last: string };
  /** What comes every month is overhead: on no job, no return, covering nothing, without a file. */
  'monthly.overhead-alone': NoFacts;
  'monthly.until-alone': NoFacts;
  /** Said of what is no part of a monthly expense. */
  'monthly.has-none': { readonly ref: string };
  /** @property field what was said of it */
  'monthly.is-none': { readonly field: 'from' | 'until' };
  'monthly.from-needs-amount': NoFacts;
  'monthly.from-amount-alone': NoFacts;
  /** It is to become another on a later day already. */
  'monthly.changes-already': { readonly ref: string; readonly amount: string; readonly from: string };
  /** Two that are most likely one. */
  'monthly.like': {
    readonly monthly: string;
    readonly other: string;
    readonly amount: string;
    readonly vendor: string | null;
    /** Which of them is new. */
    readonly ref: string;
  };
};
