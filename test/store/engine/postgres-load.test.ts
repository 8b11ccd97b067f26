// More callers than there are connections, and many who want the same number: each is served, or told to come again.
import { expect, it } from 'vitest';
import { openPostgres } from '../../../src/store/engine/postgres.ts';
import { openBook, tempFolder } from '../../support/book.ts';
import { whenDone } from '../../support/ending.ts';
import { addressOf, postgres } from '../../support/engines/postgres.ts';
import { rowsOf } from '../../support/store.ts';

it('callers beyond the connections wait their turn, are told to come again in time, and then all is as before', {
  timeout: 60_000,
}, async () => {
  const place = { folder: tempFolder() };
  await (await postgres.open(place)).close();
  const engine = await openPostgres(addressOf(place), { isFenced: true });
  whenDone(async () => await engine.close());
  const look = async (meanwhile?: Promise<void>) =>
    await engine.read(async (db) => {
      await meanwhile;
      return (await db.selectFrom('book').select('id').execute()).length;
    });
  const all = Array.from({ length: 64 }, async () => await look());
  expect(await Promise.all(all)).toEqual(Array.from({ length: 64 }, () => 1));

  // Ten hold all there are.
  const { promise, resolve } = Promise.withResolvers<void>();
  const holding = Array.from({ length: 10 }, async () => await look(promise));
  const began = performance.now();
  const waiting = Array.from({ length: 30 }, async () => await look().catch((error: unknown) => String(error)));
  const said = await Promise.all(waiting);
  expect(performance.now() - began).toBeLessThan(20_000);
  expect(said.map(String)).toEqual(said.map(() => 'Problem: database.too-slow'));
  resolve();
  expect(await Promise.all(holding)).toEqual(Array.from({ length: 10 }, () => 1));
  expect(await look()).toBe(1);
});

const numbersOf = async (place: { readonly folder: string }) =>
  (await rowsOf(place, 'select number from invoices order by number')).map(({ number }) => number);

it('16 who bill at once, over two programs: numbers without a gap, and none twice', { timeout: 60_000 }, async () => {
  const book = await openBook();
  const other = await openBook({ folder: book.folder });
  await book.ok('create-job', { newCustomer: { name: 'Dana' }, name: 'Roof' });
  const lines = [{ description: 'Work', quantity: 1, unitPrice: 100 }];
  const bill = async (which: number) => {
    const asked = { job: 'J-1', lines, requestId: `bill-${which}`, allowDuplicate: true };
    for (;;) {
      const { isError, content } = await (which % 2 === 0 ? book : other).callWithYes('create-invoice', asked);
      if (isError !== true) return;
      // Nothing else is a reason, and the number is the same then.
      expect(content[0]?.text).toContain('try again in a moment');
    }
  };
  await Promise.all(Array.from({ length: 16 }, async (_, which) => await bill(which)));
  const numbers = await numbersOf(book);
  const first = Number(numbers[0]);
  expect(numbers.map(Number)).toEqual(Array.from({ length: 16 }, (_, which) => first + which));
});
