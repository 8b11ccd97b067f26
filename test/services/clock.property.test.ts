// Any day's work in an office whose clock is set at any time, by minutes, months and years, also over the changes to and
// from summer time and a leap day. The test knows the true time, and holds the books to what can be known of it:
//
// - The same request, sent again, is answered as it was. Always.
// - What was added is no repeat where it, or any change since, was made more than ten minutes ago by a clock that was not
//   ahead of the present one. (Where one program ran all the time: once ten minutes have passed since the clock was set
//   forward.)
// - The same addition within ten minutes is a repeat, unless the clock was set forward since it or since a later change.
//   Where one program ran all the time: always.
//
// What is left cannot be known: nothing tells a clock that was set forward from time that passed while no program ran.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditBooks } from '../../src/store/audit/audit.ts';
import { cases } from '../support/arbitrary.ts';
import { SEED } from '../support/seed.ts';
import { behind, rowsOf } from '../support/store.ts';
import { DAY, MINUTE, MONTH, openOffice } from '../support/office.ts';

/** JOBWRIGHT_CLOCKS makes it a soak. */
const BOOKS = Number(process.env['JOBWRIGHT_CLOCKS'] ?? cases(60));
const STEPS = 40;
const SECOND = 1000;
const REPEAT = 10 * MINUTE;
const YEAR = 366 * DAY;

/** None is as long as a jump, so that no jump looks as if no time had passed. */
const GAPS = [0, 2 * SECOND, 61 * SECOND, 4 * MINUTE, 11 * MINUTE, 3 * 60 * MINUTE + SECOND, 20 * DAY + SECOND];
const JUMPS = [-5 * MINUTE, 5 * MINUTE, -MONTH, MONTH, -YEAR, YEAR, 'right again'] as const;
const STARTS = [
  '2026-03-10T17:00:00.000Z',
  // Minutes before the clocks of Chicago go forward, and back; and before the 29th of February there.
  '2026-03-08T07:52:00.000Z',
  '2026-11-01T06:52:00.000Z',
  '2028-02-29T05:52:00.000Z',
];

const day = fc.record({
  start: fc.constantFrom(...STARTS),
  steps: fc.array(
    fc.record({
      gap: fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...GAPS.slice(0, 4)) }, fc.constantFrom(...GAPS)),
      jump: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, fc.constantFrom(...JUMPS)),
      does: fc.constantFrom('adds', 'adds with an id', 'notes', 'again', 'again', 'again'),
      which: fc.nat({ max: 4 }),
    }),
    { minLength: STEPS, maxLength: STEPS },
  ),
});
type Day = typeof day extends fc.Arbitrary<infer T> ? T : never;

type Moment = { readonly time: number; readonly wrongBy: number };
type Asked = { readonly args: { readonly requestId?: string }; answer: unknown; change: number };

const newTally = () => ({
  jumps: 0,
  requestsAgain: 0,
  requestsTwice: 0,
  repeats: 0,
  repeatsTwice: 0,
  longAgo: 0,
  refusedWrongly: 0,
  notKnown: 0,
});
type Tally = ReturnType<typeof newTally>;

/** @param before what happens to the file before each call, at the time that the clock shows */
async function work(
  { start, steps }: Day,
  watched: boolean,
  tally: Tally,
  before?: (folder: string, now: number) => Promise<void>,
) {
  const office = await openOffice({ start, watched });
  let now: Moment = { time: office.clocks.running(), wrongBy: 0 };
  let setForward = Number.NEGATIVE_INFINITY;
  const asked: Asked[] = [];
  // By change number; those that made the roof are no part of it.
  const changes = new Map<number, Moment>();
  let newest = 0;
  /** A change that there was not before. */
  const isNew = (change: number) => {
    if (change <= newest) return false;
    changes.set(change, now);
    newest = change;
    return true;
  };
  const send = async (each: Pick<Asked, 'args'>) => {
    const { structuredContent: answer } = await office.call('add-job-expense', each.args);
    const change = Number(answer?.['change'] ?? 0);
    return { booked: isNew(change), answer, change };
  };
  for (const [index, { gap, jump, does, which }] of steps.entries()) {
    const right = jump === 'right again' ? -now.wrongBy : (jump ?? 0);
    now = { time: now.time + gap, wrongBy: now.wrongBy + right };
    office.later(gap);
    office.clockIsWrongBy(now.wrongBy);
    if (right !== 0) tally.jumps += 1;
    if (right > 0) setForward = now.time;
    await before?.(office.folder, now.time + now.wrongBy);
    const again = does === 'again' ? asked.at(-1 - which) : undefined;
    if (does === 'notes') {
      isNew((await office.note(`Call ${index}`)).change ?? 0);
    } else if (again === undefined) {
      const id = does === 'adds' ? {} : { requestId: `r${index}` };
      const args = { job: 'J-1', description: `Part ${index}`, amount: 10, category: 'materials', ...id };
      const { answer, change } = await send({ args });
      asked.push({ args, answer, change });
    } else if (again.args.requestId !== undefined) {
      const { booked, answer } = await send(again);
      tally.requestsAgain += 1;
      // Answered otherwise than before is as wrong as booked.
      if (booked || JSON.stringify(answer) !== JSON.stringify(again.answer)) tally.requestsTwice += 1;
      again.answer = answer;
    } else {
      const since = [...changes].filter(([number]) => number >= again.change).map(([, moment]) => moment);
      const isLongAgo = since.some(({ time, wrongBy }) => now.time - time > REPEAT && wrongBy <= now.wrongBy);
      const [first = now] = since;
      const isRepeat =
        now.time - first.time < REPEAT && (watched || since.every(({ wrongBy }) => wrongBy >= now.wrongBy));
      const mayBook = isLongAgo && !(watched && now.time - setForward <= REPEAT);
      const { booked, change } = await send(again);
      tally[isRepeat ? 'repeats' : mayBook ? 'longAgo' : 'notKnown'] += 1;
      if (isRepeat && booked) tally.repeatsTwice += 1;
      if (mayBook && !booked) tally.refusedWrongly += 1;
      if (booked) again.change = change;
    }
  }
  expect((await office.store.read(1, auditBooks)).faults).toEqual([]);
}

