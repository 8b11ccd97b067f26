// A job and what is on it are of one customer: what came to a job later keeps an undo from giving it back alone.
import { refOf } from '../../kinds/reference.ts';
import type { TouchedRow } from '../../store/journal/history.ts';
import { rowsHolding } from '../../store/journal/references.ts';
import type { ReadScope } from '../../store/scope.ts';
import { says } from '../../domain/message.ts';
import type { Broken } from './dependent-changes.ts';

const ON_JOBS = ['quotes', 'invoices', 'files', 'appointments', 'walk_and_talks'] as const;
const PLACE = ['customer_id', 'job_id'] as const;

export async function brokenOwners(scope: ReadScope, rows: readonly TouchedRow[]): Promise<Broken[]> {
  const jobIds = new Set<number>();
  for (const { table, key, before, after } of rows) {
    if (PLACE.every((column) => before?.[column] === after?.[column])) continue;
    if (table === 'jobs') jobIds.add(Number(key['id']));
    else if (ON_JOBS.some((name) => name === table))
      for (const jobId of [before?.['job_id'], after?.['job_id']]) if (typeof jobId === 'number') jobIds.add(jobId);
  }
  const jobs = new Map(
    (await rowsHolding(scope, { table: 'jobs', column: 'id' }, [...jobIds])).map((job) => [job['id'], job]),
  );
  const broken: Broken[] = [];
  for (const table of ON_JOBS) {
    for (const row of await rowsHolding(scope, { table, column: 'job_id' }, [...jobIds])) {
      const job = jobs.get(row['job_id'] ?? null);
      if (job === undefined || job['customer_id'] === row['customer_id']) continue;
      broken.push({
        why: says('undo.of-another-customer', { job: refOf('job', Number(job['id'])) }),
        tables: [table, 'jobs'],
        touches: (step) =>
          (step.table === table ? step.key['id'] === row['id'] : step.key['id'] === job['id']) &&
          PLACE.some((column) => step.before?.[column] !== step.after?.[column]),
      });
    }
  }
  return broken;
}
