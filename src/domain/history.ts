import type { Instant } from './dates.ts';
import type { Said } from './message.ts';

/** What one write did, under one number. */
export type Change = {
  readonly number: number;
  readonly at: Instant;
  readonly actor: string;
  readonly client: string;
  readonly tool: string;
  readonly summary: Said;
  /** The change that this one took back. */
  readonly undoes: number | null;
};
