// Opens the book that the options name, making it on first use.
import { resolve } from 'node:path';
import { Refusal, DEFAULTS, type Config } from '../config.ts';
import { SCOPES } from '../domain/access.ts';
import { Problem } from '../domain/errors.ts';
import { says } from '../domain/message.ts';
import { makeFolder } from '../files/make-folder.ts';
import { createLogger, stackOf } from '../logger.ts';
import { inTerminal, problemInTerminal } from '../printers/terminal.ts';
import { openAccount, setPlan } from '../services/account/account.ts';
import { deferCall } from '../services/shared/links.ts';
import { doubtFiles, markingFiles, type Doubt } from '../services/site/file-sweep.ts';
import { listAccounts } from '../store/directory/accounts.ts';
import { bookMark } from '../store/engine/book.ts';
import { wasMoved } from '../store/engine/moved.ts';
import { WatchedClock } from '../store/clock.ts';
import type { Engine, MovedAway } from '../store/database.ts';
import { Directory } from '../store/directory/directory.ts';
import { Store } from '../store/scope.ts';
import { isAllRenewed, renewAll } from '../store/derived/renew.ts';
import { openCopyUpToDate } from '../store/engine/sqlite-copy.ts';
import { openSqlite, openSqliteToRead } from '../store/engine/sqlite.ts';
import { TOOLSETS } from '../domain/toolsets.ts';
import { Workers } from '../workers/workers.ts';
import { readNewBook, readPlan, readToolsets } from './choices.ts';
import { bookFile, noBook, notedIdentity, noteIdentity, refuseLostBook, refuseNoBook } from './data-folder.ts';
import { folderFault } from './faults.ts';
import { filesElsewhere } from './files-elsewhere.ts';
import { filesPlaceOf, nameOfFilesPlace, openFiles } from './files-place.ts';
import { FIRST_ACCOUNT } from './first-look.ts';
import { userName } from './person.ts';
import { accountMeant } from './which-account.ts';
import { sessionFor, type Session, type App } from '../server/session.ts';

/** What the commands of the host stand on: the house with every account in it, and the people who sign in. */
export type Opened = {
  readonly app: App;
  readonly directory: Directory;
  /** Why the files may not be those of this book; null where nothing says so. */
  readonly doubt: Doubt | null;
  /** Where the book is now, if it was moved. */
  readonly moved: MovedAway | null;
};

export async function openApp(config: Config): Promise<Opened> {
  const toolsets = readToolsets(config.toolsets);
  const conversation = await conversationOf(config);
  const opened = await openedOn(await openEngine(config), { ...config, toolsets, conversation });
  return { ...opened, doubt: await doubted(opened, config) };
}

/** Does something with the book, beside a server that may be serving it, and closes it. */
export async function onBook<T>(config: Config, work: (opened: Opened) => Promise<T>): Promise<T> {
  const opened = await openApp(config);
  try {
    return await work(opened);
  } finally {
    await closeApp(opened.app);
  }
}

/** All of it, and what it stands on: who may move it elsewhere. */
export async function openToMove(config: Config): Promise<Opened & { readonly engine: Engine }> {
  const engine = await openEngine(config);
  // What lies in the trash is read there: while the book is held, nothing is put back.
  return { ...(await openedOn(engine, { ...config, readOnly: true, toolsets: TOOLSETS })), engine };
}

export async function closeApp({ workers, store }: Pick<App, 'workers' | 'store'>): Promise<void> {
  workers.close();
  await store.close();
}

/** Says it where the files may not be those of this book: nothing else would show it before one is missed. */
async function doubted(opened: Opened, config: Config): Promise<Doubt | null> {
  const doubt = await doubtedOf(opened, config);
  if (doubt !== null) sayOnce(`${inTerminal(doubt.why)} ${nothingRemoved(config)}\n`);
  return doubt;
}

async function doubtedOf({ app, directory }: Opened, config: Config): Promise<Doubt | null> {
  const { store, files, log, readOnly } = app;
  // Of the folder alone.
  const noted = filesPlaceOf(config).kind === 'folder' ? await notedIdentity(config) : null;
  const mayWrite = !readOnly && !store.isReadOnly;
  return await doubtFiles({ store, files, directory }, { noted, mayWrite, now: new Date() }, () =>
    log.error('what was found beside the book could not be noted in it'),
  );
}

