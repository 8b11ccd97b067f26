// What suppliers give back against plain sums: whatever is bought, returned, linked, moved and taken out in whatever order,
// one by one or several at once, on a line or on one that changes it, it counts once and is never more than was bought.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { add, dollars } from '../../support/arithmetic.ts';
import { cases, chosen } from '../../support/arbitrary.ts';
import { openBook, type Book } from '../../support/book.ts';
import { madeOnce } from '../../support/made-once.ts';

/** Where an expense may be: on a line, on the one that changes the first, on the other line, or on none. */
const LINES = ['Q-1/1', 'Q-2/1', 'Q-1/2', null] as const;
type Line = (typeof LINES)[number];
/** A line and its change are one piece of work, planned at their sum. */
const PLANS = { 'Q-1/1': 50_000, 'Q-1/2': 20_000 } as const;
type Work = keyof typeof PLANS;
const workOf = (line: Line): Work | null => (line === 'Q-2/1' ? 'Q-1/1' : line);

const openLines = madeOnce(async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof' });
  const line = (description: string, unitCost: number) => ({ description, quantity: 1, unitPrice: 900, unitCost });
  await book.ok('create-quote', { job: 'J-1', status: 'accepted', lines: [line('Roof', 400), line('Gutter', 200)] });
  const change = { ...line('More roof', 100), changesLine: 'Q-1/1' };
  await book.ok('create-quote', { job: 'J-1', kind: 'change_order', status: 'accepted', lines: [change] });
  return book;
});

/** @property cents below 0 where a supplier gave it back */
type Receipt = { ref: string; cents: number; on: Line };
const signed = fc.tuple(fc.integer({ min: 1, max: 60_000 }), fc.boolean());
const line = fc.constantFrom(...LINES, 'Q-1/1', 'Q-2/1');
const paid = fc.record({ cents: signed.map(([cents, back]) => (back ? -Math.ceil(cents / 3) : cents)), on: line });
const pick = fc.nat(60);
const op = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('add'), receipts: fc.array(paid, { minLength: 1, maxLength: 4 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('link'),
      links: fc.uniqueArray(fc.record({ pick: fc.nat(5), on: line }), {
        ...{ selector: (link) => link.pick, minLength: 1, maxLength: 4 },
      }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('amount'), pick, cents: fc.integer({ min: 1, max: 60_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove'), pick }) },
);
type Op = typeof op extends fc.Arbitrary<infer T> ? T : never;

/** On no piece of work came more back than was bought for it. */
const isSound = (receipts: readonly Receipt[]) =>
  (['Q-1/1', 'Q-1/2'] as const).every((work) => {
    const here = receipts.filter(({ on }) => workOf(on) === work).map(({ cents }) => cents);
    return here.every((cents) => cents > 0) || add(here) >= 0;
  });

const spoken = ({ cents, on }: { cents: number; on: Line }) => ({
  ...{ job: 'J-1', description: 'Bundles', category: 'materials', amount: dollars(Math.abs(cents)) },
  ...(cents < 0 ? { refund: true } : {}),
  ...(on === null ? {} : { coversLine: on }),
});

const seen = { done: 0, refused: 0 };
async function attempt(book: Book, tool: string, args: object, allowed: boolean): Promise<any> {
  const { isError, structuredContent, content } = await book.callWithYes(tool, args);
  expect(isError !== true, `${tool} ${JSON.stringify(args)}: ${content[0]?.text}`).toBe(allowed);
  seen[allowed ? 'done' : 'refused'] += 1;
  if (!allowed) expect(content[0]?.text).toContain('would come back on Q-');
  return allowed ? structuredContent : undefined;
}

async function perform(book: Book, receipts: Receipt[], each: Op): Promise<Receipt[]> {
  if (each.do === 'add') {
    const added = each.receipts.map((receipt) => ({ ref: '', ...receipt }));
    const after = [...receipts, ...added];
    const [only, ...others] = added;
    const one = only !== undefined && others.length === 0;
    const [tool, args] = one
      ? (['add-job-expense', spoken(only)] as const)
      : (['add-expenses', { expenses: added.map(spoken) }] as const);
    const out = await attempt(book, tool, { ...args, allowDuplicate: true }, isSound(after));
    if (out === undefined) return receipts;
    const made = one ? [out.expense] : out.expenses;
    for (const [index, receipt] of added.entries()) receipt.ref = made[index].ref;
    return after;
  }
  if (each.do === 'link') {
    const links = each.links.flatMap(({ pick: index, on }) => {
      const receipt = receipts[index];
      return receipt === undefined ? [] : [{ receipt, on }];
    });
    if (links.length === 0) return receipts;
    const to = new Map(links.map(({ receipt, on }) => [receipt.ref, on]));
    const after = receipts.map((receipt) => ({
      ...receipt,
      on: to.get(receipt.ref) ?? (to.has(receipt.ref) ? null : receipt.on),
    }));
    const args = { links: links.map(({ receipt, on }) => ({ expense: receipt.ref, coversLine: on })) };
    return (await attempt(book, 'update-job-expense', args, isSound(after))) === undefined ? receipts : after;
  }
  const receipt = chosen(receipts, each.pick);
  if (receipt === undefined) return receipts;
  const cents = each.do === 'amount' ? Math.sign(receipt.cents) * each.cents : 0;
  const after = receipts.flatMap((other) => (other !== receipt ? [other] : cents === 0 ? [] : [{ ...other, cents }]));
  const change = each.do === 'amount' ? { amount: dollars(each.cents) } : { remove: true };
  const out = await attempt(book, 'update-job-expense', { expense: receipt.ref, ...change }, isSound(after));
  return out === undefined ? receipts : after;
}

test('what comes back counts once and is never more than was bought, in whatever order it is said', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(op, { minLength: 3, maxLength: 9 }), async (ops) => {
      const book = await openLines();
      let receipts: Receipt[] = [];
      for (const each of ops) receipts = await perform(book, receipts, each);
      const on = (work: Work | null) =>
        add(receipts.filter((each) => workOf(each.on) === work).map(({ cents }) => cents));
      const { profit } = (await book.ok('get-job', { job: 'J-1' })).job;
      expect(profit).toMatchObject({
        costOfWork: dollars(add((['Q-1/1', 'Q-1/2'] as const).map((work) => Math.max(PLANS[work], on(work))))),
        expenses: dollars(on(null)),
      });
      expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
    }),
    { numRuns: cases(120) },
  );
  expect(Math.min(seen.done, seen.refused)).toBeGreaterThan(10);
});
