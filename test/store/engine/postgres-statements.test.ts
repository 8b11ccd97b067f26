// What the log of statements finds. That every statement of every file is looked at is what the log itself does
// (`support/statements/log.ts`), after each file; here it is seen that it looks, and finds what is planted.
import { loadModule } from 'libpg-query';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { BEST, openCompany } from '../../support/company.ts';
import { whenDone } from '../../support/ending.ts';
import { openEngine } from '../../support/store.ts';
import { crossings } from '../../support/statements/crossing.ts';

const WHOSE = { account: new Set(['accounts', 'jobs', 'quotes', 'counters']), others: new Set(['members', 'book']) };

beforeAll(async () => await loadModule());

it('what the program says reaches the log', async () => {
  const engine = await openEngine(await openCompany());
  whenDone(async () => await engine.close());
  await engine.read(
    async (db) =>
      await db.selectFrom('jobs').select('id').where('account_id', '=', BEST).where('name', '=', 'x').execute(),
    BEST,
  );
  const sent = [...(globalThis.statementsSent?.keys() ?? [])];
  expect(sent).toContainEqual('select "id" from "jobs" where "account_id" = $1 and "name" = $2');
  expect(sent.some((text) => text.startsWith('begin isolation level'))).toBe(true);
});

describe('a statement of one account', () => {
  test.each([
    'select id from jobs where account_id = $1 and id = $2',
    'select id from jobs where account_id = 1 and (id = $2 or name = $3)',
    'select j.id from jobs as j join quotes q on q.account_id = j.account_id and q.job_id = j.id where j.account_id = $1',
    'select j.id from jobs as j left join quotes q on q.account_id = j.account_id and q.job_id = j.id where j.account_id = $1',
    'select j.id from jobs j left join quotes q on (q.account_id, q.job_id) = (j.account_id, j.id) where $1::bigint = j.account_id',
    'select (select count(*) from quotes q where q.account_id = j.account_id) from jobs j where j.account_id = $1',
    'select 1 from jobs j where account_id = $1 and exists (select 1 from quotes q where q.account_id = j.account_id)',
    'with mine as (select account_id, id from jobs where account_id = $1) select q.id from mine join quotes q on q.account_id = mine.account_id',
    'select * from (select account_id from jobs where account_id = $1) s join quotes q on q.account_id = s.account_id',
    'select x.id from jsonb_to_recordset($1) as x (id bigint) join jobs j on j.id = x.id where j.account_id = $2',
    'select id from jobs where account_id = $1 union all select id from quotes where account_id = $1',
    'insert into jobs (account_id, id) values ($1, $2), ($3, $4) returning id',
    'insert into jobs (account_id, id) select account_id, id from quotes where account_id = $1',
    'insert into jobs (account_id, id) select $1, x.id from jsonb_to_recordset($2) as x (id bigint)',
    'insert into counters (account_id, kind) values ($1, $2) on conflict (account_id, kind) do update set value = counters.value + 1',
    'update jobs set name = x.name from jsonb_to_recordset($1) as x (id bigint, name text) where account_id = $2 and jobs.id = x.id',
    'delete from jobs using quotes q where jobs.account_id = $1 and q.account_id = jobs.account_id',
    'select 1 from accounts where account_id = 1 for no key update',
    'select role from members where person_id = $1',
    'begin; set local statement_timeout = 1; select schema from book where id = 1',
    "select relname from pg_class where relkind = 'r'",
  ])('passes: %s', (sql) => {
    expect(crossings(sql, WHOSE)).toEqual([]);
  });
});

describe('one that crosses accounts is found', () => {
  test.each([
    'select id from jobs where id = $1',
    'select id from jobs where account_id = $1 or id = $2',
    'select id from jobs where account_id in ($1, $2)',
    'select id from jobs where account_id <> $1',
    'select id from jobs where account_id = null',
    'select j.id from jobs as j join quotes q on q.job_id = j.id where j.account_id = $1',
    'select j.id from jobs j left join quotes q on q.account_id = $1 and j.account_id = $1',
    'select j.id from jobs j full join quotes q on q.account_id = j.account_id and j.account_id = $1',
    'select j.id from jobs as j join quotes q on q.account_id = j.account_id',
    'select (select count(*) from quotes q where q.job_id = j.id) from jobs j where j.account_id = $1',
    'select (select count(*) from quotes q where q.account_id = q.account_id) from jobs j where j.account_id = $1',
    'with mine as (select id from jobs) select id from mine where account_id = $1',
    'select id from jobs where account_id = $1 union all select id from quotes',
    'select q.id from jsonb_to_recordset($1) as x (account_id bigint) join quotes q on q.account_id = x.account_id',
    'select m.role from members m join jobs j on j.account_id = m.account_id where m.account_id = $1 or m.role = $2',
    'insert into jobs (id) values ($1)',
    'insert into jobs (id, account_id) select id, account_id from quotes',
    'insert into jobs (id, account_id) select id, id from quotes where account_id = $1',
    'insert into jobs (account_id, id) values ($1, $2), (null, $3)',
    'insert into jobs (account_id, id) select given.account_id, given.id from jsonb_populate_recordset(null::jobs, $1) as given',
    'insert into jobs (account_id, id) select given.account_id, q.id from jsonb_to_recordset($1) as given (id bigint) join quotes q on q.account_id = given.account_id',
    'delete from jobs using jsonb_to_recordset($1) as given (account_id bigint) where jobs.account_id = given.account_id',
    'insert into jobs (account_id, id) values ($1, $2) on conflict (id) do nothing',
    'insert into counters (account_id, kind) values ($1, $2) on conflict (account_id, kind) do update set account_id = 2',
    'update jobs set name = $1',
    'update jobs set account_id = $1 where account_id = $2',
    'update jobs set name = q.name from quotes q where jobs.account_id = $1 and q.job_id = jobs.id',
    'delete from jobs',
    'delete from jobs where id in (select job_id from quotes where account_id = $1)',
    'truncate jobs',
    'lock table jobs',
    'select id from elsewhere',
    'insert into elsewhere (id) values (1)',
    'begin; update jobs set name = $1; commit',
  ])('%s', (sql) => {
    expect(crossings(sql, WHOSE)).not.toEqual([]);
  });
});
