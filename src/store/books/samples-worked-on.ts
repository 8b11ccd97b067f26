// A sample on which somebody does real work is no sample any more: what a real record stands on is real itself, and is a
// sample again where an undo takes that back. What says an amount, as a bill or a quote, stays the sample that it is: nobody
// owes or offered it, so it is in no figure, whatever real stands on it; what it is filed under is real then.
// Samples are numbered below 0, whatever becomes of them.
import { declared, KIND_NAMES } from '../../kinds/declared.ts';
import type { Kind } from '../../kinds/index.ts';
import { invoiceRef, refOf } from '../../kinds/reference.ts';
import { TABLES, tableNamed, tableOf } from '../../kinds/tables.ts';
import { isLedgerTable, recordOf, type LedgerTable, type Snapshot } from '../journal/ledger.ts';
import { REFERENCES, rowAt, rowsHolding } from '../journal/references.ts';
import type { Database } from '../database.ts';
import type { Journal } from '../journal/write.ts';

type Writing = { readonly db: Database; readonly account: { readonly id: number }; readonly journal: Journal };
type Sample = { readonly kind: Kind; readonly id: number };

/** What these say was made up with the sample. */
const AMOUNTS: ReadonlySet<Kind> = new Set<Kind>(['quote', 'invoice', 'expense', 'payment', 'monthly_expense']);

/** Marks what this write makes real, and what it leaves a sample again. */
export async function settleSamples(scope: Writing): Promise<void> {
  const { journal } = scope;
  for (let seen = 0; seen < journal.changes.length; ) {
    const some = journal.changes.slice(seen);
    seen = journal.changes.length;
    const stoodOn = new Map<string, Sample>();
    for (const { table, before, after } of some)
      for (const row of [before, after])
        for (const each of row === null || !(await isReal(scope, table, row))
          ? []
          : await standingUnder(scope, table, row))
          stoodOn.set(nameOf(each), each);
    // A map is gone through with what is added to it meanwhile.
    for (const sample of stoodOn.values())
      if (AMOUNTS.has(sample.kind)) for (const each of await under(scope, sample)) stoodOn.set(nameOf(each), each);
      else await settle(scope, sample);
  }
}

/** What a write made real, and the samples that what it added stands on and that stay samples. */
export async function samplesStoodOn(scope: Writing): Promise<{ readonly real: string[]; readonly stay: string[] }> {
  await settleSamples(scope);
  const { changes } = scope.journal;
  const real = new Map<string, { readonly kind: Kind; readonly called: string }>();
  const stay = new Set<string>();
  for (const { table, before, after } of changes) {
    if (after === null) continue;
    const record = recordOf(table, after);
    if (record !== null && before?.['is_sample'] === 1 && after['is_sample'] === 0)
      real.set(nameOf(record), {
        kind: record.kind,
        called: `${numberedAs(record, after)} ${after['name'] ?? after['title'] ?? ''}`.trim(),
      });
    if (before !== null || after['is_sample'] === 1) continue;
    for (const { kind, id } of await referredTo(scope, table, after)) {
      const own = AMOUNTS.has(kind) ? await rowAt(scope, tableOf(kind), { id }) : null;
      if (own?.['is_sample'] !== 1) continue;
      stay.add(numberedAs({ kind, id }, own));
    }
  }
  // The job first, and whose it is.
  const made = [...real.values()].sort(
    (one, other) => Number(one.kind === 'customer') - Number(other.kind === 'customer'),
  );
  return { real: made.map(({ called }) => called), stay: [...stay] };
}

function numberedAs({ kind, id }: Sample, { number = null }: Snapshot): string {
  return kind === 'invoice' ? invoiceRef(id, typeof number === 'number' ? number : null) : refOf(kind, id);
}

function nameOf({ kind, id }: Sample): string {
  return `${kind} ${id}`;
}

/** What a sample that stays one is filed under, and the quote that it bills or covers. */
async function under(scope: Writing, { kind, id }: Sample): Promise<Sample[]> {
  const row = await rowAt(scope, tableOf(kind), { id });
  return row === null ? [] : await standingUnder(scope, tableOf(kind), row);
}

async function settle(scope: Writing, { kind, id }: Sample): Promise<void> {
  const table = tableOf(kind);
  const row = await rowAt(scope, table, { id });
  if (row === null) return;
  // Only what an undo takes back makes it a sample again: what was moved or taken out since was real.
  if (row['is_sample'] === 0 && !scope.journal.isUndo) return;
  const isSample = (await isStoodOn(scope, table, row)) ? 0 : 1;
  if (row['is_sample'] === isSample) return;
  await scope.journal.update(table, { id }, { is_sample: isSample });
}

