// Thousands of jobs alike, for what must not take longer the more there are: the first job of a book with its expense, its
// people and its words, copied row by row. Nobody could tell its money; what is found, and how, is what it is for.
import type { Place } from './engines/engine.ts';
import { behind, settle } from './store.ts';

/** By which column each table's rows are of the first job, or expense. */
const COPIED = [
  ['jobs', 'id'],
  ['job_assignees', 'job_id'],
  ['job_figures', 'job_id'],
  ['expenses', 'id'],
  ['words', 'record_id'],
] as const;

/** From so many jobs to so many. Of every other kind than jobs and expenses there is none with the number 1. */
export async function copyFirstJob(place: Place, from: number, to: number): Promise<void> {
  await behind(place, async (raw) => {
    await raw.unguard();
    for (const [table, key] of COPIED) {
      const columns = (await raw.columns(table)).map(({ name }) => name);
      const copied = columns.map((name) =>
        name === key || (table === 'expenses' && name === 'job_id') ? 'n.i' : `t.${name}`,
      );
      const ofJobs = table === 'words' ? "and t.kind in ('job', 'assignee', 'expense')" : '';
      await raw.run(`insert into ${table} (${columns.join(', ')})
        with recursive n (i) as (select ${from + 1} union all select i + 1 from n where i < ${to})
        select ${copied.join(', ')} from ${table} as t, n where t.account_id = 1 and t.${key} = 1 ${ofJobs}`);
    }
  });
  await settle(place);
}
