// Rows of a test of PostgreSQL itself, of which a write that is done twice leaves two: they have no name of their own by
// which the second one would be refused.
import { randomUUID } from 'node:crypto';
import type { Engine } from '../../../src/store/database.ts';

/** @param begun is told of each time that the write is done */
export async function addRow(engine: Engine, value: string, begun: () => void = () => undefined): Promise<string> {
  return await engine.write(async (db) => {
    begun();
    await db.insertInto('host_secrets').values({ name: randomUUID(), value }).execute();
    return value;
  });
}

export const ROWS = 'select value from host_secrets order by value';

/** @param rows of `ROWS` */
export const valuesIn = (rows: readonly object[]): string[] =>
  rows.map((row) => ('value' in row ? String(row.value) : ''));

/** Sixteen clients that go on whatever they are told, until they are ended. */
export function loadOn(engine: Engine) {
  const saved: string[] = [];
  const refused: string[] = [];
  const ending = new AbortController();
  const client = async (which: number) => {
    for (let at = 0; !ending.signal.aborted; at += 1) {
      const value = `${which}-${at}`;
      await addRow(engine, value).then(
        () => saved.push(value),
        (error: unknown) => refused.push(String(error)),
      );
    }
  };
  const clients = Array.from({ length: 16 }, async (_, which) => await client(which));
  return {
    saved,
    refused,
    end: async () => {
      ending.abort();
      await Promise.all(clients);
    },
  };
}
