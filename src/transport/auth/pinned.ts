// Asks for one thing at an address that was looked at before: the name is not looked up again, so that it cannot lead
// elsewhere meanwhile. The certificate is held against the name all the same, and nobody is sent on.
import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';

export type Address = { readonly address: string; readonly family: number };

export type FetchOptions = {
  readonly headers: Headers;
  readonly signal: AbortSignal;
  /** In bytes: no more is read of an answer. */
  readonly largest: number;
};

/** What was asked for is longer than is read. */
export class TooLong extends TypeError {}

/** @throws Error where nothing was answered in time, or more than is read */
export async function requestAt(
  url: URL,
  addresses: readonly Address[],
  { headers, signal, largest }: FetchOptions,
): Promise<Response> {
  const [first] = addresses;
  if (first === undefined) throw new TypeError('there is no address to ask');
  const asking = request(url, {
    signal,
    agent: false,
    headers: { ...Object.fromEntries(headers), 'accept-encoding': 'identity' },
    lookup: (_, { all = false }, found) => {
      if (all) found(null, [...addresses]);
      else found(null, first.address, first.family);
    },
  });
  // What goes wrong once it answers, its answer tells.
  asking.on('error', () => undefined);
  try {
    const message = await new Promise<IncomingMessage>((resolve, reject) => {
      asking.once('response', resolve);
      asking.once('error', reject);
      asking.end();
    });
    const { statusCode = 500, headersDistinct } = message;
    const given = new Headers();
    for (const [name, values = []] of Object.entries(headersDistinct))
      for (const value of values) given.append(name, value);
    const bytes = await bytesOf(message, largest);
    return new Response(bytes.length === 0 ? null : bytes, { status: statusCode, headers: given });
  } finally {
    asking.destroy();
  }
}

async function bytesOf(message: IncomingMessage, largest: number): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of message) {
    if (!Buffer.isBuffer(piece)) throw new TypeError('that is not bytes');
    size += piece.length;
    if (size > largest) throw new TooLong(`that is more than ${largest} bytes`);
    pieces.push(piece);
  }
  return new Uint8Array(Buffer.concat(pieces));
}
