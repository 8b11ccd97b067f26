// What went wrong, as a code with facts that a person can act on once the printers put them into words. A Problem is the
// only error that reaches a caller; anything else is a fault of ours and gets a neutral sentence from the wrapper.
import type { Message } from './message.ts';
import { beginning, cut } from './text.ts';

/** What became of the request, whatever went wrong with it. */
export type ProblemKind = 'invalid' | 'not_found' | 'ambiguous' | 'refused' | 'upgrade' | 'unavailable' | 'busy';

export class Problem extends Error {
  readonly kind: ProblemKind;
  /** What happened and what to do next: the printers put it into words. */
  readonly said: Message;
  /** The argument at fault, as the caller wrote it (`lines[2].unitPrice`), when there is one. */
  readonly field: string | undefined;

  constructor(kind: ProblemKind, said: Message, field?: string) {
    super(said.code);
    this.name = 'Problem';
    this.kind = kind;
    this.said = said;
    this.field = field;
  }
}

/** An argument that cannot be used as written: names the field, says what is wrong and shows the right form. */
export function invalid(field: string, said: Message): Problem {
  return new Problem('invalid', said, field);
}

/** A request that is understood but against a rule of the books: says which rule and what to do instead. */
export function refused(said: Message, field?: string): Problem {
  return new Problem('refused', said, field);
}

/** Repeats at most this much of what a caller wrote inside an error, on one line. */
export function quoted(text: unknown): string {
  const line = (typeof text === 'string' ? beginning(text, 1000) : asJson(text))
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  return `"${cut(line, 40)}"`;
}

/** What is nested too deep to be written out is only named. */
function asJson(value: unknown): string {
  try {
    return JSON.stringify(value ?? null);
  } catch {
    return '…';
  }
}
