// SQLite's own check of its file, in words. It tells of pages, cells and root numbers, hundreds of lines for one bad
// sector; a person needs to know which table is hit, and how badly.
import type Sqlite from 'better-sqlite3';
import { oneLine, reasonOf } from '../audit/faults.ts';
import { NEWEST_SCHEMA } from './migrate.ts';

/** SQLite stops looking after so many faults. */
const LOOKS = 1000;
/** Tables and indexes that are named. */
const MOST = 20;

/** What is wrong with the file, one line for each table or index; empty when all is well. Never throws. */
export function fileFaults(raw: Sqlite.Database): string[] {
  const whole = said(raw, String(LOOKS));
  // On some damage SQLite gives up; then table by table, so that each that is hit is named.
  const lines = whole.isEnded
    ? whole.lines
    : [...whole.lines, ...tableNames(raw).flatMap((name) => ofTable(raw, name))];
  const pages = linesInWords(lines, rootNames(raw));
  return [
    ...pages,
    ...(whole.isEnded || pages.length > 0 ? [] : ['the file is damaged, so that SQLite cannot check it']),
    ...referenceFaults(raw),
    ...ownFaults(raw),
  ];
}

type Said = { readonly lines: string[]; readonly isEnded: boolean };

/** What SQLite says of the file, or of one table, and whether it came to the end. */
function said(raw: Sqlite.Database, of: string): Said {
  const lines: string[] = [];
  try {
    for (const text of raw.prepare<[], string>(`pragma integrity_check(${of})`).pluck().iterate())
      lines.push(...text.split('\n').filter((line) => line !== 'ok' && !line.startsWith('***')));
    return { lines, isEnded: true };
  } catch {
    return { lines, isEnded: false };
  }
}

function ofTable(raw: Sqlite.Database, name: string): string[] {
  const { lines, isEnded } = said(raw, `'${name.replaceAll("'", "''")}'`);
  return isEnded ? lines : [...lines, `${GIVEN_UP}${name}`];
}
const GIVEN_UP = 'given up on ';

function tableNames(raw: Sqlite.Database): string[] {
  try {
    return raw.prepare<[], string>("select name from sqlite_schema where type = 'table'").pluck().all();
  } catch {
    return [];
  }
}

/** The lines by what they are about, those with most of them first. */
function linesInWords(lines: readonly string[], names: ReadonlyMap<number, string>): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const words = lineInWords(line, names);
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  const worst = [...counts].sort(([, one], [, other]) => other - one);
  const rest = worst.slice(MOST).reduce((sum, [, count]) => sum + count, 0);
  return [
    ...worst.slice(0, MOST).map(([words, count]) => oneLine(`${words}${count === 1 ? '' : `, in ${count} places`}`)),
    ...(rest === 0 ? [] : [`and ${rest} more such places in the file`]),
    ...(lines.length >= LOOKS ? [`the file was not looked at any further after ${LOOKS} faults`] : []),
  ];
}

/** Which table or index begins at which page. */
function rootNames(raw: Sqlite.Database): ReadonlyMap<number, string> {
  try {
    const rows = raw
      .prepare<[], { type: string; name: string; root: number }>(
        'select type, name, rootpage as root from sqlite_schema where rootpage > 0',
      )
      .all();
    return new Map(rows.map(({ type, name, root }) => [root, `the ${type} ${name}`]));
  } catch {
    return new Map();
  }
}

function lineInWords(line: string, names: ReadonlyMap<number, string>): string {
  if (line.startsWith(GIVEN_UP)) return `the table ${line.slice(GIVEN_UP.length)} is damaged in the file`;
  const [, root] = /^(?:On tree|Tree) (?:page )?(\d+)/.exec(line) ?? [];
  if (root !== undefined) return `${names.get(Number(root)) ?? 'a table'} is damaged in the file`;
  const [, index] = /(?:missing from index|entries in index|non-unique entry in index) (\S+)/.exec(line) ?? [];
  if (index !== undefined) return `the index ${index} does not fit its table`;
  const [, column] = /value in (\S+)$/.exec(line) ?? [];
  if (column !== undefined) return `${column} holds what cannot stand there`;
  const [, table] = /CHECK constraint failed in (\S+)/.exec(line) ?? [];
  if (table !== undefined) return `${table} holds what cannot stand there`;
  if (/^(?:Page \d+|Freelist)/i.test(line)) return 'pages of the file belong to nothing, or to two things';
  return `the file is damaged (${line})`;
}

/** What the book says of itself, and accounts that are gone while their rows are there: no account's own audit sees either. */
function ownFaults(raw: Sqlite.Database): string[] {
  try {
    const rows = raw.prepare<[], Record<string, unknown>>('select id, identity, write_number, schema from book').all();
    const [row = {}] = rows;
    const { identity, write_number: writes, schema } = row;
    const isRight = /^[0-9a-f]{32}$/.test(String(identity)) && Number.isSafeInteger(writes) && schema === NEWEST_SCHEMA;
    const gone = raw
      .prepare<[], number>(
        'select distinct account_id from changes where account_id not in (select account_id from accounts)',
      )
      .pluck()
      .all();
    return [
      ...(rows.length === 1 && isRight ? [] : ['what the book says of itself (the table book) was altered or is gone']),
      ...gone.map((id) => `account ${id} is gone, and its records are there`),
    ];
  } catch (error) {
    return [`what the book says of itself could not be read: ${reasonOf(error)}`];
  }
}

function referenceFaults(raw: Sqlite.Database): string[] {
  const counts = new Map<string, number>();
  let rest: string[] = [];
  try {
    const check = raw.prepare<[], { table: string; parent: string }>('pragma foreign_key_check');
    for (const { table, parent } of check.iterate()) {
      const words = `${table}: a row refers to ${parent} that are not there`;
      counts.set(words, (counts.get(words) ?? 0) + 1);
    }
  } catch (error) {
    rest = [`whether every row refers to one that is there could not be checked: ${reasonOf(error)}`];
  }
  return [...[...counts].map(([words, count]) => `${words}${count === 1 ? '' : `, ${count} times`}`), ...rest];
}