describe.each([
  ['one program that sees the clock being set', true],
  ['programs that each live for one call', false],
])('%s', (_, watched) => {
  it(`books nothing twice and refuses nothing for long, ${BOOKS} books of ${STEPS} calls, seed ${SEED}`, {
    timeout: 60_000 + BOOKS * 3000,
  }, async () => {
    const all = newTally();
    await fc.assert(
      fc.asyncProperty(day, async (each) => {
        const tally = newTally();
        await work(each, watched, tally);
        for (const [name, count] of Object.entries(tally)) all[name as keyof Tally] += count;
        expect(tally).toMatchObject({ requestsTwice: 0, repeatsTwice: 0, refusedWrongly: 0 });
      }),
      { numRuns: BOOKS, seed: SEED },
    );
    process.stdout.write(`clock, seed ${SEED}, ${watched ? 'watched' : 'unwatched'}: ${JSON.stringify(all)}\n`);
    // It looks only where all of it happened.
    for (const name of ['jumps', 'requestsAgain', 'repeats', 'longAgo'] as const)
      expect(all[name], name).toBeGreaterThan(BOOKS / 4);
  });
});

it('the control, which forgets by what the clock shows, books both kinds twice', { timeout: 120_000 }, async () => {
  const forgetting = async (folder: string, now: number) =>
    await behind({ folder }, async (raw) => {
      const ago = (ms: number) => new Date(now - ms).toISOString();
      await raw.run('delete from requests where at <= ?', ago(30 * DAY));
      await raw.run(
        'delete from additions where change_number in (select change_number from changes where at <= ?)',
        ago(REPEAT),
      );
    });
  const tally = newTally();
  for (const each of fc.sample(day, { numRuns: 400, seed: SEED })) {
    await work(each, false, tally, forgetting);
    if (tally.requestsTwice > 0 && tally.repeatsTwice > 0) break;
  }
  process.stdout.write(`clock, control, seed ${SEED}: ${JSON.stringify(tally)}\n`);
  expect(tally.requestsTwice).toBeGreaterThan(0);
  expect(tally.repeatsTwice).toBeGreaterThan(0);
});

it('an answer is kept for 30 days and a thousand requests more, which no clock that is ahead for a while ends', {
  // 2,100 calls, one after the other, on a server too.
  timeout: 360_000,
}, async () => {
  const office = await openOffice();
  const permit = { job: 'J-1', description: 'Permit', amount: 612.4, category: 'permit', requestId: 'a1' };
  const first = await office.ok('add-job-expense', permit);
  const isKept = async () => (await rowsOf(office, "select 1 from requests where request_id = 'a1'")).length === 1;
  const ask = async (from: number, until: number) => {
    for (let index = from; index < until; index += 1) await office.note(`Call ${index}`, { requestId: `n${index}` });
  };
  await ask(0, 1000);
  office.clockIsWrongBy(MONTH);
  await ask(1000, 1010);
  office.clockIsWrongBy(0);
  expect(await office.ok('add-job-expense', permit)).toEqual(first);
  office.later(MONTH);
  await ask(1010, 1999);
  expect(await isKept()).toBe(true);
  await ask(1999, 2100);
  expect(await isKept()).toBe(false);
  // Neither list grows without an end.
  expect((await rowsOf(office, 'select count(*) as count from requests'))[0]?.['count']).toBeLessThan(1300);
  // Of an addition both the record and the call are known.
  expect((await rowsOf(office, 'select count(*) as count from additions'))[0]?.['count']).toBeLessThan(2 * 1300);
});
