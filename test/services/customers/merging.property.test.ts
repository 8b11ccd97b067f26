// Whoever is merged with whom, whatever is moved, taken out, undone and done again in whatever order: no record stands on
// a customer who was merged or is not there, none under a job of somebody else, and whoever was merged leads to one who
// was not.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { chosen, cases } from '../../support/arbitrary.ts';
import { type Book, openBook } from '../../support/book.ts';
import { callOf, doing, type Doing } from '../../support/doings.ts';
import { madeOnce } from '../../support/made-once.ts';
import { rowsOf } from '../../support/store.ts';

const RUNS = cases(60);
/** Changes that made the book. */
const MADE = 7;
const PEOPLE = ['C-1', 'C-2', 'C-3', 'C-4'];

const counts = new Map<string, number>();
const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);

type Step =
  | Doing
  | { readonly do: 'merge' | 'owner' | 'of nobody' | 'take out' | 'undo'; readonly a: number; readonly b: number };

/** Four people, of whom two are called alike; each of the first three has a job. */
const freshBook = madeOnce(async () => {
  const book = await openBook();
  for (const [name, address] of [
    ['Dana', '1 Elm'],
    ['Dana', '1 Elm'],
    ['Marta', '9 Oak'],
    ['Tom', undefined],
  ])
    await book.ok('create-customer', { name, address, evenIfSimilar: true });
  for (const customer of PEOPLE.slice(0, 3)) await book.ok('create-job', { customer, name: `Roof of ${customer}` });
  return book;
});

const step = <D extends Step['do']>(what: D, a = 0, b = 0) => ({ do: what, a, b, c: 0 });

const LINES = [{ description: 'Work', quantity: 1, unitPrice: 90 }];

const REFS = `
  select 'Q-' || id as ref from quotes union all select 'A-' || id from appointments union all select 'F-' || id from files
  union all select 'W-' || id from walk_and_talks
  union all select case when number is null then 'DRAFT-' || id else 'INV-' || number end from invoices`;

async function called(book: Book, step: Step): Promise<{ tool: string; args: object } | null> {
  const customer = chosen(PEOPLE, step.a);
  switch (step.do) {
    case 'merge':
      return { tool: 'merge-customers', args: { keep: customer, duplicate: chosen(PEOPLE, step.b) } };
    case 'owner':
      return { tool: 'update-job', args: { job: `J-${1 + (step.a % 3)}`, customer: chosen(PEOPLE, step.b) } };
    case 'of nobody':
      return (
        chosen(
          [
            { tool: 'create-quote', args: { customer, status: step.a > 49 ? 'accepted' : 'draft', lines: LINES } },
            { tool: 'create-job', args: { customer, name: `Job ${step.b}` } },
            { tool: 'attach-file', args: { customer, name: `${step.b}.txt`, content: 'U2lnbmVkLgo=' } },
            { tool: 'schedule-appointment', args: { customer, title: 'Visit', starts: '2026-04-20T09:00' } },
            {
              tool: 'record-walk-and-talk',
              args: { customer, title: 'Walk', consent: 'They agreed.', transcript: 'All of it.' },
            },
            {
              tool: 'create-invoice',
              args: { customer, draft: step.a > 49, lines: LINES },
            },
          ],
          step.b,
        ) ?? null
      );
    case 'take out': {
      const refs = (await rowsOf(book, REFS)).map(({ ref }) => String(ref)).toSorted();
      const ref = chosen(refs, step.a);
      const job = step.b % 3 === 0 ? `J-${1 + (step.b % 4)}` : null;
      return ref === undefined ? null : { tool: 'file-under-job', args: { job, records: [ref] } };
    }
    case 'undo': {
      const [account] = await rowsOf(book, 'select change_number from accounts');
      const change = Number(account?.['change_number']) - step.a;
      return change > MADE ? { tool: 'undo-change', args: { change } } : null;
    }
    default:
      return await callOf(book, step);
  }
}

/** Each way in which an undo keeps to it. */
const SAID = [
  ...[' by now, so ', 'would stand on', 'merged with itself', 'came back since'],
  ...['of another customer than the job', 'of another customer than what belongs to it'],
];

