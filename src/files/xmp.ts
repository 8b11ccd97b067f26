// Where a photo was taken, in its XMP packet: attributes and elements that name a position are overwritten with spaces,
// so that the packet keeps its length and every other word.

import type { Work } from './work.ts';

const SPACE = 0x20;
/** Cameras write GPSLatitude; drones also GpsLatitude, Latitude, and GpsLongtitude. */
const TELLING = /gps|latitude|longt?itude/gi;
const NAME_CHARACTER = /[\w.:-]/;
const LONGEST_NAME = 100;
const STEPS_PER_WORD = 1000;

/** @returns whether there was a location @throws TooMuchWork */
export function eraseFromXmp(packet: Uint8Array, work: Work): boolean {
  work.spend(packet.length);
  // One character per byte, so that places in the text are places in the packet.
  const text = Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength).toString('latin1');
  let erased = false;
  let done = 0;
  for (const { index, 0: word } of text.matchAll(TELLING)) {
    work.spend(STEPS_PER_WORD);
    if (index < done) continue;
    const name = { start: nameStart(text, index), end: nameEnd(text, index + word.length) };
    const end = placeEnd(text, name.start, name.end);
    done = name.end;
    if (end === null) continue;
    // What is never closed no reader takes for XML; nothing of it is worth keeping.
    const from = end < 0 ? 0 : name.start - (text[name.start - 1] === '<' ? 1 : 0);
    packet.fill(SPACE, from, end < 0 ? packet.length : end);
    erased = true;
    if (end < 0) break;
    done = end;
  }
  return erased;
}

/** Where the element or attribute of this name ends; null where the name is only a word in some text, -1 where it never ends. */
function placeEnd(text: string, start: number, end: number): number | null {
  if (text[start - 1] === '<') {
    const tagEnd = text.indexOf('>', end);
    if (tagEnd < 0) return -1;
    if (text[tagEnd - 1] === '/') return tagEnd + 1;
    const closing = text.indexOf(`</${text.slice(start, end)}`, tagEnd);
    return closing < 0 ? -1 : closingEnd(text, closing);
  }
  const [, equals = '', quote = ''] = /^(\s{0,100}=\s{0,100})(["'])/.exec(text.slice(end, end + 202)) ?? [];
  return quote === '' ? null : closingEnd(text, end + equals.length + 1, quote);
}

function closingEnd(text: string, from: number, mark = '>'): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? -1 : found + 1;
}

function nameStart(text: string, from: number): number {
  let start = from;
  while (start > 0 && from - start < LONGEST_NAME && NAME_CHARACTER.test(text[start - 1] ?? '')) start -= 1;
  return start;
}

function nameEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && end - from < LONGEST_NAME && NAME_CHARACTER.test(text[end] ?? '')) end += 1;
  return end;
}
