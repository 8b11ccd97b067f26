// Lines of quotes by where they stand: under a number, and on which revision they stand now.
import { sql, type InferResult } from 'kysely';
import { cost, plannedCost, type Cost } from '../../domain/cost.ts';
import { quantity } from '../../domain/money.ts';
import { QUOTE_STATUSES, type QuoteStatus } from '../../domain/quote.ts';
import type { Database } from '../database.ts';
import { oneOf } from '../one-of.ts';
import { numbersIn } from '../engine/json-rows.ts';
import { prepared } from '../engine/prepared.ts';
import type { ReadScope } from '../scope.ts';

export type LinePlace = {
  readonly lineId: number;
  readonly quoteId: number;
  readonly position: number;
  readonly description: string;
  readonly customerId: number;
  readonly jobId: number | null;
  readonly status: QuoteStatus;
  readonly changesLineId: number | null;
  readonly plannedCost: Cost;
};

/** Of several quotes that hold a line, an accepted one counts before an open one, and that before the others. */
const STANDING: Readonly<Record<QuoteStatus, number>> = { accepted: 3, sent: 2, draft: 2, declined: 1, superseded: 0 };

/** Where each line stands now: on the quote that counts, the newest of several. */
export async function currentLines(
  { db, account }: ReadScope,
  lineIds: readonly number[],
): Promise<Map<number, LinePlace>> {
  if (lineIds.length === 0) return new Map();
  return placesNow(await placesOf(db, { account: account.id, lines: JSON.stringify([...new Set(lineIds)]) }));
}

/** The same of rows in the order of their quotes. */
export function placesNow(rows: readonly LineRow[]): Map<number, LinePlace> {
  const found = new Map<number, LinePlace>();
  for (const place of rows.map(linePlace)) {
    const other = found.get(place.lineId);
    if (other === undefined || STANDING[place.status] >= STANDING[other.status]) found.set(place.lineId, place);
  }
  return found;
}

export async function lineAt(scope: ReadScope, quoteId: number, position: number): Promise<LinePlace | null> {
  const row = await linePlaces(scope.db, scope.account.id)
    .where('l.quote_id', '=', quoteId)
    .where('l.position', '=', position)
    .executeTakeFirst();
  return row === undefined ? null : linePlace(row);
}

const placesOf = prepared((db, { account, lines }: { account: number; lines: string }) =>
  linePlaces(db, account)
    .where(sql<boolean>`l.line_id in (${numbersIn(db, lines)})`)
    .orderBy('q.id'),
);

export function linePlaces(db: Database, account: number) {
  return db
    .selectFrom('quote_lines as l')
    .innerJoin('quotes as q', (join) =>
      join.onRef('q.account_id', '=', 'l.account_id').onRef('q.id', '=', 'l.quote_id'),
    )
    .select([
      'l.line_id',
      'l.quote_id',
      'l.position',
      'l.description',
      'l.changes_line_id',
      'l.unit_cost',
      'l.quantity',
    ])
    .select(['q.customer_id', 'q.job_id', 'q.status'])
    .where('l.account_id', '=', account);
}

type LineRow = InferResult<ReturnType<typeof linePlaces>>[number];

function linePlace(row: LineRow): LinePlace {
  return {
    lineId: row.line_id,
    quoteId: row.quote_id,
    position: row.position,
    description: row.description,
    customerId: row.customer_id,
    jobId: row.job_id,
    status: oneOf(QUOTE_STATUSES, row.status),
    changesLineId: row.changes_line_id,
    plannedCost: plannedCost({
      quantity: quantity(row.quantity),
      unitCost: row.unit_cost === null ? null : cost(row.unit_cost),
    }),
  };
}
