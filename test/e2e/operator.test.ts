// The operator's commands, and the server that they are for, as the built program runs them.
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { folderFault, listenFault } from '../../src/commands/faults.ts';
import { UsageError } from '../../src/config.ts';
import { freePort } from '../support/port.ts';
import { home, legacy, run, start } from '../support/program.ts';
import { plant } from '../support/store.ts';
import { letPass, until } from '../support/time.ts';

it('an account, people and tokens are made, changed and taken back; each says what it did', {
  timeout: 120_000,
}, async () => {
  const folder = home();
  const does = async (...argv: string[]) => await say(folder, ...argv);
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
  ['a provider in the open', ['http', '--issuer', 'http://login.example.com'], /--issuer .* must be https/],
  ['a server of the network without an address', ['http', '--host', '0.0.0.0'], /needs --url/],
  ['a port that is none', ['http', '--port', 'x'], /whole number/],
  ['one folder for every account', ['http', '--files', '.'], /--files .* goes with --no-auth: .* every account/],
])('refused in words: %s', { timeout: 60_000 }, async (_, argv, words) => {
  const folder = home();
  await run(folder, ['accounts', 'create', 'One', '--no-samples']);
  await run(folder, ['accounts', 'create', 'Two', '--no-samples']);
  const { code, err } = await run(folder, argv);
  expect(code).toBeGreaterThan(0);
  expect(err).toMatch(words);
});

/** What is refused, what it says, and in the end nothing was written. */
async function refusals(folder: string, all: readonly (readonly [readonly string[], RegExp])[]): Promise<void> {
  for (const [argv, words] of all) {
    const { code, out, err } = await run(folder, argv);
    expect([code, out], err).toEqual([2, '']);
    expect(err).toMatch(words);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  }
}

async function say(folder: string, ...argv: string[]): Promise<string> {
  const { code, out, err } = await run(folder, argv);
  expect([code, err]).toEqual([0, '']);
  return out;
}

const MARIA = ['people', 'invite', 'maria@example.com', '--name', 'Maria Lopez', '--role', 'owner'];

describe('which book', () => {
  const jobsOf = (out: string) => /"name": "([^"]+)"/.exec(out)?.[1];

  it('call and stdio work on the account that is named, and say which of several they took', {
    timeout: 60_000,
  }, async () => {
    const folder = home();
    await say(folder, 'accounts', 'create', 'One');
    const alone = await run(folder, ['call', 'get-account', '--json']);
    expect([jobsOf(alone.out), alone.err]).toEqual(['One', '']);
    await say(folder, 'accounts', 'create', 'Two', '--template', 'hvac');
    const first = await run(folder, ['call', 'get-account', '--json']);
    expect(jobsOf(first.out)).toBe('One');
    expect(first.err).toMatch(/^This is the book of account 1 \(One\), one of 2\. --account says another; .*\n$/);
    expect(jobsOf(await say(folder, 'call', 'get-account', '--json', '--account', '2'))).toBe('Two');
    expect(await say(folder, 'call', 'create-customer', '{"name":"Quill Zabriskie"}', '--account', '2')).toContain(
      'Quill',
    );
    const customers = ['call', 'list-customers', '{}'];
    expect((await run(folder, [...customers, '--account', '2'])).out).toContain('Quill');
    expect((await run(folder, customers)).out).not.toContain('Quill');
    const desk = await legacy(folder, { argv: ['--account', '2'] });
    expect((await desk.call('get-account')).text).toMatch(/^Business: Two\n/);
    const server = start(folder, ['stdio']);
    const [said] = (await once(server.stderr, 'data')) as [Buffer];
    expect(said.toString()).toContain('account 1 (One), one of 2');
    const unknown = await run(folder, ['people', '--account', '77']);
    expect(unknown.err).toContain('There is no account 77. The accounts are: 1 (One), 2 (Two).');
    for (const command of [['call', 'list-jobs'], ['stdio'], ['http', '--no-auth']])
      expect(await run(folder, [...command, '--account', '77'])).toEqual(unknown);
  });

  it('a first start makes account 1 and no other', { timeout: 60_000 }, async () => {
    const folder = home();
    expect((await run(folder, ['call', 'get-account', '--account', '2'])).err).toContain('There is no account yet');
    expect(await say(folder, 'accounts')).toBe('No accounts yet.\n');
    expect(await say(folder, 'call', 'get-account', '--account', '1')).toContain('My business');
  });

  it('http --no-auth serves the account that is named, on the port that it tells', { timeout: 60_000 }, async () => {
    const folder = home();
    await say(folder, 'accounts', 'create', 'One', '--no-samples');
    await say(folder, 'accounts', 'create', 'Two', '--template', 'hvac');
    const { said, port } = await listening(folder, ['http', '--no-auth', '--port', '0', '--account', '2']);
    expect(port).toBeGreaterThan(0);
    expect(said).not.toContain('one of 2');
    expect(await (await fetch(`http://127.0.0.1:${port}/a/2`)).text()).toContain('Furnace replacement');
    expect((await fetch(`http://127.0.0.1:${port}/a/1`)).status).toBe(404);
    const untold = await listening(folder, ['http', '--no-auth', '--port', '0']);
    expect(untold.said).toContain('account 1 (One), one of 2');
    expect((await fetch(`http://127.0.0.1:${untold.port}/a/1`)).status).toBe(200);
  });
});

