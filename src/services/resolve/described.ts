// What tells records from each other: what each is called and whose it is, and how it stands.
import { text, total, type Total } from '../../domain/money.ts';
import { plain } from '../../domain/text.ts';
import { declared } from '../../kinds/declared.ts';
import type { Kind } from '../../kinds/index.ts';
import type { Part } from '../../kinds/kind.ts';
import { refOfRow } from '../../kinds/reference.ts';
import { recordRows, type RecordRow } from '../../store/books/records.ts';
import type { ReadScope } from '../../store/scope.ts';
import { namesAmounts } from '../shared/visibility.ts';

/** A record as it is told from others, its number first: `J-12 Roof replacement, Dana Henderson, completed`. */
export type Described = { readonly kind: Kind; readonly id: number; readonly ref: string; readonly title: string };

/** With where it stands and of which day it is; with amounts where there are some that may be seen. */
export type StandingRecord = Described & {
  readonly isSample: boolean;
  readonly status: string | null;
  readonly day: string | null;
  readonly amount: Total<'told'> | null;
  /** What is still to be paid. */
  readonly open: Total<'told'> | null;
  /** What of these its title says already. */
  readonly told: readonly string[];
};

/** Of a record that is in sight, or of whoever sees all. */
export async function describeById(scope: ReadScope, kind: Kind, id: number): Promise<Described | null> {
  return (await describeRecords(scope, kind, [id]))[0] ?? null;
}

/** In this order; those that are gone are left out. */
export async function describeRecords(scope: ReadScope, kind: Kind, ids: readonly number[]): Promise<Described[]> {
  return (await recordRows(scope, kind, ids)).map((record) => described(scope, kind, record));
}

/** The same with how each stands. */
export async function standingRecords(scope: ReadScope, kind: Kind, ids: readonly number[]): Promise<StandingRecord[]> {
  const isNamed = namesAmounts(kind, scope);
  const seen = (minor: number | bigint | null | undefined) =>
    !isNamed || minor === null || minor === undefined ? null : total<'told'>(BigInt(minor));
  return (await recordRows(scope, kind, ids)).map((record) => {
    const { open, paid } = isNamed ? record : { open: null, paid: 0 };
    const facts = { ...factsOf(scope, record), today: scope.today, open, paid, isUnpriced: record.isUnpriced };
    const { status = null, day = null, amount } = declared(kind).stands(facts);
    const told = declared(kind).describe(facts).flatMap(toldBy);
    const isSample = record.row['is_sample'] === 1;
    return { ...described(scope, kind, record), isSample, status, day, amount: seen(amount), open: seen(open), told };
  });
}

function described(scope: ReadScope, kind: Kind, record: RecordRow): Described {
  const ref = refOfRow(kind, record.row);
  const parts = declared(kind).describe(factsOf(scope, record));
  return { kind, id: record.id, ref, title: joined(ref, parts) };
}

function factsOf({ account }: ReadScope, { row, customer, job }: RecordRow) {
  return { row, customer: customer?.name ?? null, job: job?.name ?? null, zone: account.timeZone };
}

function toldBy(part: Part): string[] {
  return part === null ? [] : [typeof part === 'string' ? part : part.tells];
}

function joined(first: string, parts: readonly Part[]): string {
  const all = parts
    .map((part) => (typeof part === 'object' ? part?.says : part))
    .filter((part) => part !== undefined && part !== '');
  return `${first} ${all.join(', ')}`.replace(/\s+/g, ' ');
}

/** As a message says it: what its title does not say. */
export function couldBe(
  { title, status, day, amount, open, told }: StandingRecord,
  { currency }: { currency: string },
) {
  const isTold = (value: string) => told.includes(value) || told.includes(plain(value));
  const said = (minor: Total<'told'>) => `${text(minor, currency)} ${currency}`;
  return {
    title,
    status: status === null || isTold(status) ? null : status,
    day: day === null || isTold(day) ? null : day,
    amount: amount === null ? null : said(amount),
    open: open === null || open <= 0n || open === amount ? null : said(open),
  };
}
