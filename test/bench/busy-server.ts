// Two businesses behind one HTTP server, and how its event loop fares: told `begin`, `burn` and `rest` on stdin, it
// answers `report` with what was measured since it began. With `trace` it times every synchronous piece of the main
// thread by the processor's clock, which slows it down.
import { createHook } from 'node:async_hooks';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { SCOPES } from '../../src/domain/access.ts';
import { Problem } from '../../src/domain/errors.ts';
import { says } from '../../src/domain/message.ts';
import { localFolder } from '../../src/files/local-folder.ts';
import { createLogger } from '../../src/logger.ts';
import { callTool } from '../../src/server.ts';
import { addAccount } from '../../src/services/account/account.ts';
import { inviteMember, principalOf } from '../../src/services/access/people.ts';
import { createAccessToken } from '../../src/services/access/tokens.ts';
import { Directory } from '../../src/store/directory/directory.ts';
import { Store } from '../../src/store/scope.ts';
import { openEngine } from '../support/store.ts';
import { TOOLSETS } from '../../src/domain/toolsets.ts';
import { authenticator } from '../../src/transport/auth.ts';
import { serveOverHttp } from '../../src/transport/http.ts';
import { Refusals } from '../../src/transport/http/refusals.ts';
import type { InWorker } from '../../src/workers/tasks.ts';
import { Workers } from '../../src/workers/workers.ts';
import { sessionFor, type App } from '../../src/server/session.ts';

const [data = '', trace] = process.argv.slice(2);
const VISITS = 1000;

const engine = await openEngine({ folder: data });
const directory = new Directory(engine);
const log = createLogger('silent');

/** What is asked of them while they burn is refused after so long. */
const BURN_MS = 300;

/** For the control: they get the same work from the same calls, and one only burns the processor instead. */
class BurningWorkers extends Workers {
  areBurning = false;
  readonly #burner = new Worker(
    `const { parentPort } = require('node:worker_threads');
    parentPort.on('message', () => {
      for (const until = performance.now() + ${BURN_MS}; performance.now() < until; ) Math.sqrt(2);
      parentPort.postMessage(null);
    });`,
    { eval: true },
  );

  override for(whose: number): InWorker {
    const real = super.for(whose);
    return (task, input) => (this.areBurning ? this.#burn() : real(task, input));
  }

  async #burn(): Promise<never> {
    const done = once(this.#burner, 'message');
    this.#burner.postMessage(null, []);
    await done;
    throw new Problem('refused', says('work.broke', { work: 'make PDF' }));
  }
}

const workers = new BurningWorkers(log);
const app: App = {
  ...{ store: new Store(engine), files: localFolder(join(data, 'files')), workers, folders: [], conversation: null },
  ...{ toolsets: TOOLSETS, readOnly: false, log, siteUrl: null, deferCall: null, inFlight: new Set<symbol>() },
};

async function business(name: string) {
  const accountId = await addAccount(directory, app.store, {
    ...{ name, template: 'roofing' as const, currency: 'USD', timeZone: 'America/Chicago', plan: 'business' as const },
    ...{ samples: false, actor: 'bench' },
  });
  const invited = { accountId, email: `${accountId}@example.com`, name, role: 'owner' as const };
  const { member } = await inviteMember(directory, invited);
  const { secret } = await createAccessToken(directory, { member, name, scopes: SCOPES, expiresAt: null });
  return { secret, session: sessionFor(app, principalOf(member, SCOPES)) };
}

/** A quote whose every line is 500 Chinese characters, and a thousand visits with all that can be noted. */
async function fill({ session }: Awaited<ReturnType<typeof business>>): Promise<void> {
  const call = async (tool: string, args: object) => {
    const { content, isError } = await callTool(
      session,
      tool,
      { ...args, allowDuplicate: true },
      { client: 'bench', canAsk: false },
    );
    if (isError === true) throw new Error(content.map(({ text }) => text).join());
  };
  await call('create-customer', { name: 'Dana' });
  await call('create-job', { customer: 'C-1', name: 'Roof' });
  const words = (line: number) =>
    Array.from({ length: 500 }, (_, at) => String.fromCodePoint(0x4e00 + ((line * 500 + at) % 6000))).join('');
  const lines = Array.from({ length: 200 }, (_, line) => ({
    ...{ description: words(line), quantity: 1, unitPrice: 10, unitCost: 1 },
  }));
  await call('create-quote', { job: 'J-1', title: 'Long', lines });
  const day = (visit: number) => new Date(Date.UTC(2027, 0, 1) + visit * 86_400_000).toISOString().slice(0, 10);
  const notes = 'Ladder, rope. '.repeat(714);
  for (let visit = 0; visit < VISITS; visit += 1)
    await call('schedule-appointment', { customer: 'C-1', title: 'Look', starts: `${day(visit)}T09:00`, notes });
}

const quiet = await business('Quiet');
const busy = await business('Busy');
await fill(busy);

const delay = monitorEventLoopDelay({ resolution: 5 });
let longest = 0;
if (trace === 'trace') {
  const begun: NodeJS.CpuUsage[] = [];
  createHook({
    before: () => void begun.push(process.threadCpuUsage()),
    after: () => {
      const since = begun.pop();
      if (since === undefined || begun.length > 0) return;
      const { user, system } = process.threadCpuUsage(since);
      longest = Math.max(longest, (user + system) / 1000);
    },
  }).enable();
}
const doing: Readonly<Record<string, () => void>> = {
  begin: () => {
    delay.enable();
    delay.reset();
    longest = 0;
  },
  burn: () => {
    workers.areBurning = true;
  },
  rest: () => {
    workers.areBurning = false;
  },
  report: () => {
    const rss = Math.round(process.memoryUsage.rss() / 1024 / 1024);
    process.stdout.write(
      `${JSON.stringify({ p99: delay.percentile(99) / 1e6, max: delay.max / 1e6, longest, rss })}\n`,
    );
  },
};
const all = Number.MAX_SAFE_INTEGER;
const { port } = await serveOverHttp(
  { app, directory, url: new URL('http://localhost:1'), refusals: new Refusals(app.log) },
  {
    ...{ host: '127.0.0.1', port: 0, origins: [], proxies: 0, pages: null },
    auth: authenticator(directory, async () => null),
    rates: {
      ...{ address: all, token: all, account: all, failures: all, wrongTokens: all, registrations: all },
      beginnings: all,
      time: all,
    },
  },
);
createInterface({ input: process.stdin }).on('line', (line) => doing[line]?.());
process.stdout.write(`${JSON.stringify({ port, quiet: quiet.secret, busy: busy.secret })}\n`);
await once(process.stdin, 'end');
process.exit(0);
