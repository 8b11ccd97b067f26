// Left-over bytes go, and nothing else: only on the word of the book that they belong to, and only into the trash first.
import { says, type Said } from '../../domain/message.ts';
import { createHash } from 'node:crypto';
import { type Instant, instantAt } from '../../domain/dates.ts';
import { LEFT_OVER_MS, sweepStep, trashDueBefore, type Sweeping, type SweepStep } from '../../domain/sweeping.ts';
import type { Discarded, FileStore, Marker } from '../../files/file-store.ts';
import { listAccounts } from '../../store/directory/accounts.ts';
import { bookMark, knowsChange, type BookMark } from '../../store/engine/book.ts';
import type { Database } from '../../store/database.ts';
import type { Directory } from '../../store/directory/directory.ts';
import { holdBook } from '../../store/directory/holding.ts';
import { hashesInChanges, storedFiles } from '../../store/books/files.ts';
import { lastChange } from '../../store/journal/history.ts';
import { NEWEST_SCHEMA } from '../../store/engine/migrate.ts';
import type { Hooks, Store } from '../../store/scope.ts';
import { saveSweeping, sweepingOf, withholdSweeping } from '../../store/books/sweeping.ts';

/** So many changes are read at once, which no other caller notices. */
const CHANGES_AT_ONCE = 2000;

export type Tidied = { readonly store: Store; readonly files: FileStore; readonly directory: Directory };

/** @param failed is told where the note of whose files they are could not be written; the write stands all the same */
export function markingFiles(tidied: () => Tidied, failed: (error: unknown) => void): Hooks {
  return {
    filesKept: async (mark) => {
      try {
        const { marker } = tidied().files;
        if (marker === null) return;
        // A new note would make what is there this book's own.
        if ((await marker.read()) === 'none') await withholdUnknown(tidied(), new Date());
        await marker.raise(mark);
      } catch (error) {
        failed(error);
      }
    },
  };
}

/** Why the files may not be those of this book. One that lasts is noted in the book for good. */
export type Doubt = { readonly why: Said; readonly lasts: boolean };

/**
 * Holds the files' folder against the book, and notes in the book what it finds there, where it can be written to.
 * @param noted the book that the data folder was made for, as it says itself
 * @param failed is told where it could not be noted; whoever tidies the files later tries again
 */
export async function doubtFiles(
  tidied: Tidied,
  { noted, mayWrite, now }: { noted: string | null; mayWrite: boolean; now: Date },
  failed: (error: unknown) => void,
): Promise<Doubt | null> {
  const { directory, files } = tidied;
  if (files.marker === null) return null;
  // Before the book: a number that is written meanwhile is in the book first.
  const marker = await files.marker.read();
  const { mark, kept, found } = await lookedAt(directory, marker);
  if (kept !== null && kept.withheld !== null) return { why: kept.withheld, lasts: true };
  const doubt =
    noted === null || noted === mark.identity ? found : { why: says('doubt.note-of-other-book'), lasts: true };
  // A start waits for nobody's write.
  if (doubt !== null && doubt.lasts && mayWrite) void withhold(tidied, doubt, now).catch(failed);
  return doubt;
}

type Found = Awaited<ReturnType<Marker['read']>>;

/** What the book says of itself and of the note, at one moment. */
async function lookedAt(directory: Directory, marker: Found | null) {
  const keptBy = marker === null || typeof marker === 'string' ? undefined : marker.keptBy;
  return await directory.read(async ({ db }) => {
    const mark = await bookMark(db);
    const isOther = keptBy !== undefined && !(await knowsChange(db, keptBy));
    const doubt = doubtOf(marker, mark);
    return {
      mark,
      kept: await sweepingBeside(db, marker),
      found: doubt ?? (isOther ? { why: says('doubt.other-history'), lasts: true } : null),
    };
  }, keptBy?.account);
}

/** What was once doubted of files beside the book says nothing of those that lie in it. */
async function sweepingBeside(db: Database, marker: Found | null): Promise<Sweeping | null> {
  const kept = await sweepingOf(db);
  return kept === null || marker !== null ? kept : { ...kept, withheld: null };
}

/** Where the note is gone, files that this book never knew may be those of one that it is an older copy of. */
async function withholdUnknown(tidied: Tidied, now: Date): Promise<void> {
  const { store, files, directory } = tidied;
  for (const { id } of await directory.read(listAccounts)) {
    // Young ones are those of writes that are under way.
    const old = (await files.list(id)).filter(({ storedAt }) => now.getTime() - storedAt.getTime() > LEFT_OVER_MS);
    const names = old.map(({ name }) => name).filter((name) => HASH.test(name));
    if ((await neverNamed(store, { accountId: id, names }, () => false)).length === 0) continue;
    await withhold(tidied, { why: says('doubt.note-gone'), lasts: true }, now);
    return;
  }
}

const HASH = /^[0-9a-f]{64}$/;

function doubtOf(marker: Found | null, mark: BookMark): Doubt | null {
  if (marker === null || marker === 'none') return null;
  if (marker === 'unreadable') return { why: says('doubt.note-unreadable'), lasts: false };
  if (marker.identity !== mark.identity) return { why: says('doubt.files-of-other-book'), lasts: true };
  if (marker.writeNumber <= mark.writeNumber) return null;
  const why = says('doubt.older-copy', { keptUpTo: marker.writeNumber, endsWith: mark.writeNumber });
  return { why, lasts: true };
}

