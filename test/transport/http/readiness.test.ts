import { expect, test } from 'vitest';
import { Readiness } from '../../../src/transport/http/readiness.ts';

test('of many who ask whether it is ready one asks the books, and nobody waits for those that do not answer', async () => {
  const looks: PromiseWithResolvers<void>[] = [];
  const readiness = new Readiness(async () => {
    const look = Promise.withResolvers<void>();
    looks.push(look);
    await look.promise;
  });
  const began = performance.now();
  const asked = Array.from({ length: 50 }, async () => await readiness.answers());
  expect(new Set(await Promise.all(asked))).toEqual(new Set([false]));
  expect(performance.now() - began).toBeLessThan(3000);
  expect(looks).toHaveLength(1);
  // The same look, which was late, is still waited for by whoever comes now.
  const late = readiness.answers();
  looks[0]?.resolve();
  expect(await late).toBe(true);
  const next = readiness.answers();
  looks[1]?.reject(new Error('away'));
  expect(await next).toBe(false);
  expect(looks).toHaveLength(2);
});
