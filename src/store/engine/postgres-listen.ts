// Hears what other processes on the database say (`notices.ts`), over one connection of its own. That a server took LISTEN
// says little: a pooler that hands out a connection for one transaction takes it and passes nothing on. So it is tried.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Subscription } from '../database.ts';
import { accountOfNotice, CHANNEL } from './notices.ts';
import { ask, SOON_MS } from './postgres-ask.ts';
import { isAnswer } from './postgres-errors.ts';

/** After a connection is lost, until the next try. */
const AGAIN_MS = 1000;
/** Where the server refuses to, or passes nothing on: it may be put up anew one day. */
const REFUSED_MS = 5 * 60 * 1000;
/** A line that is dead and does not say so is found out. */
const ASKED_EVERY_MS = 20_000;

export type NoticeLine = {
  /** A new connection, which nobody else has. */
  readonly connect: () => Promise<Client>;
  /** Says something over another one. */
  readonly say: (text: string) => Promise<void>;
};

class Unheard extends Error {}

/** @param heard of an account; null where any may have been missed, as at the beginning and after a connection was lost */
export function listenOver({ connect, say }: NoticeLine, heard: (accountId: number | null) => void): Subscription {
  let isHearing = false;
  const ending = new AbortController();
  const { signal } = ending;
  const hear = async () => {
    const client = await connect();
    const gone = new AbortController();
    client.on('error', () => gone.abort());
    client.on('end', () => gone.abort());
    const end = () => gone.abort();
    signal.addEventListener('abort', end);
    try {
      await ask(client, { text: `listen ${CHANNEL}` });
      await tryOut(client, say);
      client.on('notification', ({ payload = '' }) => {
        const account = accountOfNotice(payload);
        if (account !== null) heard(account);
      });
      isHearing = true;
      heard(null);
      for (;;) {
        await pause(ASKED_EVERY_MS, null, { ref: false, signal: gone.signal });
        await ask(client, { text: 'select 1' });
      }
    } finally {
      isHearing = false;
      signal.removeEventListener('abort', end);
      void client.end().catch(() => undefined);
    }
  };
  void (async () => {
    while (!signal.aborted) {
      const why: unknown = await hear().catch((error: unknown) => error);
      const isRefused = why instanceof Unheard || isAnswer(why);
      await pause(isRefused ? REFUSED_MS : AGAIN_MS, null, { ref: false, signal }).catch(() => undefined);
    }
  })();
  return {
    isHearing: () => isHearing,
    close: () => ending.abort(),
  };
}

/** @throws Unheard where what another connection says does not come */
async function tryOut(client: Client, say: NoticeLine['say']): Promise<void> {
  const word = `try ${randomUUID()}`;
  const came = Promise.withResolvers<true>();
  client.on('notification', ({ payload }) => (payload === word ? came.resolve(true) : undefined));
  await say(word);
  if (await Promise.race([came.promise, pause(SOON_MS, false, { ref: false })])) return;
  throw new Unheard('what was said did not come');
}