const OWNED = ['quotes', 'invoices', 'files', 'appointments', 'walk_and_talks'];
const BROKEN = [
  ...['jobs', ...OWNED].map(
    (table) => `select '${table} on a merged customer' as what, r.id from ${table} r left join customers c
      on c.id = r.customer_id where r.customer_id is not null and (c.id is null or c.merged_into is not null)`,
  ),
  ...OWNED.map(
    (table) => `select '${table} on a job of another' as what, r.id from ${table} r join jobs j on j.id = r.job_id
      where j.customer_id <> coalesce(r.customer_id, 0)`,
  ),
  ...[
    ['invoices', 'contract_id', 'quotes'],
    ['invoices', 'credits_id', 'invoices'],
    ['quotes', 'contract_id', 'quotes'],
    ['files', 'walk_and_talk_id', 'walk_and_talks'],
  ].map(
    ([table, column, other]) => `select '${table}.${column} of another' as what, r.id from ${table} r
      join ${other} o on o.id = r.${column} where o.customer_id <> r.customer_id`,
  ),
  `select 'merged in a circle' as what, a.id from customers a join customers b on b.id = a.merged_into
    where b.merged_into = a.id`,
].join(' union all ');

/** What chance may leave out. */
const EACH: readonly (readonly Step[])[] = [
  // A job comes back to one who was merged, twice over; then the two are parted.
  [step('owner', 0, 3), step('merge', 2, 0), step('undo', 1), step('undo', 1), step('undo', 1), step('undo', 2)],
  [step('of nobody', 0, 0), step('undo', 0), step('merge', 2, 0), step('merge', 3, 2), step('undo', 2)],
  // Merged anew, when something came to the one in between; and two, each with the other.
  [step('merge', 2, 0), step('undo', 0), step('of nobody', 0, 1), step('undo', 1)],
  [step('merge', 1, 0), step('undo', 0), step('merge', 0, 1), step('undo', 1)],
  // Parted, when a bill of what goes stays.
  [step('of nobody', 96, 0), step('merge', 2, 0), step('share', 0, 1), step('undo', 1)],
  // Taken out of a job that is somebody else's by then.
  [step('quote', 2), step('take out', 0, 1), step('owner', 0, 3), step('undo', 1)],
];

const op: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: doing({
      ...{
        customer: 0,
        contact: 1,
        account: 0,
        note: 0,
        people: 0,
        done: 0,
        issue: 0,
        void: 0,
        refund: 0,
        correction: 0,
      },
      ...{ bill: 1, share: 3, pay: 0, 'void payment': 0, credit: 2, draft: 3, discard: 3, quote: 2, appointment: 2 },
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constantFrom('merge', 'owner', 'owner', 'owner', 'of nobody', 'of nobody', 'take out', 'take out'),
      a: fc.nat(99),
      b: fc.nat(99),
    }),
  },
  { weight: 12, arbitrary: fc.record({ do: fc.constant('undo' as const), a: fc.nat(9), b: fc.constant(0) }) },
);

test('no record ever stands on a customer who was merged, or under a job of somebody else', {
  timeout: 180_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(op, { minLength: 20, maxLength: 45, size: 'max' }), async (steps) => {
      const book = await freshBook();
      for (const step of steps) {
        const call = await called(book, step);
        if (call === null) continue;
        const { isError, content } = await book.callWithYes(call.tool, call.args);
        const said = content[0]?.text ?? '';
        expect(said).not.toContain('inside Jobwright');
        count(`${step.do} ${isError === true ? 'refused' : 'done'}`);
        for (const words of SAID) if (said.includes(words)) count(words);
        expect(await rowsOf(book, BROKEN), `${JSON.stringify(call)}: ${said}`).toEqual([]);
      }
      expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
      await book.store.close();
    }),
    { numRuns: RUNS, examples: EACH.map((steps) => [[...steps]]) },
  );
  for (const what of ['merge done', 'owner done', 'take out done', 'undo done', 'undo refused', ...SAID])
    expect(counts.get(what) ?? 0, what).toBeGreaterThan(0);
});
