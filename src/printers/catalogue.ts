// The form of a catalogue of words: for every code one entry, so that a code without words does not compile.
import type { Message } from '../domain/message.ts';

/**
 * One sentence or more. `next` is what to call next, for the model that called: it alone may name tools and arguments,
 * and a person on a page does not read it, but what stands `instead`. Where both read something else throughout, there is
 * nothing that `says` it to both.
 */
export type Words =
  | string
  | { readonly says: string; readonly next: string; readonly instead?: string }
  | { readonly says?: never; readonly next: string; readonly instead: string };

/** The same value with every message in it put into words. */
export type Printed<T> = T extends Message
  ? string
  : T extends string
    ? T
    : T extends object
      ? { [K in keyof T]: Printed<T[K]> }
      : T;

/** The words of every code. Messages among the facts come in words already. */
export type Catalogue<M> = { readonly [C in keyof M]: (facts: Printed<M[C]>) => Words };
