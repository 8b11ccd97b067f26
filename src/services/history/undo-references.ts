// Nothing may be left that refers to a row which an undo takes out, and nothing may come back that refers to a row
// which is gone. Looked at before anything is written, over the state that the undo would leave.
import type { Change } from '../../domain/history.ts';
import { partNoun } from '../../kinds/history.ts';
import { invoiceRef, lineRef, refOf } from '../../kinds/reference.ts';
import { invoiceNumbers, rowName, type RowStep, type TouchedRow } from '../../store/journal/history.ts';
import { snapshotOf, LEDGER, recordOf, type Snapshot, type LedgerTable } from '../../store/journal/ledger.ts';
import { REFERENCES, rowsHolding, type ColumnReference } from '../../store/journal/references.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { dependentChanges, refuseFor } from './dependent-changes.ts';
import { describeById } from '../resolve/described.ts';
import { says, type Message } from '../../domain/message.ts';
import { currentLines } from '../../store/books/quote-places.ts';

/** A row that would refer to nothing. */
type Dangling = {
  readonly reference: ColumnReference;
  readonly row: Snapshot;
  readonly value: number;
  readonly isBack: boolean;
};

/** @throws Problem naming what stands on the change */
export async function checkReferences(scope: WriteScope, change: Change, rows: readonly TouchedRow[]): Promise<void> {
  const dangling: Dangling[] = [];
  const state = stateAfter(scope, rows);
  for (const reference of REFERENCES) {
    const values = valuesInQuestion(reference, rows);
    const present = await state.holding(reference.to, reference.by, values);
    const there = new Set(present.map(({ row }) => row[reference.by]));
    const missing = values.filter((value) => !there.has(value));
    for (const { row, isTouched } of await state.holding(reference.table, reference.column, missing))
      dangling.push({ reference, row, value: Number(row[reference.column]), isBack: isTouched });
  }
  if (dangling.length === 0) return;
  const left = dangling.filter(({ isBack }) => !isBack);
  const [some, why] =
    left.length > 0
      ? ([left, says('undo.later-records')] as const)
      : ([dangling, says('undo.refers-to-what-is-gone')] as const);
  const changes = await dependentChanges(scope, change, {
    tables: some.flatMap(({ reference }) => (left.length > 0 ? reference.table : reference.to)),
    touches: (step) => some.some((each) => (left.length > 0 ? isOf(each, step) : tookOut(each, step))),
  });
  const records = left.length > 0 ? await standingOn(scope, left) : [];
  const forGood = left.some(({ reference: { table } }) => table === 'invoices' || table === 'payments');
  throw await refuseFor(scope, change, { why, changes, records, forGood });
}

/** Values that may lead nowhere after the undo: of rows taken out, and in rows brought back. */
function valuesInQuestion({ table, column, to, by }: ColumnReference, rows: readonly TouchedRow[]): number[] {
  const values = new Set<number>();
  const add = (value: Snapshot[string] | undefined) => {
    if (typeof value === 'number') values.add(value);
  };
  for (const row of rows) {
    if (row.table === to && row.after?.[by] !== row.before?.[by]) add(row.after?.[by]);
    if (row.table === table) add(row.before?.[column]);
  }
  return [...values];
}

/** The rows as the undo would leave them. */
function stateAfter(scope: ReadScope, rows: readonly TouchedRow[]) {
  const touched = new Map(rows.map((row) => [rowName(row), row]));
  return {
    holding: async (table: LedgerTable, column: string, values: readonly number[]) => {
      const wanted = new Set<unknown>(values);
      const untouched = (await rowsHolding(scope, { table, column }, values)).filter(
        (row) => !touched.has(rowName({ table, key: snapshotOf(LEDGER[table].key, row) })),
      );
      const back = rows.flatMap(({ table: other, before }) =>
        other === table && before !== null && wanted.has(before[column]) ? [before] : [],
      );
      return [...untouched.map((row) => ({ row, isTouched: false })), ...back.map((row) => ({ row, isTouched: true }))];
    },
  };
}

/** A step that made the row refer as it does. */
function isOf({ reference: { table, column }, row }: Dangling, step: RowStep): boolean {
  if (step.table !== table || step.before?.[column] === step.after?.[column]) return false;
  return JSON.stringify(step.key) === JSON.stringify(snapshotOf(LEDGER[table].key, row));
}

/** A step by which what the row refers to went. */
function tookOut({ reference: { to, by }, value }: Dangling, step: RowStep): boolean {
  return step.table === to && step.before?.[by] === value && step.after?.[by] !== value;
}

/** The records that stand on it, each once: `E-3 Permit, Roof replacement, 2026-03-10`. */
async function standingOn(scope: ReadScope, dangling: readonly Dangling[]): Promise<(Message | string)[]> {
  const found = new Map<string, Message | string>();
  for (const each of dangling.slice(0, 100)) {
    const record = await describeRow(scope, each);
    found.set(JSON.stringify(record), record);
  }
  return [...found.values()];
}

async function describeRow(scope: ReadScope, { reference, row, value }: Dangling): Promise<Message | string> {
  const record = recordOf(reference.table, row);
  const noun = partNoun(reference.table);
  if (record === null) return says('undo.part-of-line', { noun, line: await describeLine(scope, value) });
  if (noun !== null && reference.by === 'id')
    return says('undo.part-of-record', { noun, ref: await refIn(scope, record) });
  return (await describeById(scope, record.kind, record.id))?.title ?? (await refIn(scope, record));
}

async function describeLine(scope: ReadScope, lineId: number): Promise<string | null> {
  const place = (await currentLines(scope, [lineId])).get(lineId);
  return place === undefined ? null : `${lineRef(place.quoteId, place.position)} ${place.description}`;
}

async function refIn(scope: ReadScope, { kind, id }: NonNullable<ReturnType<typeof recordOf>>): Promise<string> {
  if (kind !== 'invoice') return refOf(kind, id);
  return invoiceRef(id, (await invoiceNumbers(scope, [id])).get(id) ?? null);
}
