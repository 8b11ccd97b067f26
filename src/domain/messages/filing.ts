import type { Message, NoFacts } from '../message.ts';

export type FilingMessages = {
  'filing.expense-has-its-job': NoFacts;
  'filing.what-is-it': { readonly said: string };
  'filing.other-customer': {
    readonly ref: string;
    readonly owner: string;
    readonly job: string;
    readonly name: string;
    readonly customer: string;
  };
  /** @property job where it was to go; null: off its job */
  'filing.attached-to-expense': { readonly ref: string; readonly expense: string; readonly job: string | null };
  'filing.photo-of-walk': { readonly ref: string; readonly walk: string };
  'filing.order-parted': { readonly ref: string; readonly changed: string; readonly other: string };
  'filing.invoice-stays-with-quote': { readonly invoice: string | null; readonly quote: string; readonly job: string };
  /** A bill or an accepted quote under no job, whose customer has these. */
  'note.outside-jobs': {
    readonly ref: string;
    readonly customer: string;
    readonly jobs: readonly { readonly ref: string; readonly name: string }[];
    readonly more: boolean;
  };
  'note.taken-out': { readonly refs: readonly string[]; readonly jobs: readonly string[] };
  'note.counts-nowhere': { readonly ref: string; readonly toward: string };
  'note.counts-elsewhere': { readonly ref: string; readonly toward: string; readonly now: string };
  'note.of-bill': { readonly ref: string; readonly note: Message };
};