async function listening(folder: string, argv: readonly string[]): Promise<{ said: string; port: number }> {
  const server = start(folder, argv);
  let said = '';
  server.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
  await until(() => /listens.*\n/.test(said));
  await letPass(50, 'nothing more is said than is looked for');
  return { said, port: Number(/listens on http:\/\/[^/]+:(\d+)\/mcp/.exec(said)?.[1]) };
}

describe('people', () => {
  it('what cannot be is refused before anything is written', { timeout: 120_000 }, async () => {
    const folder = home();
    await say(folder, 'accounts', 'create', 'One', '--no-samples');
    await refusals(folder, [
      [[...MARIA, '--url', 'localhost:8420'], /--url "localhost:8420" is not an address/],
      [[...MARIA, '--url', 'http://books.example.com'], /must be https/],
      [[...MARIA, '--port', '0'], /--port 0 .* --url/],
      [MARIA.slice(0, 5), /--role says what they may do: --role owner\|office\|crew/],
      [[...MARIA.slice(0, 5), '--role', 'boss'], /"boss" is no role: a role is one of owner, office, crew/],
      [
        ['people', 'invite', 'maria@example.com', '--name', 'Maria', 'Lopez', '--role', 'owner'],
        /in quotes: --name "Maria Lopez"/,
      ],
      [['people', 'dance'], /there is people invite, role, remove, link, sign-out/],
    ]);
    expect(await say(folder, 'people')).toContain('Nobody yet');
    await say(folder, ...MARIA);
    const before = await say(folder, 'people', '--json');
    await refusals(folder, [
      [['people', 'link', 'maria@example.com', '--url', 'https://x.example/foo'], /--url/],
      [['people', 'role', 'maria@example.com'], /write jobwright people role E-MAIL ROLE/],
      [['people', 'role', 'maria@example.com', 'boss'], /is one of owner, office, crew/],
      [['people', 'role', 'maria@example.com', 'crew', '--role', 'office'], /two roles; write jobwright people role/],
      [['people', 'remove', 'maria@example.com', 'x'], /people remove E-MAIL, without "x"/],
      [['people', 'sign-out'], /sign-out E-MAIL, or people sign-out --all/],
      [['people', 'sign-out', 'maria@example.com', '--all'], /leave "maria@example.com" out/],
      [['people', 'sign-out', '--all', '--account', '1'], /of every account; leave --account/],
    ]);
    expect(await say(folder, 'people', '--json')).toBe(before);
    expect((await run(folder, MARIA)).err).toContain('jobwright people link maria@example.com');
  });

  it('are listed with how they stand with their sign-in', { timeout: 60_000 }, async () => {
    const folder = home();
    await say(folder, 'accounts', 'create', 'One', '--no-samples');
    await say(folder, ...MARIA);
    const listedAfter = async (sql: string) => {
      await plant({ folder: join(folder, 'book') }, sql);
      return await say(folder, 'people');
    };
    expect(await say(folder, 'people')).toMatch(/owner +invited, link ends \d{4}-\d\d-\d\d\n/);
    expect(await listedAfter(`delete from invitations`)).toMatch(/owner +invited, link has ended\n/);
    expect(await listedAfter(`update people set password_hash = 'x'`)).toMatch(/owner +has a password\n/);
    expect(await listedAfter(`update people set locked_until = '2999-01-02T10:20:30.000Z'`)).toMatch(
      /owner +locked until 2999-01-02 10:20 UTC\n/,
    );
  });

  it('who is in one account alone needs no --account; who is in two is asked which', { timeout: 60_000 }, async () => {
    const folder = home();
    for (const name of ['One', 'Two']) await say(folder, 'accounts', 'create', name, '--no-samples');
    await say(folder, ...MARIA, '--account', '1');
    const tom = ['people', 'invite', 'tom@example.com', '--name', 'Tom Reyes', '--role', 'crew'];
    await say(folder, ...tom, '--account', '2');
    expect(await say(folder, 'people', 'role', 'tom@example.com', '--role', 'office')).toContain('office of Two now');
    expect(await say(folder, 'tokens', 'create', 'x', '--person', 'tom@example.com')).toContain('for Two');
    expect((await run(folder, ['people', 'link', 'tom@example.com', '--account', '1'])).err).toContain(
      'tom@example.com is not in account 1 (One). jobwright people invite asks them in.',
    );
    await say(folder, ...tom, '--account', '1');
    const unsaid = await run(folder, ['people', 'remove', 'tom@example.com']);
    expect(unsaid).toMatchObject({ code: 2, out: '' });
    expect(unsaid.err).toContain('tom@example.com is in several accounts; say which with --account: 1 (One), 2 (Two)');
    await say(folder, 'people', 'remove', 'tom@example.com', '--account', '2');
    expect(await say(folder, 'people', 'remove', 'tom@example.com')).toContain('no longer in One');
    expect((await run(folder, ['people', 'remove', 'tom@example.com'])).err).toContain('is in no account now');
  });

  it('a link that opens on this machine alone says so; so does a sign-out what it leaves', {
    timeout: 60_000,
  }, async () => {
    const folder = home();
    expect(await say(folder, 'accounts', 'create', 'One', '--no-samples')).toContain('--role owner --url ADDRESS\n');
    const local = /localhost:8420\/invitation\/[\w-]{43}\nIt opens on this machine alone: give --url .*JOBWRIGHT_URL/;
    expect(await say(folder, ...MARIA)).toMatch(local);
    expect(await say(folder, 'people', 'link', 'maria@example.com')).toMatch(local);
    const url = { JOBWRIGHT_URL: 'https://books.example.com' };
    const { out } = await run(folder, ['people', 'link', 'maria@example.com'], url);
    expect(out).toMatch(/https:\/\/books\.example\.com\/invitation\/[\w-]{43}\n$/);
    expect((await run(folder, ['accounts', 'create', 'Two'], url)).out).toContain(`--url ${url.JOBWRIGHT_URL}\n`);
    const everybody = await say(folder, 'people', 'sign-out', '--all');
    expect(everybody).toContain('Everybody is signed out');
    expect(everybody).toContain('access tokens stay: jobwright tokens --account NUMBER lists them, tokens revoke');
    expect(everybody).not.toContain('--issuer');
    for (const whom of ['--all', 'maria@example.com'])
      expect(await say(folder, 'people', 'sign-out', whom, '--issuer', 'https://login.example.com')).toContain(
        'Sign-ins at https://login.example.com (--issuer) stay too',
      );
  });
});

