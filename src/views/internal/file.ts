// Files as their owner sees them.
import { z } from 'zod';
import type { Account } from '../../domain/account.ts';
import { dayAt } from '../../domain/dates.ts';
import { type StoredFile, FILE_KINDS } from '../../domain/file.ts';
import { refOf } from '../../kinds/reference.ts';
import { flaw, NamedRef, sample, textOrNull } from '../shapes.ts';
import { named, sampleMark } from './format.ts';

export const FileRow = z.strictObject({
  ref: z.string(),
  name: z.string(),
  kind: z.enum(FILE_KINDS),
  mediaType: z.string(),
  size: z.int(),
  caption: textOrNull,
  flaw: flaw.optional(),
  sample,
  customer: NamedRef.nullable(),
  job: NamedRef.nullable(),
  expense: textOrNull,
  addedOn: z.string(),
});
export type FileRow = z.output<typeof FileRow>;

export function fileRow(file: StoredFile, account: Account): FileRow {
  return {
    ref: refOf('file', file.id),
    name: file.name,
    kind: file.kind,
    mediaType: file.mediaType,
    size: file.size,
    caption: file.caption,
    ...(file.flaw === undefined ? {} : { flaw: file.flaw }),
    ...sampleMark(file.isSample),
    customer: file.customer === null ? null : named('customer', file.customer),
    job: file.job === null ? null : named('job', file.job),
    expense: file.expenseId === null ? null : refOf('expense', file.expenseId),
    addedOn: dayAt(file.createdAt, account.timeZone),
  };
}
