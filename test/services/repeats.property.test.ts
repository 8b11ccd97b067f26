// What is a repeat is told by the books as they stand: one that equals what the same person added within ten minutes, and
// that is there, whatever was undone, done again, removed, voided or corrected in between.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cases, chosen } from '../support/arbitrary.ts';
import { openBook } from '../support/answers.ts';
import { madeOnce } from '../support/made-once.ts';
import { roof } from '../support/roof.ts';
import { rowsOf } from '../support/store.ts';

const RUNS = cases(60);
const START = Date.parse('2026-03-10T17:00:00.000Z');
const MINUTE = 60_000;
/** Changes that made the book: it is opened, and has Dana, the roof and its quote. */
const MADE = 3;

const PARTS = ['Permit', 'Nails'];
const AMOUNTS = [180, 190];
const JOBS = ['J-1', 'roof'];

type Step = {
  readonly do: 'expense' | 'expenses' | 'bill' | 'correct' | 'remove' | 'void' | 'undo';
  readonly a: number;
  readonly minutes: number;
  readonly meant: boolean;
};

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom(
    ...(['expense', 'expense', 'expense', 'expenses', 'bill', 'bill', 'correct', 'remove', 'void'] as const),
    ...(['undo', 'undo', 'undo', 'undo'] as const),
  ),
  a: fc.nat(7),
  minutes: fc.integer({ min: 0, max: 3 }),
  meant: fc.integer({ min: 0, max: 3 }).map((each) => each === 0),
});

const roofOnly = madeOnce(async () => {
  const book = await openBook();
  await roof(book.ok);
  return book;
});

const expenseOf = (a: number) => ({
  job: chosen(JOBS, a),
  description: chosen(PARTS, a >> 1),
  amount: chosen(AMOUNTS, a >> 2),
  category: 'permit',
});
const billOf = (a: number) => ({
  job: chosen(JOBS, a),
  kind: 'standard',
  lines: [{ description: chosen(PARTS, a >> 1), quantity: 1, unitPrice: chosen(AMOUNTS, a >> 2) }],
});

/** Bills that are neither void nor credited, with what their only line says. */
const BILLS = `select i.id, i.number, i.created_at, l.description, l.unit_price from invoices i
  join invoice_lines l on l.invoice_id = i.id
  where i.status = 'issued' and i.kind = 'standard' and i.corrected_by_id is null order by i.id desc`;

test('a repeat is told by what stands', { timeout: 180_000 }, async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 40, size: 'max' }), async (steps) => {
      let now = START;
      const book = await roofOnly({ repeats: 'noticed', now: () => new Date(now).toISOString() });
      const isLate = ({ created_at: at }: { readonly [column: string]: unknown }) =>
        now - Date.parse(String(at)) < 10 * MINUTE;
      const like = async (table: 'expenses' | 'bills', a: number, besides = 0) => {
        const [words, cents] = [chosen(PARTS, a >> 1), (chosen(AMOUNTS, a >> 2) ?? 0) * 100];
        const rows =
          table === 'expenses'
            ? await rowsOf(book, 'select id, created_at, description, amount from expenses')
            : await rowsOf(book, BILLS);
        return rows.some(
          (row) =>
            row['description'] === words &&
            Number(row['amount'] ?? row['unit_price']) === cents &&
            row['id'] !== besides &&
            isLate(row),
        );
      };
      for (const { do: what, a, minutes, meant } of steps) {
        now += minutes * MINUTE;
        const more = meant ? { allowDuplicate: true } : {};
        const [newest] = await rowsOf(book, BILLS);
        const id = Number(newest?.['id'] ?? 0);
        const invoice = `INV-${String(newest?.['number'] ?? 0)}`;
        const added = async (isRepeat: boolean, tool: string, args: object) => {
          const { isError, content } = await book.callWithYes(tool, { ...args, ...more });
          const said = content[0]?.text ?? '';
          const isTold = /^the (very )?same was done/.test(said);
          const about = `${tool} ${JSON.stringify(args)}: ${said}`;
          expect([isTold, isError === true], about).toEqual([isRepeat && !meant, isRepeat && !meant]);
          const outcome = `${what} ${isTold ? 'told' : 'added'}`;
          seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
        };
        switch (what) {
          case 'expense':
            await added(await like('expenses', a), 'add-job-expense', expenseOf(a));
            break;
          case 'expenses': {
            const both = [expenseOf(a), { ...expenseOf(a), description: chosen(PARTS, (a >> 1) + 1) }];
            const isRepeat = (await like('expenses', a)) || (await like('expenses', a ^ 2));
            await added(isRepeat, 'add-expenses', { expenses: both });
            break;
          }
          case 'bill':
            await added(await like('bills', a), 'create-invoice', billOf(a));
            break;
          case 'correct':
            if (id === 0) break;
            await added(await like('bills', a, id), 'update-invoice', {
              invoice,
              correct: true,
              lines: billOf(a).lines,
            });
            break;
          case 'void':
            await book.callWithYes('update-invoice', { invoice, status: 'void', voidReason: `Wrong ${a}` });
            break;
          case 'remove':
            await book.callWithYes('update-job-expense', { expense: `E-${a}`, remove: true });
            break;
          case 'undo': {
            const [account] = await rowsOf(book, 'select change_number from accounts');
            const change = Number(account?.['change_number']) - a;
            if (change <= MADE) break;
            const { isError } = await book.callWithYes('undo-change', { change });
            seen.set(`undo ${isError === true}`, (seen.get(`undo ${isError === true}`) ?? 0) + 1);
          }
        }
      }
      await book.store.close();
    }),
    { numRuns: RUNS },
  );
  for (const outcome of ['expense told', 'expense added', 'expenses told', 'expenses added', 'bill told', 'bill added'])
    expect(seen.get(outcome) ?? 0, outcome).toBeGreaterThan(0);
  for (const outcome of ['correct told', 'correct added', 'undo false'])
    expect(seen.get(outcome) ?? 0, outcome).toBeGreaterThan(0);
});
