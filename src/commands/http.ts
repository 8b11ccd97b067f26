import { once } from 'node:events';
import { createServer } from 'node:net';
import { UsageError, type Config } from '../config.ts';
import { stackOf } from '../logger.ts';
import { SCOPES } from '../domain/access.ts';
import { sweepDirectory } from '../services/shared/sweep.ts';
import { listAccounts } from '../store/directory/accounts.ts';
import type { Directory } from '../store/directory/directory.ts';
import { accessFor, accessWithSignIn } from '../transport/http-access.ts';
import { serveOverHttp, type HttpOptions, type Listening } from '../transport/http.ts';
import { isLoopback } from '../transport/http/guards.ts';
import { RATES } from '../transport/http/limits.ts';
import { Refusals } from '../transport/http/refusals.ts';
import type { HttpApp } from '../transport/http/http-app.ts';
import { checkLooks, lookForBackups } from './backup-looks.ts';
import { closeApp, openBook, openApp } from './book.ts';
import { userName } from './person.ts';
import { issuerFault, listenFault } from './faults.ts';
import { siteUrl } from './operator.ts';
import { tidyFiles } from './tidying.ts';
import type { App } from '../server/session.ts';

const SIGN_INS_SWEEP_MS = 60 * 60 * 1000;
const FIRST_SWEEP_MS = 5000;

/** Serves every account until it is told to end. */
export async function http(given: Config): Promise<number> {
  const { host } = given.http;
  const port = await portFor(host, given.http.port);
  const config = { ...given, http: { ...given.http, port } };
  const url = siteUrl(config);
  check(config, url, host);
  await checkLooks(config);
  // The first start without sign-in makes the local book, as stdio does.
  const local = config.http.auth ? null : await localAccount(config);
  const opened = await openApp(config);
  const { app, directory } = opened;
  const stop = tidyFiles(opened);
  let stopRenewing = async () => {};
  try {
    const accounts = await directory.read(listAccounts);
    const refusals = new Refusals(app.log);
    const httpApp: HttpApp = { app: { ...app, siteUrl: url }, directory, url, refusals };
    const { proxies, origins, addressLimit } = config.http;
    const rates = { ...RATES, address: addressLimit };
    const access = await accessOf(config, httpApp, local);
    // Heard from before anybody can ask it anything.
    const told = Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
    const listening = await listen(httpApp, { host, port, origins, proxies, rates, ...access });
    say(config, url, `${host}:${listening.port}`);
    if (accounts.length === 0) process.stderr.write(NO_ACCOUNT);
    if (url.protocol === 'https:' && proxies === 0) process.stderr.write(NO_PROXIES);
    stopRenewing = renewEach(app, accounts);
    const stopSignIns = sweepSignIns(app, directory);
    const stopLooking = lookForBackups(config, app.log);
    await told;
    await listening.close();
    stopSignIns();
    stopLooking();
  } finally {
    const ended = [stop(), stopRenewing()];
    await closeApp(app);
    await Promise.all(ended);
  }
  return 0;
}

const NO_ACCOUNT =
  'There is no account here yet, so nobody can sign in. jobwright accounts create "Lopez Roofing" makes one, beside this server.\n';

/**
 * What an earlier version derived is made anew once everybody is answered: an account that is asked for has its turn at
 * once, and waits for its own alone. @returns ends it, by itself once the book is closed
 */
function renewEach({ store, log }: App, accounts: readonly { readonly id: number }[]): () => Promise<void> {
  let ending = false;
  const isEnding = () => ending;
  const renewAll = async () => {
    for (const { id } of accounts) {
      if (isEnding()) return;
      await store.renew(id).catch((error: unknown) => {
        if (!isEnding()) log.error(`account ${id}: what is derived could not be made anew`, stackOf(error));
      });
    }
  };
  const renewed = renewAll();
  return async () => {
    ending = true;
    await renewed;
  };
}

const NO_PROXIES =
  'It is reached by https, so a proxy stands in front, and --proxies names none: everybody behind it shares the limits of one address. --proxies 1 says that there is one.\n';

/** For 0 one that is free: the addresses that the server goes by are made of it before it listens. */
async function portFor(host: string, port: number): Promise<number> {
  if (port !== 0) return port;
  const probe = createServer();
  try {
    await once(probe.listen(0, host), 'listening');
  } catch (error) {
    throw listenFault(error, { host, port });
  }
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}

async function listen(httpApp: HttpApp, options: HttpOptions): Promise<Listening> {
  try {
    return await serveOverHttp(httpApp, options);
  } catch (error) {
    throw listenFault(error, options);
  }
}

async function localAccount(config: Config): Promise<number> {
  const book = await openBook(config);
  await closeApp(book);
  return book.accountId;
}

/**
 * Who may come in, and what they see.
 * @param local the account of whoever is on this machine, where nobody signs in
 */
async function accessOf(
  config: Config,
  httpApp: HttpApp,
  local: number | null,
): Promise<Pick<HttpOptions, 'auth' | 'pages'>> {
  if (local !== null)
    return accessFor(httpApp, {
      ...{ personId: null, name: userName(config), accountId: local },
      ...{ role: 'owner', scopes: new Set(SCOPES) },
    });
  const { issuer, registration, clientDocuments } = config.http;
  const options = { registration, clientDocuments };
  if (issuer === undefined) return await accessWithSignIn(httpApp, { ...options, issuer: null });
  try {
    return await accessWithSignIn(httpApp, { ...options, issuer });
  } catch (error) {
    // What goes wrong here lies outside.
    throw issuerFault(error, issuer);
  }
}

function check(
  { http: { auth, url: given, issuer }, about: { account }, folders }: Config,
  url: URL,
  host: string,
): void {
  if (!auth && !isLoopback(host))
    throw new UsageError(`without sign-in (--no-auth) it listens on this machine alone, not on --host ${host}`);
  if (!auth && !isLoopback(url.hostname))
    throw new UsageError(`without sign-in (--no-auth) it goes by no other name than this machine's, not ${url.origin}`);
  if (!auth && issuer !== undefined)
    throw new UsageError(`--issuer ${issuer} is for signing in, --no-auth is without: leave one of them out`);
  if (issuer !== undefined && new URL(issuer).protocol === 'http:' && !isLoopback(new URL(issuer).hostname))
    throw new UsageError(`--issuer ${issuer} must be https: whoever stands between could let in whom they like`);
  if (auth && account !== undefined)
    throw new UsageError(
      '--account goes with --no-auth: with sign-in every account is served, and people choose theirs as they sign in',
    );
  if (auth && folders.length > 0)
    throw new UsageError(
      '--files (JOBWRIGHT_FILES) goes with --no-auth: with sign-in one folder would be open to the people of every account. Leave it out; they send files by link',
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

/** Sign-ins that have ended go every hour. */
function sweepSignIns({ log }: App, directory: Directory): () => void {
  const sweep = async () => {
    try {
      const swept = await sweepDirectory(directory);
      if (swept !== null) log.info(`swept: ${swept} ended sign-ins`);
    } catch (error) {
      log.error(`sweep failed: ${error instanceof Error ? error.name : 'unknown'}`);
    }
  };
  const first = setTimeout(() => void sweep(), FIRST_SWEEP_MS).unref();
  const hourly = setInterval(() => void sweep(), SIGN_INS_SWEEP_MS).unref();
  return () => {
    clearTimeout(first);
    clearInterval(hourly);
  };
}
