// Another program holds the book's write lock: a write waits for it for so long and no longer, and reads do not wait.
import { expect, it } from 'vitest';
import { lockable, PROMISED_MS } from '../../faults/locked.ts';
import { timed } from '../../support/time.ts';
import { expense } from '../../faults/troubled.ts';

it('for a second: a write waits and is done', async () => {
  const { desk, hold, expenses } = await lockable();
  const holder = await hold(1000);
  const { ms } = await timed(desk.ask('add-job-expense', expense('Nails')));
  expect(ms).toBeGreaterThan(300);
  expect(ms).toBeLessThan(4000);
  expect(await holder.ends()).toBe(0);
  expect(await desk.close()).toBe(0);
  expect(await expenses()).toBe(1);
});

it('for half a minute: a write is refused in time, and reads do not wait', async () => {
  const { desk, hold, expenses } = await lockable();
  const holder = await hold(30_000);
  const writing = timed(desk.call('add-job-expense', expense('Nails')));
  const read = await timed(desk.ask('get-job', { job: 'J-1' }));
  expect(read.ms).toBeLessThan(1000);
  const { answer, ms } = await writing;
  expect(answer).toMatchObject({ isError: true, text: expect.stringContaining('try again') });
  expect(ms).toBeGreaterThan(2000);
  expect(ms).toBeLessThan(PROMISED_MS);
  holder.process.kill('SIGKILL');
  await holder.ends();
  await desk.ask('add-job-expense', expense('Nails'));
  expect(await desk.close()).toBe(0);
  expect(await expenses()).toBe(1);
});
