// A house with two businesses and the people who work there, for tests of who may do what: a real book on disk.
import { randomBytes, scryptSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { instantAt } from '../../src/domain/dates.ts';
import { join } from 'node:path';
import { expect } from 'vitest';
import { scopesOf, type Role, type Scope } from '../../src/domain/access.ts';
import { createLogger } from '../../src/logger.ts';
import { callTool } from '../../src/server.ts';
import { addAccount } from '../../src/services/account/account.ts';
import { deferCall, type DeferredCall } from '../../src/services/shared/links.ts';
import { acceptInvitation, inviteMember, principalOf, type Member } from '../../src/services/access/people.ts';
import { createAccessToken } from '../../src/services/access/tokens.ts';
import { Directory } from '../../src/store/directory/directory.ts';
import { Store } from '../../src/store/scope.ts';
import { TOOLSETS } from '../../src/domain/toolsets.ts';
import { tempFolder, withYes } from './book.ts';
import { whenDone } from './ending.ts';
import type { Taken } from './engines/engine.ts';
import { behind, filesOf, openEngine, takeBook } from './store.ts';
import { WORKERS } from './workers.ts';
import { sessionFor, type Session, type App, type Result } from '../../src/server/session.ts';

/** Everybody who works for Lopez Roofing; Nina keeps the books of Best Painting too. */
export const PEOPLE = {
  maria: { name: 'Maria Lopez', role: 'owner' },
  olga: { name: 'Olga Petrova', role: 'office' },
  tom: { name: 'Tom Reyes', role: 'crew' },
  nina: { name: 'Nina Berg', role: 'office' },
  boris: { name: 'Boris Best', role: 'owner' },
} as const satisfies Record<string, { name: string; role: Role }>;
export type Who = keyof typeof PEOPLE;

export const LOPEZ = 1;
export const BEST = 2;

export const emailOf = (who: Who) => `${who}@example.com`;
export const passwordOf = (who: Who) => `${who} climbs a tall ladder`;

export type Company = {
  readonly folder: string;
  readonly app: App;
  readonly directory: Directory;
  readonly members: Members;
  readonly member: (who: Who, accountId?: number) => Member;
  /** As an assistant of theirs calls, granted everything that their role allows unless said otherwise. */
  host(who: Who, options?: { accountId?: number; scopes?: readonly Scope[] }): Session;
  call(who: Who, tool: string, args?: object): Promise<Result>;
  /** The structured answer; fails the test where the tool answers with an error. */
  // biome-ignore lint: answers are judged field by field in the tests
  ok(who: Who, tool: string, args?: object): Promise<any>;
  error(who: Who, tool: string, args?: object): Promise<string>;
  /** A personal access token. */
  token(who: Who, options?: { accountId?: number; scopes?: readonly Scope[] }): Promise<string>;
};

type Options = {
  readonly now?: () => string;
  readonly samples?: boolean;
  readonly folder?: string;
  /** Whether they have chosen their passwords, which takes a moment each. */
  readonly passwords?: readonly Who[];
};

/** Of a book whose hashes cost 1 MB instead of 64, so that a sign-in takes no time; what ours cost is a matter of passwords. */
function quickHash(password: string): string {
  const [salt, N, r, p] = [randomBytes(16), 1024, 8, 1];
  const key = scryptSync(password.normalize('NFKC'), salt, 32, { N, r, p });
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** By who and which account. */
type Members = ReadonlyMap<string, Member>;
type Founded = { readonly taken: Taken; readonly members: Members };
/** Both businesses as they are at first, by what is asked for: made once, and copied for each test. */
const founded = new Map<string, Promise<Founded>>();

async function found(
  { samples, passwords }: Required<Pick<Options, 'samples' | 'passwords'>>,
  clock: typeof realClock,
): Promise<Founded> {
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-test-'));
  const engine = await openEngine({ folder });
  const store = new Store(engine, clock);
  const directory = new Directory(engine, clock);
  const terms = { currency: 'USD', timeZone: 'America/Chicago', plan: 'business' as const, samples, actor: 'operator' };
  await addAccount(directory, store, { ...terms, name: 'Lopez Roofing', template: 'roofing' });
  await addAccount(directory, store, { ...terms, name: 'Best Painting', template: 'painting' });
  const members = new Map<string, Member>();
  const join_ = async (who: Who, accountId: number, role: Role) => {
    const { name } = PEOPLE[who];
    const { member, invitation } = await inviteMember(directory, { accountId, email: emailOf(who), name, role });
    members.set(`${who} ${accountId}`, member);
    if (invitation === null || !passwords.includes(who)) return;
    await acceptInvitation(directory, invitation, passwordOf(who));
    await behind({ folder }, async (raw) => {
      const kept = [quickHash(passwordOf(who)), emailOf(who)] as const;
      expect(await raw.run('update people set password_hash = ? where email = ?', ...kept)).toBe(1);
    });
  };
  for (const who of ['maria', 'olga', 'tom', 'nina'] as const) await join_(who, LOPEZ, PEOPLE[who].role);
  await join_('boris', BEST, 'owner');
  await join_('nina', BEST, 'office');
  await store.close();
  const taken = await takeBook({ folder });
  rmSync(folder, { recursive: true });
  return { taken, members };
}

const realClock = () => instantAt(Date.now());

export async function openCompany({
  now,
  samples = false,
  folder = tempFolder(),
  passwords = [],
}: Options = {}): Promise<Company> {
  const key = JSON.stringify([now?.(), samples, passwords]);
  const clock = now === undefined ? realClock : () => instantAt(Date.parse(now()));
  const founding = founded.get(key) ?? found({ samples, passwords }, clock);
  founded.set(key, founding);
  const { taken, members } = await founding;
  await taken.layInto({ folder }, randomBytes(16).toString('hex'));
  return await companyIn(folder, members, clock);
}

/** The company whose book is in a folder already. */
export async function companyIn(folder: string, members: Members, clock = realClock): Promise<Company> {
  const engine = await openEngine({ folder });
  const store = new Store(engine, clock);
  const directory = new Directory(engine, clock);
  whenDone(async () => await store.close());
  const app: App = {
    ...{
      store,
      files: filesOf({ folder }, engine),
      workers: WORKERS,
      folders: [],
      conversation: null,
      toolsets: TOOLSETS,
      readOnly: false,
    },
    ...{
      log: createLogger('silent'),
      siteUrl: null,
      deferCall: async (call: DeferredCall) => await deferCall(directory, call),
      inFlight: new Set<symbol>(),
    },
  };
  const member = (who: Who, accountId = who === 'boris' ? BEST : LOPEZ) => {
    const found = members.get(`${who} ${accountId}`);
    if (found === undefined) throw new Error(`${who} is not in account ${accountId}`);
    return found;
  };
  const host: Company['host'] = (who, { accountId, scopes } = {}) => {
    const of = member(who, accountId);
    return sessionFor(app, principalOf(of, scopes ?? scopesOf(of.role)));
  };
  const call: Company['call'] = async (who, tool, args = {}) =>
    await callTool(host(who), tool, args, { client: 'test 1.0', canAsk: false });
  const words = (result: Result) => result.content.map(({ text }) => text).join('\n');
  return {
    ...{ folder, app, directory, members, member, host, call },
    ok: async (who, tool, args) => {
      const result = await withYes(async (given) => await call(who, tool, given), args ?? {});
      if (result.isError === true) throw new Error(`${tool} answered ${who}: ${words(result)}`);
      return result.structuredContent;
    },
    error: async (who, tool, args) => {
      const result = await call(who, tool, args);
      if (result.isError !== true) throw new Error(`${tool} was to refuse ${who}, but answered: ${words(result)}`);
      return words(result);
    },
    token: async (who, { accountId, scopes } = {}) => {
      const of = member(who, accountId);
      const given = { member: of, name: 'test', scopes: scopes ?? scopesOf(of.role), expiresAt: null };
      return (await createAccessToken(directory, given)).secret;
    },
  };
}