/** The records numbered below 0 that a row, and where it is one of these itself, its parts refer to. */
async function standingUnder(scope: Writing, table: LedgerTable, row: Snapshot): Promise<Sample[]> {
  const found = await referredTo(scope, table, row);
  const own = tableNamed(table);
  if (own?.part !== null || own.kind === null || !(Number(row['id']) < 0)) return found;
  for (const part of partsOf(own.kind))
    for (const each of await rowsHolding(scope, part, [Number(row['id'])]))
      found.push(...(await referredTo(scope, part.table, each)));
  return found;
}

function partsOf(kind: Kind): { table: LedgerTable; column: string }[] {
  return TABLES.flatMap(({ name, kind: of, part, of: column }) =>
    of === kind && part !== null && column !== null && isLedgerTable(name) ? [{ table: name, column }] : [],
  );
}

async function referredTo(scope: Writing, table: LedgerTable, row: Snapshot): Promise<Sample[]> {
  const found: Sample[] = [];
  for (const reference of REFERENCES) {
    const value = row[reference.column];
    if (reference.table !== table || typeof value !== 'number' || value >= 0) continue;
    if (reference.by === 'id') {
      const kind = KIND_NAMES.find((each) => tableOf(each) === reference.to);
      if (kind !== undefined && isMarked(kind)) found.push({ kind, id: value });
      continue;
    }
    const lines = await rowsHolding(scope, { table: 'quote_lines', column: 'line_id' }, [value]);
    found.push(...lines.map((line) => ({ kind: 'quote' as const, id: Number(line['quote_id']) })));
  }
  return found.filter(({ id }) => id < 0);
}

function isMarked(kind: Kind): boolean {
  return Object.hasOwn(declared(kind).columns, 'is_sample');
}

/** Whether anything real refers to it, or to one of its lines, or to a sample that stays one on it. */
async function isStoodOn(
  scope: Writing,
  table: LedgerTable,
  row: Snapshot,
  seen: ReadonlySet<string> = new Set(),
): Promise<boolean> {
  const id = Number(row['id']);
  const sofar = new Set([...seen, `${table} ${id}`]);
  const lines = table === 'quotes' ? await rowsHolding(scope, { table: 'quote_lines', column: 'quote_id' }, [id]) : [];
  for (const reference of REFERENCES) {
    const values =
      reference.by === 'line_id' ? lines.map((line) => Number(line['line_id'])) : reference.to === table ? [id] : [];
    for (const each of await rowsHolding(scope, reference, values))
      if (!isPartOf(reference.table, each, { table, id }) && (await bears(scope, reference.table, each, sofar)))
        return true;
  }
  return false;
}

/** Of a record, or a part of one: it is real, or a sample that stays one, with something real on it. */
async function bears(scope: Writing, table: LedgerTable, row: Snapshot, seen: ReadonlySet<string>): Promise<boolean> {
  if (await isReal(scope, table, row)) return true;
  const record = recordOf(table, row);
  if (record === null || !AMOUNTS.has(record.kind)) return false;
  const whole = tableOf(record.kind);
  if (seen.has(`${whole} ${record.id}`)) return false;
  const own = await rowAt(scope, whole, { id: record.id });
  return own !== null && (await isStoodOn(scope, whole, own, seen));
}

/** What is a part of a record, or the record itself, does not stand on it, unless it may be a sample on its own. */
function isPartOf(from: LedgerTable, row: Snapshot, { table, id }: { table: LedgerTable; id: number }): boolean {
  if (from !== table && 'is_sample' in row) return false;
  const record = recordOf(from, row);
  return record?.id === id && tableOf(record.kind) === table;
}

/** Of a record, or a part of one. */
async function isReal(scope: Writing, table: LedgerTable, row: Snapshot): Promise<boolean> {
  const record = recordOf(table, row);
  if (record === null || !isMarked(record.kind)) return false;
  if ('is_sample' in row) return row['is_sample'] === 0;
  if (record.id > 0) return true;
  const whole = tableOf(record.kind);
  const written = scope.journal.changes.findLast((each) => each.table === whole && each.key['id'] === record.id);
  const own = written?.after ?? written?.before ?? (await rowAt(scope, whole, { id: record.id }));
  return own?.['is_sample'] === 0;
}
