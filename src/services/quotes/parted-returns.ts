// What suppliers gave back covers a line as far as something is bought for it. A quote that counts no more, or a line that is
// dropped, can part a return from its purchase: it then covers nothing, and stands among the expenses.
import { says, type Message } from '../../domain/message.ts';
import { refOf } from '../../kinds/reference.ts';
import { returnsCovering, uncover } from '../../store/books/expenses.ts';
import type { WriteScope } from '../../store/scope.ts';
import { returnsBeyond } from '../shared/returns.ts';

export async function uncoverParted(scope: WriteScope, job: { readonly id: number } | null): Promise<Message[]> {
  if (job === null) return [];
  const lines = (await returnsBeyond(scope, job.id)).flatMap(({ lineIds }) => [...lineIds]);
  const parted = await returnsCovering(scope, lines);
  for (const id of parted) await uncover(scope, id);
  return parted.length === 0
    ? []
    : [says('note.parted-returns', { expenses: parted.map((id) => refOf('expense', id)) })];
}
