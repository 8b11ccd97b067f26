// Whatever was done through the tools: the newest changes go back one by one to the exact rows of before, and forth
// again; and whichever change is taken back in whatever order, the books keep what they promise.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { rowIn } from '../../../src/store/journal/images.ts';
import { LEDGER } from '../../../src/store/journal/ledger.ts';
import { REFERENCES } from '../../../src/store/journal/references.ts';
import { cases } from '../../support/arbitrary.ts';
import type { Row } from '../../support/engines/engine.ts';
import { madeOnce } from '../../support/made-once.ts';
import { behind, everything, rowsOf } from '../../support/store.ts';
import { type Book, openBook } from '../../support/book.ts';
import { callOf, doing, type Doing } from '../../support/doings.ts';

const BACK_AND_FORTH = cases(200);
const IN_ANY_ORDER = cases(100);

const counts = new Map<string, number>();
const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
const seen = (what: string) => counts.get(what) ?? 0;

/** What only counts up: the account's change number, and an appointment's revision, which calendars follow. */
const COUNTS_UP = ['change_number', 'newest_hash', 'newest_at', 'revision'];

/** Every row of the ledger by its key. */
async function ledgerOf(book: Book): Promise<Record<string, string>> {
  const tables = await everything(book);
  const rows = Object.entries(LEDGER).flatMap(([table, { key }]) =>
    (tables[table] ?? []).map((row) => {
      const shown = Object.entries(row).filter(([column]) => table === 'job_notes' || !COUNTS_UP.includes(column));
      return [`${table} ${key.map((column) => row[column]).join(' ')}`, JSON.stringify(shown)];
    }),
  );
  return Object.fromEntries(rows.toSorted(([one = ''], [other = '']) => one.localeCompare(other)));
}

/** Two jobs of one customer, each with a quote. */
const freshBook = madeOnce(async () => {
  const made = await openBook();
  await made.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof' });
  await made.ok('create-job', { customer: 'C-1', name: 'Garage' });
  const lines = [{ description: 'Work 1', quantity: 10, unitPrice: 90, unitCost: 50 }];
  await made.ok('create-quote', { job: 'J-1', status: 'accepted', lines });
  await made.ok('create-quote', { job: 'J-2', status: 'sent', lines });
  return made;
});

/** Does it, as somebody who says yes. @returns the number of its change; null where it was refused or nothing changed */
async function perform(book: Book, op: Doing): Promise<number | null> {
  const call = await callOf(book, op);
  if (call === null) return null;
  const { isError, structuredContent, content } = await book.callWithYes(call.tool, call.args);
  expect(content[0]?.text).not.toContain('inside Jobwright');
  count(`${op.do} ${isError === true ? 'refused' : 'done'}`);
  const change = structuredContent?.['change'];
  return typeof change === 'number' ? change : null;
}

async function undo(book: Book, change: number): Promise<{ change: number | null; said: string }> {
  const { isError, structuredContent, content } = await book.callWithYes('undo-change', { change });
  const said = content[0]?.text ?? '';
  expect(said).not.toContain('inside Jobwright');
  return { change: isError === true ? null : Number(structuredContent?.['change']), said };
}

/** Real invoices that the change issued, or payments that it recorded. */
async function isFrozen(book: Book, change: number): Promise<boolean> {
  return (
    await rowsOf(book, 'select table_name, before, after from change_images where change_number = ?', change)
  ).some(({ table_name, before, after }) => {
    const [from, to] = [before, after].map((image) =>
      typeof image === 'string' ? rowIn(String(table_name), image) : null,
    );
    if (table_name === 'payments') return from === null && to !== null;
    const isIssue = to?.['number'] !== null && to !== null && to !== undefined && (from?.['number'] ?? null) === null;
    return table_name === 'invoices' && isIssue;
  });
}

type Step = Doing | { readonly do: 'undo'; readonly back: number };
const step = (what: Doing['do'], a = 0, b = 0, c = 0): Doing => ({ do: what, a, b, c });
const undoing = (back: number) => ({ do: 'undo', back }) as const;

/** One of each kind that chance may leave out: what must be seen below is seen whatever the sequences come to. */
const EACH_KIND: readonly (readonly Doing[])[] = [
  [step('revision'), step('answer')],
  [step('quote'), step('lines', 0, 4, 5)],
  [step('people', 0, 1, 2), step('file', 0, 1)],
  [step('draft', 0, 7), step('discard')],
  [step('done', 1, 1)],
  [step('expense', 1), step('cover', 0, 1)],
  [step('expense'), step('move', 0, 1), step('remove')],
];

