// Small shared pieces of the owner's views: amounts, references, marks.
import { PAGE_TAKES, type Flaw } from '../../domain/file.ts';
import { says } from '../../domain/message.ts';
import { fromTenThousandths, text, type Amount, type AmountText, type Total } from '../../domain/money.ts';
import type { MadeOut, TaxGroup } from '../../domain/paper.ts';
import type { Kind } from '../../kinds/index.ts';
import { refOf } from '../../kinds/reference.ts';

export type Money = { readonly currency: string };

/** An amount as it leaves: a plain decimal. */
export function shown<B extends string>(value: Amount<B> | Total<B>, { currency }: Money): AmountText<B> {
  return text(value, currency);
}

export function named(
  kind: Exclude<Kind, 'invoice'>,
  record: { id: number; name: string },
): { ref: string; name: string } {
  return { ref: refOf(kind, record.id), name: record.name };
}

export function madeOutIn({ name, address }: MadeOut): string {
  return address === null ? name : `${name}, ${address}`;
}

/** Marks a record of the sample books. */
export function sampleMark(isSample: boolean): { sample?: true } {
  return isSample ? { sample: true } : {};
}

export function leftOutMark(samplesLeftOut: boolean): { samplesLeftOut?: true } {
  return samplesLeftOut ? { samplesLeftOut: true } : {};
}

export function taxLinesOf(groups: readonly TaxGroup[], money: Money) {
  return groups.map(({ rate, base, tax }) => ({
    ratePercent: fromTenThousandths(rate),
    base: shown(base, money),
    tax: shown(tax, money),
  }));
}

/** The number of the change, or null where the write found everything so already. */
export function changeOf(scope: { changeNumber: number; journal: { isEmpty: boolean } }): number | null {
  return scope.journal.isEmpty ? null : scope.changeNumber;
}

/** The answer of an upload that has yet to come. @param where what it will belong to */
export function awaiting(uploadUrl: string, where: string) {
  return {
    did: says('file.to-be-chosen', { where }),
    change: null,
    file: null,
    locationRemoved: false,
    uploadUrl,
  };
}

/** The preview of a file that only its conversation has: nothing is fetched for it. */
export function unfetched(name: string, where: string) {
  const did = says('file.to-be-fetched', { name, where });
  return { did, change: null, preview: true as const, file: null, locationRemoved: false };
}

/** What was found out of a file's bytes. */
export function foundInBytes({ locationRemoved, flaw }: { locationRemoved: boolean; flaw: Flaw | null }) {
  return { locationRemoved, ...(flaw === null ? {} : { flaw }) };
}

type OfPage = { readonly job: { readonly id: number; readonly name: string }; readonly url: string | null };

/** The answer to who gives out, or ends, a page for the files of a job. */
export function pageGiven({ isOn, pages }: { isOn: boolean; pages: object | null }, { job, url }: OfPage) {
  const where = `${refOf('job', job.id)} ${job.name}`;
  const none = { change: null, file: null, locationRemoved: false };
  if (!isOn) return { ...none, did: says('upload-link.ended', { where, isPreview: pages === null }) };
  if (url === null) return { ...none, did: says('upload-link.to-be-made', { where }), preview: true as const };
  const did = says('upload-link.made', { where, files: PAGE_TAKES.files, mb: PAGE_TAKES.bytes / 1024 / 1024 });
  return { ...none, did, uploadUrl: url };
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Of `2026-03`. */
export function monthInWords(key: string): string {
  return `${MONTHS[Number(key.slice(5, 7)) - 1] ?? key} ${key.slice(0, 4)}`;
}
