// The built program on a PostgreSQL server that is killed while clients who signed in write: what was acknowledged is there,
// nothing is there twice, and the program goes on by itself.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expect, onTestFinished, test } from 'vitest';
import { lineTo, type Line } from '../support/engines/postgres-line.ts';
import { signedInTokens } from '../support/oauth.ts';
import { askServer, booksOn, primaryAndStandby } from '../support/postgres-database.ts';
import type { TestServer } from '../support/postgres-server.ts';
import { home, run } from '../support/program.ts';
import { moveIn, serve, setUp, type Program } from '../support/served-program.ts';
import { until } from '../support/time.ts';

/** The program on books in this database, and a client that signed in to it. */
async function served(owner: string, server: string) {
  const folder = home();
  const env = { DATABASE_URL: server };
  const { invitation } = await setUp(folder, { ...env, JOBWRIGHT_MIGRATE_URL: owner });
  const program = await serve(folder, { env });
  await moveIn(program, invitation);
  const { access_token: token } = await signedInTokens(program, 'maria');
  const client = new Client({ name: 'new-desk', version: '4.5.6' });
  const headers = { authorization: `Bearer ${token}` };
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', program.url), { requestInit: { headers } }));
  onTestFinished(async () => await client.close());
  await client.callTool({ name: 'create-job', arguments: { newCustomer: { name: 'Dana' }, name: 'Roof' } });
  return { folder, env, program, load: loadFrom(client) };
}

type Served = Awaited<ReturnType<typeof served>>;

/**
 * Sixteen who write down what they spent, each one expense after the other. Of every two the first goes on whatever it is
 * told; the second gives its call an id and asks again until it is told that it is saved. Nothing but the COMMIT keeps the
 * first from being done twice.
 */
function loadFrom(client: Client) {
  const saved: string[] = [];
  const refused: string[] = [];
  const unknown: string[] = [];
  const ending = new AbortController();
  const spend = async (description: string, also: object): Promise<boolean> => {
    const asked = { job: 'J-1', description, amount: 10, category: 'materials', allowDuplicate: true, ...also };
    const { isError, content } = await client.callTool({ name: 'add-job-expense', arguments: asked });
    if (isError !== true) saved.push(description);
    else (JSON.stringify(content).includes('did not say whether') ? unknown : refused).push(description);
    return isError !== true;
  };
  const one = async (which: number) => {
    for (let at = 0; !ending.signal.aborted; at += 1) {
      const description = `Nails ${which}-${at}.`;
      if (which % 2 === 0) await spend(description, {});
      else while (!(await spend(description, { requestId: `spent-${which}-${at}` })));
    }
  };
  const clients = Array.from({ length: 16 }, async (_, which) => await one(which));
  return {
    saved,
    /** What nobody was told is saved, and was told is not. */
    unsaved: () => refused.filter((description) => !saved.includes(description) && !unknown.includes(description)),
    end: async () => {
      ending.abort();
      await Promise.all(clients);
    },
  };
}

/** Under load: one COMMIT that the server has and nobody hears of, and one that never gets there. */
async function loseSome({ lose }: Line, saved: readonly string[]): Promise<void> {
  for (const lost of ['answer', 'question'] as const) {
    const before = saved.length;
    await until(() => saved.length > before + 16);
    lose(lost);
  }
  const before = saved.length;
  await until(() => saved.length > before + 16);
}

const isReady = async ({ get }: Program) => (await get('/readyz')).status === 200;

/** @returns in how many milliseconds it is ready again, and writes */
async function goesOn({ program, load }: Served): Promise<number> {
  const [began, before] = [performance.now(), load.saved.length];
  await until(async () => await isReady(program));
  await until(() => load.saved.length > before + 16);
  return performance.now() - began;
}

/** Each expense that was acknowledged is there, none is there twice, and none of which nothing was saved. */
async function judge({ folder, env, program, load }: Served, server: TestServer) {
  await load.end();
  const rows = await askServer(server, "select description from expenses where description like 'Nails%'", 'books');
  const there = rows.map(({ description }) => String(description));
  const kept = new Set(there);
  expect(there).toHaveLength(kept.size);
  expect(load.saved.filter((description) => !kept.has(description))).toEqual([]);
  expect(load.unsaved().filter((description) => kept.has(description))).toEqual([]);
  expect(new Set(load.saved).size).toBe(load.saved.length);
  expect(await run(folder, ['doctor'], env)).toMatchObject({ code: 0 });
  expect(program.child.exitCode).toBeNull();
  expect(await program.end('SIGTERM')).toBe(0);
}

test('killed under load and started again, then killed for good and its standby promoted: nothing lost, nothing doubled', {
  timeout: 120_000,
}, async () => {
  const { primary, standby } = await primaryAndStandby();
  const { owner, server } = await booksOn(primary);
  const line = await lineTo(server);
  const all = await served(owner, line.url.replace('/books', `,${new URL(standby.url).host}/books`));
  const { program, load } = all;
  await loseSome(line, load.saved);
  await primary.kill();
  await until(async () => !(await isReady(program)));
  await primary.restart();
  expect(await goesOn(all)).toBeLessThan(5000);

  await primary.kill();
  await askServer(standby, 'select pg_promote()');
  expect(await goesOn(all)).toBeLessThan(10_000);
  await judge(all, standby);
});