/** One for each reason of a refusal; the newest quote is Q-2, sent, and nothing stands on it at first. */
const EACH_REFUSAL: Readonly<Record<string, readonly Step[]>> = {
  'later changes stand on it': [step('quote'), step('lines', 0, 1, 2), step('lines', 0, 3, 4), undoing(1)],
  'later records stand on it': [step('customer'), step('job'), undoing(1)],
  'a promise': [step('answer'), step('done', 0, 1), undoing(1)],
  'another rule': [step('bill', 0, 7), undoing(0)],
};

const quiet = { bill: 1, pay: 1, credit: 0, correction: 0, issue: 0, refund: 0, share: 0 };

test('the newest changes go back one by one to the very rows of before, and forth again', {
  timeout: 180_000,
}, async () => {
  const ops = fc.array(
    doing({
      ...quiet,
      'covering expense': 2,
      revision: 2,
      answer: 3,
      quote: 2,
      draft: 3,
      discard: 6,
      cover: 5,
      expense: 2,
      remove: 4,
    }),
    {
      minLength: 4,
      maxLength: 9,
    },
  );
  await fc.assert(
    fc.asyncProperty(ops, fc.array(fc.boolean(), { minLength: 9, maxLength: 9 }), async (sequence, forth) => {
      const book = await freshBook();
      const states = [{ change: 0, ledger: await ledgerOf(book) }];
      for (const op of sequence) {
        const change = await perform(book, op);
        if (change !== null) states.push({ change, ledger: await ledgerOf(book) });
      }
      for (let last = states.pop(); last !== undefined && states.length > 0; last = states.pop()) {
        const before = states.at(-1)?.ledger;
        const { change, said } = await undo(book, last.change);
        expect([change === null, said]).toEqual([await isFrozen(book, last.change), said]);
        if (change === null) {
          count('kept, being issued or paid');
          return;
        }
        count('taken back');
        expect(await ledgerOf(book)).toEqual(before);
        if (forth[states.length % forth.length] !== true) continue;
        const again = await undo(book, change);
        expect([again.change === null, again.said]).toEqual([false, again.said]);
        expect(await ledgerOf(book)).toEqual(last.ledger);
        expect((await undo(book, again.change ?? 0)).change).not.toBeNull();
        expect(await ledgerOf(book)).toEqual(before);
        count('brought back');
      }
      expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
      await book.store.close();
    }),
    { numRuns: BACK_AND_FORTH, examples: EACH_KIND.map((sequence) => [[...sequence], Array<boolean>(9).fill(true)]) },
  );
  expect(seen('taken back')).toBeGreaterThan(2 * BACK_AND_FORTH);
  expect(seen('brought back')).toBeGreaterThan(BACK_AND_FORTH / 2);
  for (const what of ['revision', 'answer', 'people', 'discard', 'cover', 'remove', 'move', 'file', 'done', 'lines'])
    expect(seen(`${what} done`), what).toBeGreaterThan(0);
});

/** What the books promise, in plain SQL over the rows; each finds what breaks it. */
const PROMISES: Readonly<Record<string, string>> = {
  'payments stand on issued invoices only': `
    select p.id from payments p join invoices i on i.id = p.invoice_id where p.void_reason is null and i.status <> 'issued'`,
  'no more is paid than an invoice comes to, no more given back than was paid': `
    select i.id from invoices i join payments p on p.invoice_id = i.id where p.void_reason is null
    group by i.id having sum(case p.is_refund when 1 then -p.amount else p.amount end) not between 0 and max(i.total)`,
  'credits stand on issued invoices only': `
    select n.id from invoices n join invoices i on i.id = n.credits_id where n.status = 'issued' and i.status <> 'issued'`,
  'no more is credited than an invoice comes to': `
    select i.id from invoices i join invoices n on n.credits_id = i.id where n.status = 'issued' and i.status = 'issued'
    group by i.id having max(i.subtotal) + sum(n.subtotal) < 0 or max(i.total) + sum(n.total) < 0`,
  'a bill of a contract stands on an accepted original': `
    select i.id from invoices i where i.status = 'issued' and i.contract_id is not null and i.corrected_by_id is null
      and i.credits_id is null and not exists (select 1 from quotes q where q.contract_id = i.contract_id
        and q.kind = 'original' and q.status = 'accepted')`,
  'of the revisions of one quote one is accepted': `
    with recursive chain(id, first) as (
      select id, id from quotes where revises_id is null
      union all select q.id, chain.first from quotes q join chain on q.revises_id = chain.id)
    select chain.first from chain join quotes q on q.id = chain.id where q.status = 'accepted'
    group by chain.first having count(*) > 1`,
  'an expense covers a line that stands on its own job': `
    select e.id from expenses e where e.covers_line_id is not null and not exists (
      select 1 from quote_lines l join quotes q on q.id = l.quote_id
      where l.line_id = e.covers_line_id and q.job_id = e.job_id and q.status <> 'superseded')`,
  'invoices of a contract are on the job of its quotes': `
    select i.id from invoices i join quotes q on q.contract_id = i.contract_id where i.job_id is distinct from q.job_id`,
  ...Object.fromEntries(
    REFERENCES.map(({ table, column, to, by }) => [
      `${table}.${column} leads to a row`,
      `select ${column} from ${table} where ${column} is not null and ${column} not in (select ${by} from ${to})`,
    ]),
  ),
};

