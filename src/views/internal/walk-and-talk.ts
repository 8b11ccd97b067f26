// Walk & talks as their owner sees them. No customer sees any of it: what people said on site stays inside.
import { z } from 'zod';
import type { Account } from '../../domain/account.ts';
import { wallClock, isInstant } from '../../domain/dates.ts';
import type { StoredFile } from '../../domain/file.ts';
import { refOf } from '../../kinds/reference.ts';
import type { WalkAndTalk, WalkAndTalkSummary } from '../../domain/walk-and-talk.ts';
import { NamedRef, sample, textOrNull } from '../shapes.ts';
import { FileRow, fileRow } from './file.ts';
import { named, sampleMark } from './format.ts';

export const WalkAndTalkRow = z.strictObject({
  ref: z.string(),
  title: z.string(),
  sample,
  customer: NamedRef,
  job: NamedRef.nullable(),
  heldAt: z.string(),
  summary: textOrNull,
});
export type WalkAndTalkRow = z.output<typeof WalkAndTalkRow>;

export function walkAndTalkRow(walk: WalkAndTalkSummary, account: Account): WalkAndTalkRow {
  return {
    ref: refOf('walk_and_talk', walk.id),
    title: walk.title,
    ...sampleMark(walk.isSample),
    customer: named('customer', walk.customer),
    job: walk.job === null ? null : named('job', walk.job),
    // A day stays a day: it has no time that a zone could move.
    heldAt: isInstant(walk.heldAt) ? wallClock(walk.heldAt, account.timeZone) : walk.heldAt,
    summary: walk.summary,
  };
}
type Page = { readonly walkAndTalk: WalkAndTalk; readonly photos: readonly StoredFile[] };

/** Of many photos the first; all of them stand among the files of the job. */
const MOST_PHOTOS = 10;

/** Without the transcript. */
export const WalkAndTalkDetails = z.strictObject({
  ...WalkAndTalkRow.shape,
  consent: z.string(),
  findings: z.array(z.string()),
  followUps: z.array(z.string()),
  photos: z.array(FileRow),
  photoCount: z.int().optional(),
  transcriptLength: z.int(),
});
export type WalkAndTalkDetails = z.output<typeof WalkAndTalkDetails>;

/** Everything but the transcript, as a write answers with it. */
export function walkAndTalkDetails({ walkAndTalk, photos }: Page, account: Account): WalkAndTalkDetails {
  return {
    ...walkAndTalkRow(walkAndTalk, account),
    consent: walkAndTalk.consent,
    findings: [...walkAndTalk.findings],
    followUps: [...walkAndTalk.followUps],
    photos: photos.slice(0, MOST_PHOTOS).map((photo) => fileRow(photo, account)),
    ...(photos.length > MOST_PHOTOS ? { photoCount: photos.length } : {}),
    transcriptLength: walkAndTalk.transcript.length,
  };
}
