// Opens the book that the options name, making it on first use.
import { existsSync, mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { UsageError, type Config } from '../config.ts';
import { SCOPES } from '../domain/access.ts';
import { isTimeZone } from '../domain/dates.ts';
import { isCurrency } from '../domain/money.ts';
import { isPlanName, PLAN_NAMES, type PlanName } from '../domain/plans.ts';
import { isTemplateName, TEMPLATE_NAMES } from '../domain/templates.ts';
import { localFolder } from '../files/local-folder.ts';
import { createLogger } from '../logger.ts';
import { hostFor, type Host, type House } from '../server.ts';
import { openAccount, setPlan } from '../services/account.ts';
import { listAccounts } from '../store/accounts.ts';
import type { Engine } from '../store/database.ts';
import { Directory } from '../store/directory.ts';
import { Store } from '../store/scope.ts';
import { openSqlite } from '../store/sqlite.ts';
import { TOOLSETS, type Toolset } from '../tools/define-tool.ts';
import { folderFault } from './faults.ts';
import { accountMeant } from './which-account.ts';

/** The account that a first start without sign-in makes, and that it opens where none is named. */
const FIRST_ACCOUNT = 1;

export function bookFile({ dataFolder }: Config): string {
  return join(dataFolder, 'jobwright.db');
}

/** What the commands of the host stand on: the house with every account in it, and the people who sign in. */
export type Opened = { readonly house: House; readonly directory: Directory };

export async function openHouse(config: Config): Promise<Opened> {
  const toolsets = readToolsets(config.toolsets);
  const engine = await openEngine(config);
  return {
    directory: new Directory(engine),
    house: {
      store: new Store(engine),
      files: localFolder(join(config.dataFolder, 'files')),
      folders: config.folders,
      toolsets,
      readOnly: config.readOnly,
      log: createLogger(config.logLevel),
      siteUrl: null,
      putOff: null,
      underway: new Set(),
    },
  };
}

async function openEngine(config: Config): Promise<Engine> {
  try {
    makeFolder(resolve(config.dataFolder));
    return await openSqlite(bookFile(config));
  } catch (error) {
    throw folderFault(error, config.dataFolder);
  }
}

/** Level by level. Asked for all at once, Node never comes back where the system has no place for one, as in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another program may have made it meanwhile.
    if (!existsSync(folder)) throw error;
  }
}

/** The book of whoever runs the program on their own machine, who may do everything in it. */
export async function openBook(config: Config): Promise<Host> {
  const plan = readPlan(config.plan);
  const opened = await openHouse(config);
  const { store } = opened.house;
  const name = userName();
  try {
    const accountId = await localAccount(config, opened);
    if (!(await store.has(accountId))) await openFirst(config, opened, name);
    else if (plan !== undefined) await setPlan(store, { accountId, plan, actor: name });
    await store.renew(accountId);
    return hostFor(opened.house, {
      ...{ personId: null, name, accountId },
      ...{ role: 'owner' as const, scopes: new Set(SCOPES) },
    });
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

async function openFirst(config: Config, { house: { store, log } }: Opened, actor: string): Promise<void> {
  const newBook = readNewBook(config);
  const terms = { ...newBook, plan: readPlan(config.plan) ?? 'business', samples: config.samples, actor };
  await openAccount(store, { id: FIRST_ACCOUNT, ...terms });
  log.info(`new book: template ${newBook.template}, currency ${newBook.currency}, time zone ${newBook.timeZone}`);
}

/** What a new book takes from the options; an existing one keeps its own. */
export function readNewBook({ template = 'roofing', currency = 'USD', timeZone }: Config) {
  if (!isTemplateName(template))
    throw new UsageError(`--template "${template}" is not one of: ${TEMPLATE_NAMES.join(', ')}`);
  const code = currency.toUpperCase();
  if (!isCurrency(code)) throw new UsageError(`--currency "${currency}" is not an ISO 4217 code, like USD, EUR or GBP`);
  const zone = timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!isTimeZone(zone)) throw new UsageError(`--time-zone "${zone}" is not an IANA name, like America/Chicago`);
  return { template, currency: code, timeZone: zone };
}

export function readPlan(name: string | undefined): PlanName | undefined {
  if (name === undefined || isPlanName(name)) return name;
  throw new UsageError(`--plan "${name}" is not one of: ${PLAN_NAMES.join(', ')}`);
}

function readToolsets(names: readonly string[] | undefined): readonly Toolset[] {
  if (names === undefined) return TOOLSETS;
  const unknown = names.filter((name) => !(TOOLSETS as readonly string[]).includes(name));
  if (unknown.length > 0 || names.length === 0) {
    throw new UsageError(`--toolsets "${unknown.join(',')}" is not among: ${TOOLSETS.join(', ')}`);
  }
  return TOOLSETS.filter((toolset) => names.includes(toolset));
}

export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A user without an entry in the system's list, as in some containers.
    return 'owner';
  }
}
