// Queries that are kept: the values of one call never stand in another's.
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Database } from '../../../src/store/database.ts';
import { prepared } from '../../../src/store/engine/prepared.ts';
import { openEngine } from '../../support/store.ts';
import { tempFolder } from '../../support/book.ts';

type Given = {
  readonly kind: string;
  readonly atLeast?: number | undefined;
  readonly values?: readonly number[];
  readonly limit: number;
};

let built = 0;
const build = (db: Database, { kind, atLeast, values, limit }: Given, besides: readonly unknown[]) => {
  built += 1;
  const all = db.selectFrom('counters').select(['account_id', 'value']).where('kind', '=', kind);
  const some = atLeast === undefined ? all : all.where('value', '>=', atLeast);
  const listed = values === undefined ? some : some.where('value', 'in', values);
  const last = besides.length === 0 ? listed : listed.where(sql<boolean>`value <> 3`);
  return last.orderBy('account_id').limit(limit);
};

/** Counters of three kinds, five each. */
async function counters() {
  const engine = await openEngine({ folder: tempFolder() });
  onTestFinished(async () => await engine.close());
  await engine.write(async (db) => {
    for (const kind of ['roof', 'gutter', 'it\'s "odd" ? +?'])
      for (let each = 1; each <= 5; each += 1)
        await db.insertInto('counters').values({ account_id: each, kind, value: each }).execute();
  });
  built = 0;
  const query = prepared(build);
  return async (...given: [Given, Parameters<typeof query>[2]?]) =>
    await engine.read(async (db) => (await query(db, ...given)).map(({ value }) => value));
}

describe('a prepared query', () => {
  it('answers each call with its own values, and is built once', async () => {
    const values = await counters();
    expect(await values({ kind: 'roof', limit: 2 })).toEqual([1, 2]);
    expect(await values({ kind: 'gutter', limit: 4 })).toEqual([1, 2, 3, 4]);
    expect(await values({ kind: 'it\'s "odd" ? +?', limit: 1 })).toEqual([1]);
    expect(await values({ kind: 'nothing', limit: 4 })).toEqual([]);
    expect(built).toBe(1);
  });

  it('is another one where other values are given, or a list is longer', async () => {
    const values = await counters();
    expect(await values({ kind: 'roof', limit: 9 })).toEqual([1, 2, 3, 4, 5]);
    expect(await values({ kind: 'roof', atLeast: 4, limit: 9 })).toEqual([4, 5]);
    expect(await values({ kind: 'roof', atLeast: undefined, limit: 9 })).toEqual([1, 2, 3, 4, 5]);
    expect(await values({ kind: 'roof', values: [2, 5], limit: 9 })).toEqual([2, 5]);
    expect(await values({ kind: 'roof', values: [1, 4], limit: 9 })).toEqual([1, 4]);
    expect(await values({ kind: 'roof', values: [1, 3, 4], limit: 9 })).toEqual([1, 3, 4]);
    expect(await values({ kind: 'roof', values: [], limit: 9 })).toEqual([]);
    expect(built).toBe(5);
  });

  it('is not kept with conditions of the moment', async () => {
    const values = await counters();
    expect(await values({ kind: 'roof', limit: 9 }, [sql<boolean>`true`])).toEqual([1, 2, 4, 5]);
    expect(await values({ kind: 'roof', limit: 9 })).toEqual([1, 2, 3, 4, 5]);
  });

  it('cannot be built on what a value is: it would be so for every other value (the fault planted)', async () => {
    const engine = await openEngine({ folder: tempFolder() });
    onTestFinished(async () => await engine.close());
    const above = prepared((db, { most }: { most: number }) =>
      db
        .selectFrom('counters')
        .select('value')
        .where('value', '<', most + 1),
    );
    await expect(engine.read(async (db) => await above(db, { most: 3 }))).rejects.toThrow(
      'a prepared query depends on what most is',
    );
  });
});
