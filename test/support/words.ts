// What every text that reaches a person must be: plain words, complete, short, and free of machine talk.
import { expect } from 'vitest';

/** Machine talk: JSON, values that were never meant to be read, and what leaks from a stack. */
const MACHINE_TALK = [
  /[{}]/,
  /":/,
  /\bundefined\b/,
  /\bNaN\b/,
  /\bInfinity\b/,
  /\[object /,
  /\bat .*\.[jt]s:\d/,
  /node_modules/,
  /inside Jobwright/,
];

/** A text as a person reads it. */
export function expectPlain(text: string, longest = 2500): void {
  expect(text.trim()).not.toBe('');
  expect(text.length, text.slice(0, 200)).toBeLessThanOrEqual(longest);
  for (const sign of MACHINE_TALK) expect(text).not.toMatch(sign);
  expect(text).not.toMatch(/\bnull\b/);
}

/** Signs of a fault of ours that went out as it was. */
const LEAKS = [/\bundefined\b/, /\[object /, /\bat .*\.[jt]s:\d/, /node_modules/, /inside Jobwright/];

/** An error: names what is wrong and is short enough to read. What the caller wrote may stand in it, in quotes. */
export function expectHelpful(error: string): void {
  expect(error.trim()).not.toBe('');
  expect(Buffer.byteLength(error)).toBeLessThanOrEqual(4096);
  for (const sign of LEAKS) expect(error).not.toMatch(sign);
}
