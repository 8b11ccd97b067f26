// Models retry: whatever call comes a second time, anywhere in a day's work, changes nothing.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { auditBooks } from '../../src/store/audit/audit.ts';
import { cases } from '../support/arbitrary.ts';
import { type Book, openBook } from '../support/book.ts';
import { roof } from '../support/roof.ts';
import { rowsOf } from '../support/store.ts';

const BOOKS = cases(24);
const STEPS = 100;
const DUPLICATES = cases(2000);
const MINUTE = 60_000;

type Call = { readonly tool: string; readonly args: Record<string, unknown> };

const line = fc.record({
  description: fc.constantFrom('Shingles', 'Tear-off', 'Gutters'),
  quantity: fc.integer({ min: 1, max: 40 }),
  unitPrice: fc.integer({ min: 1, max: 900 }),
});
const lines = fc.array(line, { minLength: 1, maxLength: 3 });
const onJob = { job: fc.constantFrom('J-1', 'J-2') };
/** Everything that adds something; a number that is not there yet makes some of them fail, which a retry does too. */
const call: fc.Arbitrary<Call> = fc.oneof(
  fc
    .record({
      ...onJob,
      description: fc.constantFrom('Permit', 'Nails', 'Crane'),
      amount: fc.integer({ min: 1, max: 5000 }),
      category: fc.constantFrom('permit', 'materials'),
    })
    .map((args) => ({ tool: 'add-job-expense', args })),
  fc.record({ ...onJob, lines, draft: fc.boolean() }).map((args) => ({ tool: 'create-invoice', args })),
  fc.record({ ...onJob, title: fc.string({ maxLength: 9 }), lines }).map((args) => ({ tool: 'create-quote', args })),
  fc
    .record({
      invoice: fc.integer({ min: 1001, max: 1012 }).map((n) => `INV-${n}`),
      amount: fc.integer({ min: 1, max: 50 }),
    })
    .map((args) => ({ tool: 'record-payment', args })),
  fc.record({ ...onJob, note: fc.lorem({ maxCount: 4 }) }).map((args) => ({ tool: 'update-job', args })),
  fc
    .record({ customer: fc.constant('C-1'), name: fc.lorem({ maxCount: 3 }) })
    .map((args) => ({ tool: 'create-job', args })),
);
const step = fc.record({
  call,
  requestId: fc.boolean(),
  /** How many steps later it comes again, if at all, and how often. */
  again: fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 3 }),
});

const state = async (book: Book) =>
  await rowsOf(
    book,
    `select (select change_number from accounts) as changes, (select count(*) from change_images) as images,
    (select sum(value) from counters) as numbers, (select count(*) from requests) as requests`,
  );

test(`${DUPLICATES} duplicates, anywhere in a sequence, change nothing`, { timeout: 300_000 }, async () => {
  let duplicates = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: STEPS, maxLength: STEPS }), async (steps) => {
      let now = Date.parse('2026-03-10T17:00:00.000Z');
      const book = await openBook({ repeats: 'noticed', now: () => new Date(now).toISOString() });
      await roof(async (tool, args) => await book.ok(tool, args));
      await book.ok('create-job', { customer: 'C-1', name: 'Gutters' });
      const due = new Map<number, { call: Call; answer: unknown }[]>();
      for (const [index, { call: each, requestId, again }] of steps.entries()) {
        now += MINUTE;
        const args = requestId ? { ...each.args, requestId: `r${index}` } : each.args;
        const before = await state(book);
        const first = await book.call(each.tool, args);
        const wrote = JSON.stringify(await state(book)) !== JSON.stringify(before);
        for (const later of wrote ? again : []) {
          const planned = due.get(index + later) ?? [];
          due.set(index + later, [...planned, { call: { tool: each.tool, args }, answer: first.structuredContent }]);
        }
        for (const { call: copy, answer } of due.get(index) ?? []) {
          const untouched = await state(book);
          const second = await book.call(copy.tool, copy.args);
          expect(await state(book)).toEqual(untouched);
          const isTold = second.content[0]?.text.startsWith('the very same was done');
          expect('requestId' in copy.args ? second.structuredContent : isTold).toEqual(
            'requestId' in copy.args ? answer : true,
          );
          duplicates += 1;
        }
      }
      expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
    }),
    { numRuns: BOOKS },
  );
  expect(duplicates).toBeGreaterThanOrEqual(DUPLICATES);
});