function nothingRemoved(config: Config): string {
  const next =
    config.database === undefined
      ? 'If another jobwright.db belongs here, end Jobwright and put it back.'
      : 'If another database belongs to them, end Jobwright and name it with --database.';
  return `So no file is removed from ${nameOfFilesPlace(config)}, and none is lost; records may be without theirs (jobwright doctor names them). ${next}`;
}

/** @throws Refusal where nobody said in which of two places the files are */
async function sayFilesElsewhere(engine: Engine, config: Config): Promise<void> {
  const words = await filesElsewhere(engine, config);
  if (words !== null) sayOnce(`${words}\n`);
}

const said = new Set<string>();

/** A command may open the book twice. */
function sayOnce(text: string): void {
  if (said.has(text)) return;
  said.add(text);
  process.stderr.write(text);
}

/** What doctor looks at: the book as it is, of whichever version. Neither the book nor its files are written to. */
export type BookToAudit = Opened & {
  readonly schema: string | null;
  /** The book is of an earlier version of the program, and this is a copy of it that was brought up to date. */
  readonly isCopy: boolean;
  /** Its connections come from a pooler, which hands out one for each transaction. */
  readonly isPooled: boolean;
};

/** @throws Refusal where there is no book, Problem where it cannot be opened at all */
export async function openToLook(config: Config): Promise<BookToAudit> {
  // Before anything is opened.
  filesPlaceOf(config);
  try {
    // Looking must not make a book where there is none, and says where one was lost.
    if (config.database !== undefined) return await lookInDatabase(config, config.database);
    refuseNoBook(config);
    const engine = await openSqliteToRead(bookFile(config));
    const { schema } = engine;
    if (engine.isUpToDate && (await isAllRenewed(engine))) {
      const opened = await openedOn(engine, { ...config, toolsets: TOOLSETS });
      // A damaged book may know nothing of itself, which others find.
      const doubt = await doubtedOf(opened, config).catch(() => null);
      return { ...opened, doubt, schema, isCopy: false, isPooled: false };
    }
    await engine.close();
    const copy = await openCopyUpToDate(bookFile(config));
    await renewAll(copy);
    return {
      ...(await openedOn(copy, { ...config, readOnly: true, toolsets: TOOLSETS })),
      schema,
      isCopy: true,
      isPooled: false,
    };
  } catch (error) {
    if (error instanceof Problem && error.kind === 'not_found' && config.database === undefined) throw noBook(config);
    throw folderFault(error, config.dataFolder);
  }
}

async function lookInDatabase(config: Config, url: string): Promise<BookToAudit> {
  const { openPostgresToRead } = await import('../store/engine/postgres.ts');
  const engine = await openPostgresToRead(url);
  if (!(await isAllRenewed(engine))) {
    await engine.close();
    throw new Problem('unavailable', says('database.of-earlier'));
  }
  const opened = await openedToLook(engine, config);
  const doubt = await doubtedOf(opened, config).catch(() => null);
  return { ...opened, doubt, schema: engine.schema, isCopy: false, isPooled: engine.isPooled === true };
}

