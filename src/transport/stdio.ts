// Serves one client over stdin and stdout, whichever era of the protocol it speaks, until one of the two ends. stdout
// carries JSON-RPC only.
import { once } from 'node:events';
import { finished } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { JSONRPCRequest } from '@modelcontextprotocol/server';
import type { Logger } from '../logger.ts';
import { writes } from '../tools/authority.ts';
import { LISTED } from '../tools/listed.ts';
import type { BooksOnDemand } from './books-on-demand.ts';
import { WholeLines } from './lines.ts';
import { Wire } from './wire.ts';

const MB = 1024 * 1024;
/** A line may be this long: a file of 10 MB in base64 and the JSON around it. */
const LONGEST_LINE = 32 * MB;
/** A write answers in words; whatever reads may answer with a file. */
const WORDS = MB / 4;
const A_FILE = 16 * MB;
const WRITES: ReadonlySet<unknown> = new Set(LISTED.filter(writes).map(({ name }) => name));
/** How long calls under way may take to finish once the client has gone. */
const FAREWELL_MS = 1400;
/** How long the client may take for the last answers: of calls that were told to wait no longer. */
const LAST_WORDS_MS = 100;
/** How long a signal lets books take that are still being opened then. */
const OPENING_MS = 300;

/**
 * Resolves when the client has closed its end, or a signal came, and the calls under way are answered; at the latest two
 * seconds later. The books are closed then, so that whatever still waits for another program's lock gives up.
 * @throws what the books failed with
 */
export async function serveOverStdio(books: BooksOnDemand, log: Logger): Promise<void> {
  const lines = new WholeLines(LONGEST_LINE, (answer) => process.stdout.write(answer));
  const wire = new Wire({ lines, output: process.stdout, largestAnswer });
  const handle = serveStdio(async () => await books.server(), {
    transport: wire,
    onerror: (error) => log.error(`protocol: ${error.name}`),
  });
  const signal = signalled();
  const deaf = unheard(log);
  const failed = books.failed.catch(() => undefined);
  process.stdin.pipe(lines, { end: false });
  finished(process.stdin, { writable: false }, () => lines.end());
  // Books that are being opened were asked for: that takes as long as it takes, as it would before anything is asked.
  const end = once(lines, 'end').then(async () => await books.settled());
  await Promise.race([end, signal.then(() => wire.takeNoMore()), deaf, failed]);
  await within(FAREWELL_MS, [wire.rest(), deaf]);
  wire.takeNoMore();
  const given = new AbortController();
  const late = signal.then(async () => await pause(OPENING_MS, undefined, { signal: given.signal }));
  await books.giveUp(late.catch(() => undefined));
  given.abort();
  await within(LAST_WORDS_MS, [wire.rest(), deaf]);
  await handle.close();
  process.stdin.unpipe(lines).pause();
  await Promise.race([books.failed, Promise.resolve()]);
}

function largestAnswer({ method, params }: JSONRPCRequest): number {
  return method === 'tools/call' && WRITES.has(params?.['name']) ? WORDS : A_FILE;
}

async function signalled(): Promise<void> {
  await Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
}

/** Resolves when nobody hears the answers any more. From then on nothing may be booked: nobody would learn of it. */
async function unheard(log: Logger): Promise<void> {
  // Each answer that was still on its way fails as well.
  process.stdout.on('error', () => undefined);
  const error = await new Promise<NodeJS.ErrnoException>((resolve) => process.stdout.once('error', resolve));
  const said = `the client takes no more answers: ${error.code ?? error.name}`;
  // Going away is no fault; a terminal that fails, or the disk behind a file, is one.
  if (error.code === 'EPIPE') log.info(said);
  else log.error(said);
}

async function within(ms: number, ends: readonly Promise<void>[]): Promise<void> {
  const over = new AbortController();
  const waited = pause(ms, undefined, { signal: over.signal }).catch(() => undefined);
  await Promise.race([...ends, waited]);
  over.abort();
}
