import type { NoFacts } from '../message.ts';

/** What is said of site visits and appointments. `said` is what was cited, quoted. */
export type SiteMessages = {
  /** What a calendar file is without, which is passed on. */
  'calendar.left-out': NoFacts;
  'cited.too-short': { readonly said: string; readonly fewest: number; readonly ref: string };
  'cited.not-said': { readonly said: string; readonly ref: string; readonly closest: string | null };
  'visit.cancelled': { readonly ref: string };
  'visit.ends-or-minutes': NoFacts;
  'visit.too-long': NoFacts;
  'visit.too-many-in-file': { readonly most: number };
  'walk.transcript-missing': NoFacts;
  'walk.stays-with-customer': { readonly ref: string; readonly customer: string };
  'walk.moves-by-filing': { readonly ref: string };
  'walk.still-to-come': { readonly said: string; readonly today: string };
  /** @property customer null: it is nobody's */
  'walk.photo-of-other-customer': { readonly ref: string; readonly customer: string | null };
  'walk.no-picture': { readonly ref: string; readonly name: string };
  'walk.photo-elsewhere': { readonly ref: string; readonly where: string };
  'visit.ends-before-it-starts': { readonly starts: string };
  'walk.consent-missing': NoFacts;
  'walk.consent-names-nobody': { readonly said: string };
  /** `ref` is null for who may not know of it. */
  'walk.still-cited': { readonly ref: string | null; readonly cites: string };
  'visit.in-the-past': { readonly span: string };
  'visit.some-in-the-past': { readonly count: number };
  'visit.done-ahead': { readonly ref: string; readonly span: string };
  /** Its clock is put forward over the time that was said. */
  'visit.time-skipped': { readonly ref: string; readonly time: string; readonly span: string };
  /** @property last day that could be booked */
  'visit.repeats-too-often': { readonly most: number; readonly until: string; readonly last: string };
  /** @property next day on which there would be a second one */
  'visit.repeats-never': {
    readonly every: string;
    readonly first: string;
    readonly until: string;
    readonly next: string;
  };
  'visit.repeats-not': { readonly ref: string };
  'visit.done-one-by-one': NoFacts;
  /** @property status that they were to have */
  'visit.none-of-the-rest': { readonly ref: string; readonly status: string | null };
  'visit.somebody-is-elsewhere': NoFacts;
  /** `people` who go to the other one. */
  'visit.clashes': {
    readonly ref: string;
    readonly title: string;
    readonly isSample: boolean;
    readonly customer: string;
    readonly span: string;
    readonly people: readonly string[];
  };
  'visit.more-clash': { readonly count: number };
};
