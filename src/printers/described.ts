// The one gate between what was answered as data and a text that is made of it: every word in it may be somebody's.
import { inLine } from '../domain/text.ts';

/**
 * The same answer with every text in it made safe to stand within a line (`inLine`). Data that is sent stays as it is.
 * @param composed fields whose texts views made, of several lines and by way of this gate
 */
export function described<T>(answer: T, composed: readonly string[] = []): T {
  // Texts become other texts; nothing else of it changes.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return passed(answer, new Set(composed)) as T;
}

function passed(value: unknown, composed: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return inLine(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => passed(each, composed));
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, composed.has(name) ? each : passed(each, composed)]),
  );
}