async function openedToLook(engine: Engine, config: Config): Promise<Opened> {
  try {
    await sayFilesElsewhere(engine, config);
    return await openedOn(engine, { ...config, toolsets: TOOLSETS });
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** Loaded where it is asked for: few books fetch anything. */
async function conversationOf({ fileHosts }: Config): Promise<App['conversation']> {
  if (fileHosts.length === 0) return null;
  const { conversationFiles } = await import('../transport/conversation-files.ts');
  return conversationFiles(fileHosts);
}

type Serving = Pick<App, 'toolsets'> & Partial<Pick<App, 'conversation'>>;

async function openedOn(engine: Engine, config: Omit<Config, 'toolsets'> & Serving): Promise<Opened> {
  const log = createLogger(config.logLevel);
  const watch = new WatchedClock((words) => log.error(words));
  const files = await openFiles(engine, config);
  const directory = new Directory(engine);
  const unmarked = (error: unknown) => log.error('whose files these are could not be noted', stackOf(error));
  // No write waits for a note that is not kept.
  const marking = files.marker === null ? {} : markingFiles(() => ({ store, files, directory }), unmarked);
  const store = new Store(engine, watch.now, { watch, ...marking });
  return {
    directory,
    doubt: null,
    moved: engine.moved,
    app: {
      store,
      files,
      workers: new Workers(log),
      folders: config.folders,
      conversation: config.conversation ?? null,
      toolsets: config.toolsets,
      readOnly: config.readOnly,
      log,
      siteUrl: null,
      deferCall: async (call) => await deferCall(directory, call),
      inFlight: new Set(),
    },
  };
}

async function openEngine(config: Config): Promise<Engine> {
  try {
    const engine = await openIn(config);
    try {
      await sayFilesElsewhere(engine, config);
      if (engine.moved !== null) checkMoved(engine.moved, config);
      else if (engine.isReadOnly) checkReadable(engine, config);
      else if (filesPlaceOf(config).kind === 'folder')
        await noteIdentity(config, (await engine.read(bookMark)).identity);
    } catch (error) {
      await engine.close();
      throw error;
    }
    return engine;
  } catch (error) {
    throw folderFault(error, config.dataFolder);
  }
}

/** The books themselves; the folder is made where they or their files are in it. */
async function openIn(config: Config): Promise<Engine> {
  if (config.database === undefined) refuseLostBook(config);
  if (filesPlaceOf(config).kind === 'folder') await makeFolder(resolve(config.dataFolder));
  if (config.database === undefined) return await openSqlite(bookFile(config));
  // Loaded where it is asked for: most books are files.
  const { openPostgres } = await import('../store/engine/postgres.ts');
  // Where many are served, a role stands below row-level security.
  return await openPostgres(config.database, { migrateUrl: config.migrateUrl, isFenced: config.command === 'http' });
}

const SERVING = ['stdio', 'http', 'call', 'confirm'];

/** It is read on request: whoever goes on working here would not notice that the books go on elsewhere. */
function checkMoved(moved: MovedAway, { command, readOnly }: Config): void {
  const problem = wasMoved(moved);
  if (SERVING.includes(command ?? '') && !readOnly) throw problem;
  // Which says so itself, where it is no more than the rest of one.
  if (command === 'move') return;
  sayOnce(`${problemInTerminal(problem)}\n`);
}

/** What cannot be written to cannot be brought up to date either. */
function checkReadable(engine: Engine, { dataFolder }: Config): void {
  if (engine.isUpToDate) {
    sayOnce(`${dataFolder} cannot be written to, so this book is open for reading alone.\n`);
    return;
  }
  throw new Refusal(
    'This book was last written by an earlier Jobwright and must be brought up to date, but its folder cannot be written to. Start it once where it can, or on a copy.',
  );
}

/** The book of whoever runs the program on their own machine, who may do everything in it. */
export async function openBook(config: Config): Promise<Session & Opened> {
  const plan = readPlan(config.plan);
  const opened = await openApp(config);
  const { store } = opened.app;
  const name = userName(config);
  try {
    const accountId = await localAccount(config, opened);
    if (!(await store.has(accountId))) await openFirst(config, opened, name);
    else if (plan !== undefined) await setPlan(store, { accountId, plan, actor: name });
    // Not waited for: what needs it waits, and says so where it fails.
    void store.renew(accountId).catch(() => undefined);
    const session = sessionFor(opened.app, {
      ...{ personId: null, name, accountId },
      ...{ role: 'owner' as const, scopes: new Set(SCOPES) },
    });
    return { ...session, ...opened };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The account that was named, which must be there; else the first, which need not be yet. */
async function localAccount(config: Config, { directory }: Opened): Promise<number> {
  const { account } = config.about;
  const all = await directory.read(listAccounts);
  if (all.length === 0 && (account ?? FIRST_ACCOUNT) === FIRST_ACCOUNT) return FIRST_ACCOUNT;
  if (account !== undefined) return await accountMeant(directory, config);
  const first = all.find(({ id }) => id === FIRST_ACCOUNT);
  if (all.length > 1 && first !== undefined)
    process.stderr.write(
      `This is the book of account ${first.id} (${first.name}), one of ${all.length}. --account says another; jobwright accounts lists them.\n`,
    );
  return FIRST_ACCOUNT;
}

async function openFirst(config: Config, { app: { store, log } }: Opened, actor: string): Promise<void> {
  const newBook = readNewBook(config);
  const terms = { ...newBook, plan: readPlan(config.plan) ?? DEFAULTS.plan, samples: config.samples, actor };
  await openAccount(store, { id: FIRST_ACCOUNT, ...terms });
  log.info(`new book: template ${newBook.template}, currency ${newBook.currency}, time zone ${newBook.timeZone}`);
}
