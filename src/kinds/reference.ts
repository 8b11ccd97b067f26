// How records are named: short numbers per account and kind (`J-12`, `INV-1043`), sample records apart (`J-S1`).
// Inside the books a sample has a negative id, so that removing it leaves no gap among the real ones.
import { byKind, declared } from './declared.ts';
import { KINDS, type Kind, type Kinds } from './index.ts';
import type { Values } from './kind.ts';

/** Whoever opens one of these is shown private costs. */
export function holdsCosts(kind: Kind | 'document' | null): boolean {
  return kind !== null && kind !== 'document' && declared(kind).withoutCosts !== 'shown';
}

/** What a spoken number can name. An issued invoice goes by its own series, a draft by its record number. */
export type Reference = { readonly kind: Kind; readonly by: 'id' | 'number'; readonly value: number };

const PREFIXES: ReadonlyMap<string, Pick<Reference, 'kind' | 'by'>> = new Map(
  KINDS.flatMap(({ kind, numbers }) => numbers.map(({ prefix, by }) => [prefix, { kind, by }] as const)),
);

/** `job 12` and `invoice 1043`, as people say them. */
const SPELLED: ReadonlyMap<string, string> = new Map(
  KINDS.map(({ noun, numbers }) => [noun.toUpperCase(), numbers[0].prefix]),
);

/** An example number for an error message. */
export const EXAMPLES: Readonly<Record<Kind, string>> = byKind(({ example }) => example);

/** The kinds that go by the number of their record. */
type Numbered = { readonly [K in Kind]: Kinds[K]['numbers'][0]['by'] extends 'id' ? K : never }[Kind];

function numbered(prefix: string, value: number): string {
  return value < 0 ? `${prefix}-S${-value}` : `${prefix}-${value}`;
}

export function refOf(kind: Numbered, id: number): string {
  return numbered(declared(kind).numbers[0].prefix, id);
}

/** The number of a record of any kind, from its row. */
export function refOfRow(kind: Kind, row: Values): string {
  const { numbers } = declared(kind);
  const { prefix, by } = numbers.find((each) => typeof row[each.by] === 'number') ?? numbers[0];
  return numbered(prefix, Number(row[by]));
}

/** `INV-1043` once issued, `DRAFT-5` before. */
export function invoiceRef(id: number, number: number | null): string {
  return number === null ? numbered('DRAFT', id) : numbered('INV', number);
}

/** `Q-31/2`: the second line of quote 31. */
export function lineRef(quoteId: number, position: number): string {
  return `${refOf('quote', quoteId)}/${position}`;
}

/** Reads a number in any case, also `INV-1,043`, with the prefix optional where the kind is known; null where the words are not a number. */
export function parseReference(ref: string, expected: Kind): Reference | null {
  const match = /^(?:([a-z]+)\s*[-#]?\s*)?#?(s?)(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})$/i.exec(ref.trim());
  if (match === null) return null;
  const word = match[1]?.toUpperCase() ?? '';
  const written = SPELLED.get(word) ?? word;
  const sample = match[2] !== '' || written === 'S';
  const prefix = written === '' || written === 'S' ? declared(expected).numbers[0].prefix : written;
  const value = Number(match[3]?.replaceAll(',', ''));
  const meant = PREFIXES.get(prefix);
  return meant === undefined || value === 0 ? null : { ...meant, value: sample ? -value : value };
}

/** Reads `Q-31/2` (also `Q-31 line 2`); null where it is not a line's number. */
export function parseLineReference(ref: string): { quoteId: number; position: number } | null {
  const [, quote = '', position] = /^(.+?)\s*(?:\/|\s+line\s+)\s*(\d{1,4})$/i.exec(ref.trim()) ?? [];
  const reference = parseReference(quote, 'quote');
  return reference?.kind === 'quote' ? { quoteId: reference.value, position: Number(position) } : null;
}
