import { expect, test } from 'vitest';
import { progressLine, sharesOn } from '../../src/commands/progress.ts';

/** A terminal that is only written to. */
function terminal(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  return { isTTY, columns, written, write: (text: string) => written.push(text) };
}

test('on a terminal one line is rewritten in place, and taken away before anything else is written', () => {
  const screen = terminal(true);
  const line = progressLine(screen);
  line.at('Checking jobs', 12_500, 100_000);
  line.clear();
  expect(screen.written).toEqual(['\r\u001b[KChecking jobs 12,500 of 100,000…', '\r\u001b[K']);
});

test('it is not rewritten more often than anybody reads, and never longer than the line', () => {
  const screen = terminal(true, 20);
  const line = progressLine(screen);
  for (let done = 1; done <= 1000; done += 1) line.at('Checking jobs', done, 1000);
  expect(screen.written.length).toBeLessThan(20);
  expect(screen.written[0]).toBe('\r\u001b[KChecking jobs 1 of ');
});

test('a terminal that does not know how wide it is has the whole line', () => {
  const screen = terminal(true, 0);
  progressLine(screen).at('Checking the file', 0, 0);
  expect(screen.written).toEqual(['\r\u001b[KChecking the file…']);
});

test('where no person looks nothing is written', () => {
  const pipe = terminal(false);
  const line = progressLine(pipe);
  line.at('Checking jobs', 1, 2);
  line.clear();
  expect(pipe.written).toEqual([]);
});

test('what begins is said at once, and work that tells its share is shown by it', () => {
  const screen = terminal(true);
  const progress = sharesOn(progressLine(screen));
  progress('copy');
  progress('write', 0.456);
  progress('write', 0.457);
  progress(null);
  expect(screen.written).toEqual(['\r\u001b[KCopying the book…', '\r\u001b[KWriting 45 %…', '\r\u001b[K']);
});
