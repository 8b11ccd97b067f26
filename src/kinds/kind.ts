// What is declared of a kind of record: all that the program has to know of it, in one place. What asks for a kind asks
// its declaration, so that a new one is a file here and a line in the list, and nothing can be forgotten.
import { plain } from '../domain/text.ts';
import type { CalendarDate, Instant } from '../domain/dates.ts';
import type { Feature } from '../domain/plans.ts';
import type { Toolset } from '../domain/toolsets.ts';

/** A row of the books, by column. */
export type Values = Readonly<Record<string, string | number | null>>;

/** How a value is written. */
export type Form =
  | 'text'
  | 'word'
  | 'money'
  | 'count'
  | 'quantity'
  | 'percent'
  | 'day'
  | 'instant'
  | 'yes'
  | 'ref'
  | 'line';

export type Column = {
  /** As people say it; null where it says nothing to a person beside the record's own name. */
  readonly words: string | null;
  readonly form: Form;
  /** The kind of record whose number it holds, or the identity of a quote's line. */
  readonly to?: string;
  /** Always on one job: the record and the one that this column names, or all records that name the same one. */
  readonly sameJob?: 'named' | 'sharing';
  /** A private cost. */
  readonly cost?: true;
  /** A moment of which only its day may be known. */
  readonly orDay?: true;
  /** May hold nothing. */
  readonly optional?: true;
  /** Grows with every state of the record, so that an undo goes on with it instead of taking it back. */
  readonly countsUp?: true;
  /** The program reckons it from what else stands in the books, so that two records that differ in it may be alike. */
  readonly reckoned?: true;
  /** Somebody says yes before it becomes another: where people are reached, and what stands at the top of every document. */
  readonly asks?: true;
};

/** What `to` says of a column that holds the identity of a quote's line. */
export const LINE = 'line';

const of =
  <F extends Form>(form: F) =>
  (words: string): { readonly words: string; readonly form: F } => ({ words, form });
export const text = of('text');
export const word = of('word');
export const money = of('money');
export const count = of('count');
export const quantity = of('quantity');
export const percent = of('percent');
export const day = of('day');
export const instant = of('instant');
export const yes = of('yes');
export const cost = (words: string) => ({ ...money(words), cost: true }) satisfies Column;
/** Says nothing to a person: what follows from other columns. */
export const silent = { words: null, form: 'text' } satisfies Column;
/** When a record was made, which its history says anyway. */
export const madeAt = { words: null, form: 'instant' } satisfies Column;
/** Says nothing to a person: a number that the program counts on. */
export const serial = { words: null, form: 'count' } satisfies Column;
/** The record's own number, which stands at its head. */
export const own = { words: null, form: 'ref' } satisfies Column;
export const optional = <C extends Column>(column: C): C & { readonly optional: true } => ({
  ...column,
  optional: true,
});
/** The number of a record. */
export const refersTo = (words: string, kind: string) => ({ words, form: 'ref', to: kind }) satisfies Column;
/** The number of the record that the row is a part of. */
export const partOf = (kind: string) => ({ words: null, form: 'ref', to: kind }) satisfies Column;
/** The identity of a quote's line, which several rows may share. */
export const lineOf = (words: string | null) => ({ words, form: 'line', to: LINE }) satisfies Column;
/** What the line of a quote is known by, through its revisions. */
export const lineIdentity = { words: null, form: 'line' } satisfies Column;
/** What every record has that may be a sample. */
export const sample = yes('sample');

type Columns = Readonly<Record<string, Column>>;

/** What a column of each form holds. */
type Held = Record<'text' | 'word', string> &
  Record<'day', CalendarDate> &
  Record<'instant', Instant> &
  Record<'money' | 'count' | 'quantity' | 'percent' | 'ref' | 'line', number> &
  Record<'yes', 0 | 1>;
export type HeldIn<C extends Column> =
  | Held[C['form']]
  | (C extends { readonly orDay: true } ? CalendarDate : never)
  | (C extends { readonly optional: true } ? null : never);

/** A row with these columns, as it is stored. */
export type RowOf<C extends Columns> = { -readonly [Name in keyof C]: HeldIn<C[Name]> };

/** A table whose rows are parts of records. */
export type PartDeclaration = {
  /** What a row is called. */
  readonly noun: string;
  /** What names a row within its account. */
  readonly key: readonly string[];
  /** The column with the number of the record that a row belongs to; null where it belongs to none. */
  readonly of: string | null;
  /** The program reckons its rows from what else stands in the books. */
  readonly reckoned?: true;
  /** Every write settles its rows at its end, so that an undo, which is one, takes none of them back. */
  readonly settled?: true;
  readonly columns: Columns;
};

