// A job as crew see it: the work and who it is for, without any money.
import type { Assignee } from '../../domain/job.ts';
import type { CrewSection } from '../../domain/sections.ts';
import { customerById } from '../../store/books/customers.ts';
import { assigneesOf } from '../../store/books/jobs.ts';
import type { ReadContext } from '../context.ts';
import { jobWithSections, type FullJobPage } from '../jobs/jobs.ts';

export type CrewJob = Pick<FullJobPage, 'job' | 'sections' | 'nextCursor'> & {
  readonly phone: string | null;
  readonly address: string | null;
  readonly assignees: readonly Assignee[];
  /** The one that was asked for. */
  readonly section: CrewSection | null;
};

/** The page of a job; or one section of it, from where its last page ended. */
export async function crewJob(
  scope: ReadContext,
  input: { job: string; section?: CrewSection | undefined; cursor?: string | undefined },
): Promise<CrewJob> {
  const page = await jobWithSections(scope, input);
  const customer = await customerById(scope, page.job.customer.id);
  return {
    ...page,
    phone: customer?.phone ?? null,
    address: page.job.address ?? customer?.address ?? null,
    assignees: await assigneesOf(scope, page.job.id),
    section: input.section ?? null,
  };
}
