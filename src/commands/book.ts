// Opens the book that the options name, making it on first use.
import { userInfo } from 'node:os';
import { join } from 'node:path';
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
import { Directory } from '../store/directory.ts';
import { Store } from '../store/scope.ts';
import { openSqlite } from '../store/sqlite.ts';
import { TOOLSETS, type Toolset } from '../tools/define-tool.ts';

/** A book on one machine holds one account. */
export const LOCAL_ACCOUNT = 1;

export function bookFile({ dataFolder }: Config): string {
  return join(dataFolder, 'jobwright.db');
}

/** What the commands of the host stand on: the house with every account in it, and the people who sign in. */
export type Opened = { readonly house: House; readonly directory: Directory };

export async function openHouse(config: Config): Promise<Opened> {
  const toolsets = readToolsets(config.toolsets);
  const engine = await openSqlite(bookFile(config));
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

/** The book of whoever runs the program on their own machine, who may do everything in it. */
export async function openBook(config: Config): Promise<Host> {
  const plan = readPlan(config.plan);
  const { house } = await openHouse(config);
  const { store, log } = house;
  const name = userName();
  try {
    if (!(await store.has(LOCAL_ACCOUNT))) {
      const newBook = readNewBook(config);
      await openAccount(store, {
        id: LOCAL_ACCOUNT,
        ...newBook,
        plan: plan ?? 'business',
        samples: config.samples,
        actor: name,
      });
      log.info(`new book: template ${newBook.template}, currency ${newBook.currency}, time zone ${newBook.timeZone}`);
    } else if (plan !== undefined) {
      await setPlan(store, { accountId: LOCAL_ACCOUNT, plan, actor: name });
    }
    await store.renew(LOCAL_ACCOUNT);
  } catch (error) {
    await store.close();
    throw error;
  }
  return hostFor(house, {
    personId: null,
    name,
    accountId: LOCAL_ACCOUNT,
    role: 'owner',
    scopes: new Set(SCOPES),
  });
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