async function withhold({ directory }: Pick<Tidied, 'directory'>, { why }: Doubt, now: Date): Promise<void> {
  await directory.write(async ({ db }) => await withholdSweeping(db, why, instantAt(now.getTime())));
}

/** Asked between two files. */
type IsEnding = () => boolean;

export type Swept = { readonly step: SweepStep; readonly discarded: number; readonly emptied: number };
const NOTHING = { discarded: 0, emptied: 0 };

/**
 * Looks whether it is time to tidy, and does so where no other process does.
 * @param doubt what was found at the start, which may not have been noted
 */
export async function sweepWhenDue(
  tidied: Tidied,
  { doubt, now, isEnding }: { doubt: Doubt | null; now: Date; isEnding: IsEnding },
): Promise<Swept> {
  const { directory, files } = tidied;
  const folder = await files.place();
  const marker = files.marker === null ? null : await files.marker.read();
  // Files from before there were notes are left alone until one is kept.
  if (folder === null || marker === 'none' || marker === 'unreadable') return { step: 'never', ...NOTHING };
  const { mark, kept, found } = await lookedAt(directory, marker);
  // A note that could not be read at the start may be read now.
  const why = doubt?.lasts === true ? doubt : found;
  if (why !== null) {
    if (why.lasts && (kept?.withheld ?? null) === null) await withhold(tidied, why, now);
    return { step: 'never', ...NOTHING };
  }
  const place = createHash('sha256').update([mark.identity, NEWEST_SCHEMA, folder].join('\n')).digest('hex');
  const step = sweepStep(kept, place, instantAt(now.getTime()));
  if (step === 'never' || step === 'wait') return { step, ...NOTHING };
  const claim = await claimed(directory, { place, marker, now });
  if (claim.step !== 'sweep') return { step: claim.step, ...NOTHING };
  return {
    step: 'sweep',
    discarded: await discardLeftOver(tidied, now, isEnding),
    emptied: await emptyTrash(tidied, claim.sweptBefore, isEnding),
  };
}

/** In one write, so that of several processes one sweeps. */
async function claimed(
  directory: Directory,
  { place, marker, now }: { place: string; marker: Found | null; now: Date },
) {
  const at = instantAt(now.getTime());
  return await directory.write(async (scope) => {
    const { db } = scope;
    await holdBook(scope);
    const kept = await sweepingBeside(db, marker);
    const step = sweepStep(kept, place, at);
    if (step === 'begin') await saveSweeping(db, { place, since: at, sweptAt: null });
    if (step === 'sweep' && kept !== null) await saveSweeping(db, { place, since: kept.since, sweptAt: at });
    return { step, sweptBefore: kept?.sweptAt ?? null };
  });
}

/** @returns how many files of bytes went to the trash */
async function discardLeftOver({ store, files, directory }: Tidied, now: Date, isEnding: IsEnding): Promise<number> {
  const before = new Date(now.getTime() - LEFT_OVER_MS);
  const day = now.toISOString().slice(0, 10);
  let discarded = 0;
  for (const { id } of await directory.read(listAccounts)) {
    if (isEnding()) break;
    const old = (await files.list(id)).filter(({ storedAt }) => storedAt < before).map(({ name }) => name);
    // Asked after looking, so that what was attached in between is known.
    for (const name of await neverNamed(store, { accountId: id, names: old }, isEnding)) {
      if (isEnding()) break;
      if (await files.discard(id, name, before, day)) discarded += 1;
    }
  }
  return discarded;
}

/** What the books need after all goes back to its place. @returns how many files of bytes are gone for good */
async function emptyTrash(tidied: Tidied, sweptBefore: Instant | null, isEnding: IsEnding): Promise<number> {
  const { store, files, directory } = tidied;
  const due = trashDueBefore(sweptBefore);
  if (due === null) return 0;
  let emptied = 0;
  // Of an account that is not in this book it knows nothing.
  for (const { id } of await directory.read(listAccounts)) {
    if (isEnding()) break;
    const items = await files.trash.list(id, due);
    const gone = new Set(await neverNamed(store, { accountId: id, names: items.map(({ name }) => name) }, isEnding));
    for (const item of items) {
      if (isEnding()) break;
      if (!gone.has(item.name) && !(await isInPlace(files, item))) continue;
      await files.trash.remove(item);
      if (gone.has(item.name)) emptied += 1;
    }
  }
  return emptied;
}

/** Reading bytes puts them back. False where they are not whole. */
async function isInPlace(files: FileStore, { accountId, name }: Discarded): Promise<boolean> {
  return await files.get(accountId, name).then(
    () => true,
    () => false,
  );
}

/** Those of the names that no record and no undo needs, and that no change in the journal ever knew. */
async function neverNamed(
  store: Store,
  { accountId, names }: { accountId: number; names: readonly string[] },
  isEnding: IsEnding,
): Promise<string[]> {
  if (names.length === 0) return [];
  const { needed, changes } = await store.read(accountId, async (scope) => ({
    needed: await storedFiles(scope),
    changes: await lastChange(scope),
  }));
  const left = new Set(names.filter((name) => !needed.has(name)));
  for (let first = 0; first <= changes && left.size > 0; first += CHANGES_AT_ONCE) {
    if (isEnding()) return [];
    const span = { first, last: first + CHANGES_AT_ONCE - 1 };
    for (const hash of await store.read(accountId, async (scope) => await hashesInChanges(scope, span)))
      left.delete(hash);
  }
  return [...left];
}
