// The one way in which tests reach what holds a book: they open it as the program does, and look at it and change it
// behind the program's back. No test but those of an engine itself knows which engine that is.
import type { Cell, Place, Row, TestEngine } from './engines/engine.ts';
import { sqlite } from './engines/sqlite.ts';

const ENGINES: Readonly<Record<string, () => Promise<TestEngine>>> = {
  sqlite: async () => sqlite,
  postgres: async () => (await import('./engines/postgres.ts')).postgres,
};

async function chosen(): Promise<TestEngine> {
  const name = process.env['JOBWRIGHT_TEST_ENGINE'] ?? 'sqlite';
  const engine = ENGINES[name];
  if (engine === undefined)
    throw new Error(`JOBWRIGHT_TEST_ENGINE is ${name}, and must be one of ${Object.keys(ENGINES).join(', ')}`);
  return await engine();
}

/** `openEngine` opens a book as the program does, also one that is open already: that is a second program then. */
export const {
  open: openEngine,
  files: filesOf,
  spoil: spoilFile,
  behind,
  changesSoFar,
  copy: copyBook,
  take: takeBook,
  hold: holdBook,
  refuse: refuseRows,
  bytes: bytesOf,
  settle,
  visited,
  watching,
} = await chosen();

export async function rowsOf(place: Place, sql: string, ...cells: readonly Cell[]): Promise<Row[]> {
  return await behind(place, async (raw) => await raw.rows(sql, ...cells));
}

/** The only value of the only row. */
export async function valueOf(place: Place, sql: string, ...cells: readonly Cell[]): Promise<Cell> {
  const values = (await rowsOf(place, sql, ...cells)).flatMap((row) => Object.values(row));
  const [value] = values;
  if (value === undefined || values.length > 1) throw new Error(`${values.length} values instead of one: ${sql}`);
  return value;
}

/** Runs a statement that must change something, whatever guards the book against it. */
export async function plant(place: Place, sql: string, ...cells: readonly Cell[]): Promise<void> {
  const changes = await behind(place, async (raw) => {
    await raw.unguard();
    return await raw.run(sql, ...cells);
  });
  if (changes === 0) throw new Error(`planted nothing: ${sql}`);
}

/** The one row that says how often the book was written to, which every commit raises. */
const COUNTS_WRITES = 'book';

/** Everything that stands in the book, table by table, but for the count of its writes. */
export async function everything(place: Place): Promise<Record<string, Row[]>> {
  return await behind(
    place,
    async (raw) => await raw.all((await raw.tables()).filter((table) => table !== COUNTS_WRITES)),
  );
}

/** How many rows each table holds. */
export async function countRows(place: Place): Promise<Record<string, number>> {
  return await behind(place, async (raw) => {
    const each = (await raw.tables()).map((table) => `select '${table}' as name, count(*) as count from ${table}`);
    const counts = await raw.rows(each.join(' union all '));
    return Object.fromEntries(counts.map(({ name, count }) => [String(name), Number(count)]));
  });
}
