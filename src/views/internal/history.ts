// The history as the owner sees it: what changed, by whom, through which assistant, in words and with amounts written out.
import { z } from 'zod';
import { dueFields } from './monthly-expense.ts';
import type { Account, VisibleAccount } from '../../domain/account.ts';
import { weekdayOf } from '../../domain/appointment.ts';
import { wallClock } from '../../domain/dates.ts';
import type { TradeEvent } from '../../domain/events.ts';
import type { Total } from '../../domain/money.ts';
import type { Named } from '../../domain/named.ts';
import type { JobFigures } from '../../domain/forecast.ts';
import { LONGEST_NOTE } from '../../domain/room.ts';
import type { Change } from '../../domain/history.ts';
import {
  differences,
  inWords,
  partNoun,
  type Difference,
  type Field,
  type Names,
  type RowChange,
} from '../../kinds/history.ts';
import type { Kind } from '../../kinds/index.ts';
import { invoiceRef, refOf } from '../../kinds/reference.ts';
import { cut } from '../../domain/text.ts';
import { byWhom, NamedRef, sample, textOrNull } from '../shapes.ts';
import { named, sampleMark, shown } from './format.ts';
import { money } from './money.ts';
import { profitFields, profitOrHidden } from './profit-summary.ts';
import { said, shortened } from '../message.ts';

const SHOWN_REFS = 8;
const SHOWN_RECORDS = 20;
const SHOWN_FIELDS = 20;
/** Of one change, over all its records. */
const SHOWN_IN_ALL = 60;
/** Differences that an entry of a list tells of the record that was asked for. */
const SHOWN_IN_SHORT = 8;
/** Records that an undo says the state of. */
const SHOWN_UNDONE = 8;
const LONGEST_SUMMARY = 400;
const LONGEST_VALUE = 300;
const LONGEST_IN_SHORT = 80;

type RecordId = { readonly kind: Kind; readonly id: number };
type Entry = {
  readonly change: Change;
  readonly undoneBy: number | null;
  readonly records: readonly RecordId[];
  readonly rows: readonly RowChange[];
};
type History = {
  readonly entries: readonly Entry[];
  readonly record: RecordId | null;
  readonly isWhole: boolean;
  readonly count: number | null;
  readonly nextCursor: string | null;
  readonly names: Names;
};
type Happened = {
  readonly from: string;
  readonly to: string;
  readonly events: readonly TradeEvent[];
  readonly count: number;
  readonly totals: Readonly<Record<'invoiced' | 'paid' | 'refunded' | 'bounced', Total<'price'>>> & {
    readonly spent: Total<'cost'>;
  };
  readonly nextCursor: string | null;
};
type Undone = {
  readonly rows: readonly RowChange[];
  readonly titles: ReadonlyMap<string, string>;
  readonly jobs: readonly { readonly job: Named; readonly figures: JobFigures }[];
  readonly moreJobs: number;
  readonly names: Names;
};
export type Books = { readonly account: Account; readonly names: Names };
type SeenBooks = Books & { readonly account: VisibleAccount };

export const ChangeEntry = z.strictObject({
  number: z.int(),
  at: z.string(),
  by: z.string(),
  through: z.string(),
  tool: z.string(),
  summary: said,
});
export type ChangeEntry = z.output<typeof ChangeEntry>;

const EventRow = z.strictObject({
  what: said,
  dated: z.string().optional(),
  note: z.string().optional(),
  sample,
  customer: NamedRef.optional(),
  job: NamedRef.optional(),
});

export const ChangeList = z.strictObject({
  changes: z.array(
    z.strictObject({
      ...ChangeEntry.shape,
      refs: z.array(z.string()),
      moreRefs: z.int().optional(),
      changed: z.array(z.string()).optional(),
      undoes: z.int().optional(),
      undoneBy: z.int().optional(),
    }),
  ),
  record: z.string().optional(),
  records: z
    .array(
      z.strictObject({
        ref: z.string(),
        what: z.enum(['added', 'changed', 'removed']),
        fields: z.array(z.strictObject({ field: z.string(), before: textOrNull, after: textOrNull })),
        moreFields: z.int().optional(),
      }),
    )
    .optional(),
  moreRecords: z.int().optional(),
  /** What happened, day by day, where that was asked for: then there are no changes. */
  happened: z
    .strictObject({
      from: z.string(),
      to: z.string(),
      days: z.array(z.strictObject({ day: z.string(), weekday: z.string(), events: z.array(EventRow) })),
      invoiced: money,
      paid: money,
      refunded: money,
      bounced: money,
      spent: money,
    })
    .optional(),
  currency: z.string(),
  count: z.int().optional(),
  nextCursor: z.string().optional(),
  ...dueFields,
});
export type ChangeList = z.output<typeof ChangeList>;

