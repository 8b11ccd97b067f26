// While another program holds the book's write lock, every write has the same patience, however many there are, and
// what starts to read alone does not wait.
import { expect, it } from 'vitest';
import { lockable, PROMISED_MS } from '../../faults/locked.ts';
import { timed } from '../../support/time.ts';
import { expense } from '../../faults/troubled.ts';

/** With a start of the program in it, on a busy machine; far from the patience of a write. */
const AT_ONCE_MS = 3000;

it('of eight writes at once each is refused in time', async () => {
  const { desk, hold } = await lockable();
  await hold(30_000);
  const answers = await Promise.all(
    Array.from({ length: 8 }, async (_, index) => await desk.call('add-job-expense', expense(`Nails ${index}`))),
  );
  for (const answer of answers)
    expect(answer).toMatchObject({ isError: true, text: expect.stringContaining('try again') });
  expect(Math.max(...answers.map((answer) => answer?.ms ?? Infinity))).toBeLessThan(PROMISED_MS);
});

it('what starts meanwhile and only reads does not wait', async () => {
  const { hold, run, open, desk } = await lockable();
  expect(await desk.close()).toBe(0);
  const holder = await hold(30_000);
  const called = await timed(run('call', 'list-jobs'));
  expect(called.answer.out).toContain('J-1');
  const looked = await timed(run('doctor'));
  expect(looked.answer.out).toContain('All is well.');
  const started = await timed(open());
  const read = await timed(started.answer.ask('get-job', { job: 'J-1' }));
  const ended = await timed(started.answer.close());
  expect(ended.answer).toBe(0);
  for (const { ms } of [called, looked, started, read, ended]) expect(ms).toBeLessThan(AT_ONCE_MS);
  // It was held all the while.
  expect(holder.heard).toEqual(['held']);
});
