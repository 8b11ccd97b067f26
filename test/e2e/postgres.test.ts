// The built program on books in a PostgreSQL database: what serves them, and what is refused.
import { expect, test } from 'vitest';
import { database } from '../support/postgres-database.ts';
import { home, legacy, run } from '../support/program.ts';
import { serve } from '../support/served-program.ts';

test('stdio, http, call, doctor and the operator work on one database', { timeout: 120_000 }, async () => {
  const { owner, server } = await database();
  const folder = home();
  const env = { DATABASE_URL: server };
  const before = await run(folder, ['call', 'get-account'], env);
  expect(before).toMatchObject({ code: 1, out: '' });
  expect(before.err).toContain('The database refuses Jobwright: permission denied');

  const first = await run(folder, ['accounts', 'create', 'Lopez Roofing', '--migrate-url', owner], env);
  expect(first.out).toContain('Account 1 Lopez Roofing opened');
  const client = await legacy(folder, { env });
  await client.call('create-customer', { name: 'Dana Henderson' });
  expect((await run(folder, ['call', 'get-customer', '{"customer":"C-1"}'], env)).out).toContain('Dana Henderson');
  const looked = await run(folder, ['doctor'], env);
  expect(looked).toMatchObject({ code: 0 });
  expect(looked.out).toContain('All is well.');
  const served = await serve(folder, { env });
  expect((await served.get('/readyz')).status).toBe(200);
  expect(await served.end('SIGTERM')).toBe(0);

  const backup = await run(folder, ['backup', '--to', folder], env);
  expect(backup.err).toContain('pg_dump');
});

test('http serves as no role that row-level security does not hold', { timeout: 60_000 }, async () => {
  const { owner, super: above } = await database();
  for (const url of [owner, above]) {
    const refused = await run(home(), ['http', '--port', '0'], { DATABASE_URL: url });
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('Serve as a role without SUPERUSER and BYPASSRLS');
  }
});

test('a database that is not there, or refuses, is said in a sentence', { timeout: 60_000 }, async () => {
  const { server } = await database();
  const wrong = await run(home(), ['call', 'get-account', '--database', server.replace('server:s', 'server:no')]);
  expect(wrong.err).toContain('password authentication failed');
  const away = await run(home(), ['call', 'get-account', '--database', 'postgres://a:b@127.0.0.1:1/books']);
  expect(away.err).toContain('The database cannot be reached');
  expect(away.err).not.toContain('a:b');
});
