// How much hosts and the models behind them take of one answer, and how much of a list or a text stands in it: whatever
// is longer goes on in the next one.
import { isMessage } from './message.ts';

/** Every text of an answer is shorter, in characters; longer ones are cut off by hosts, anywhere. */
export const LONGEST_ANSWER = 20_000;
/** What the rows of a page come to, or a part of a long text; what is said around them takes the rest. */
export const PAGE_ROOM = 14_000;
/** The same for rows that stand beside others. */
export const SHORT_ROOM = 4000;
/** Of a note within a row; a record on its own shows it whole. */
export const LONGEST_NOTE = 300;

/** What a row takes besides its words: its figures, and what they are called. */
const AROUND_WORDS = 100;

/** How many of these rows, from the first, stand on a page; never none. @param longest what is shown of one text */
export function fitting(rows: readonly unknown[], room: number, longest = LONGEST_NOTE): number {
  let left = room;
  let count = 0;
  for (const row of rows) {
    left -= AROUND_WORDS + wordsIn(row, longest);
    if (left < 0 && count > 0) break;
    count += 1;
  }
  return count;
}

/** The characters of all texts in a record. */
function wordsIn(value: unknown, longest: number): number {
  if (typeof value === 'string') return Math.min(value.length, longest);
  if (typeof value !== 'object' || value === null) return 0;
  // Of a message one text is shown; what it says besides its facts is among what a row takes.
  if (isMessage(value)) return Math.min(wordsIn(value.facts, longest), longest);
  return Object.values(value).reduce((sum: number, each: unknown) => sum + wordsIn(each, longest), 0);
}

/** Signs that take two characters where a text is sent within JSON. */
const TAKES_TWO = /["\\\n\t]/;

/** Where a part of a text ends that begins at `from`: behind a line if one ends there, at the end of the text at last. */
export function partEnd(text: string, from: number, room = PAGE_ROOM): number {
  let end = from;
  for (let left = room; end < text.length && left > 0; end += 1) left -= TAKES_TWO.test(text[end] ?? '') ? 2 : 1;
  if (end >= text.length) return text.length;
  const line = text.lastIndexOf('\n', end) + 1;
  if (line > from + (end - from) / 2) return line;
  const space = text.lastIndexOf(' ', end) + 1;
  if (space > from) return space;
  // Not within a character.
  return /[\uDC00-\uDFFF]/.test(text[end] ?? '') ? end - 1 : end;
}
