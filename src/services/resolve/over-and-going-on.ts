// Words lead to the one job that is called exactly so, be it long over, past others that have the words and go on. What is put
// on it is told of these.
import type { CalendarDate } from '../../domain/dates.ts';
import { overSince, type Job } from '../../domain/job.ts';
import { quoted } from '../../domain/errors.ts';
import { says, type Message } from '../../domain/message.ts';
import { cut } from '../../domain/text.ts';
import { refOf } from '../../kinds/reference.ts';
import { jobById } from '../../store/books/jobs.ts';
import { inOrder } from '../../store/in-order.ts';
import type { WriteScope } from '../../store/scope.ts';
import { jobsFitting } from './resolve.ts';

/** Jobs that have the words and are looked at, and those of them that are named. */
const LOOKED_AT = 20;
const NAMED = 3;
const LONGEST = 80;

type Put = {
  /** What was said of the job. */
  readonly said: string | undefined;
  /** Null: nothing was said of one. */
  readonly job: Job | null;
  /** Of when it is: what is older than the end of the job is no slip. */
  readonly on: CalendarDate;
  readonly ref: string;
  readonly isExpense: boolean;
};

/** Of one record that was just put on a job. Only what is put on a job that is over costs a look at the others. */
export async function othersGoOn(scope: WriteScope, { said, job, on, ref, isExpense }: Put): Promise<Message[]> {
  if (said === undefined || job === null || scope.crew !== null) return [];
  if (job.status !== 'completed' && job.status !== 'cancelled') return [];
  const since = overSince(job, (await scope.jobs.of(job.id)).profit.profitSummary.billing);
  if (since === null || on < since) return [];
  const fitting = (await jobsFitting(scope, said, LOOKED_AT)).filter((id) => id !== job.id);
  const there = await inOrder(fitting, async (id) => await jobById(scope, id));
  const going = there
    .filter((each) => each !== null)
    .filter(({ status }) => status === 'open' || status === 'in_progress');
  if (going.length === 0) return [];
  const others = going.slice(0, NAMED);
  const isTheirs = others.every(({ customer }) => customer.id === job.customer.id);
  const called = ({ id, name }: Job) => ({ ref: refOf('job', id), name: cut(name, LONGEST) });
  return [
    says('job.others-go-on', {
      ...{ said: quoted(said), job: called(job), isCancelled: job.status === 'cancelled', since },
      others: others.map((each) => ({ ...called(each), customer: cut(each.customer.name, LONGEST) })),
      more: going.length - others.length,
      // A record is filed under jobs of its customer alone.
      put: { ref, moves: isExpense ? 'expense' : isTheirs ? 'paper' : 'not' },
    }),
  ];
}
