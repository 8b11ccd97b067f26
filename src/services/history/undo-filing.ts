// What has to be on one job, and of one customer: a paper with the papers of its contract, a file with its walk & talk; on
// one job also an expense with the line it covers, and a file with its expense. And lines of an offer are not done.
import { lineRef, refOf } from '../../kinds/reference.ts';
import { tableNamed } from '../../kinds/tables.ts';
import type { RowStep, TouchedRow } from '../../store/journal/history.ts';
import { recordOf, type LedgerTable, type Snapshot } from '../../store/journal/ledger.ts';
import { REFERENCES, rowsHolding } from '../../store/journal/references.ts';
import type { ReadScope } from '../../store/scope.ts';
import { says } from '../../domain/message.ts';
import { text } from '../../domain/money.ts';
import { describeById } from '../resolve/described.ts';
import { returnsBeyond } from '../shared/returns.ts';
import type { Broken } from './dependent-changes.ts';

export async function brokenFiling(scope: ReadScope, rows: readonly TouchedRow[]): Promise<Broken[]> {
  return [
    ...(await brokenLines(scope, rows)),
    ...(await brokenReturns(scope, rows)),
    ...(await brokenFamilies(scope, rows)),
  ];
}

/** Where lines stand: quote by quote, with the quote's job and status. */
async function placesOf(scope: ReadScope, lineIds: readonly number[]): Promise<Map<number, Snapshot[]>> {
  const lines = await rowsHolding(scope, { table: 'quote_lines', column: 'line_id' }, lineIds);
  const quoteIds = [...new Set(lines.map((line) => Number(line['quote_id'])))];
  const quotes = new Map(
    (await rowsHolding(scope, { table: 'quotes', column: 'id' }, quoteIds)).map((quote) => [quote['id'], quote]),
  );
  const places = new Map<number, Snapshot[]>();
  for (const line of lines) {
    const id = Number(line['line_id']);
    const { job_id = null, status = null } = quotes.get(line['quote_id'] ?? null) ?? {};
    places.set(id, [...(places.get(id) ?? []), { ...line, job_id, status }]);
  }
  return places;
}

async function brokenLines(scope: ReadScope, rows: readonly TouchedRow[]): Promise<Broken[]> {
  const lineIds = new Set<number>();
  const add = (value: Snapshot[string] | undefined) => {
    if (typeof value === 'number') lineIds.add(value);
  };
  for (const { table, before, after } of rows) {
    for (const snapshot of [before, after]) {
      if (table === 'quote_lines' || table === 'done_lines') add(snapshot?.['line_id']);
      if (table === 'expenses') add(snapshot?.['covers_line_id']);
    }
  }
  const quoteIds = rows.flatMap(({ table, key }) => (table === 'quotes' ? [Number(key['id'])] : []));
  for (const line of await rowsHolding(scope, { table: 'quote_lines', column: 'quote_id' }, quoteIds))
    add(line['line_id']);
  const places = await placesOf(scope, [...lineIds]);
  const touches = bearingOnLines(lineIds, quotesIn(places));
  const broken: Broken[] = [];
  for (const expense of await rowsHolding(scope, { table: 'expenses', column: 'covers_line_id' }, [...lineIds])) {
    const standing = places.get(Number(expense['covers_line_id'])) ?? [];
    const fits = standing.some(({ job_id, status }) => job_id === expense['job_id'] && status !== 'superseded');
    if (fits) continue;
    const ref = refOf('expense', Number(expense['id']));
    broken.push({ why: says('undo.line-counts-nowhere', { ref }), ...touches });
  }
  for (const { line_id } of await rowsHolding(scope, { table: 'done_lines', column: 'line_id' }, [...lineIds])) {
    const standing = places.get(Number(line_id)) ?? [];
    const [place] = standing;
    if (place === undefined || !standing.every(({ status }) => status === 'draft' || status === 'sent')) continue;
    const ref = lineRef(Number(place['quote_id']), Number(place['position']));
    broken.push({ why: says('undo.done-on-an-offer', { ref }), ...touches });
  }
  return broken;
}

