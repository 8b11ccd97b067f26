// Moves a whole book to another engine: every account, its files and its people, and proves that they are the same there.
// The book is held meanwhile, so that nobody writes to it. It is left in three steps, of which a kill may part any two: it
// says that it is leaving and takes no more writes; the other side becomes the book; it says that it was moved. Until the
// second, nothing is served there, and the next run begins anew.
import { codeOf, diskProblem } from '../domain/disk.ts';
import { Problem } from '../domain/errors.ts';
import { instantAt } from '../domain/dates.ts';
import { says, type Message } from '../domain/message.ts';
import type { FileStore } from '../files/file-store.ts';
import { signingKey } from '../backup/signing.ts';
import type { Database, Engine } from '../store/database.ts';
import { renewAll } from '../store/derived/renew.ts';
import type { Directory } from '../store/directory/directory.ts';
import { bookMark, type BookMark } from '../store/engine/book.ts';
import { movedIn, movingOf, wasMoved } from '../store/engine/moved.ts';
import { arrive, leave } from '../store/moving/arriving.ts';
import { findNul } from '../store/moving/nul.ts';
import { tablesToMove, type MovedTable } from '../store/moving/tables.ts';
import {
  accountsOf,
  checkAccount,
  copyAccount,
  copyShared,
  proveAccount,
  type AccountToMove,
  type Copied,
  type MovedAccount,
  type Progressed,
} from './copy.ts';
import type { LostFile } from '../backup/manifest.ts';
import { moveFiles } from './files.ts';

type MovedFrom = {
  readonly engine: Engine;
  readonly files: FileStore;
  readonly directory: Directory;
  /** Nobody said where the files are, so that what is not found may lie elsewhere. */
  readonly isFilesPlaceAssumed?: boolean;
};

/** Where a book goes. */
export type Place = {
  /** As people read it: an address without its password, or a folder. */
  readonly name: string;
  /**
   * Makes it ready, and clears away what an earlier move of this book left half done.
   * @param isLeaving whether a move of this book may have come to its end there
   * @returns null where it has: the whole book is there
   * @throws Problem where something else is there
   */
  begin(identity: string, isLeaving: boolean): Promise<Filling | null>;
};

/** A place that is being filled. */
export type Filling = {
  readonly engine: Engine;
  readonly files: FileStore;
  /** All rows are there, and are read from now on. */
  settle(): Promise<void>;
  /** After this it is the book. */
  finish(mark: BookMark, work: (db: Database) => Promise<void>): Promise<void>;
  /** What is half done stays, to be cleared away by the next run, or is taken away at once. */
  close(): Promise<void>;
};

type MoveWish = {
  readonly signal: AbortSignal;
  readonly step: Progressed;
  readonly now: Date;
  /** Where an unfinished move went that is given up. */
  readonly insteadOf?: string | undefined;
};

export type MoveResult = {
  readonly identity: string;
  readonly accounts: readonly MovedAccount[];
  /** Files that the book needs and that were gone, or damaged, before. */
  readonly lost: readonly LostFile[];
};

/** @throws Problem where nothing was moved, or not all of it */
export async function moveBook(source: MovedFrom, place: Place, wish: MoveWish): Promise<MoveResult> {
  await makeReady(source);
  const { engine } = source;
  const fillings: Filling[] = [];
  const begun: Place = {
    name: place.name,
    async begin(...of) {
      const filling = await place.begin(...of);
      if (filling !== null) fillings.push(filling);
      return filling;
    },
  };
  try {
    const filled = await engine.alone(async (from) => await fillHeld(source, from, begun, wish));
    await wordsFor(place, wish.signal, async () => {
      await filled.finish();
      await engine.alone(async (db) => await leave(db, place.name, instantAt(wish.now.getTime())));
    });
    return filled.result;
  } finally {
    for (const filling of fillings) await filling.close();
  }
}

