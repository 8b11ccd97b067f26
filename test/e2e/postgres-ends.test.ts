// The program is told to end while its database does not answer: it ends within its bound, and whoever waits is told what
// became of their call.
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { lineDownAt } from '../support/engines/postgres-line.ts';
import { database } from '../support/postgres-database.ts';
import { home, start } from '../support/program.ts';
import { serve, setUp } from '../support/served-program.ts';
import { timed, until } from '../support/time.ts';
import { call, hello } from '../support/wire.ts';

const NAME = 'Walt Brannigan';
/** By what a write says when the line goes down: as it begins nothing is kept, with its COMMIT nobody knows. */
const MOMENTS: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['the beginning', ['read committed read write', "jobwright.account = '1'"], /nothing was saved/i],
  ['the COMMIT', [NAME, "insert into write_ids (id, kept) values ('"], /did not say whether this was saved/],
];

async function books() {
  const { owner, server } = await database();
  const folder = home();
  const { token } = await setUp(folder, { DATABASE_URL: server, JOBWRIGHT_MIGRATE_URL: owner });
  return { folder, server, token };
}

test.each(MOMENTS)(
  'from %s of a write on the database says nothing: SIGTERM is the end',
  { timeout: 90_000 },
  async (_, said, told) => {
    const { folder, server, token } = await books();
    const customer = { name: NAME };

    const near = await lineDownAt(server, said, 'silent');
    const child = start(folder, ['stdio', '--account', '1'], { DATABASE_URL: near.url });
    const heard: string[] = [];
    createInterface({ input: child.stdout }).on('line', (text) => heard.push(text));
    child.stdin.write(hello());
    await until(() => heard.length > 0);
    child.stdin.write(call(2, 'create-customer', customer));
    await until(near.isDown);
    child.kill('SIGTERM');
    const stdio = await timed(once(child, 'exit'));
    expect(stdio.ms).toBeLessThan(3000);
    expect(stdio.answer).toEqual([0, null]);
    expect(heard.find((text) => text.includes('"id":2'))).toMatch(told);

    const far = await lineDownAt(server, said, 'silent');
    const program = await serve(folder, { env: { DATABASE_URL: far.url } });
    const answer = program.rpc(token, 'tools/call', { name: 'create-customer', arguments: customer });
    const text = answer.then(async (response) => await response.text());
    await until(far.isDown);
    const http = await timed(program.end('SIGTERM'));
    expect(http.ms).toBeLessThan(10_000);
    expect(http.answer).toBe(0);
    expect(await text).toMatch(told);
  },
);
