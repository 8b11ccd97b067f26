// Serves one client over stdin and stdout, whichever era of the protocol it speaks. stdout carries JSON-RPC only.
import { once } from 'node:events';
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { buildServer } from '../protocol.ts';
import type { Host } from '../server.ts';
import { WholeLines } from './lines.ts';

/** A line may be this long: a file of 10 MB in base64 and the JSON around it. */
const LONGEST_LINE = 32 * 1024 * 1024;
/** How long calls under way may take to finish once the client has gone. */
const FAREWELL_MS = 1500;

/** Resolves when the client has closed its end, or a signal came, and the calls under way are answered. */
export async function serveOverStdio(host: Host): Promise<void> {
  // The SDK's transport closes at the end of its input and drops the answers not given by then, so its input has none.
  const lines = new WholeLines(LONGEST_LINE, (answer) => process.stdout.write(answer));
  const input = process.stdin.pipe(lines, { end: false });
  const transport = new StdioServerTransport(input, process.stdout, { maxBufferSize: LONGEST_LINE + 1 });
  const handle = serveStdio(async () => await buildServer(host), {
    transport,
    onerror: (error) => host.log.error(`protocol: ${error.name}`),
  });
  await Promise.race([once(process.stdin, 'end'), once(process.stdin, 'close'), signalled()]);
  await settled(host);
  await handle.close();
  process.stdin.unpipe(input).pause();
}

async function signalled(): Promise<void> {
  await Promise.race(['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => once(process, signal)));
}

/** Waits for the calls under way; the bound is for one that waits for another program's lock. */
async function settled(host: Host): Promise<void> {
  const until = Date.now() + FAREWELL_MS;
  do {
    await new Promise((resolve) => setTimeout(resolve, 20));
  } while (host.underway.size > 0 && Date.now() < until);
}
