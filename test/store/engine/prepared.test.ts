// Queries that are kept: the values of one call never stand in another's.
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { instantAt } from '../../../src/domain/dates.ts';
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
  const all = db.selectFrom('access_tokens').select('id').where('name', '=', kind);
  const some = atLeast === undefined ? all : all.where('id', '>=', atLeast);
  const listed = values === undefined ? some : some.where('id', 'in', values);
  const last = besides.length === 0 ? listed : listed.where(sql<boolean>`id <> 3`);
  return last.orderBy('id').limit(limit);
};

/** Tokens of three names, five each. */
async function tokens() {
  const engine = await openEngine({ folder: tempFolder() });
  onTestFinished(async () => await engine.close());
  await engine.write(async (db) => {
    const at = instantAt(0);
    for (const [index, name] of ['roof', 'gutter', 'it\'s "odd" ? +?'].entries())
      for (let id = 1; id <= 5; id += 1) {
        const of = { account_id: index + 1, id, person_id: '', name, token_hash: `${index} ${id}`, scopes: '' };
        const until = { expires_at: null, last_used_at: null, revoked_at: null };
        await db
          .insertInto('access_tokens')
          .values({ ...of, created_at: at, ...until })
          .execute();
      }
  });
  built = 0;
  const query = prepared(build);
  return async (...given: [Given, Parameters<typeof query>[2]?]) =>
    await engine.read(async (db) => (await query(db, ...given)).map(({ id }) => id));
}

describe('a prepared query', () => {
  it('answers each call with its own values, and is built once', async () => {
    const values = await tokens();
    expect(await values({ kind: 'roof', limit: 2 })).toEqual([1, 2]);
    expect(await values({ kind: 'gutter', limit: 4 })).toEqual([1, 2, 3, 4]);
    expect(await values({ kind: 'it\'s "odd" ? +?', limit: 1 })).toEqual([1]);
    expect(await values({ kind: 'nothing', limit: 4 })).toEqual([]);
    expect(built).toBe(1);
  });

  it('is another one where other values are given, or a list is longer', async () => {
    const values = await tokens();
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
    const values = await tokens();
    expect(await values({ kind: 'roof', limit: 9 }, [sql<boolean>`true`])).toEqual([1, 2, 4, 5]);
    expect(await values({ kind: 'roof', limit: 9 })).toEqual([1, 2, 3, 4, 5]);
  });

  it('cannot be built on what a value is: it would be so for every other value (the fault planted)', async () => {
    const engine = await openEngine({ folder: tempFolder() });
    onTestFinished(async () => await engine.close());
    const above = prepared((db, { most }: { most: number }) =>
      db
        .selectFrom('access_tokens')
        .select('id')
        .where('id', '<', most + 1),
    );
    await expect(engine.read(async (db) => await above(db, { most: 3 }))).rejects.toThrow(
      'a prepared query depends on what most is',
    );
  });
});
