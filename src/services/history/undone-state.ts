// What an undo leaves: the records that it touched as they are now, and what the jobs come to whose money it moved.
import type { Names, RowChange } from '../../kinds/history.ts';
import type { TouchedRow } from '../../store/journal/history.ts';
import type { WriteScope } from '../../store/scope.ts';
import { describeRecords } from '../resolve/described.ts';
import { jobsAfter, type JobAfter } from '../shared/job-profit.ts';
import { namesOf } from '../shared/names.ts';

export type AfterUndo = {
  /** From what they were before the undo to what they are now. */
  readonly rows: readonly RowChange[];
  /** As each record that is there is told from others, by its number. */
  readonly titles: ReadonlyMap<string, string>;
  readonly jobs: readonly JobAfter[];
  /** Jobs whose money moved too, beyond these. */
  readonly moreJobs: number;
  readonly names: Names;
};

/** Records whose names are looked up, and jobs whose money is told. */
const MOST_RECORDS = 10;
const MOST_JOBS = 3;

/** @param rows that the undo put back */
export async function stateAfterUndo(scope: WriteScope, rows: readonly TouchedRow[]): Promise<AfterUndo> {
  const { jobs, more } = await jobsAfter(scope, MOST_JOBS);
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
    jobs,
    moreJobs: more,
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
