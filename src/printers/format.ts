// Small shared pieces of what is said: counts, lists, and the lines that many answers begin or end with.
import type { Done, NamedRef } from '../views/shapes.ts';
import { cut, inLine } from '../domain/text.ts';
import { line, next, phrase, row, toRecord, wordsOf, type Block, type Phrase } from './blocks.ts';
import type { Printed } from './catalogue.ts';

/** In place of what a line, or a quote with such a line, comes to. */
export const NOT_KNOWN_YET = 'price not known yet';

export function sampleText(record: { sample?: true | undefined }): string {
  return record.sample === true ? ' (sample)' : '';
}

/** `, on J-1 Roof replacement`; nothing of what is filed under no job. */
export function onJob({ job }: { readonly job: NamedRef | null }): Phrase {
  return job === null ? '' : phrase`, on ${toRecord(job.ref)} ${job.name}`;
}

/** What sums say of samples. */
export function samplesText(sums: { includesSamples: boolean; samplesLeftOut?: true | undefined }): string {
  if (sums.includesSamples) return ', samples included';
  return sums.samplesLeftOut === true ? ', samples left out' : '';
}

/** `, 2026-01-01 to 2026-03-31`; nothing where there is no end on either side. */
export function daysText({ from, to }: { readonly from: string | null; readonly to: string | null }): string {
  if (from === null) return to === null ? '' : `, up to ${to}`;
  if (from === to) return `, on ${from}`;
  return to === null ? `, since ${from}` : `, ${from} to ${to}`;
}

/** `a, b, c` with the empty ones left out. */
export function listed(parts: readonly (string | null | undefined | false)[], between = ', '): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join(between);
}

/** The same of phrases. */
export function joined(parts: readonly (Phrase | null | undefined | false)[], between = ', '): Phrase {
  const phrase: Phrase[] = [];
  for (const part of parts) {
    if (part === null || part === undefined || part === false || wordsOf(part) === '') continue;
    if (phrase.length > 0) phrase.push(between);
    phrase.push(part);
  }
  return phrase;
}

/** `3 jobs`, `1 job` */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `2 quotes, 1 monthly expense` */
export function heldText(held: readonly { readonly noun: string; readonly count: number }[]): string {
  return held.map(({ noun, count }) => counted(count, noun)).join(', ');
}

export function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** The first of them, and how many more there are. @param count of them all, where these are the first already */
export function some(words: readonly string[], most: number, count = words.length): string {
  const shown = words.slice(0, most);
  return count > shown.length ? `${shown.join(', ')} and ${count - shown.length} more` : shown.join(', ');
}

/** Somebody's words on one line, as far as there is room: counted as they then read. */
export function short(text: string, longest: number): string {
  return cut(inLine(text), longest);
}

/** The same, with each stretch of blanks as one. */
export function shortRow(text: string, longest: number): string {
  return cut(inLine(text).replace(/\s+/g, ' '), longest);
}

/** How many rows of all these are, where there are more. @param nextCursor stands in the words too: some hosts show nothing else */
export function moreRows(rows: number, count: number, nextCursor: string | undefined): Block[] {
  return nextCursor === undefined
    ? []
    : [line(`${rows} shown of ${count}`, { next: `; the rest with cursor "${nextCursor}".` })];
}

/** A page of a list. @param of one of them, in words @param about stands behind how many match */
export function listBlocks(
  of: string,
  rows: readonly Phrase[],
  { count, nextCursor, about = '' }: { count: number; nextCursor?: string | undefined; about?: string },
): Block[] {
  if (count === 0) return [line(`No ${of}s match.`)];
  return [
    line(`${counted(count, of)}${about}:`),
    ...rows.map((each) => row(each)),
    ...moreRows(rows.length, count, nextCursor),
  ];
}

export function moreWithCursor(nextCursor: string | undefined): Block[] {
  return nextCursor === undefined ? [] : [next(`The rest with cursor "${nextCursor}".`)];
}

type Lines = {
  readonly lines: readonly unknown[];
  readonly lineCount?: number | undefined;
  readonly linesFrom?: number | undefined;
};

/** Which lines of a long document these are, and how to get the others. @param tool shows it */
export function moreLines(
  { lines, lineCount, linesFrom = 1 }: Lines,
  tool: string,
  nextCursor: string | undefined,
): Block[] {
  if (lineCount === undefined) return [];
  const these =
    lines.length === 0
      ? `None of the ${lineCount} lines`
      : `Lines ${linesFrom} to ${linesFrom + lines.length - 1} of ${lineCount}`;
  const next = nextCursor === undefined ? `; ${tool} shows all.` : `; ${tool} goes on with cursor "${nextCursor}".`;
  return [line(these, { next, instead: '; the PDF shows all.' })];
}

/** The opening line of every write's answer. */
export function didLine({ did, change, preview, confirm }: Printed<Done>, more = ''): Block {
  if (preview !== true)
    return line(`${did}. ${change === null ? 'Nothing was written.' : `(change ${change})`}${more}`);
  const how = confirm === undefined ? '' : ` After a yes, call again with confirm: "${confirm}" instead of preview.`;
  return line(`Preview, nothing was saved. Once done: ${did}.`, { next: `${how}${more}`, instead: '' });
}

/** @param row the file in words, where there is one */
export function attached(answer: Printed<Done> & { uploadUrl?: string | undefined }, row: Phrase | null): Block[] {
  if (answer.uploadUrl !== undefined) return [line(`${answer.did}: ${answer.uploadUrl}`)];
  if (row === null) return [answer.preview === true ? didLine(answer) : line(`${answer.did}.`)];
  const again = answer.change === null && answer.preview !== true ? ' allowDuplicate: true attaches it once more.' : '';
  return [didLine(answer, again), line(row)];
}

/** Of a link that opens once, for whoever asked. */
export function onceFrom(url: string): string {
  return `Download within 15 minutes, once, signed in as yourself: ${url}`;
}
