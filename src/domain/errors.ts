// What went wrong, in words a person can act on. A Problem is the only error whose message reaches a caller;
// anything else is a fault of ours and gets a neutral sentence from the wrapper.
import { cut } from './text.ts';

export type ProblemCode = 'invalid' | 'not_found' | 'ambiguous' | 'refused' | 'upgrade' | 'unavailable' | 'busy';

export class Problem extends Error {
  readonly code: ProblemCode;
  /** The argument at fault, as the caller wrote it (`lines[2].unitPrice`), when there is one. */
  readonly field: string | undefined;

  constructor(code: ProblemCode, message: string, field?: string) {
    super(field === undefined ? message : `${field}: ${message}`);
    this.name = 'Problem';
    this.code = code;
    this.field = field;
  }
}

/** An argument that cannot be used as written: names the field, says what is wrong and shows the right form. */
export function invalid(field: string, message: string): Problem {
  return new Problem('invalid', message, field);
}

/** A request that is understood but against a rule of the books: says which rule and what to do instead. */
export function refused(message: string, field?: string): Problem {
  return new Problem('refused', message, field);
}

/** Repeats at most this much of what a caller wrote inside an error, on one line. */
export function quoted(text: unknown): string {
  const line = (typeof text === 'string' ? text.slice(0, 1000) : asJson(text))
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim();
  return `"${cut(line, 40)}"`;
}

/** What is nested too deep to be written out is only named. */
function asJson(value: unknown): string {
  try {
    return JSON.stringify(value ?? null);
  } catch {
    return 'something nested too deep';
  }
}
