// Addresses of records, made and read in this one place: `jobwright://jobs/J-12`.
import { byKind } from './declared.ts';
import { KINDS, type Kind } from './index.ts';
import { parseLineReference, parseReference } from './reference.ts';

const SCHEME = 'jobwright://';

export type AddressKind = Kind | 'document';

/** Where each kind of record lives. A document is what the customer sees of a quote or an invoice. */
const FOLDERS: Readonly<Record<AddressKind, string>> = { ...byKind(({ place }) => place), document: 'documents' };
const PLACES: readonly AddressKind[] = [...KINDS.map(({ kind }) => kind), 'document'];

/** What a caller asked for: a record's number, `Q-31/2` of a line, or words; and its kind where that is known. */
export type RecordAsked = { readonly place: AddressKind | null; readonly ref: string };

/** @param ref as the books write it: `J-12`, `INV-1043`, `Q-31/2` */
export function uriOf(place: AddressKind, ref: string): string {
  return `${SCHEME}${FOLDERS[place]}/${ref.split('/').map(encodeURIComponent).join('/')}`;
}

/** The path of a record's own page, on a server that has pages. A paper's is that of the quote or invoice. */
export function pagePath(accountId: number, ref: string): string {
  return `/a/${accountId}/${encodeURIComponent(ref.split('/', 1).join())}`;
}

/** The number on the page at this address; what was said, where it is no page of this account. @param base of its pages */
export function readPage(said: string, base: string): string {
  const [, ref] = said.startsWith(base) ? (/^([\w-]{1,40})$/.exec(said.slice(base.length)) ?? []) : [];
  return ref ?? said;
}

/** The same with a hole in it, as RFC 6570 writes one. */
export function uriTemplateOf(place: AddressKind, variable: string): string {
  return `${SCHEME}${FOLDERS[place]}/{${variable}}`;
}

/** Null where it is no address of a record. */
export function readUri(uri: string): RecordAsked | null {
  const [, folder, path = ''] = /^jobwright:\/\/([a-z-]+)\/(.+)$/i.exec(uri.trim()) ?? [];
  const place = PLACES.find((each) => FOLDERS[each] === folder?.toLowerCase());
  if (place === undefined) return null;
  try {
    return { place, ref: numberIn(decodeURIComponent(path)) };
  } catch {
    return null;
  }
}

/** An address, or what a person says for a record. */
export function readAsked(said: string): RecordAsked {
  if (/^jobwright:/i.test(said.trim())) return readUri(said) ?? { place: null, ref: said };
  const ref = numberIn(said);
  return { place: kindOf(ref), ref };
}

/** The kind that a number's letters name; null for a bare number, and for words. */
export function kindOf(ref: string): Kind | null {
  if (!/^\s*[a-z]/i.test(ref)) return null;
  if (parseLineReference(ref) !== null) return 'quote';
  const kind = parseReference(ref, 'job')?.kind ?? null;
  // `S12` is a sample of a kind that is not said.
  return /^\s*s\s*[-#]?\s*\d/i.test(ref) ? null : kind;
}

/** A completed value begins with its record's number: `J-12 Roof replacement, Dana Henderson` means J-12. */
function numberIn(ref: string): string {
  const [number = ''] = /^(?:[a-z]+-s?\d+)(?=\s)/i.exec(ref.trim()) ?? [];
  return kindOf(number) === null ? ref : number;
}
