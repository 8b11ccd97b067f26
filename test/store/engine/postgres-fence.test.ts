// Behind the account that every query names stands another fence, which queries that forget it meet.
import { expect, it, vi } from 'vitest';
import { sql } from 'kysely';
import type { Tables } from '../../../src/store/database.ts';
import { openPostgres } from '../../../src/store/engine/postgres.ts';
import { PLACEMENT } from '../../../src/store/placement.ts';
import { BEST, LOPEZ } from '../../support/company.ts';
import { whenDone } from '../../support/ending.ts';
import { addressOf, ownersAddressOf, postgres } from '../../support/engines/postgres.ts';
import { refusalOf } from '../../support/refusal.ts';
import { forgetting } from '../../support/statements/across.ts';
import { behind, rowsOf } from '../../support/store.ts';
import { twoBooks } from '../../support/two-jobs.ts';

async function opened() {
  const company = await twoBooks();
  const engine = await postgres.open(company);
  whenDone(async () => await engine.close());
  const all = async (table: keyof Tables & ('customers' | 'jobs' | 'invoices' | 'words'), account?: number) =>
    await forgetting(async () =>
      (await engine.read(async (db) => await db.selectFrom(table).select('account_id').execute(), account)).map(
        (row) => row.account_id,
      ),
    );
  return { company, engine, all };
}

it('a query that asks for nobody in particular sees one account, or of the books none', async () => {
  const { all, engine } = await opened();
  for (const table of ['customers', 'jobs', 'invoices', 'words'] as const) {
    expect(new Set(await all(table, LOPEZ))).toEqual(new Set([LOPEZ]));
    expect(new Set(await all(table, BEST))).toEqual(new Set([BEST]));
    expect(await all(table)).toEqual([]);
  }
  const accounts = async () =>
    await forgetting(
      async () => await engine.read(async (db) => await db.selectFrom('accounts').select('name').execute()),
    );
  expect(await accounts()).toHaveLength(2);
});

it('a write that forgets the account changes one account, and adds to no other', async () => {
  const { company, engine } = await opened();
  await forgetting(
    async () =>
      await engine.write(async (db) => await db.updateTable('jobs').set({ name: 'Forgotten' }).execute(), LOPEZ),
  );
  const named = await rowsOf(company, "select distinct account_id from jobs where name = 'Forgotten'");
  expect(named).toEqual([{ account_id: LOPEZ }]);
  const foreign = engine.write(
    async (db) => await db.insertInto('counters').values({ account_id: BEST, kind: 'x', value: 1 }).execute(),
    LOPEZ,
  );
  await expect(foreign).rejects.toThrow('row-level security');
});

it('stands around every table with an account, and its owner is held to it too', async () => {
  const { company } = await opened();
  const bare = await behind(
    company,
    async ({ rows }) =>
      await rows(`select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'account_id'
        where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
          and not (c.relrowsecurity and c.relforcerowsecurity
            and exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'of_account'))`),
  );
  expect(bare).toEqual([]);
});

it('who serves is asked of the server, since an address need not name it, and several may start at once', async () => {
  const { company } = await opened();
  const url = addressOf(company).replace('jobwright:', ':');
  const owner = ownersAddressOf(company);
  vi.stubEnv('PGUSER', 'jobwright');
  const engines = await Promise.all([1, 2, 3].map(async () => await openPostgres(url, { migrateUrl: owner })));
  vi.unstubAllEnvs();
  for (const engine of engines) await engine.close();
  expect(engines).toHaveLength(3);
});

it('the directory sees of the books which accounts there are and what is secret of them, and changes none', async () => {
  const { engine, company } = await opened();
  await behind(company, async ({ run }) => {
    await run('insert into counters (account_id, kind, value) values (?, ?, 1)', BEST, 'access_token');
  });
  const seen: Record<string, number> = {};
  const [changed, refused]: [string[], string[]] = [[], []];
  await forgetting(async () => {
    for (const table of PLACEMENT.account) {
      const rows = await engine.read(async (db) => await sql`select 1 from ${sql.table(table)}`.execute(db));
      if (rows.rows.length > 0) seen[table] = rows.rows.length;
      for (const change of [
        sql`update ${sql.table(table)} set account_id = account_id`,
        sql`delete from ${sql.table(table)}`,
      ]) {
        const done = await engine
          .write(async (db) => (await change.execute(db)).numAffectedRows ?? 0n)
          .catch((error: unknown) => String(error));
        if (typeof done === 'string') refused.push(done);
        else if (done > 0n) changed.push(table);
      }
    }
  });
  expect(seen).toEqual({ accounts: 2, counters: 1, secrets: 2 });
  expect(changed).toEqual(['counters', 'counters', 'secrets']);
  expect(refused).not.toEqual([]);
  expect(refused.filter((error) => !error.includes('row-level security'))).toEqual([]);
  const held = engine.write(
    async (db) => await sql`select 1 from accounts where account_id = ${BEST} for no key update`.execute(db),
  );
  expect((await held).rows).toHaveLength(1);
});

it('is put right where an earlier version put it up', async () => {
  const { company, all } = await opened();
  await behind(company, async ({ run }) => {
    await run(
      "create policy read_by_directory on jobs for select using (current_setting('jobwright.account', true) = 'directory')",
    );
  });
  expect(await all('jobs')).not.toEqual([]);
  const engine = await openPostgres(addressOf(company), { migrateUrl: ownersAddressOf(company) });
  await engine.close();
  expect(await all('jobs')).toEqual([]);
});

it.each([
  'alter policy of_account on jobs using (true)',
  'drop policy of_account on jobs; create policy of_account on jobs using (true)',
  'drop policy of_account on jobs; create policy of_account on jobs for select using (true)',
  'create policy "Everybody\'s" on jobs using (true)',
])('is put right where somebody changed it: %s', async (change) => {
  const { company, all } = await opened();
  for (const each of change.split('; ')) await behind(company, async ({ run }) => void (await run(each)));
  expect(await all('jobs')).not.toEqual([]);
  const engine = await openPostgres(addressOf(company), { migrateUrl: ownersAddressOf(company) });
  await engine.close();
  expect(await all('jobs')).toEqual([]);
  const fences = await rowsOf(company, 'select p.oid::bigint as id from pg_policy p order by 1');
  const again = await openPostgres(addressOf(company), { migrateUrl: ownersAddressOf(company) });
  await again.close();
  // What stands as it should is left alone.
  expect(await rowsOf(company, 'select p.oid::bigint as id from pg_policy p order by 1')).toEqual(fences);
});

it('nobody above it serves, where many are served', async () => {
  const { company } = await opened();
  expect(await refusalOf(openPostgres(ownersAddressOf(company), { isFenced: true }))).toContain('--migrate-url');
  await behind(company, async ({ run }) => {
    await run('create role owning nologin');
    await run("create role member login password 'member' in role owning");
    await run('grant select, insert, update, delete on all tables in schema public to member');
    await run('alter table invoices owner to owning');
  });
  const member = addressOf(company).replace('jobwright:jobwright', 'member:member');
  expect(await refusalOf(openPostgres(member, { isFenced: true }))).toContain('--migrate-url');
  await behind(company, async ({ run }) => void (await run('alter table invoices owner to current_user')));
  const engine = await openPostgres(addressOf(company), { isFenced: true, migrateUrl: ownersAddressOf(company) });
  await engine.close();
  expect(engine.name).toBe('postgres');
});
