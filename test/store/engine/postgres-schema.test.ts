// Every key, unique index, index and reference of an account's table begins with the account, and no number comes from
// what accounts would share: so the same schema spreads over machines that share the accounts among them.
import { expect, it } from 'vitest';
import { PLACEMENT } from '../../../src/store/placement.ts';
import { openCompany } from '../../support/company.ts';
import type { Place, Row } from '../../support/engines/engine.ts';
import { behind, rowsOf } from '../../support/store.ts';

const WHOSE = [...PLACEMENT.account, ...PLACEMENT.directory, ...PLACEMENT.book];

const TABLES = `select relname::text as name from pg_class
  where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`;

const WITH_ACCOUNT = TABLES.replace(
  'where',
  "join pg_attribute a on a.attrelid = pg_class.oid and a.attname = 'account_id' where",
);

const INDEXES = `select i.indrelid::regclass::text as "table", i.indexrelid::regclass::text as name,
    a.attname::text as first, i.indisunique as "isUnique"
  from pg_index i join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
  left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0] order by 1, 2`;

const REFERENCES = `select c.conrelid::regclass::text as "table", c.conname::text as name, a.attname::text as first,
    c.confrelid::regclass::text as "to", f.attname::text as found
  from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
  join pg_attribute f on f.attrelid = c.confrelid and f.attnum = c.confkey[1]
  where c.contype = 'f' and c.connamespace = 'public'::regnamespace order by 1, 2`;

const SHARED = `select relname::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S'
  union all select attrelid::regclass || '.' || attname from pg_attribute
    join pg_class on pg_class.oid = attrelid and relnamespace = 'public'::regnamespace where attidentity <> ''
  union all select adrelid::regclass || ': ' || pg_get_expr(adbin, adrelid) from pg_attrdef
    where pg_get_expr(adbin, adrelid) like 'nextval%'`;

const isAccounts = ({ table }: Row): boolean => PLACEMENT.account.some((name) => name === table);

async function faultsOf(place: Place): Promise<Row[]> {
  const [indexes, references, shared] = [
    await rowsOf(place, INDEXES),
    await rowsOf(place, REFERENCES),
    await rowsOf(place, SHARED),
  ];
  expect(indexes.filter(isAccounts).length).toBeGreaterThan(PLACEMENT.account.length);
  expect(references.filter(isAccounts).length).toBeGreaterThan(20);
  return [
    ...indexes.filter((row) => isAccounts(row) && row['first'] !== 'account_id'),
    ...references.filter((row) => isAccounts(row) && (row['first'] !== 'account_id' || row['found'] !== 'account_id')),
    // What is local to one machine, or stands on each, refers to nothing that is spread.
    ...references.filter((row) => !isAccounts(row)),
    ...shared,
  ];
}

it('begins with the account, and shares no sequence', async () => {
  expect(await faultsOf(await openCompany())).toEqual([]);
});

it('is whole: of every table it is said whose it is, and each stands after those that it refers to', async () => {
  const company = await openCompany();
  expect((await rowsOf(company, TABLES)).map(({ name }) => name)).toEqual(WHOSE.toSorted());
  const at = (table: unknown): number => PLACEMENT.account.findIndex((name) => name === table);
  const early = (await rowsOf(company, REFERENCES)).filter(({ table, to }) => at(to) > at(table));
  expect(early).toEqual([]);
  const ofAccounts = await rowsOf(company, WITH_ACCOUNT);
  const withAccount = [...PLACEMENT.account, 'members', 'access_tokens', 'links'];
  expect(ofAccounts.map(({ name }) => name)).toEqual(withAccount.toSorted());
});

it.each([
  ['an index', 'create index planted on jobs (name, account_id)', { name: 'planted', first: 'name' }],
  ['a unique one', 'create unique index planted on jobs (id, account_id)', { name: 'planted', isUnique: 1 }],
  ['one by what is made of it', 'create index planted on jobs (lower(name))', { name: 'planted', first: null }],
  [
    'a reference',
    `alter table jobs add unique (account_id, id, customer_id);
     alter table job_notes add constraint planted foreign key (job_id, account_id) references jobs (id, account_id)`,
    { name: 'planted', first: 'job_id' },
  ],
  ['a sequence', 'create sequence planted', { name: 'planted' }],
  [
    'numbers of the table',
    'alter table jobs add planted bigint generated always as identity',
    { name: 'jobs.planted' },
  ],
  [
    'one of the directory',
    'alter table links add constraint planted foreign key (account_id) references accounts',
    { name: 'planted' },
  ],
])('is seen to have %s that does not, where one is planted', async (_, sql, fault) => {
  const company = await openCompany();
  await behind(company, async ({ run }) => {
    if (sql.includes('references jobs')) await run('create unique index on jobs (id, account_id)');
    await run(sql);
  });
  expect(await faultsOf(company)).toContainEqual(expect.objectContaining(fault));
});
