import type { NoFacts } from '../message.ts';

/** What is done in a worker. */
export type WorkName = 'make PDF' | 'make calendar' | 'look-at-file' | 'show picture';

/** What is said where a worker did not come to an end. */
export type WorkMessages = {
  'work.others-of-account': NoFacts;
  'work.others-of-all': NoFacts;
  'work.ending': NoFacts;
  'work.too-long': { readonly work: WorkName; readonly seconds: number };
  'work.too-much-memory': { readonly work: WorkName };
  'work.broke': { readonly work: WorkName };
};
