// The compose file: right by its published schema, and its steps run in a fresh root, on a real server with the built
// program. No container is started: there is no daemon where these tests run.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Ajv, type AnySchema } from 'ajv';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { whenDone } from '../support/ending.ts';
import { freePort } from '../support/port.ts';
import { startPostgres, type TestServer } from '../support/postgres-server.ts';
import { BIN, home } from '../support/program.ts';
import { rpcRequest } from '../support/site.ts';
import { until } from '../support/time.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const fileOf = (path: string) => readFileSync(join(ROOT, path), 'utf8');

type Service = {
  readonly environment?: Readonly<Record<string, string>>;
  readonly command?: readonly string[];
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly healthcheck?: { readonly test: readonly string[] };
};
type Compose = {
  readonly services: Readonly<Record<string, Service>>;
  readonly secrets: Readonly<Record<string, unknown>>;
};
const compose: Compose = parse(fileOf('deploy/compose.yaml'), { merge: true });

test('is right by the schema of the Compose Specification (copied 2026-11-28)', () => {
  const published: Record<string, unknown> = JSON.parse(fileOf('test/deploy/published/compose-spec.json'));
  const { $schema: _, ...schema } = published;
  const holds = new Ajv({ strict: false, validateFormats: false }).compile(schema satisfies AnySchema);
  expect(holds(compose)).toBe(true);
  expect(holds({ ...compose, services: { server: { imagine: 'jobwright' } } })).toBe(false);
});

test('names what is there: files, secrets, services', () => {
  const { services } = compose;
  for (const [, file = ''] of fileOf('deploy/compose.yaml').matchAll(/- \.\/(\S+?):/g))
    expect(existsSync(join(ROOT, 'deploy', file)), file).toBe(true);
  for (const [, files = ''] of fileOf('deploy/Dockerfile').matchAll(/^COPY (?!--from)(.*) \S+$/gm))
    for (const file of files.split(' ')) expect(existsSync(join(ROOT, file)), file).toBe(true);
  for (const { secrets = [], depends_on = {}, environment = {} } of Object.values(services)) {
    for (const secret of secrets) expect(Object.keys(compose.secrets)).toContain(secret);
    for (const other of Object.keys(depends_on)) expect(Object.keys(services)).toContain(other);
    for (const [, secret = ''] of Object.values(environment)
      .join(' ')
      .matchAll(/\/run\/secrets\/(\w+)/g))
      expect(secrets).toContain(secret);
  }
  const behind = [...fileOf('deploy/Caddyfile').matchAll(/(server-\d):8420/g)].map(([, name = '']) => name);
  expect(behind).toEqual(Object.keys(services).filter((name) => name.startsWith('server')));
});

const env = { PATH: process.env['PATH'] ?? '', JOBWRIGHT_BIN: BIN };

/** A fresh root: what the compose file has at fixed places is in a folder of the test's own, and at free ports. */
function root(server: TestServer) {
  const folder = home();
  for (const place of ['secrets', 'data']) mkdirSync(join(folder, place), { mode: 0o700 });
  for (const name of Object.keys(compose.secrets)) writeFileSync(join(folder, 'secrets', name), `${name}password\n`);
  const here = (value: string) =>
    value
      .replaceAll('/run/secrets/', `${folder}/secrets/`)
      .replace('@database', `@${new URL(server.url).host}`)
      .replace(/\$\{DOMAIN:.*\}/, 'books.example.com');
  const environment = (name: string) => ({
    ...env,
    HOME: join(folder, 'home'),
    JOBWRIGHT_DATA: join(folder, 'data'),
    ...Object.fromEntries(
      Object.entries(compose.services[name]?.environment ?? {}).map(([key, value]) => [key, here(value)]),
    ),
  });
  const begin = (name: string, argv: readonly string[], port = 0) =>
    spawn('/bin/sh', [join(ROOT, 'deploy/entrypoint.sh'), ...argv], {
      env: {
        ...environment(name),
        ...(port === 0 ? {} : { JOBWRIGHT_PORT: String(port), JOBWRIGHT_HOST: '127.0.0.1' }),
      },
    });
  /** As `docker compose run` and `exec` do. */
  const run = async (name: string, argv: readonly string[]) => {
    const child = begin(name, argv);
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return { code: child.exitCode, out, err };
  };
  return { here, begin, run };
}

