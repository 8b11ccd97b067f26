// The operator's commands, and the server that they are for, as the built program runs them.
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { freePort } from '../support/site.ts';
import { home, run, start } from '../support/program.ts';

it('an account, people and tokens are made, changed and taken back; each says what it did', {
  timeout: 120_000,
}, async () => {
  const folder = home();
  const does = async (...argv: string[]) => {
    const { code, out, err } = await run(folder, argv);
    expect([code, err]).toEqual([0, '']);
    return out;
  };
  expect(await does('accounts')).toBe('No accounts yet.\n');
  expect(await does('accounts', 'create', 'Lopez Roofing', '--no-samples')).toContain(
    'Account 1 Lopez Roofing opened on the business plan',
  );
  expect(await does('accounts', 'create', 'Best Painting', '--template', 'painting', '--plan', 'pro')).toContain(
    'Account 2 Best Painting opened on the pro plan',
  );
  expect(await does('accounts', 'plan', '2', 'business')).toContain('on the business plan now');
  expect(
    await does(
      'people',
      'invite',
      'maria@example.com',
      '--account',
      '1',
      '--name',
      'Maria Lopez',
      '--role',
      'owner',
      '--url',
      'https://books.example.com',
    ),
  ).toMatch(/https:\/\/books\.example\.com\/invitation\/[\w-]{43}\n$/);
  await does('people', 'invite', 'tom@example.com', '--account', '1', '--name', 'Tom Reyes', '--role', 'crew');
  expect(await does('people', 'role', 'tom@example.com', 'office', '--account', '1')).toContain('Tom Reyes is office');
  expect(await does('people', '--account', '1')).toMatch(
    /Maria Lopez +maria@example\.com +owner +invited, link ends .*\nTom Reyes +tom@example\.com +office +invited/,
  );
  const made = await does(
    'tokens',
    'create',
    'Cursor',
    '--person',
    'maria@example.com',
    '--account',
    '1',
    '--days',
    '90',
  );
  expect(made).toMatch(/^jobwright_pat_[\w-]{43}$/m);
  expect(await does('tokens', '--account', '1')).toContain('Maria Lopez');
  expect(await does('tokens', 'revoke', '1', '--account', '1')).toContain('is revoked');
  expect(await does('people', 'link', 'tom@example.com')).toContain('/invitation/');
  expect(await does('people', 'sign-out', 'tom@example.com')).toContain('signed out');
  expect(await does('people', 'remove', 'tom@example.com', '--account', '1')).toContain('no longer in Lopez Roofing');
  expect(JSON.parse(await does('accounts', '--json'))).toMatchObject({
    accounts: [
      { id: 1, people: 1 },
      { id: 2, plan: 'business' },
    ],
  });
  expect(await does('doctor')).toMatch(/Account 1 Lopez Roofing.*\nAccount 2 Best Painting.*\n.*\nAll is well/);
});

it.each<[string, readonly string[], RegExp]>([
  ['an account that is not there', ['people', '--account', '7'], /no account 7/],
  ['no account, of two', ['people'], /--account: 1 \(One\), 2 \(Two\)/],
  [
    'a role that is none',
    ['people', 'invite', 'a@b.example', '--account', '1', '--name', 'A', '--role', 'boss'],
    /owner, office, crew/,
  ],
  [
    'an address that is none',
    ['people', 'invite', 'nobody', '--account', '1', '--name', 'A', '--role', 'crew'],
    /no e-mail address/,
  ],
  ['somebody unknown', ['people', 'link', 'nobody@example.com'], /nobody here has the e-mail/],
  [
    'scopes that are none',
    ['tokens', 'create', 'x', '--person', 'a@b.example', '--account', '1', '--scopes', 'everything'],
    /nobody here|books:read/,
  ],
  ['sign-in off, beyond this machine', ['http', '--no-auth', '--host', '0.0.0.0'], /on this machine alone/],
  ['tokens in the open', ['http', '--url', 'http://books.example.com'], /must be https/],
  ['a server of the network without an address', ['http', '--host', '0.0.0.0'], /needs --url/],
  ['a port that is none', ['http', '--port', 'x'], /whole number/],
])('refused in words: %s', { timeout: 60_000 }, async (_, argv, words) => {
  const folder = home();
  await run(folder, ['accounts', 'create', 'One', '--no-samples']);
  await run(folder, ['accounts', 'create', 'Two', '--no-samples']);
  const { code, err } = await run(folder, argv);
  expect(code).toBeGreaterThan(0);
  expect(err).toMatch(words);
});

it('the server says where it listens, serves this machine, and ends in order when told', {
  timeout: 60_000,
}, async () => {
  const folder = home();
  const port = await freePort();
  const server = start(folder, ['http', '--no-auth', '--port', String(port), '--address-limit', '60']);
  let said = '';
  server.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
  for (let tries = 0; !said.includes('listens') && tries < 200; tries += 1) await pause(50);
  expect(said).toContain(`http://127.0.0.1:${port}/mcp`);
  expect(said).toContain('Without sign-in');
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'get-job', arguments: { job: 'roof replacement' } },
  });
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  const answer = await fetch(`http://localhost:${port}/mcp`, { method: 'POST', headers, body });
  expect(await answer.text()).toContain('7787.60');
  const page = await fetch(`http://localhost:${port}/a/1/J-S4`);
  expect(await page.text()).toContain('7787.60');
  const asked = Array.from({ length: 60 }, async () => (await fetch(`http://localhost:${port}/readyz`)).status);
  expect(new Set(await Promise.all(asked))).toEqual(new Set([200, 429]));
  expect((await fetch(`http://localhost:${port}/healthz`)).status).toBe(200);
  const started = Date.now();
  server.kill('SIGTERM');
  const [code] = (await once(server, 'exit')) as [number | null];
  expect(code).toBe(0);
  expect(Date.now() - started).toBeLessThan(10_000);
});
