// The receipt of an expense: a file of the same customer and job, or of nobody where it is overhead, that goes where its
// expense goes.
import type { Expense } from '../../domain/cost.ts';
import { refused } from '../../domain/errors.ts';
import type { StoredFile } from '../../domain/file.ts';
import type { Job } from '../../domain/job.ts';
import { refOf } from '../../kinds/reference.ts';
import { listFiles, updateFile } from '../../store/books/files.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { resolveFile } from '../resolve/resolve.ts';
import type { VisibleBooks } from '../shared/visibility.ts';
import { says, type Message } from '../../domain/message.ts';

/** Null: the expense is overhead. */
type Place = Pick<Job, 'id' | 'customer'> | null;

/** The file that may become the receipt of an expense in this place. @param expenseId null where the expense is new */
export async function receiptFor(
  scope: VisibleBooks,
  asked: string,
  { expenseId, job }: { expenseId: number | null; job: Place },
): Promise<StoredFile> {
  const file = await resolveFile(scope, { ref: asked, field: 'receipt', intent: 'write' });
  const ref = refOf('file', file.id);
  if (file.expenseId === expenseId && expenseId !== null) return file;
  if (job !== null && file.customer !== null && file.customer.id !== job.customer.id)
    throw refused(says('receipt.of-other-customer', { ref, customer: file.customer.name }), 'receipt');
  if (file.walkAndTalkId !== null)
    throw refused(says('receipt.photo-of-walk', { ref, walk: refOf('walk_and_talk', file.walkAndTalkId) }), 'receipt');
  if (file.expenseId !== null) {
    const other = refOf('expense', file.expenseId);
    throw refused(says('receipt.belongs-to-other', { ref, other }), 'receipt');
  }
  if (job !== null && file.job !== null && file.job.id !== job.id)
    throw refused(says('receipt.on-job', { ref, job: refOf('job', file.job.id), name: file.job.name }), 'receipt');
  return file;
}

/** Makes the file the expense's receipt. That of overhead leaves where it was. */
export async function fileReceipt(
  scope: WriteScope,
  file: StoredFile,
  { expenseId, job }: { expenseId: number; job: Place },
): Promise<boolean> {
  const isNew = await updateFile(scope, file.id, { expenseId, ...ownersIn(job), kind: 'receipt' });
  const facts = { ...named(file), expense: refOf('expense', expenseId) };
  if (isNew) log(scope, file, says('log.file-is-receipt', facts));
  const left = job === null ? partyOf(file) : null;
  if (isNew && left !== null)
    scope.journal.log({ ...left, entry: 'site', said: says('log.file-left-for-overhead', facts) });
  return isNew;
}

/**
 * What becomes of an expense's files when it is changed: a new receipt takes the place of an earlier one, which stays
 * on the job, and a move takes them along.
 * @param receipt null: none any more; undefined: as it was
 * @returns what happened
 */
export async function changeReceipts(
  scope: WriteScope,
  { expense, job, receipt }: { expense: Expense; job: Place; receipt: StoredFile | null | undefined },
): Promise<Message[]> {
  const ref = refOf('expense', expense.id);
  const steps: Message[] = [];
  for (const file of await filesOf(scope, expense.id)) {
    const replaced = receipt !== undefined && file.kind === 'receipt' && file.id !== receipt?.id;
    if (replaced) {
      await release(scope, file, ref);
      steps.push(says('log.receipt-no-more', { file: refOf('file', file.id), on: placeOf(file) }));
    } else if ((job?.id ?? null) !== (expense.job?.id ?? null)) {
      await updateFile(scope, file.id, ownersIn(job));
      const to = job === null ? null : refOf('job', job.id);
      log(scope, file, says('log.file-moved-with', { ...named(file), expense: ref, job: to }));
      steps.push(says('log.moved-along', { file: refOf('file', file.id) }));
    }
  }
  if (receipt !== null && receipt !== undefined) {
    const isNew = await fileReceipt(scope, receipt, { expenseId: expense.id, job });
    if (isNew) steps.push(says('log.receipt', { file: refOf('file', receipt.id) }));
  }
  return steps;
}

/** An expense that is removed leaves its files on the job, and of overhead with nobody. @returns what stays; null where it had none */
export async function releaseFiles(scope: WriteScope, expense: Expense): Promise<Message | null> {
  const files = await filesOf(scope, expense.id);
  for (const file of files) await release(scope, file, refOf('expense', expense.id));
  const [first] = files;
  if (first === undefined) return null;
  return says('log.files-stay', { files: files.map(({ id }) => refOf('file', id)), on: placeOf(first) });
}

async function release(scope: WriteScope, file: StoredFile, expense: string): Promise<void> {
  await updateFile(scope, file.id, { expenseId: null });
  log(scope, file, says('log.file-let-go', { ...named(file), expense }));
}

/** Oldest first. No expense has more files than anybody could attach to it. */
async function filesOf(scope: ReadScope, expenseId: number): Promise<StoredFile[]> {
  return (await listFiles(scope, { expenseId }, { limit: 100_000, before: null })).toReversed();
}

/** The job or the customer that it is on. */
function partyOf({ job, customer }: StoredFile): { readonly kind: 'job' | 'customer'; readonly id: number } | null {
  if (job !== null) return { kind: 'job', id: job.id };
  return customer === null ? null : { kind: 'customer', id: customer.id };
}

function placeOf(file: StoredFile): string | null {
  const on = partyOf(file);
  return on === null ? null : refOf(on.kind, on.id);
}

function ownersIn(job: Place) {
  return { customerId: job?.customer.id ?? null, jobId: job?.id ?? null };
}

function named({ id, name }: StoredFile) {
  return { file: refOf('file', id), name };
}

function log(scope: WriteScope, { id }: StoredFile, said: Message): void {
  scope.journal.log({ kind: 'file', id, entry: 'site', said });
}
