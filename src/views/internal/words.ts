// Small shared pieces of the owner's views: amounts, references and lists in words.
import { PAGE_TAKES } from '../../domain/file.ts';
import type { Flaw } from '../../domain/file.ts';
import { fromTenThousandths, text, type Amount, type AmountText, type Total } from '../../domain/money.ts';
import type { TaxGroup } from '../../domain/paper.ts';
import { refOf, type Kind } from '../../domain/reference.ts';

export type Money = { readonly currency: string };

/** What a view made, as it comes back from the strict output parse: plain text, and optional fields that may be undefined. */
export type Sent<T> =
  T extends AmountText<infer _>
    ? string
    : T extends readonly (infer Each)[]
      ? Sent<Each>[]
      : T extends object
        ? { [K in keyof T]: Record<never, never> extends Pick<T, K> ? Sent<T[K]> | undefined : Sent<T[K]> }
        : T;

/** An amount as it leaves: a plain decimal. */
export function shown<B extends string>(value: Amount<B> | Total<B>, { currency }: Money): AmountText<B> {
  return text(value, currency);
}

export function namedOut(
  kind: Exclude<Kind, 'invoice'>,
  record: { id: number; name: string },
): { ref: string; name: string } {
  return { ref: refOf(kind, record.id), name: record.name };
}

/** Marks a record of the sample books. */
export function sampleOut(isSample: boolean): { sample?: true } {
  return isSample ? { sample: true } : {};
}

export function sampleText(record: { sample?: true | undefined }): string {
  return record.sample === true ? ' (sample)' : '';
}

export function leftOutOut(samplesLeftOut: boolean): { samplesLeftOut?: true } {
  return samplesLeftOut ? { samplesLeftOut: true } : {};
}

/** What sums say of samples. */
export function samplesText(sums: { includesSamples: boolean; samplesLeftOut?: true | undefined }): string {
  if (sums.includesSamples) return ', samples included';
  return sums.samplesLeftOut === true ? ', samples left out' : '';
}

/** `part_billed` as a person says it. */
export function plain(word: string): string {
  return word.replaceAll('_', ' ');
}

export function taxLinesOut(groups: readonly TaxGroup[], money: Money) {
  return groups.map(({ rate, base, tax }) => ({
    ratePercent: fromTenThousandths(rate),
    base: shown(base, money),
    tax: shown(tax, money),
  }));
}

/** `a, b, c` with the empty ones left out. */
export function listed(parts: readonly (string | null | undefined | false)[], between = ', '): string {
  return parts.filter((part) => typeof part === 'string' && part !== '').join(between);
}

/** `3 jobs`, `1 job` */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** How many rows of all these are, where there are more. @param nextCursor stands in the words too: some hosts show nothing else */
export function moreText(rows: number, count: number, nextCursor: string | undefined): string {
  return nextCursor === undefined ? '' : `${rows} shown of ${count}; the rest with cursor "${nextCursor}".`;
}

type Lines = {
  readonly lines: readonly unknown[];
  readonly lineCount?: number | undefined;
  readonly linesFrom?: number | undefined;
};

/** Which lines of a long document these are, and how to get the others. @param tool shows it */
export function linesText(
  { lines, lineCount, linesFrom = 1 }: Lines,
  tool: string,
  nextCursor: string | undefined,
): string[] {
  if (lineCount === undefined) return [];
  const these =
    lines.length === 0
      ? `None of the ${lineCount} lines`
      : `Lines ${linesFrom} to ${linesFrom + lines.length - 1} of ${lineCount}`;
  const rest = nextCursor === undefined ? `${tool} shows all` : `${tool} goes on with cursor "${nextCursor}"`;
  return [`${these}; ${rest}.`];
}

type Done = { did: string; change: number | null; preview?: true | undefined; confirm?: string | undefined };

/** The opening line of every write's answer. */
export function didText({ did, change, preview, confirm }: Done): string {
  if (preview === true) {
    const how = confirm === undefined ? '' : ` After a yes, call again with confirm: "${confirm}" instead of preview.`;
    return `Preview, nothing was saved. Once done: ${did}.${how}`;
  }
  return change === null ? `${did}. Nothing was written.` : `${did}. (change ${change})`;
}

/** The number of the change, or null where the write found everything so already. */
export function changeOf(scope: { changeNumber: number; journal: { isEmpty: boolean } }): number | null {
  return scope.journal.isEmpty ? null : scope.changeNumber;
}

/** The answer of an upload that has yet to come. @param where what it will belong to */
export function awaiting(uploadUrl: string, where: string) {
  return {
    did: `The file goes to ${where} once it is chosen here, within 15 minutes, signed in as yourself; the link works once`,
    change: null,
    file: null,
    locationRemoved: false,
    uploadUrl,
  };
}

/** The preview of a file that only its conversation has: nothing is fetched for it. */
export function unfetched(name: string, where: string) {
  const did = `Attached ${name} to ${where}, as it will have been fetched then`;
  return { did, change: null, preview: true as const, file: null, locationRemoved: false };
}

/** What was found out of a file's bytes. */
export function lookOut({ locationRemoved, flaw }: { locationRemoved: boolean; flaw: Flaw | null }) {
  return { locationRemoved, ...(flaw === null ? {} : { flaw }) };
}

type OfPage = { readonly job: { readonly id: number; readonly name: string }; readonly url: string | null };

/** The answer to who gives out, or ends, a page for the files of a job. */
export function pageGiven({ isOn, pages }: { isOn: boolean; pages: object | null }, { job, url }: OfPage) {
  const where = `${refOf('job', job.id)} ${job.name}`;
  const none = { change: null, file: null, locationRemoved: false };
  if (!isOn) return { ...none, did: `Your upload links for ${where} ${pages === null ? 'are to end' : 'have ended'}` };
  if (url === null) return { ...none, did: `An upload link for ${where} made`, preview: true as const };
  const did = `Whoever has this link can send up to ${PAGE_TAKES.files} files (${PAGE_TAKES.bytes / 1024 / 1024} MB) to ${where}, without signing in, for 15 minutes on the one phone or computer that opens it first; unopened it ends in 24 hours, and uploadLink: false ends it`;
  return { ...none, did, uploadUrl: url };
}

/** @param row the file in words, where there is one */
export function attachedText(answer: Done & { uploadUrl?: string | undefined }, row: string | null): string {
  if (answer.uploadUrl !== undefined) return `${answer.did}: ${answer.uploadUrl}`;
  if (row === null) return answer.preview === true ? didText(answer) : `${answer.did}.`;
  const again = answer.change === null && answer.preview !== true ? ' repeat: true attaches it once more.' : '';
  return `${didText(answer)}${again}\n${row}`;
}

/** Of a link that opens once, for whoever asked. */
export function onceFrom(url: string): string {
  return `Download within 15 minutes, once, signed in as yourself: ${url}`;
}