export function changeList(history: History, account: VisibleAccount): ChangeList {
  const books = { account, names: history.names };
  const [only] = history.entries;
  return {
    changes: history.entries.map((entry) => entryRow(entry, books, history.record !== null)),
    ...(history.record === null ? {} : { record: refIn(history.record, books) }),
    ...(history.isWhole && only !== undefined ? recordRows(only.rows, books) : {}),
    currency: account.currency,
    ...(history.count === null ? {} : { count: history.count }),
    ...(history.nextCursor === null ? {} : { nextCursor: history.nextCursor }),
  };
}

/** Days on which nothing happened are left out. */
export function eventList(happened: Happened, account: Account): ChangeList {
  const { from, to, totals, events, count, nextCursor } = happened;
  return {
    changes: [],
    happened: {
      from,
      to,
      days: [...Map.groupBy(events, ({ day }) => day)].map(([day, some]) => ({
        day,
        weekday: weekdayOf(day),
        events: some.map(eventRow),
      })),
      invoiced: shown(totals.invoiced, account),
      paid: shown(totals.paid, account),
      refunded: shown(totals.refunded, account),
      bounced: shown(totals.bounced, account),
      spent: shown(totals.spent, account),
    },
    currency: account.currency,
    count,
    ...(nextCursor === null ? {} : { nextCursor }),
  };
}

function eventRow({ what, dated, note, isSample, customer, job }: TradeEvent) {
  return {
    what,
    ...(dated === null ? {} : { dated }),
    ...(note === null ? {} : { note: cut(note, LONGEST_NOTE) }),
    ...sampleMark(isSample),
    ...(customer === null ? {} : { customer: named('customer', customer) }),
    ...(job === null ? {} : { job: named('job', job) }),
  };
}

/** What is as it was again. */
export const UndoneState = z.strictObject({
  records: z.array(
    z.strictObject({
      ref: z.string(),
      is: z.enum(['gone', 'back', 'as before']),
      title: z.string().optional(),
      fields: z.array(z.strictObject({ field: z.string(), now: textOrNull })),
    }),
  ),
  moreRecords: z.int().optional(),
  jobs: z.array(z.strictObject({ job: NamedRef, ...profitFields })),
  moreJobs: z.int().optional(),
});
export type UndoneState = z.output<typeof UndoneState>;

export function undoneState({ rows, titles, jobs, moreJobs, names }: Undone, account: VisibleAccount): UndoneState {
  const { records, moreRecords = 0 } = recordRows(rows, { account, names }, fieldsLeft);
  const shownNow = records.slice(0, SHOWN_UNDONE);
  const more = moreRecords + records.length - shownNow.length;
  return {
    records: shownNow.map(({ ref, what, fields }) => ({
      ref,
      is: ({ added: 'back', removed: 'gone', changed: 'as before' } as const)[what],
      ...(titles.has(ref) ? { title: titles.get(ref) } : {}),
      fields:
        what === 'changed' ? fields.slice(0, SHOWN_IN_SHORT).map(({ field, after: now }) => ({ field, now })) : [],
    })),
    ...(more === 0 ? {} : { moreRecords: more }),
    jobs: jobs.map(({ job, figures }) => ({ job: named('job', job), ...profitOrHidden(figures, account) })),
    ...(moreJobs === 0 ? {} : { moreJobs }),
  };
}

export function changeEntry(
  { number, at, actor, client, tool, summary }: Change,
  account: VisibleAccount,
): ChangeEntry {
  return {
    number,
    at: wallClock(at, account.timeZone),
    by: byWhom(actor, account),
    through: client,
    tool,
    summary: shortened(summary, LONGEST_SUMMARY),
  };
}

function entryRow(
  { change, undoneBy, records, rows }: Entry,
  books: SeenBooks,
  inShort: boolean,
): ChangeList['changes'][number] {
  const refs = records.map((record) => refIn(record, books));
  return {
    ...changeEntry(change, books.account),
    refs: refs.slice(0, SHOWN_REFS),
    ...(refs.length > SHOWN_REFS ? { moreRefs: refs.length - SHOWN_REFS } : {}),
    ...(inShort ? { changed: shortly(rows, books) } : {}),
    ...(change.undoes === null ? {} : { undoes: change.undoes }),
    ...(undoneBy === null ? {} : { undoneBy }),
  };
}