async function brokenIn(book: Book): Promise<string[]> {
  return await behind(book, async (raw) => {
    const broken: string[] = [];
    for (const [promise, sql] of Object.entries(PROMISES))
      broken.push(...(await raw.rows(sql)).map((row) => `${promise}: ${JSON.stringify(row)}`));
    return broken;
  });
}

async function expectKept(book: Book, said: string): Promise<void> {
  const broken = await brokenIn(book);
  expect(broken.length, `${said} ${broken.join('; ')}`).toBe(0);
}

/** Every row that the change touched is as it was before it, but for what only counts up. */
async function expectBefore(book: Book, change: number): Promise<void> {
  const first = new Map<string, [string, string, string | null]>();
  for (const { table_name, row_key, before } of await rowsOf(
    book,
    'select table_name, row_key, before from change_images where change_number = ? order by position',
    change,
  )) {
    const name = `${String(table_name)} ${String(row_key)}`;
    if (!first.has(name))
      first.set(name, [String(table_name), String(row_key), before === null ? null : String(before)]);
  }
  for (const [table, key, before] of first.values()) {
    const named = Object.entries(JSON.parse(key) as Row);
    const where = ['true', ...named.map(([column]) => `${column} = ?`)].join(' and ');
    const [now] = await rowsOf(book, `select * from ${table} where ${where}`, ...named.map(([, value]) => value));
    const { revision: _, ...wanted } = before === null ? {} : rowIn(table, before);
    expect({ table, key, now: now ?? null }).toMatchObject({ table, key, now: before === null ? null : wanted });
  }
}

/** Why an undo was refused, as far as the test tells reasons apart. */
function reasonIn(said: string): string {
  const [, why] = /cannot be undone: ([^:]*):/.exec(said) ?? [];
  return why === undefined ? 'another rule' : why.includes(' would ') ? 'a promise' : why;
}

/** Mostly what stands on each other: quotes, their bills, what is paid and credited on them, and what covers their lines. */
const BUSY = {
  ...{ customer: 0, contact: 0, job: 0, 'job details': 0, people: 0, note: 0, account: 0, draft: 0 },
  ...{ appointment: 0, 'appointment moved': 0, bill: 1, lines: 1, discard: 1, refund: 1, correction: 1, file: 2 },
  ...{ quote: 3, 'change order': 2, revision: 4, answer: 6, share: 6, void: 6, pay: 4, 'void payment': 4, credit: 4 },
  ...{ expense: 1, 'covering expense': 4, cover: 4, done: 3 },
};

test('in whatever order changes are taken back, the books keep what they promise', { timeout: 180_000 }, async () => {
  const anyStep: fc.Arbitrary<Step> = fc.oneof(
    { weight: 3, arbitrary: doing(BUSY) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), back: fc.nat(11) }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 25, maxLength: 45, size: 'max' }), async (sequence) => {
      const book = await freshBook();
      for (const each of sequence) {
        if (each.do !== 'undo') {
          await perform(book, each);
          await expectKept(book, `after ${JSON.stringify(each)}`);
          continue;
        }
        const newest = Number((await rowsOf(book, 'select change_number from accounts'))[0]?.['change_number']);
        const target = newest - each.back;
        if (target <= 4) continue;
        const { change, said } = await undo(book, target);
        count(change === null ? `refused: ${reasonIn(said)}` : 'undone');
        if (change !== null) await expectBefore(book, target);
        await expectKept(book, said);
      }
      expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
      await book.store.close();
    }),
    { numRuns: IN_ANY_ORDER, examples: Object.values(EACH_REFUSAL).map((sequence) => [[...sequence]]) },
  );
  // In a few sequences chance has a larger part.
  expect(seen('undone')).toBeGreaterThan((IN_ANY_ORDER < 20 ? 1 : 2) * IN_ANY_ORDER);
  for (const why of Object.keys(EACH_REFUSAL)) expect(seen(`refused: ${why}`), why).toBeGreaterThan(0);
});
