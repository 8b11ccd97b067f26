import type { NoFacts } from '../message.ts';

export type CustomerMessages = {
  'customer.no-jobs-here': NoFacts;
  'customer.unknown-stage': { readonly said: string; readonly pipeline: string; readonly stages: string };
  'customer.looks-like': { readonly customers: readonly string[]; readonly first: string };
  'customer.likely-duplicate': { readonly customers: readonly string[] };
};