/** What is made on first use is made before: a book that was moved is not written to, and backed up all the same. */
async function makeReady({ engine, directory }: MovedFrom): Promise<void> {
  if (engine.moved?.at === null) return;
  if (engine.moved !== null) throw wasMoved(engine.moved);
  if (engine.isReadOnly) throw new Problem('unavailable', says('move.source-read-only'));
  await renewAll(engine);
  await signingKey(directory);
}

/** While nobody writes. @returns what is left to do when the book has said that it is leaving */
async function fillHeld(source: MovedFrom, from: Database, place: Place, wish: MoveWish) {
  const moved = movedIn(await movingOf(from));
  // Elsewhere it may be whole already.
  if (moved !== null && (moved.at !== null || ![place.name, wish.insteadOf].includes(moved.to))) throw wasMoved(moved);
  const mark = await bookMark(from);
  const tables = source.engine.name === 'sqlite' ? await tablesToMove(from) : null;
  if (tables !== null) await refuseNul(from, tables);
  const accounts = await accountsOf(from);
  for (const account of accounts) await checkAccount(from, account, wish);
  const filling = await place.begin(mark.identity, moved?.to === place.name);
  const nothing = { result: { identity: mark.identity, accounts: [], lost: [] }, finish: async () => {} };
  if (filling === null) return nothing;
  return await wordsFor(place, wish.signal, async () => {
    const all = tables ?? (await filling.engine.read(tablesToMove));
    const result = { identity: mark.identity, ...(await fill({ source, from, filling, accounts }, all, wish)) };
    await leave(from, place.name, null);
    return { result, finish: async () => await finish({ source, filling, mark }, all, wish.step) };
  });
}

type Sides = {
  readonly source: MovedFrom;
  readonly from: Database;
  readonly filling: Filling;
  readonly accounts: readonly AccountToMove[];
};

async function fill(
  { source, from, filling, accounts }: Sides,
  tables: readonly MovedTable[],
  { signal, step }: MoveWish,
) {
  const sides = { from, to: filling.engine, tables, signal, step };
  const all: Copied[] = [];
  const lost: LostFile[] = [];
  for (const account of accounts) {
    const copied = await copyAccount(sides, account);
    const { id } = account;
    const files = await moveFiles({ from: source.files, to: filling.files }, copied.files, { id, signal, step });
    if (files.lost.length > 0 && source.isFilesPlaceAssumed === true)
      throw new Problem('refused', says('move.files-not-there', { account: id, count: files.lost.length }));
    lost.push(...files.lost);
    all.push(copied);
  }
  await filling.settle();
  for (const copied of all) await proveAccount(sides, copied);
  return { accounts: all.map(({ account }) => account), lost };
}

/**
 * Nobody can sign in there before: people come with the step that makes it the book. Members, tokens and links came with
 * their accounts; until then nothing is served there that they could open.
 */
async function finish(
  { source, filling, mark }: { readonly source: MovedFrom; readonly filling: Filling; readonly mark: BookMark },
  tables: readonly MovedTable[],
  step: Progressed,
): Promise<void> {
  // So near to the end it is not stopped any more.
  const { signal } = new AbortController();
  // What is leaving is not written to any more, so that it can be read once more without being held.
  await source.engine.read(
    async (from) =>
      await filling.finish(mark, async (to) => {
        await copyShared({ from, to, tables, signal, step });
        await arrive(to, mark);
      }),
  );
}

const PLACES_NAMED = 5;

async function refuseNul(db: Database, tables: readonly MovedTable[]): Promise<void> {
  const places = await findNul(db, tables, PLACES_NAMED + 1);
  if (places.length === 0) return;
  const facts = { places: places.slice(0, PLACES_NAMED), more: places.length > PLACES_NAMED };
  throw new Problem('refused', says('move.nul', facts));
}

/** Whatever ends it, the next run goes on from there. */
async function wordsFor<T>({ name: to }: Place, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const why = signal.aborted ? says('move.stopped') : saidIn(error);
    if (why === null) throw error;
    throw new Problem('unavailable', says('move.not-finished', { to, why }));
  }
}

function saidIn(error: unknown): Message | null {
  return (error instanceof Problem ? error : diskProblem(codeOf(error)))?.said ?? null;
}
