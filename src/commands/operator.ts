// What the operator's commands share: the account that is meant, and how results are printed.
import { UsageError, type Config } from '../config.ts';
import { isRole, ROLES, type Role } from '../domain/access.ts';
import { Problem } from '../domain/errors.ts';
import { listAccounts } from '../store/accounts.ts';
import type { Directory } from '../store/directory.ts';
import { openHouse, type Opened } from './book.ts';

export const DEFAULT_PORT = 8420;

/** Runs on the book, beside a server that may be serving it. */
export async function operate(config: Config, work: (opened: Opened) => Promise<void>): Promise<number> {
  const opened = await openHouse(config);
  try {
    await work(opened);
    return 0;
  } finally {
    await opened.house.store.close();
  }
}

/** The account that was named, or the only one. */
export async function accountMeant(directory: Directory, { about }: Config): Promise<number> {
  const all = await directory.read(listAccounts);
  const [only] = all;
  if (only === undefined)
    throw new Problem('not_found', 'There is no account yet. jobwright accounts create "Lopez Roofing" makes one.');
  const wanted = about.account ?? (all.length === 1 ? only.id : undefined);
  if (wanted === undefined) throw new UsageError(`say which account with --account: ${named(all)}`);
  if (!all.some(({ id }) => id === wanted))
    throw new Problem('not_found', `There is no account ${wanted}. The accounts are: ${named(all)}.`);
  return wanted;
}

function named(all: readonly { id: number; name: string }[]): string {
  return all.map(({ id, name }) => `${id} (${name})`).join(', ');
}

export function readRole(role: string | undefined): Role {
  if (role !== undefined && isRole(role)) return role;
  throw new UsageError(`a role is one of: ${ROLES.join(', ')}`);
}

/** The address that people reach the server by. */
export function siteUrl({ http: { url, port } }: Config): URL {
  const given = url ?? `http://localhost:${port ?? DEFAULT_PORT}`;
  const parsed = URL.parse(given);
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.pathname !== '/' || parsed.search !== '')
    throw new UsageError(`--url "${given}" is not an address without a path, like https://books.example.com`);
  return parsed;
}

/** In JSON where that was asked for, else as a table or a sentence. */
export function print(config: Config, json: object, words: string): void {
  process.stdout.write(`${config.json ? JSON.stringify(json, null, 2) : words}\n`);
}

/** Columns as wide as they need to be. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
