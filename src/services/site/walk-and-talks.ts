// Walk & talks: recording a site visit with what was said and found, correcting one, and reading it back in full.
import { dayAt, parseDate, type Instant, type CalendarDate, isInstant } from '../../domain/dates.ts';
import { invalid, quoted, refused } from '../../domain/errors.ts';
import { isPicture, type StoredFile } from '../../domain/file.ts';
import { planHas } from '../../domain/plans.ts';
import { refOf } from '../../kinds/reference.ts';
import { readTranscript, wasSaid, type WalkAndTalk } from '../../domain/walk-and-talk.ts';
import { fold } from '../../domain/terms.ts';
import { listFiles, updateFile } from '../../store/books/files.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import type { WriteContext } from '../context.ts';
import {
  citesFrom,
  insertWalkAndTalk,
  updateWalkAndTalk,
  walkAndTalkById,
  type WalkAndTalkChanges,
} from '../../store/books/walk-and-talks.ts';
import { defined, reload } from '../shared/patch.ts';
import { visibleFiles, type VisibleBooks } from '../shared/visibility.ts';
import { resolveFile, resolveWalkAndTalk } from '../resolve/resolve.ts';
import { resolvePartyFor } from '../resolve/resolve-party.ts';
import { says, type Message } from '../../domain/message.ts';

const MOST_PHOTOS_SHOWN = 200;

export type WalkAndTalkInput = {
  readonly customer?: string | undefined;
  readonly job?: string | undefined;
  /** The one to correct, instead of recording another. */
  readonly corrects?: string | undefined;
  readonly title?: string | undefined;
  readonly heldAt?: string | undefined;
  readonly consent?: string | undefined;
  readonly transcript?: string | undefined;
  readonly summary?: string | null | undefined;
  readonly findings?: readonly string[] | undefined;
  readonly followUps?: readonly string[] | undefined;
  readonly photos?: readonly string[] | undefined;
};

/** Reads a local time: it stands in a module that takes long to load. */
export type ReadTime = (asked: string, field: string, zone: string) => Instant;

export type WalkAndTalkPage = { readonly walkAndTalk: WalkAndTalk; readonly photos: readonly StoredFile[] };

export async function recordWalkAndTalk(
  scope: WriteContext,
  input: WalkAndTalkInput,
  readTime: ReadTime,
): Promise<WalkAndTalkPage & { summary: Message }> {
  if (input.corrects !== undefined) return await correct(scope, input, input.corrects, readTime);
  const consent = checkConsent(input.consent);
  if (input.transcript === undefined) {
    throw invalid('transcript', says('walk.transcript-missing'));
  }
  const { customer, job } = await resolvePartyFor(scope, input);
  const title = input.title ?? job?.name ?? 'Site visit';
  const id = await insertWalkAndTalk(scope, {
    walkAndTalk: {
      customerId: customer.id,
      jobId: job?.id ?? null,
      title,
      heldAt: input.heldAt === undefined ? scope.now : heldAt(scope, input.heldAt, readTime),
      consent,
      transcript: input.transcript,
      summary: input.summary ?? null,
      findings: input.findings ?? [],
      followUps: input.followUps ?? [],
    },
    sample: false,
    at: scope.now,
  });
  const walk = await reload(walkAndTalkById, scope, id);
  await addPhotos(scope, walk, input.photos ?? []);
  const named = { ref: refOf('walk_and_talk', id), title };
  logSite(scope, walk, says('log.walk-and-talk-recorded', named));
  return { ...(await withPhotos(scope, walk)), summary: says('log.recorded', { ...named, customer: customer.name }) };
}

/** What is given replaces what was there; the history keeps that. Photos are added. */
async function correct(
  scope: WriteContext,
  input: WalkAndTalkInput,
  asked: string,
  readTime: ReadTime,
): Promise<WalkAndTalkPage & { summary: Message }> {
  const before = await resolveWalkAndTalk(scope, { ref: asked, field: 'corrects', intent: 'write' });
  const ref = refOf('walk_and_talk', before.id);
  if (input.customer !== undefined) {
    throw refused(says('walk.stays-with-customer', { ref, customer: before.customer.name }), 'customer');
  }
  if (input.job !== undefined) throw refused(says('walk.moves-by-filing', { ref }), 'job');
  if (input.consent !== undefined) checkConsent(input.consent);
  if (input.transcript !== undefined) await checkStillCited(scope, before.id, input.transcript);
  const { title, consent, transcript, summary, findings, followUps } = input;
  const changes: WalkAndTalkChanges = defined({
    title,
    consent,
    transcript,
    summary,
    findings,
    followUps,
    heldAt: input.heldAt === undefined ? undefined : heldAt(scope, input.heldAt, readTime),
  });
  await updateWalkAndTalk(scope, before.id, changes);
  const after = await reload(walkAndTalkById, scope, before.id);
  const changed: Message[] = FIELDS.filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  ).map((part) => says('log.part', { part }));
  const added = await addPhotos(scope, after, input.photos ?? []);
  if (added.length > 0) changed.push(says('log.photos-added', { photos: added }));
  const page = await withPhotos(scope, after);
  if (changed.length === 0) return { ...page, summary: says('log.so-already', { ref }) };
  const done = says('log.changed-parts', { ref, name: after.title, changes: changed });
  logSite(scope, after, done);
  return { ...page, summary: done };
}

