// What the operator's commands share: roles, the address of the server, and how results are printed.
import { UsageError, type Config } from '../config.ts';
import { isRole, ROLES, type Role } from '../domain/access.ts';
import { visibleLine } from '../domain/text.ts';
import { counted } from '../printers/format.ts';
import { isLoopback } from '../transport/http/guards.ts';
import { onBook, type Opened } from './book.ts';

/** Names as they are read: they end in histories, on documents and on terminals. */
export function asRead(config: Config): Config {
  const { name, person } = config.about;
  const about = {
    ...config.about,
    name: name === undefined ? undefined : visibleLine(name),
    person: person === undefined ? undefined : visibleLine(person),
  };
  return { ...config, about, operands: config.operands.map(visibleLine) };
}

/** Runs on the book, beside a server that may be serving it. */
export async function operate(config: Config, work: (opened: Opened) => Promise<void>): Promise<number> {
  return await onBook(config, async (opened) => {
    await work(opened);
    return 0;
  });
}

/** A name behind a command: one of several words is in quotes. */
export function nameTyped(command: string, words: readonly string[]): string {
  const name = words.join(' ');
  if (words.length > 1) throw new UsageError(`put a name of several words in quotes: jobwright ${command} "${name}"`);
  return name;
}

export function readRole(role: string | undefined): Role {
  if (role === undefined) throw new UsageError(`--role says what they may do: --role ${ROLES.join('|')}`);
  if (isRole(role)) return role;
  throw new UsageError(`"${role}" is no role: a role is one of ${ROLES.join(', ')}`);
}

/** The address that people reach the server by. */
export function siteUrl({ http: { url: given, port } }: Config): URL {
  if (given === undefined && port === 0)
    throw new UsageError('--port 0 is any port that is free; say where people reach it with --url');
  const url = new URL(given ?? `http://localhost:${port}`);
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    throw new UsageError(
      `--url ${url.origin} must be https: tokens and passwords go through it. Put a TLS proxy in front.`,
    );
  return url;
}

/** In JSON where that was asked for, else as a table or a sentence. */
export function print(config: Config, json: object, words: string): void {
  process.stdout.write(`${config.json ? JSON.stringify(json, null, 2) : words}\n`);
}

/** `2 things are wrong`. */
export function wrong({ length }: readonly string[]): string {
  return `${counted(length, 'thing')} ${length === 1 ? 'is' : 'are'} wrong`;
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
