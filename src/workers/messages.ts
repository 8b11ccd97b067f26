// What goes between the main thread and a worker: values that are copied, or moved where they are bytes. A Problem
// crosses as data and is one again on the other side.
import { Problem } from '../domain/errors.ts';

export type WorkMessage = { readonly task: string; readonly input: unknown };
export type WorkAnswer =
  | { readonly output: unknown }
  | { readonly problem: Pick<Problem, 'kind' | 'said' | 'field'> }
  | { readonly fault: { readonly message: string; readonly stack: string | undefined } };

/** An answer that says what went wrong. */
export function failure(error: unknown): WorkAnswer {
  if (error instanceof Problem) {
    const { kind, said, field } = error;
    return { problem: { kind, said, field } };
  }
  if (!(error instanceof Error)) return { fault: { message: 'an error that is none', stack: undefined } };
  return { fault: { message: error.message, stack: error.stack } };
}

/** What was answered, or thrown. */
export function outcome(answer: WorkAnswer): unknown {
  if ('output' in answer) return answer.output;
  if ('problem' in answer) throw new Problem(answer.problem.kind, answer.problem.said, answer.problem.field);
  const fault = new Error(answer.fault.message);
  if (answer.fault.stack !== undefined) fault.stack = answer.fault.stack;
  throw fault;
}

type Packed = { readonly value: unknown; readonly moved: ArrayBuffer[] };

/** Bytes at the top of a value are moved, not copied; what shares its memory with other bytes is copied alone. */
export function packed(value: unknown): Packed {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { value, moved: [] };
  const moved: ArrayBuffer[] = [];
  const entries = Object.entries(value).map(([name, each]: [string, unknown]): [string, unknown] => {
    if (!(each instanceof Uint8Array)) return [name, each];
    const isWhole = each.buffer instanceof ArrayBuffer && each.byteLength === each.buffer.byteLength;
    const bytes = isWhole ? new Uint8Array(each.buffer) : new Uint8Array(each);
    moved.push(bytes.buffer);
    return [name, bytes];
  });
  return { value: Object.fromEntries(entries), moved };
}