const FIELDS = ['title', 'heldAt', 'consent', 'transcript', 'summary', 'findings', 'followUps'] as const;
export async function getWalkAndTalk(
  scope: VisibleBooks,
  { walkAndTalk }: { walkAndTalk: string },
): Promise<WalkAndTalkPage> {
  const said = { ref: walkAndTalk, field: 'walkAndTalk', intent: 'read' } as const;
  return await withPhotos(scope, await resolveWalkAndTalk(scope, said));
}

async function withPhotos(scope: VisibleBooks, walkAndTalk: WalkAndTalk): Promise<WalkAndTalkPage> {
  const of = { walkAndTalkId: walkAndTalk.id, ...visibleFiles(scope) };
  const isShown = scope.crew === null || planHas(scope.account.plan, 'files');
  const photos = isShown ? await listFiles(scope, of, { limit: MOST_PHOTOS_SHOWN, before: null }) : [];
  return { walkAndTalk, photos: photos.reverse() };
}

/** A bare yes or no names nobody who agreed. */
const NOBODY = /^(yes|no|none|nobody|not|n a|ok|okay|true|false|unknown|no consent|not asked)?$/;

function checkConsent(consent: string | undefined): string {
  if (consent !== undefined && !NOBODY.test(fold(consent))) return consent;
  throw invalid(
    'consent',
    consent === undefined ? says('walk.consent-missing') : says('walk.consent-names-nobody', { said: quoted(consent) }),
  );
}

/** A moment, or only a day, which then stays one. It was held already, by the business's calendar. */
function heldAt(scope: ReadScope, given: string, readTime: ReadTime): CalendarDate | Instant {
  const { timeZone } = scope.account;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(given.trim());
  // A recorder's seconds matter to nobody.
  const minutes = given.replace(/([T ]\d{2}:\d{2}):\d{2}(\.\d+)?/i, '$1');
  const held = isDay ? parseDate(given, 'heldAt') : readTime(minutes, 'heldAt', timeZone);
  if ((isInstant(held) ? dayAt(held, timeZone) : held) <= scope.today) return held;
  throw invalid('heldAt', says('walk.still-to-come', { said: quoted(given), today: scope.today }));
}

/** What lines of quotes rest on has to stay said. */
async function checkStillCited(scope: WriteContext, id: number, text: string): Promise<void> {
  const transcript = readTranscript(text);
  for (const { ref, cites } of await citesFrom(scope, id)) {
    if (wasSaid(transcript, cites)) continue;
    throw refused(says('walk.still-cited', { ref: scope.crew === null ? ref : null, cites }), 'transcript');
  }
}

/** Puts the customer's photos with the walk & talk, and on its job. Those that were there already are not named again. */
async function addPhotos(
  scope: WriteScope & VisibleBooks,
  walk: WalkAndTalk,
  photos: readonly string[],
): Promise<string[]> {
  const added: string[] = [];
  for (const [index, asked] of photos.entries()) {
    const field = `photos[${index}]`;
    const file = await resolveFile(scope, { ref: asked, field, intent: 'write' });
    const ref = refOf('file', file.id);
    if (file.customer?.id !== walk.customer.id) {
      throw refused(says('walk.photo-of-other-customer', { ref, customer: file.customer?.name ?? null }), field);
    }
    if (!isPicture(file.mediaType)) throw refused(says('walk.no-picture', { ref, name: file.name }), field);
    if (file.job !== null && file.job.id !== walk.job?.id) {
      const where = refOf('job', file.job.id);
      throw refused(says('walk.photo-elsewhere', { ref, where }), field);
    }
    const jobId = walk.job?.id ?? null;
    if (!(await updateFile(scope, file.id, { walkAndTalkId: walk.id, jobId }))) continue;
    const said = says('log.file-is-photo', { file: ref, name: file.name, of: refOf('walk_and_talk', walk.id) });
    scope.journal.log({ kind: 'file', id: file.id, entry: 'site', said });
    added.push(ref);
  }
  return added;
}

function logSite(scope: WriteScope, walk: WalkAndTalk, said: Message): void {
  scope.journal.log({ kind: 'walk_and_talk', id: walk.id, entry: 'site', said });
  scope.journal.log({ kind: 'customer', id: walk.customer.id, entry: 'site', said });
  if (walk.job !== null) scope.journal.log({ kind: 'job', id: walk.job.id, entry: 'site', said });
}