/** What became of the record that was asked for: `amount 4200.00 → 4250.00`. */
function shortly(rows: readonly RowChange[], books: Books): string[] {
  const said = rows.flatMap((row) => {
    const noun = partNoun(row.table);
    if (row.before === null || row.after === null) {
      const what = noun === null ? '' : `${partName(row, books)} `;
      return [`${what}${row.before === null ? 'added' : 'removed'}`];
    }
    return fieldsOf(row, books).map(
      ({ field, before, after }) =>
        `${field} ${cut(oneLine(before), LONGEST_IN_SHORT)} → ${cut(oneLine(after), LONGEST_IN_SHORT)}`,
    );
  });
  return said.length > SHOWN_IN_SHORT
    ? [...said.slice(0, SHOWN_IN_SHORT - 1), `and ${said.length - SHOWN_IN_SHORT + 1} more`]
    : said;
}

function oneLine(value: string | null): string {
  return value === null ? 'none' : value.replace(/\s+/g, ' ');
}

/** Everything that one change did, record by record. */
function recordRows(rows: readonly RowChange[], books: Books, fieldsIn = fieldsOf) {
  const groups = Map.groupBy(rows, (row) => ownerOf(row, books));
  let left = SHOWN_IN_ALL;
  const records = [...groups].map(([ref, rowsHere]) => {
    const own = rowsHere.find(({ table }) => partNoun(table) === null);
    const what =
      own === undefined ? 'changed' : own.before === null ? 'added' : own.after === null ? 'removed' : 'changed';
    const fields = rowsHere.flatMap((row) => fieldsIn(row, books));
    const some = fields.slice(0, Math.min(SHOWN_FIELDS, left));
    left -= some.length;
    return {
      ref,
      what,
      fields: some,
      ...(fields.length > some.length ? { moreFields: fields.length - some.length } : {}),
    } as const;
  });
  return {
    records: records.slice(0, SHOWN_RECORDS),
    ...(records.length > SHOWN_RECORDS ? { moreRecords: records.length - SHOWN_RECORDS } : {}),
  };
}

/** The record that a row belongs to, by its number; the account, and marks of lines, go by what they are. */
function ownerOf({ table, record, before, after }: RowChange, books: Books): string {
  if (record !== null) return refIn(record, books);
  if (table === 'done_lines') return written((after ?? before)?.['line_id'] ?? 0, 'line', books) ?? '';
  return 'account';
}

function doneInWords(snapshot: RowChange['before']): string {
  if (snapshot === null) return 'no';
  return snapshot['spent_nothing'] === 1 ? 'yes, nothing spent' : 'yes';
}

/** Each column that differs, in words; those of a part say which: `line 2 unit price`. */
function fieldsOf(row: RowChange, books: Books) {
  const noun = partNoun(row.table);
  if (row.table === 'done_lines') {
    const [before, after] = [row.before, row.after].map(doneInWords);
    return [{ field: 'done', before: before ?? null, after: after ?? null }];
  }
  return differences(row).map(({ field, before, after }: Difference) => ({
    field: noun === null ? field.words : `${partName(row, books)} ${field.words}`,
    before: written(before, field.form, books),
    after: written(after, field.form, books),
  }));
}

/** The same of what an undo leaves: a part that is gone has no columns any more. */
function fieldsLeft(row: RowChange, books: Books): ReturnType<typeof fieldsOf> {
  const isGonePart = row.after === null && partNoun(row.table) !== null && row.table !== 'done_lines';
  return isGonePart ? [{ field: partName(row, books), before: null, after: null }] : fieldsOf(row, books);
}

function partName({ table, before, after }: RowChange, books: Books): string {
  const noun = partNoun(table) ?? '';
  const { position = null, tax_rate = null } = after ?? before ?? {};
  if (table === 'invoice_taxes') return `${noun} at ${written(tax_rate, 'percent', books) ?? '0 %'}`;
  return position === null ? noun : `${noun} ${position}`;
}

/** A value of a row, as a person reads it; null where there is none. */
export function written(value: string | number | null, form: Field['form'], { account, names }: Books): string | null {
  const words = inWords(value, form, { ...account, names });
  return words === null ? null : cut(words, LONGEST_VALUE);
}

function refIn({ kind, id }: RecordId, { names }: Books): string {
  return kind === 'invoice' ? invoiceRef(id, names.invoices.get(id) ?? null) : refOf(kind, id);
}
