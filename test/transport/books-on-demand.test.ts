// Books that cannot be opened when they are asked for.
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { Client } from '@modelcontextprotocol/client';
import { expect, it, onTestFinished } from 'vitest';
import { Problem } from '../../src/domain/errors.ts';
import { says } from '../../src/domain/message.ts';
import type { FirstAccount, FirstLook } from '../../src/store/engine/first-look.ts';
import { BooksOnDemand, type OpenBooks } from '../../src/transport/books-on-demand.ts';

function onDemand(open: OpenBooks): BooksOnDemand {
  const account: FirstAccount = {
    ...({ id: 1, name: 'Lopez Roofing', template: 'roofing', plan: 'pro', currency: 'USD' } as const),
    timeZone: 'America/Chicago',
  };
  const look: FirstLook = {
    ...{ identity: 'i', writeNumber: 1, sweptAt: null, account: () => account },
    ...{ checkInPlace: () => undefined, close: () => undefined },
  };
  return new BooksOnDemand(look, open, { toolsets: [], readOnly: false });
}

it('books that another program holds are asked for again, and the client is told in words', async () => {
  const tried = { times: 0 };
  const books = onDemand(async () => {
    tried.times += 1;
    throw tried.times < 3 ? new Problem('busy', says('book.held')) : new Error('damaged');
  });
  const failed = { over: false };
  books.failed.catch(() => (failed.over = true));
  const [near, far] = InMemoryTransport.createLinkedPair();
  await (await books.server()).connect(far);
  const client = new Client({ name: 'desk', version: '1' });
  onTestFinished(async () => await client.close());
  await client.connect(near);
  const ask = async () => await client.callTool({ name: 'list-jobs', arguments: {} });
  for (const _ of [1, 2]) await expect(ask()).rejects.toThrow('Another program is writing to this book');
  expect(failed.over).toBe(false);
  await expect(ask()).rejects.toThrow('could not be opened');
  expect([failed.over, tried.times]).toEqual([true, 3]);
});

it('books that are still being opened when they are given up keep nobody waiting', async () => {
  const books = onDemand(async () => await new Promise<never>(() => undefined));
  const server = await books.server();
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  const client = new Client({ name: 'desk', version: '1' });
  await client.connect(near);
  client.callTool({ name: 'list-jobs', arguments: {} }).catch(() => undefined);
  await new Promise((resolve) => setImmediate(resolve));
  await books.giveUp(Promise.resolve());
  await books.close();
  expect(books.isLeft).toBe(true);
  await client.close();
});