/** What a record is described from: its row, and what it is filed under. */
export type Describable = {
  readonly row: Values;
  readonly customer: string | null;
  readonly job: string | null;
  /** The zone that the business is in. */
  readonly zone: string;
};

/** What it stands at is told from: the same on this day, with what is paid and open of it, or of all of a customer or job. */
export type StandingRow = Describable & {
  readonly today: CalendarDate;
  /** Null where nothing is, or nobody may see it. */
  readonly open: bigint | null;
  readonly paid: number;
  /** What it comes to is not known. */
  readonly isUnpriced: boolean;
};

/** What tells a record from others that are called alike. A day is a date, or an appointment's time. */
export type Stands = {
  readonly status?: string | null;
  readonly day?: string | null;
  /** What it comes to. */
  readonly amount?: number | null;
};

/** A part of what a record is described with. @property tells what it says of how the record stands, where it says more */
export type Part = string | null | { readonly says: string; readonly tells: string };

export type FoundBy = {
  /** Where several kinds fit alike, the lowest is meant: whom the work is for, the work, its papers, what hangs on them. */
  readonly rank: number;
  /** Words that the record, and what is filed under it, is found by; the first is its name. */
  readonly by: readonly string[];
  /** Where more than these is needed, or less. @param on what it is filed under: its row and its words */
  readonly text?: (row: Values, on: { readonly row: Values; readonly text: string } | null) => string;
  /** Where this column holds anything, another record is found in its place. */
  readonly unless?: string;
  /** Columns by which it alone is found, and not what is filed under it. */
  readonly alone?: { readonly by: readonly string[]; readonly words: (row: Values) => readonly string[] };
  /** A table of its lines, by whose words a search finds it, and nobody calls it. */
  readonly lines?: { readonly table: string; readonly of: string; readonly by: string };
};

export type KindDeclaration = {
  /** Its name in the journal and the index of terms. */
  readonly kind: string;
  /** As people call one. */
  readonly noun: string;
  /** What they also call it: beside a name, these say nothing about which one is meant. */
  readonly called: readonly string[];
  /** The letters of its numbers, those of a bare number first. `number` is a series of its own, kept in that column. */
  readonly numbers: readonly [Numbers, ...Numbers[]];
  /** A number for error messages. */
  readonly example: string;
  /** The folder of its addresses. */
  readonly place: string;
  /** Its table, whose key is `id`. */
  readonly table: string;
  readonly columns: Columns;
  /** Tables whose rows are parts of it. */
  readonly parts: Readonly<Record<string, PartDeclaration>>;
  /** What it is filed under, the nearest first: `job_id` holds the number of its job, and may be null where there is more. */
  readonly under: readonly ('job' | 'customer')[];
  /** What the plan needs to have for it to be filed under a job or taken out; null where it stays where it is. */
  readonly filing: Feature | null;
  /** Null where it is found by its number only. */
  readonly found: FoundBy | null;
  /** What tells it from others, after its number. */
  readonly describe: (record: Describable) => readonly Part[];
  /** How it stands, beside what it is described with. */
  readonly stands: (record: StandingRow) => Stands;
  /** Whether one is out of the books that was not removed. */
  readonly isOut: (row: Values) => boolean;
  /** The tool that shows such records. */
  readonly listedBy: string;
  /** It comes into sight with the tools of this set; of several, one that is on is enough. */
  readonly toolset: Toolset | readonly Toolset[];
  /** There is none on a template without jobs. */
  readonly needsJobs?: true;
  /** What the plan needs to have for it to be seen. */
  readonly plan: Feature | null;
  /** As a resource: its variable in an address, title and description. */
  readonly resource: { readonly name: string; readonly title: string; readonly description: string };
  /** Answers that show one link to it. */
  readonly linked: boolean;
  /** Whoever looks after the account sees how many there are. */
  readonly counted: boolean;
  /** To who sees no costs: not even named; named, and not opened; or shown without its costs. */
  readonly withoutCosts: 'hidden' | 'named' | 'shown';
  /** Of one that is shown then, records that tell of a cost and are not: where one of these columns holds this, or anything. */
  readonly tellsCost: readonly { readonly column: string; readonly holds?: string }[];
  /** Crew see those of their jobs, with this tool; null where such records are kept from them. */
  readonly crew: { readonly listedBy: string } | null;
};

type Numbers = { readonly prefix: string; readonly by: 'id' | 'number' };

/** An amount that a row may lack. */
export function amountIn(value: string | number | null | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

/** A text that a row may lack. */
export function textIn(value: string | number | null | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** A value as words. */
export function said(value: string | number | null | undefined): string {
  return value === null || value === undefined ? '' : plain(String(value));
}