it('accounts and tokens: what cannot be is refused in words, before anything is written', {
  timeout: 120_000,
}, async () => {
  const folder = home();
  await say(folder, 'accounts', 'create', 'One', '--no-samples');
  await say(folder, ...MARIA);
  const token = ['tokens', 'create', 'x', '--person', 'maria@example.com'];
  await refusals(folder, [
    [['accounts', 'create', 'Lopez', 'Roofing'], /in quotes: jobwright accounts create "Lopez Roofing"/],
    [['accounts', 'plan', 'abc', 'pro'], /"abc" is not the number of an account; .* accounts plan 2 pro/],
    [['accounts', 'plan', '1', 'gold'], /"gold" is no plan: a plan is one of free, pro, business, team/],
    [['accounts', 'dance'], /accounts create "Lopez Roofing"/],
    [[...token, '--url', 'https://x.example/foo'], /--url "https:\/\/x.example\/foo" is not an address/],
    [[...token, '--days', '-1'], /--days is "-1"; write a whole number/],
    [[...token, '--scopes', ''], /--scopes is empty; write --scopes books:read,books:write,costs:read/],
    [[...token, '--scopes', 'books:write'], /give at least books:read\. The scopes are books:read, books:write, costs/],
    [[...token, '--scopes', 'books:read,all'], /one that is none\. The scopes are books:read, books:write, costs:read/],
    [['tokens', 'create', 'My', 'Laptop'], /in quotes: jobwright tokens create "My Laptop"/],
    [['tokens', 'revoke', 'x'], /"x" is not the number of a token/],
  ]);
  expect(await say(folder, 'tokens')).toBe('No tokens.\n');
  await say(folder, ...token, '--scopes', 'costs:read,books:read');
  expect(await say(folder, 'tokens')).toContain('books:read costs:read');
  await say(folder, 'tokens', 'revoke', '1');
  expect(await run(folder, ['tokens', 'revoke', '1'])).toMatchObject({
    code: 1,
    err: 'jobwright: token 1 of account 1 was revoked already.\n',
  });
});

