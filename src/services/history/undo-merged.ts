// Nothing stands on a customer who was merged with another record. What an undo brings back to one goes on to whom they
// are now; what it cannot take along keeps it from merging two again, and what came along from parting them.
import type { Customer } from '../../domain/customer.ts';
import type { Change } from '../../domain/history.ts';
import { says, type Message } from '../../domain/message.ts';
import { refOf, refOfRow } from '../../kinds/reference.ts';
import { tableNamed } from '../../kinds/tables.ts';
import { customerById, standingCustomer } from '../../store/books/customers.ts';
import { moveOn } from '../../store/books/owners.ts';
import type { TouchedRow } from '../../store/journal/history.ts';
import { LEDGER, recordOf, type LedgerTable, type Snapshot } from '../../store/journal/ledger.ts';
import { REFERENCES, rowAt, rowsHolding } from '../../store/journal/references.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { describeById } from '../resolve/described.ts';
import { reload } from '../shared/patch.ts';
import { dependentChanges, refuseFor, type Broken } from './dependent-changes.ts';

/** Tables of what belongs to a customer. */
const BELONGING = REFERENCES.filter(
  ({ table, to, column }) => to === 'customers' && table !== 'customers' && column === 'customer_id',
).map(({ table }) => table);

/** @throws Problem where two records would each be merged with the other; asked before anything follows who is who */
export async function checkMerges(scope: WriteScope, change: Change, rows: readonly TouchedRow[]): Promise<void> {
  for (const { table, key, before } of rows) {
    if (table !== 'customers' || typeof before?.['merged_into'] !== 'number') continue;
    const id = Number(key['id']);
    if ((await standingCustomer(scope, id)) !== null) continue;
    const changes = await dependentChanges(scope, change, {
      tables: ['customers'],
      touches: (step) => step.before?.['merged_into'] !== step.after?.['merged_into'],
    });
    const why = says('undo.merged-in-a-circle', named(await reload(customerById, scope, id)));
    throw await refuseFor(scope, change, { why, changes });
  }
}

type Landed = { readonly rows: readonly TouchedRow[]; readonly notes: readonly Message[] };

/**
 * Takes what came back to somebody who is merged by now to the record that they are.
 * @param rows that the undo put back
 * @returns them as they are now, and what went on
 */
export async function goOn(scope: WriteScope, rows: readonly TouchedRow[]): Promise<Landed> {
  const merged = await mergedAmong(
    scope,
    rows.map(({ before }) => before?.['customer_id']),
  );
  if (merged.size === 0) return { rows, notes: [] };
  const landed: TouchedRow[] = [];
  const refs = new Map<number, string[]>();
  for (const row of rows) {
    const between = BELONGING.includes(row.table) ? merged.get(Number(row.before?.['customer_id'])) : undefined;
    if (between === undefined || row.before === null) {
      landed.push(row);
      continue;
    }
    await moveOn(scope, row.table, row.before, between);
    landed.push({ ...row, before: await rowAt(scope, row.table, row.key) });
    const kind = tableNamed(row.table)?.part === null ? (row.record?.kind ?? null) : null;
    if (kind !== null) refs.set(between.from.id, [...(refs.get(between.from.id) ?? []), refOfRow(kind, row.before)]);
  }
  const notes = [...refs].flatMap(([id, some]) => {
    const between = merged.get(id);
    if (between === undefined) return [];
    return [says('undo.went-on', { refs: some, from: named(between.from), into: named(between.to) })];
  });
  return { rows: landed, notes };
}

/** Of these customers, those that are merged, each with the record that they are. */
async function mergedAmong(
  scope: ReadScope,
  ids: readonly (Snapshot[string] | undefined)[],
): Promise<ReadonlyMap<number, { readonly from: Customer; readonly to: Customer }>> {
  const merged = new Map<number, { readonly from: Customer; readonly to: Customer }>();
  for (const id of new Set(ids.filter((each) => typeof each === 'number'))) {
    const from = await customerById(scope, id);
    const to = await standingCustomer(scope, id);
    if (from !== null && to !== null && from.id !== to.id) merged.set(id, { from, to });
  }
  return merged;
}

/** Asked once what came back went on: who would be merged with things of their own, and who parted from what is theirs. */
export async function brokenMerges(scope: ReadScope, rows: readonly TouchedRow[]): Promise<Broken[]> {
  const broken: Broken[] = [];
  for (const { table, key, before, after } of rows) {
    const [into = null, was = null] = [before?.['merged_into'], after?.['merged_into']];
    if (table !== 'customers' || into === was) continue;
    const customer = await customerById(scope, Number(key['id']));
    if (customer === null) continue;
    if (customer.mergedInto !== null) broken.push(...(await standingOn(scope, customer)));
    else if (typeof was === 'number') broken.push(await leftWith(scope, customer, was));
  }
  return broken;
}

async function standingOn(scope: ReadScope, customer: Customer): Promise<Broken[]> {
  const broken: Broken[] = [];
  for (const table of BELONGING) {
    const [row] = await rowsHolding(scope, { table, column: 'customer_id' }, [customer.id]);
    if (row === undefined) continue;
    const record = recordOf(table, row);
    const what = record === null ? null : await describeById(scope, record.kind, record.id);
    broken.push({
      why: says('undo.on-merged', { what: what?.title ?? null, ...named(customer) }),
      tables: [table],
      touches: ({ before, after }) => after?.['customer_id'] === customer.id && before?.['customer_id'] !== customer.id,
    });
  }
  return broken;
}

/** What came back to a customer while they were merged, and is still on the record that they were merged with. */
async function leftWith(scope: ReadScope, customer: Customer, into: number): Promise<Broken> {
  const other = (await standingCustomer(scope, into))?.id ?? into;
  const left = new Set<string>();
  for (const table of BELONGING)
    for (const row of await rowsHolding(scope, { table, column: 'customer_id' }, [other]))
      left.add(rowName(table, row));
  return {
    why: says('undo.came-back-to', named(customer)),
    tables: BELONGING,
    touches: ({ table, key, before, after }) =>
      before?.['customer_id'] === customer.id &&
      after !== null &&
      after['customer_id'] !== customer.id &&
      left.has(rowName(table, key)),
  };
}

/** By its whole key: months that were closed have no number of their own. */
function rowName(table: LedgerTable, row: Snapshot): string {
  return JSON.stringify([table, ...LEDGER[table].key.map((column) => row[column])]);
}

function named({ id, name }: Customer): { readonly ref: string; readonly name: string } {
  return { ref: refOf('customer', id), name };
}
