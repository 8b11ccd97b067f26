// What an undo leaves: the records that it touched as they are now, and what the jobs come to whose money it moved.
import type { Names, RowChange } from '../../kinds/history.ts';
import type { Kind } from '../../kinds/index.ts';
import type { TouchedRow } from '../../store/journal/history.ts';
import type { LedgerTable } from '../../store/journal/ledger.ts';
import type { WriteScope } from '../../store/scope.ts';
import { jobById } from '../../store/books/jobs.ts';
import { describeRecords } from '../resolve/described.ts';
import { freshProfitSummary, type JobAfter } from '../shared/job-profit.ts';
import { namesOf } from '../shared/names.ts';

type RecordId = { readonly kind: Kind; readonly id: number };

export type AfterUndo = {
  /** From what they were before the undo to what they are now. */
  readonly rows: readonly RowChange[];
  /** As each record that is there is told from others, by its number. */
  readonly titles: ReadonlyMap<string, string>;
  readonly jobs: readonly JobAfter[];
  readonly names: Names;
};

/** Records whose names are looked up, and jobs whose money is told. */
const MOST_RECORDS = 10;
const MOST_JOBS = 3;

/** Where rows of these were put back, the money of their job may be another. */
const MONEY: ReadonlySet<LedgerTable> = new Set([
  ...(['jobs', 'quotes', 'quote_lines', 'done_lines', 'write_offs'] as const),
  ...(['invoices', 'invoice_lines', 'contract_parts', 'expenses'] as const),
]);

/** @param rows that the undo put back @param touched what the change was about */
export async function stateAfterUndo(
  scope: WriteScope,
  rows: readonly TouchedRow[],
  touched: readonly RecordId[],
): Promise<AfterUndo> {
  const back = rows
    .map(({ table, record, before, after }) => ({ table, record, before: after, after: before }))
    .flatMap(withoutNamesOn);
  const records = new Map(
    back.flatMap(({ record }) => (record === null ? [] : [[`${record.kind} ${record.id}`, record]])),
  );
  const named = [...records.values()].slice(0, MOST_RECORDS);
  const titles = new Map<string, string>();
  for (const [kind, some] of Map.groupBy(named, (each) => each.kind))
    for (const { ref, title } of await describeRecords(
      scope,
      kind,
      some.map(({ id }) => id),
    ))
      titles.set(ref, title);
  const images = back.map(({ table, before, after }) => ({ table, images: [before, after] }));
  return {
    rows: back,
    titles,
    jobs: rows.some(({ table }) => MONEY.has(table)) ? await jobsAfter(scope, touched) : [],
    names: await namesOf(
      scope,
      images,
      named.flatMap(({ kind, id }) => (kind === 'invoice' ? [id] : [])),
    ),
  };
}

/** A document that goes by its customer's present name again says what it said: of that nobody is told. */
function withoutNamesOn(row: RowChange): RowChange[] {
  const { table, before, after } = row;
  if ((table !== 'quotes' && table !== 'invoices') || before === null || after === null) return [row];
  if (before['to_name'] === null || after['to_name'] !== null) return [row];
  const other = { ...before, to_name: null, to_address: null };
  return Object.entries(other).every(([column, value]) => after[column] === value) ? [] : [{ ...row, before: other }];
}

async function jobsAfter(scope: WriteScope, touched: readonly RecordId[]): Promise<JobAfter[]> {
  const jobs: JobAfter[] = [];
  for (const { id } of touched.filter(({ kind }) => kind === 'job').slice(0, MOST_JOBS)) {
    const job = await jobById(scope, id);
    if (job !== null) jobs.push({ job, profitSummary: await freshProfitSummary(scope, id) });
  }
  return jobs;
}
