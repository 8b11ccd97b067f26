import { once } from 'node:events';
import { UsageError, type Config } from '../config.ts';
import { SCOPES } from '../domain/access.ts';
import { putOff, type PutOff } from '../services/links.ts';
import { sweepFiles } from '../services/files.ts';
import { sweepDirectory } from '../services/sweep.ts';
import type { House } from '../server.ts';
import { listAccounts } from '../store/accounts.ts';
import type { Directory } from '../store/directory.ts';
import { doorsFor, doorsWithSignIn } from '../transport/doors.ts';
import { serveOverHttp, type HttpOptions, type Listening } from '../transport/http.ts';
import { isLoopback } from '../transport/http/guards.ts';
import { RATES } from '../transport/http/limits.ts';
import type { Site } from '../transport/http/site.ts';
import { LOCAL_ACCOUNT, openBook, openHouse, userName } from './book.ts';
import { DEFAULT_PORT, siteUrl } from './operator.ts';

const SWEEP_MS = 24 * 60 * 60 * 1000;
const SIGN_INS_SWEEP_MS = 60 * 60 * 1000;
const FIRST_SWEEP_MS = 5000;

/** Serves every account until it is told to end. */
export async function http(config: Config): Promise<number> {
  const url = siteUrl(config);
  const host = config.http.host ?? '127.0.0.1';
  const port = config.http.port ?? DEFAULT_PORT;
  check(config, url, host);
  // The first start without sign-in makes the local book, as stdio does.
  if (!config.http.auth) await (await openBook(config)).store.close();
  const { house, directory } = await openHouse(config);
  try {
    for (const { id } of await directory.read(listAccounts)) await house.store.renew(id);
    const putOffHere = async (call: PutOff) => await putOff(directory, call);
    const site: Site = { house: { ...house, siteUrl: url, putOff: putOffHere }, directory, url };
    const { proxies, origins, addressLimit } = config.http;
    const rates = { ...RATES, ...(addressLimit === undefined ? {} : { address: addressLimit }) };
    const listening = await serveOverHttp(site, {
      host,
      port,
      origins,
      proxies,
      rates,
      ...(await doors(config, site)),
    });
    say(config, url, `${host}:${listening.port}`);
    const stop = sweepNowAndThen(site.house, directory);
    await untilTold(listening);
    stop();
  } finally {
    await house.store.close();
  }
  return 0;
}

/** Who may come in, and what they see. */
async function doors(config: Config, site: Site): Promise<Pick<HttpOptions, 'auth' | 'pages'>> {
  const { issuer, registration, clientDocuments } = config.http;
  if (config.http.auth) return await doorsWithSignIn(site, { registration, clientDocuments, issuer: issuer ?? null });
  return doorsFor(site, {
    ...{ personId: null, name: userName(), accountId: LOCAL_ACCOUNT },
    ...{ role: 'owner', scopes: new Set(SCOPES) },
  });
}

function check({ http: { auth, url: given } }: Config, url: URL, host: string): void {
  if (!auth && !isLoopback(host))
    throw new UsageError(`without sign-in (--no-auth) it listens on this machine alone, not on --host ${host}`);
  if (!auth && !isLoopback(url.hostname))
    throw new UsageError(`without sign-in (--no-auth) it goes by no other name than this machine's, not ${url.origin}`);
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    throw new UsageError(
      `--url ${url.origin} must be https: tokens and passwords go through it. Put a TLS proxy in front.`,
    );
  if (auth && !isLoopback(host) && given === undefined)
    throw new UsageError(`--host ${host} needs --url too: the address by which the outside reaches it`);
}

function say({ http: { auth } }: Config, url: URL, where: string): void {
  const how = auth
    ? `People sign in; assistants are given ${new URL('/mcp', url).href}`
    : 'Without sign-in: whoever is on this machine has the whole book. Nobody else reaches it';
  process.stderr.write(`Jobwright listens on http://${where}/mcp. ${how}.\n`);
}

async function untilTold(listening: Listening): Promise<void> {
  await Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
  await listening.close();
}

/** Sign-ins that have ended every hour, left-over bytes every day. */
function sweepNowAndThen(house: House, directory: Directory): () => void {
  const sweep = async (what: string, work: () => Promise<number>) => {
    try {
      const swept = await work();
      if (swept > 0) house.log.info(`swept: ${swept} ${what}`);
    } catch (error) {
      house.log.error(`sweep failed: ${error instanceof Error ? error.name : 'unknown'}`);
    }
  };
  const signIns = async () => await sweep('ended sign-ins', async () => await sweepDirectory(directory));
  const files = async () =>
    await sweep('left-over files', async () => {
      let removed = 0;
      if (!house.readOnly)
        for (const { id } of await directory.read(listAccounts))
          removed += await sweepFiles({ ...house, accountId: id }, new Date());
      return removed;
    });
  const timers = [
    setTimeout(() => void signIns().then(files), FIRST_SWEEP_MS).unref(),
    setInterval(() => void signIns(), SIGN_INS_SWEEP_MS).unref(),
    setInterval(() => void files(), SWEEP_MS).unref(),
  ];
  return () => {
    for (const timer of timers) clearTimeout(timer);
  };
}
