// Whose answers hold how much, and who is cut off.
import { ServerResponse, IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import { largestAnswer, Outgoing, OUTGOING_RULES } from '../../../src/transport/http/outgoing.ts';
import { whenDone } from '../../support/ending.ts';

const KB = 1024;

/** An answer of so many bytes that are not taken. */
class Answer extends ServerResponse {
  untaken = 0;
  constructor() {
    super(new IncomingMessage(new Socket()));
    Object.defineProperty(this, 'writableLength', { get: () => this.untaken });
  }

  /** With all that waits behind it on the same connection. */
  get isCutOff(): boolean {
    return this.req.socket.destroyed;
  }
}

function opened(rules: Partial<typeof OUTGOING_RULES> = {}) {
  const clock = { now: 0 };
  vi.useFakeTimers();
  whenDone(() => vi.useRealTimers());
  const outgoing = new Outgoing({ ...OUTGOING_RULES, ...rules }, () => clock.now);
  whenDone(() => outgoing.close());
  const passes = (ms: number) => {
    for (let passed = 0; passed < ms; passed += 1000) {
      clock.now += 1000;
      vi.advanceTimersByTime(1000);
    }
  };
  const answer = (whose: string, untaken = 0, expected = 100 * KB) => {
    const res = new Answer();
    const isIn = outgoing.admit(whose, res, expected);
    res.untaken = untaken;
    return { res, isIn };
  };
  return { passes, answer };
}

test('a member has room for so many bytes; what is taken gives it back', () => {
  const { answer } = opened({ mostEach: 250 * KB });
  const [first, second, third] = [answer('maria'), answer('maria'), answer('maria')];
  expect([first.isIn, second.isIn, third.isIn, answer('olga').isIn]).toEqual([true, true, false, true]);
  first.res.emit('close');
  expect(answer('maria').isIn).toBe(true);
});

test('an answer that became larger than was thought counts as what it is', () => {
  const { answer } = opened({ mostEach: 300 * KB });
  answer('maria', 250 * KB, KB);
  expect([answer('maria').isIn, answer('maria', 0, KB).isIn]).toEqual([false, true]);
});

test('where all is full, whoever holds most makes room; whoever has least waits for nobody', () => {
  const { answer } = opened({ most: 500 * KB });
  const [oldest] = [answer('tom', 100 * KB), answer('tom', 100 * KB), answer('tom', 100 * KB)];
  answer('olga', 100 * KB);
  answer('olga', 100 * KB);
  expect(answer('maria').isIn).toBe(true);
  expect(oldest.res.isCutOff).toBe(true);
  expect(answer('tom').isIn).toBe(false);
});

test('who takes nothing for 30 seconds and then too little is cut off, later where more is on its way', () => {
  const { answer, passes } = opened();
  const [stopped, fast] = [answer('maria', 80 * KB).res, answer('maria', 80 * KB).res];
  passes(20_000);
  fast.untaken = 0;
  passes(10_000);
  expect([stopped.isCutOff, fast.isCutOff]).toEqual([false, false]);
  passes(15_000);
  expect([stopped.isCutOff, fast.isCutOff]).toEqual([true, false]);
});

test('what is asked says how large its answer may be', () => {
  const call = (name: string) => ({ method: 'tools/call', params: { name } });
  const sizes = [undefined, { method: 'subscriptions/listen' }, call('get-job'), call('fetch')].map(largestAnswer);
  expect(sizes).toEqual([16 * KB, 16 * KB, 256 * KB, 2048 * KB]);
});
