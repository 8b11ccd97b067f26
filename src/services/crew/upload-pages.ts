// Pages on which whoever has the link sends files for one job, without signing in: for somebody whose assistant cannot take
// files, or who is on the roof with a phone of their own. Each file is attached as whoever gave the link would attach it.
import { isScope } from '../../domain/access.ts';
import { plusMs, type Instant } from '../../domain/dates.ts';
import { refused } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import { PAGE_TAKES } from '../../domain/file.ts';
import type { Job } from '../../domain/job.ts';
import { refOf } from '../../kinds/reference.ts';
import type { Directory, DirectoryScope } from '../../store/directory/directory.ts';
import {
  addLink,
  endLinks,
  endPagesGivenBy,
  giveRoomBack,
  noteKept,
  openPage,
  pageByHash,
  pagesGivenBy,
  takeRoom,
} from '../../store/directory/links.ts';
import type { Effects, WriteContext, Giver } from '../context.ts';
import { argumentsOf } from '../shared/links.ts';
import { resolveJob } from '../resolve/resolve.ts';
import { hashOf, newSecret } from '../shared/secret.ts';

/** Until somebody opens it, a link may wait in their messages over night. */
const WAITS_MS = 24 * 60 * 60 * 1000;
const LASTS_MS = 15 * 60 * 1000;
/** Of one person, at the same time. */
const MOST_OPEN = 50;

/** What is asked for with `uploadLink`. */
export type UploadPageAsked = {
  readonly isOn: boolean;
  /** Null in a preview. */
  readonly pages: NonNullable<Effects['pages']> | null;
  /** The tool that each file of the page is attached with. */
  readonly tool: string;
};

/** @throws Problem where there is no page to open, or a file came with it */
export function pageAsked(
  { pages, preview }: Effects,
  isOn: boolean,
  { tool, others }: { readonly tool: string; readonly others: Readonly<Record<string, unknown>> },
): UploadPageAsked {
  const [other] = Object.keys(others).filter((name) => others[name] !== undefined);
  if (other !== undefined) throw refused(says('link.not-with-upload-link'), other);
  if (pages === null) throw refused(says('link.no-page-here'), 'uploadLink');
  return { isOn, pages: preview ? null : pages, tool };
}

/** @param args how each file is attached @returns the job, and the address of its page where one was given out */
export async function changePage(
  scope: WriteContext,
  { isOn, pages, tool }: UploadPageAsked,
  { job: asked, ...args }: { readonly job: string | undefined; readonly [name: string]: unknown },
): Promise<{ readonly job: Job; readonly url: string | null }> {
  if (asked === undefined) throw refused(says('link.for-one-job'), 'uploadLink');
  const job = await resolveJob(scope, { ref: asked, field: 'job', intent: 'write' });
  if (pages === null) return { job, url: null };
  const { giver, urlOf } = pages;
  const open = await pagesGivenBy(scope, giver);
  const ref = refOf('job', job.id);
  if (!isOn) {
    const ofJob = open.filter((row) => argumentsOf(row.arguments)['job'] === ref);
    await endLinks(
      scope,
      ofJob.map((row) => row.token_hash),
    );
    return { job, url: null };
  }
  if (open.length >= MOST_OPEN) throw refused(says('link.too-many-open', { count: open.length }));
  const secret = newSecret();
  await addLink(
    scope,
    {
      ...{ account_id: giver.accountId, token_hash: hashOf(secret), person_id: giver.personId, tool },
      ...{
        arguments: JSON.stringify({ ...args, job: ref }),
        scopes: [...giver.scopes].join(' '),
        client: giver.client,
        purpose: 'file',
      },
      expires_at: plusMs(scope.now, WAITS_MS),
    },
    PAGE_TAKES,
  );
  return { job, url: urlOf(secret) };
}

export type UploadPage = Giver & {
  readonly args: Readonly<Record<string, unknown>>;
  /** The hash of what its browser holds; null until somebody opens it. */
  readonly openedBy: string | null;
  readonly endsAt: Instant;
  readonly now: Instant;
  readonly filesLeft: number;
  readonly bytesLeft: number;
  /** What came by it, in the order in which it did. */
  readonly kept: readonly KeptFile[];
};

/** A file that came by a page, under the name that its sender has for it. */
export type KeptFile = { readonly ref: string; readonly name: string; readonly isPicture: boolean };

function keptIn(text: string | null): KeptFile[] {
  const list: unknown = text === null ? [] : JSON.parse(text);
  return Array.isArray(list) ? list.filter(isKept) : [];
}

function isKept(each: unknown): each is KeptFile {
  if (typeof each !== 'object' || each === null || !('ref' in each && 'name' in each && 'isPicture' in each))
    return false;
  return typeof each.ref === 'string' && typeof each.name === 'string' && typeof each.isPicture === 'boolean';
}

/** Null for one that is unknown, was ended, or has ended. */
export async function uploadPageOf(directory: Directory, secret: string): Promise<UploadPage | null> {
  return await directory.read(async (scope) => {
    const row = await pageByHash(scope, hashOf(secret));
    if (row === null) return null;
    return {
      ...{ accountId: row.account_id, personId: row.person_id, client: row.client },
      ...{ scopes: new Set(row.scopes.split(' ').filter(isScope)), args: argumentsOf(row.arguments) },
      ...{ openedBy: row.opened_by, endsAt: row.expires_at, now: scope.now },
      ...{ filesLeft: row.files_left ?? 0, bytesLeft: row.bytes_left ?? 0 },
      kept: keptIn(row.kept),
    };
  });
}

/** Binds a page to the browser that holds this. False where another was first. */
export async function openUploadPage(directory: Directory, secret: string, held: string): Promise<boolean> {
  return await directory.write(
    async (scope) =>
      await openPage(scope, hashOf(secret), {
        opened_by: hashOf(held),
        expires_at: plusMs(scope.now, LASTS_MS),
      }),
  );
}

export function isOpenedBy({ openedBy }: UploadPage, held: string | null): boolean {
  return openedBy !== null && held !== null && openedBy === hashOf(held);
}

export async function endUploadPage(directory: Directory, secret: string): Promise<void> {
  await directory.write(async (scope) => await endLinks(scope, [hashOf(secret)]));
}

/** All that somebody gave out in one account. */
export async function endUploadPagesOf(
  directory: Directory,
  giver: { readonly accountId: number; readonly personId: string },
): Promise<void> {
  await directory.write(async (scope) => await endPagesGivenBy(scope, giver));
}

/**
 * Attaches one file, where the page has room for it.
 * @param work says what it kept, if anything: what is not kept takes no room
 * @returns null where there is no room for it, or the page has ended
 */
export async function withinRoom<T extends { readonly kept: KeptFile | null }>(
  directory: Directory,
  { secret, bytes }: { readonly secret: string; readonly bytes: number },
  work: () => Promise<T>,
): Promise<T | null> {
  const hash = hashOf(secret);
  if (!(await directory.write(async (scope) => await takeRoom(scope, hash, bytes)))) return null;
  let kept: KeptFile | null = null;
  try {
    const done = await work();
    ({ kept } = done);
    return done;
  } finally {
    const settle = async (scope: DirectoryScope) =>
      kept === null
        ? await giveRoomBack(scope, hash, bytes)
        : await noteKept(scope, hash, (before) => JSON.stringify([...keptIn(before), kept]));
    await directory.write(settle);
  }
}
