import type { Message } from '../message.ts';

/** What is said of calls that came before. */
export type RequestMessages = {
  'request.used-for-another': { readonly said: string };
  /** `minutesAgo` is null where the clock was set since. */
  'request.repeated': {
    readonly minutesAgo: number | null;
    readonly change: number;
    readonly summary: Message | string;
    /** The number of the record that is like the one asked for; null where the summary has it, or the call alone tells it. */
    readonly record: string | null;
    /** It would count otherwise, as a credit that is to be billed again and one that is not. */
    readonly otherwise: boolean;
  };
};