describe('http', () => {
  it('what cannot be served is refused in one line', { timeout: 120_000 }, async () => {
    const folder = home();
    const taken = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void taken.close());
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const known = createHttpServer((_, res) =>
      res.end('{"issuer":"https://other.example","jwks_uri":"https://x.example"}'),
    );
    onTestFinished(() => void known.close());
    known.listen(await freePort(), '127.0.0.1');
    await once(known, 'listening');
    const at = known.address();
    const other = `http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}`;
    const issuer = `http://127.0.0.1:${await freePort()}`;
    await refusals(folder, [
      [['http', '--port', String(port)], new RegExp(`port ${port} is taken; --port says another, like --port \\d+`)],
      [
        ['http', '--host', '192.0.2.1', '--url', 'https://x.example'],
        /--host 192\.0\.2\.1 is no address of this machine/,
      ],
      [['http', '--issuer', 'login.example.com'], /--issuer "login\.example\.com" is not the address of a provider/],
      [['http', '--issuer', issuer], new RegExp(`--issuer ${issuer} cannot be used .*${issuer}/\\.well-known`)],
      [['http', '--issuer', other], /cannot be used .* letter by letter/],
      [['http', '--issuer', 'https://login.example.com', '--no-auth'], /leave one of them out/],
      [['http', '--account', '1'], /--account goes with --no-auth/],
      [['http', '--origins', 'foo'], /--origins "foo" is not the origin of a page/],
      [['http', '--url', 'https://maria:climbs@books.example.com'], /--url "https:\/\/…@books\.example\.com" is not/],
    ]);
    expect(await say(folder, 'accounts')).toBe('No accounts yet.\n');
  });

  it('--port 0 is one that is free, by which it goes; without an account it says which command makes one', {
    timeout: 60_000,
  }, async () => {
    const folder = home();
    const { said, port } = await listening(folder, ['http', '--port', '0']);
    expect(said).toContain(`assistants are given http://localhost:${port}/mcp`);
    expect(said).toMatch(/There is no account here yet.* jobwright accounts create "Lopez Roofing" makes one/);
    const metadata = await fetch(`http://localhost:${port}/.well-known/oauth-protected-resource/mcp`);
    expect(await metadata.json()).toMatchObject({ resource: `http://localhost:${port}/mcp` });
    await say(folder, 'accounts', 'create', 'One', '--no-samples');
    expect((await listening(folder, ['http', '--port', '0'])).said).not.toContain('no account');
  });
});

it.each([
  ['EACCES', /the data folder \/srv\/books is not for this user to write to\. --data DIR/],
  ['EPERM', /not for this user/],
  ['EROFS', /on a disk that cannot be written to/],
  ['EISDIR', /has a folder where the file jobwright\.db belongs/],
  ['ENOSPC', /the disk is full/],
])('a data folder with %s is told in words', (code, words) => {
  const fault = folderFault(Object.assign(new Error('open'), { code }), '/srv/books');
  expect(fault).toBeInstanceOf(UsageError);
  expect(String(fault)).toMatch(words);
});

it('a port that is not for this user is told in words; what nobody foresaw stays as it was', () => {
  const where = { host: '127.0.0.1', port: 443 };
  const fault = listenFault(Object.assign(new Error('listen'), { code: 'EACCES' }), where);
  expect(fault).toBeInstanceOf(UsageError);
  expect(String(fault)).toContain('port 443 is not for this user to listen on; --port says another');
  const unforeseen = new Error('of another kind');
  expect(listenFault(unforeseen, where)).toBe(unforeseen);
  expect(folderFault(unforeseen, '/srv/books')).toBe(unforeseen);
});

it('the server says where it listens, serves this machine, and ends in order when told', {
  timeout: 60_000,
}, async () => {
  const folder = home();
  const port = await freePort();
  const server = start(folder, ['http', '--no-auth', '--port', String(port), '--address-limit', '60']);
  let said = '';
  server.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
  await until(() => said.includes('listens'));
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
