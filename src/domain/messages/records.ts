import type { NoFacts } from '../message.ts';

type Said = { readonly said: string };

/** One of several that may be meant, with what its title does not say; amounts are texts with their currency. */
type CouldBe = {
  readonly title: string;
  readonly status: string | null;
  readonly day: string | null;
  readonly amount: string | null;
  /** What is still to be paid, where that is not all. */
  readonly open: string | null;
};

/** What is said where a record is looked for. `said` is what it was called, quoted; `like` is such a number. */
export type RecordMessages = {
  'record.of-other-kind': Said & { readonly is: string; readonly wanted: string; readonly like: string };
  'record.none-of-kind': Said & { readonly noun: string; readonly like: string; readonly listedBy: string };
  'record.could-be': Said & { readonly records: readonly CouldBe[]; readonly are: 'many' | 'soonest' | 'one' | 'some' };
  'record.no-such-line': Said;
  'record.line-of-other-job': { readonly ref: string };
  'record.line-could-be': Said & { readonly lines: readonly { readonly ref: string; readonly description: string }[] };
  'record.holds-costs': NoFacts;
  'record.no-jobs-here': NoFacts;
  'record.switched-off': { readonly like: string };
  'record.no-address': Said;
  'record.none': Said;
  'record.document-by-number': Said;
  'record.file-shows-cost': { readonly ref: string };
  /** Who something is for. */
  'party.missing': { readonly jobs: boolean };
  'party.other-customer': { readonly customer: string; readonly of: { readonly job: string } | 'revised' | 'walk' };
  'party.for-other-customer': {
    readonly ref: string;
    readonly customer: string;
    readonly name: string;
    readonly field: string;
  };
  'party.on-other-job': {
    readonly ref: string;
    readonly job: string;
    readonly earlier: 'revised' | 'walk';
    readonly field: string;
  };
  'page.not-a-cursor': NoFacts;
  'page.appointment-gone': NoFacts;
  'page.cursor-without-section': NoFacts;
  'record.line-title': {
    readonly ref: string;
    readonly description: string;
    readonly quote: string;
    readonly customer: string;
  };
  'record.document-title': { readonly ref: string };
};
