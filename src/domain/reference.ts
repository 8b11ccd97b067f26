// How records are named: short numbers per account and kind (`J-12`, `INV-1043`), sample records apart (`J-S1`).
// Inside the books a sample has a negative id, so that removing it leaves no gap among the real ones.

export const KINDS = [
  'customer',
  'job',
  'quote',
  'invoice',
  'expense',
  'payment',
  'file',
  'appointment',
  'walk_and_talk',
] as const;
export type Kind = (typeof KINDS)[number];

/** Whoever opens one of these is shown private costs. */
const HOLD_COSTS: ReadonlySet<string> = new Set<Kind>(['quote', 'expense']);

export function holdsCosts(kind: Kind | 'document' | null): boolean {
  return kind !== null && HOLD_COSTS.has(kind);
}

/** What a spoken number can name. An issued invoice goes by its own series, a draft by its record number. */
export type Reference = { readonly kind: Kind; readonly by: 'id' | 'number'; readonly value: number };

type Prefix = 'C' | 'J' | 'Q' | 'E' | 'P' | 'F' | 'A' | 'W' | 'INV' | 'DRAFT';
const PREFIXES: Readonly<Record<Prefix, Pick<Reference, 'kind' | 'by'>>> = {
  C: { kind: 'customer', by: 'id' },
  J: { kind: 'job', by: 'id' },
  Q: { kind: 'quote', by: 'id' },
  E: { kind: 'expense', by: 'id' },
  P: { kind: 'payment', by: 'id' },
  F: { kind: 'file', by: 'id' },
  A: { kind: 'appointment', by: 'id' },
  W: { kind: 'walk_and_talk', by: 'id' },
  INV: { kind: 'invoice', by: 'number' },
  DRAFT: { kind: 'invoice', by: 'id' },
};
const BARE: Readonly<Record<Kind, Prefix>> = {
  customer: 'C',
  job: 'J',
  quote: 'Q',
  expense: 'E',
  invoice: 'INV',
  payment: 'P',
  file: 'F',
  appointment: 'A',
  walk_and_talk: 'W',
};

/** `job 12` and `invoice 1043`, as people say them. */
const SPELLED: Readonly<Record<string, string>> = {
  CUSTOMER: 'C',
  JOB: 'J',
  QUOTE: 'Q',
  EXPENSE: 'E',
  PAYMENT: 'P',
  INVOICE: 'INV',
  FILE: 'F',
  APPOINTMENT: 'A',
};

/** An example number for an error message. */
export const EXAMPLES: Readonly<Record<Kind, string>> = {
  customer: 'C-7',
  job: 'J-12',
  quote: 'Q-31',
  expense: 'E-88',
  invoice: 'INV-1043',
  payment: 'P-9',
  file: 'F-9',
  appointment: 'A-4',
  walk_and_talk: 'W-3',
};

function numbered(prefix: Prefix, value: number): string {
  return value < 0 ? `${prefix}-S${-value}` : `${prefix}-${value}`;
}

export function refOf(kind: Exclude<Kind, 'invoice'>, id: number): string {
  return numbered(BARE[kind], id);
}

/** `INV-1043` once issued, `DRAFT-5` before. */
export function invoiceRef(id: number, number: number | null): string {
  return number === null ? numbered('DRAFT', id) : numbered('INV', number);
}

/** `Q-31/2`: the second line of quote 31. */
export function lineRef(quoteId: number, position: number): string {
  return `${refOf('quote', quoteId)}/${position}`;
}

/** Reads a number in any case, with the prefix optional where the kind is known; null where the words are not a number. */
export function parseReference(spoken: string, expected: Kind): Reference | null {
  const match = /^(?:([a-z]+)\s*[-#]?\s*)?#?(s?)(\d{1,15})$/i.exec(spoken.trim());
  if (match === null) return null;
  const word = match[1]?.toUpperCase() ?? '';
  const written = Object.hasOwn(SPELLED, word) ? (SPELLED[word] ?? word) : word;
  const sample = match[2] !== '' || written === 'S';
  const prefix = written === '' || written === 'S' ? BARE[expected] : written;
  const value = Number(match[3]);
  if (!isPrefix(prefix) || value === 0) return null;
  return { ...PREFIXES[prefix], value: sample ? -value : value };
}

function isPrefix(word: string): word is Prefix {
  return Object.hasOwn(PREFIXES, word);
}

/** Reads `Q-31/2` (also `Q-31 line 2`); null where it is not a line's number. */
export function parseLineReference(spoken: string): { quoteId: number; position: number } | null {
  const [, quote = '', position] = /^(.+?)\s*(?:\/|\s+line\s+)\s*(\d{1,4})$/i.exec(spoken.trim()) ?? [];
  const reference = parseReference(quote, 'quote');
  return reference?.kind === 'quote' ? { quoteId: reference.value, position: Number(position) } : null;
}
