import type { Message } from '../message.ts';

/** What is said of calls that came before. */
export type RequestMessages = {
  'request.used-for-another': { readonly said: string };
  /** `minutesAgo` is null where the clock was set since. */
  'request.repeated': {
    readonly minutesAgo: number | null;
    readonly change: number;
    readonly summary: Message | string;
    /** The number of the record that is like the one asked for; null where it is told by the call alone. */
    readonly record: string | null;
  };
};