/** What psql does with the file. */
async function makeRoles(server: TestServer, here: (text: string) => string): Promise<void> {
  const script = here(fileOf('deploy/roles.sql'));
  const said = new Map(
    [...script.matchAll(/^\\set (\w+) `cat (.*)`$/gm)].map(([, name = '', file = '']) => [
      name,
      readFileSync(file, 'utf8').trim(),
    ]),
  );
  const sql = script
    .replace(/^(?:\\set|--).*$/gm, '')
    .replace(/:'(\w+)'/g, (_, name: string) => `'${said.get(name) ?? ''}'`);
  const client = new Client({ connectionString: `${server.url}/postgres` });
  await client.connect();
  for (const statement of sql.split(';').filter((each) => each.trim() !== '')) await client.query(statement);
  await client.end();
}

/** The health check of the container. */
async function health(port: number): Promise<number | null> {
  const [, command, ...argv] = compose.services['server-1']?.healthcheck?.test ?? [];
  expect(command).toBe('node');
  const child = spawn(
    process.execPath,
    argv.map((each) => each.replace(':8420/', `:${port}/`)),
  );
  await once(child, 'close');
  return child.exitCode;
}

test('its steps, one after the other: roles, tables, two servers, an account, and a call over either', {
  timeout: 180_000,
}, async () => {
  const server = await startPostgres();
  whenDone(server.stop);
  const { here, begin, run } = root(server);
  await makeRoles(server, here);
  const early = await run('server-1', ['accounts']);
  expect([early.code, early.err]).toEqual([
    1,
    expect.stringContaining('The database refuses Jobwright: permission denied'),
  ]);

  const migrated = await run('migrate', compose.services['migrate']?.command ?? []);
  expect(migrated).toMatchObject({ code: 0, err: '' });
  const ports = [await freePort(), await freePort()];
  for (const [at, port] of ports.entries()) {
    const child = begin(`server-${at + 1}`, compose.services[`server-${at + 1}`]?.command ?? [], port);
    whenDone(async () => {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
    });
    await until(async () => (await health(port)) === 0, { within: 30_000 });
  }
  expect((await run('server-1', ['accounts', 'create', 'Lopez Roofing'])).out).toContain(
    'Account 1 Lopez Roofing opened',
  );
  await run('server-1', ['people', 'invite', 'maria@lopez.example', '--name', 'Maria', '--role', 'owner']);
  const made = await run('server-2', ['tokens', 'create', 'Cursor', '--person', 'maria@lopez.example']);
  const [token = ''] = /jobwright_pat_[\w-]{43}/.exec(made.out) ?? [];
  for (const port of ports) {
    const headers = { host: 'books.example.com', 'x-forwarded-for': '192.0.2.1' };
    const request = rpcRequest(token, 'tools/call', { name: 'get-account', arguments: {} }, headers);
    const answer = await viaProxy(port, request);
    expect(answer).toContain('Lopez Roofing');
  }

  const low = new Client({ connectionString: here('postgres://jobwright:serverpassword@database/books') });
  await low.connect();
  await expect(low.query('create table mine (id integer)')).rejects.toThrow('permission denied');
  await expect(low.query('alter table jobs disable row level security')).rejects.toThrow('must be owner');
  expect((await low.query('select * from jobs')).rows).toEqual([]);
  await low.end();
  // pg_dump asks so, and would leave rows out in silence else.
  const owner = new Client({ connectionString: here('postgres://jobwright_owner:ownerpassword@database/books') });
  await owner.connect();
  await owner.query('set row_security = off');
  await expect(owner.query('select * from jobs')).rejects.toThrow('row-level security');
  await owner.end();

  await server.kill();
  for (const port of ports) expect(await health(port)).toBe(1);
  await server.restart();
  for (const port of ports) await until(async () => (await health(port)) === 0, { within: 10_000 });
});

/** With the Host header of the outside, which `fetch` does not send. */
async function viaProxy(port: number, { method = 'POST', headers, body }: RequestInit): Promise<string> {
  const { request } = await import('node:http');
  const sent = request({
    port,
    host: '127.0.0.1',
    path: '/mcp',
    method,
    headers: Object.fromEntries(new Headers(headers)),
  });
  sent.end(typeof body === 'string' ? body : '');
  const [answer] = await once(sent, 'response');
  return await text(answer);
}