/** What a supplier gave back covers a line no further than other expenses do. */
async function brokenReturns(scope: ReadScope, rows: readonly TouchedRow[]): Promise<Broken[]> {
  const held = rows.flatMap(({ table, before, after }) => (table === 'expenses' ? [before, after] : []));
  const lines = new Set(held.map((row) => row?.['covers_line_id'] ?? null));
  const jobs = new Set(held.flatMap((row) => (typeof row?.['job_id'] === 'number' ? row['job_id'] : [])));
  const { currency } = scope.account;
  const broken: Broken[] = [];
  for (const jobId of jobs) {
    for (const { lineIds, returned, spent } of await returnsBeyond(scope, jobId)) {
      if (![...lineIds].some((id) => lines.has(id))) continue;
      broken.push({
        why: says('undo.returned-beyond', { returned: text(returned, currency), spent: text(spent, currency) }),
        tables: ['expenses'],
        touches: ({ before, after }) => [before, after].some((row) => lineIds.has(Number(row?.['covers_line_id']))),
      });
    }
  }
  return broken;
}

function quotesIn(places: ReadonlyMap<number, readonly Snapshot[]>): Set<unknown> {
  return new Set([...places.values()].flat().map((place) => place['quote_id']));
}

function bearingOnLines(lineIds: ReadonlySet<number>, quoteIds: ReadonlySet<unknown>): Omit<Broken, 'why'> {
  return {
    tables: ['expenses', 'quotes', 'quote_lines', 'done_lines'],
    touches: ({ table, key, before, after }) => {
      if (table === 'quotes')
        return quoteIds.has(key['id']) && ['job_id', 'status'].some((column) => before?.[column] !== after?.[column]);
      const column = table === 'expenses' ? 'covers_line_id' : 'line_id';
      return [before, after].some((snapshot) => lineIds.has(Number(snapshot?.[column] ?? Number.NaN)));
    },
  };
}

const SAME_JOB = REFERENCES.flatMap((reference) => {
  const { sameJob } = tableNamed(reference.table)?.columns[reference.column] ?? {};
  return sameJob === undefined ? [] : [{ ...reference, sameJob }];
});

/** What is on one job with a row: the table, and the column there that holds what the row has in `by`. */
const TOGETHER = SAME_JOB.flatMap(({ table: of, column, to, sameJob }) =>
  sameJob === 'named'
    ? [
        { of, by: column, table: to, column: 'id' },
        { of: to, by: 'id', table: of, column },
      ]
    : SAME_JOB.filter((other) => other.column === column).map(({ table }) => ({ of, by: column, table, column })),
);

/** Where a record is, and what is said of one that would be elsewhere. */
const PLACES = [
  { place: 'job_id', apart: 'undo.on-another-job' },
  { place: 'customer_id', apart: 'undo.apart-from-its-own' },
] as const;

/** What later came to, or left, the job or the customer that the undo brings a record back to. */
async function brokenFamilies(scope: ReadScope, rows: readonly TouchedRow[]): Promise<Broken[]> {
  const broken: Broken[] = [];
  for (const { place, apart } of PLACES) {
    const back = rows.filter(({ before, after }) => before !== null && before[place] !== after?.[place]);
    for (const { of, by, table, column } of TOGETHER) {
      if (!hasColumn(of, place) || !hasColumn(table, place)) continue;
      const places = new Map(
        back.filter((row) => row.table === of).map(({ before }) => [before?.[by], before?.[place]]),
      );
      const values = [...places.keys()].filter((value) => typeof value === 'number');
      for (const row of await rowsHolding(scope, { table, column }, values)) {
        if (places.get(row[column] ?? null) === row[place]) continue;
        const record = recordOf(table, row);
        const named = record === null ? null : await describeById(scope, record.kind, record.id);
        broken.push({
          why: says(apart, { what: named?.title ?? null }),
          tables: [table],
          touches: ({ key, before, after }: RowStep) =>
            key['id'] === row['id'] && [place, column].some((each) => before?.[each] !== after?.[each]),
        });
      }
    }
  }
  return broken;
}

function hasColumn(table: LedgerTable, column: string): boolean {
  return tableNamed(table)?.columns[column] !== undefined;
}
