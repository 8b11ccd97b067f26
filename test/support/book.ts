// A real book in a folder of its own, for one test: SQLite on disk, opened as the program opens it.
import { randomBytes } from 'node:crypto';
import { instantAt } from '../../src/domain/dates.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SCOPES } from '../../src/domain/access.ts';
import type { Account } from '../../src/domain/account.ts';
import { createLogger } from '../../src/logger.ts';
import { callTool } from '../../src/server.ts';
import { openAccount } from '../../src/services/account/account.ts';
import { deferCall } from '../../src/services/shared/links.ts';
import type { Watch } from '../../src/store/clock.ts';
import { Directory } from '../../src/store/directory/directory.ts';
import { Store, type ReadScope } from '../../src/store/scope.ts';
import { TOOLSETS } from '../../src/domain/toolsets.ts';
import { TOOLS } from '../../src/tools/index.ts';
import { whenDone } from './ending.ts';
import { filesOf, openEngine, takeBook } from './store.ts';
import { WORKERS } from './workers.ts';
import type { Session, Result } from '../../src/server/session.ts';

export type BookOptions = Partial<Pick<Account, 'template' | 'currency' | 'timeZone' | 'plan'>> & {
  readonly samples?: boolean;
  /** The instant that the book's clock shows, or a clock. */
  readonly now?: string | (() => string);
  /** Sees it being set; else nobody does. */
  readonly watch?: Watch;
  readonly folder?: string;
  /** With a history that no other book has; else books that are opened alike begin as copies of one. */
  readonly isOwn?: true;
  /** Whether the same call again is meant (default), or is noticed as the retry that it mostly is. */
  readonly repeats?: 'meant' | 'noticed';
} & Partial<Pick<Session, 'toolsets' | 'readOnly' | 'folders' | 'conversation' | 'actor' | 'role' | 'scopes'>>;

export type Book = {
  readonly folder: string;
  readonly session: Session;
  readonly store: Store;
  readonly directory: Directory;
  /** Calls a tool and returns its structured answer. Fails the test where the tool answers with an error. */
  // biome-ignore lint: answers are judged field by field in the tests
  ok(tool: string, args?: object): Promise<any>;
  callWithYes(tool: string, args?: object): Promise<Result>;
  /** Calls a tool that must refuse, and returns what it says. */
  error(tool: string, args?: object): Promise<string>;
  call(tool: string, args?: object): Promise<Result>;
  text(tool: string, args?: object): Promise<string>;
};

export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-test-'));
  whenDone(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Whether the tool asks if a repeat is meant. */
export function takesRepeat(name: string): boolean {
  return TOOLS.some((tool) => tool.name === name && 'allowDuplicate' in tool.input.shape);
}

/** A call by somebody who says yes when asked. */
export async function withYes(call: (args: object) => Promise<Result>, args: object): Promise<Result> {
  const result = await call(args);
  const [, confirm] = /^Not done yet.* and confirm: "([^"]+)"\.$/s.exec(result.content[0]?.text ?? '') ?? [];
  return confirm === undefined ? result : await call({ ...args, confirm });
}

type Opening = Parameters<typeof openAccount>[1];

function openingOf({
  template = 'roofing',
  currency = 'USD',
  timeZone = 'America/Chicago',
  plan = 'business',
  samples = false,
}: BookOptions): Opening {
  return { id: 1, template, currency, timeZone, plan, samples, actor: 'sam' };
}

/** Books as they are when they are opened, by what they are opened with: made once, and copied for each test. */
const opened = new Map<string, ReturnType<typeof takeBook>>();

/** @returns the folder of a book that is opened already, or an empty one for a book that is to be opened by itself */
async function newBook(options: BookOptions): Promise<string> {
  const folder = tempFolder();
  const { now, watch, isOwn } = options;
  if (typeof now !== 'string' || watch !== undefined || isOwn) return folder;
  const opening = openingOf(options);
  const key = JSON.stringify([now, opening]);
  const taken = opened.get(key) ?? taking(now, opening);
  opened.set(key, taken);
  await (await taken).layInto({ folder }, randomBytes(16).toString('hex'));
  return folder;
}

async function taking(now: string, opening: Opening): ReturnType<typeof takeBook> {
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-test-'));
  const store = new Store(await openEngine({ folder }), () => instantAt(Date.parse(now)));
  await openAccount(store, opening);
  await store.close();
  const taken = await takeBook({ folder });
  rmSync(folder, { recursive: true });
  return taken;
}

export async function openBook(options: BookOptions = {}): Promise<Book> {
  const { now = '2026-03-10T17:00:00.000Z', folder = await newBook({ ...options, now }) } = options;
  const engine = await openEngine({ folder });
  const clock = () => instantAt(Date.parse(typeof now === 'string' ? now : now()));
  const directory = new Directory(engine, clock);
  const store = new Store(engine, clock, {
    ...(options.watch === undefined ? {} : { watch: options.watch }),
  });
  whenDone(async () => await store.close());
  if (!(await store.has(1))) await openAccount(store, openingOf(options));
  const session: Session = {
    store,
    accountId: 1,
    files: filesOf({ folder }, engine),
    workers: WORKERS,
    folders: options.folders ?? [],
    conversation: options.conversation ?? null,
    toolsets: options.toolsets ?? TOOLSETS,
    readOnly: options.readOnly ?? false,
    log: createLogger('silent'),
    actor: options.actor ?? 'sam',
    role: options.role ?? 'owner',
    scopes: options.scopes ?? new Set(SCOPES),
    personId: null,
    siteUrl: null,
    deferCall: async (call) => await deferCall(directory, call),
    inFlight: new Set(),
  };
  const call = async (tool: string, args: object = {}) => {
    // A test of bad input sends what is no object at all.
    const isObject = Object.prototype.toString.call(args) === '[object Object]';
    const isMeant = options.repeats !== 'noticed' && isObject && takesRepeat(tool);
    const given = isMeant ? { allowDuplicate: true, ...args } : args;
    return await callTool(session, tool, given, { client: 'test 1.0', canAsk: false });
  };
  /** As somebody who says yes when asked. */
  const callWithYes = async (tool: string, args: object = {}) =>
    await withYes(async (given) => await call(tool, given), args);
  const textOf = (result: Result) => result.content.map((part) => part.text).join('\n');
  return {
    folder,
    session,
    store,
    directory,
    call,
    callWithYes,
    ok: async (tool, args) => {
      const result = await callWithYes(tool, args);
      if (result.isError === true) throw new Error(`${tool} answered: ${textOf(result)}`);
      return result.structuredContent;
    },
    error: async (tool, args) => {
      const result = await call(tool, args);
      if (result.isError !== true) throw new Error(`${tool} was expected to refuse, but answered: ${textOf(result)}`);
      return textOf(result);
    },
    text: async (tool, args) => textOf(await callWithYes(tool, args)),
  };
}

/** As their owner sees the books. */
export function inFullSight<S extends ReadScope>(scope: S) {
  return { ...scope, account: { ...scope.account, seenBy: 'sam', profitHidden: null } };
}
