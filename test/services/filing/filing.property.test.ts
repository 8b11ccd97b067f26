// Whatever is filed where, in any order: what belongs together stays together, totals are the sum of the jobs, nothing
// is lost on the way, and filing everything back restores every profit summary to the cent. And whatever of it is undone
// once jobs are of somebody else.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { cases } from '../../support/arbitrary.ts';
import type { Answers, TypedBook } from '../../support/answers.ts';
import { BILL, danaBook, SHINGLES, TEAR_OFF } from '../../support/roof.ts';
import { madeOnce } from '../../support/made-once.ts';
import { rowsOf } from '../../support/store.ts';

const RUNS = cases(80);
const JOBS = ['J-1', 'J-2', 'J-3', 'J-4'];
const cents = (text: string | undefined) => Math.round(Number(text ?? 'nothing') * 100);

/** Three jobs of Dana's and one of somebody else's, with papers that hang together in every way there is. */
async function prepared(): Promise<TypedBook> {
  const book = await danaBook();
  for (const name of ['Roof', 'Garage', 'Fence']) await book.ok('create-job', { customer: 'C-1', name });
  await book.ok('create-job', { newCustomer: { name: 'Marta Ortiz' }, name: 'Deck' });
  const quote = async (args: object) => await book.ok('create-quote', { lines: [SHINGLES, TEAR_OFF], ...args });
  const bill = async (args: object) => await book.ok('create-invoice', args);
  await quote({ job: 'J-1', status: 'accepted' });
  await quote({
    job: 'J-1',
    kind: 'change_order',
    status: 'accepted',
    lines: [{ ...SHINGLES, quantity: 2, changesLine: 'Q-1/1' }],
  });
  await quote({ revises: 'Q-1', lines: [SHINGLES] });
  await quote({ job: 'J-2', status: 'sent' });
  await quote({
    job: 'J-2',
    title: 'Porch',
    lines: [{ ...TEAR_OFF, description: 'More of it', changesLine: 'Q-4/2' }],
  });
  await quote({ customer: 'C-1', status: 'accepted', lines: [{ ...TEAR_OFF, taxRatePercent: 8.25 }] });
  await bill({ fromQuote: { quote: 'Q-1', percent: 30 } });
  await bill({ fromQuote: { quote: 'Q-1', percent: 10 }, draft: true });
  await bill({ job: 'J-1', kind: 'deposit', lines: [{ description: 'Deposit', quantity: 1, unitPrice: 500 }] });
  await bill({ job: 'J-2', lines: BILL });
  await bill({ creditFor: 'INV-1003', amount: 250 });
  await bill({ job: 'J-3', lines: BILL });
  await book.ok('update-invoice', { invoice: 'INV-1005', correct: true, lines: [{ ...BILL[0], quantity: 20 }] });
  await bill({
    customer: 'C-1',
    lines: [{ description: 'Inspection', quantity: 1, unitPrice: 120, taxRatePercent: 8.25 }],
  });
  await bill({ fromQuote: { quote: 'Q-6', percent: 50 } });
  const spent = { job: 'J-1', category: 'materials' };
  await book.ok('add-job-expense', { ...spent, description: 'Shingles', amount: 6100, coversLine: 'Q-1/1' });
  await book.ok('add-job-expense', { ...spent, description: 'Nails', amount: 80.5 });
  await book.ok('update-quote', { quote: 'Q-1', doneLines: [1] });
  await book.ok('schedule-appointment', { job: 'J-1', title: 'Measure', starts: '2026-03-20T09:00' });
  await book.ok('attach-file', { customer: 'C-1', name: 'signed.txt', content: 'U2lnbmVkLgo=' });
  await book.ok('record-walk-and-talk', {
    job: 'J-2',
    title: 'Walk',
    consent: 'Dana agreed.',
    transcript: 'All of it.',
  });
  await book.ok('add-job-expense', { job: 'J-2', category: 'permit', description: 'Permit', amount: 90 });
  await book.ok('attach-file', { expense: 'E-3', name: 'permit.txt', content: 'UGVybWl0Lgo=' });
  return book;
}

const NOTHING: Pick<Answers['file-under-job'], 'change' | 'moved' | 'cut' | 'warnings'> = {
  change: null,
  moved: [],
  cut: [],
  warnings: [],
};

/** Records named together, and where they were at first. */
const GROUPS: readonly { readonly records: readonly string[]; readonly home: string | null }[] = [
  { records: ['Q-1'], home: 'J-1' },
  { records: ['Q-4', 'Q-5'], home: 'J-2' },
  { records: ['Q-6'], home: null },
  { records: ['INV-1002'], home: 'J-1' },
  { records: ['INV-1003'], home: 'J-2' },
  { records: ['INV-1005'], home: 'J-3' },
  { records: ['INV-1008'], home: null },
  { records: ['A-1'], home: 'J-1' },
  { records: ['F-1'], home: null },
  { records: ['W-1'], home: 'J-2' },
];
const REFS = [
  'Q-1',
  'Q-2',
  'Q-3',
  'Q-4',
  'Q-5',
  'Q-6',
  'INV-1001',
  'DRAFT-2',
  'INV-1002',
  'INV-1003',
  'INV-1004',
].concat(['INV-1005', 'INV-1006', 'INV-1007', 'INV-1008', 'INV-1009', 'A-1', 'F-1', 'W-1']);

const SURE = ['billed', 'expenses', 'notBilledYet', 'taxBilled'] as const;

const step = fc.record({
  job: fc.constantFrom('J-1', 'J-2', 'J-3', 'J-1', 'J-2', 'J-3', null, null, 'J-4'),
  records: fc.oneof(
    fc.constantFrom(...GROUPS.map(({ records }) => records)),
    fc.uniqueArray(fc.constantFrom(...REFS), { minLength: 1, maxLength: 3 }),
  ),
});

async function profitSummaries(book: TypedBook) {
  const pages = [];
  for (const job of JOBS) pages.push((await book.ok('get-job', { job })).job);
  return pages.map(({ profit, plan, billing }) => ({ profit, plan, billing }));
}

const FILED = ['quotes', 'invoices', 'files', 'appointments', 'walk_and_talks'];

/** Pairs of records that belong together and are on different jobs. */
const APART = `
  select 'contract' as what from quotes q join quotes o on o.contract_id = q.contract_id where o.job_id is distinct from q.job_id
  union all select 'bill' from invoices i join quotes q on q.contract_id = i.contract_id where i.job_id is distinct from q.job_id
  union all select 'credit' from invoices i join invoices c on c.id = i.credits_id where i.job_id is distinct from c.job_id
  union all select 'correction' from invoices i join invoices c on c.id = i.corrected_by_id where i.job_id is distinct from c.job_id
  union all select 'cover' from expenses e join quote_lines l on l.line_id = e.covers_line_id
    join quotes q on q.id = l.quote_id where q.job_id is distinct from e.job_id
  union all select 'change' from quote_lines l join quotes q on q.id = l.quote_id
    join quote_lines m on m.line_id = l.changes_line_id join quotes o on o.id = m.quote_id where o.job_id is distinct from q.job_id
  union all select 'receipt' from files f join expenses e on e.id = f.expense_id where e.job_id is distinct from f.job_id
  union all select 'photo' from files f join walk_and_talks w on w.id = f.walk_and_talk_id
    where w.job_id is distinct from f.job_id
  ${FILED.map(
    (table) => `union all select 'customer of ${table}' from ${table} r join jobs j on j.id = r.job_id
      where j.customer_id <> coalesce(r.customer_id, 0)`,
  ).join('\n')}`;
const PLACES = FILED.map((table) => `select '${table}' as what, id, job_id from ${table}`).join(' union all ');

test('filing in any order keeps the books whole, and filing back restores every strip', {
  timeout: 180_000,
}, async () => {
  const book = await prepared();
  const atHome = await profitSummaries(book);
  const issued = async () =>
    (await rowsOf(book, "select sum(subtotal) as sum from invoices where status = 'issued'"))[0]?.['sum'];
  const whole = await issued();
  const seen = { filed: 0, refused: 0, so: 0, cut: 0, along: 0, warned: 0, decided: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      for (const args of steps) {
        const before = await rowsOf(book, PLACES);
        const result = await book.callWithYes('file-under-job', args);
        const refused = result.isError === true;
        const { change, moved, cut, warnings } = refused ? NOTHING : (result.structuredContent as typeof NOTHING);
        seen[refused ? 'refused' : change === null ? 'so' : 'filed'] += 1;
        seen.cut += cut.length;
        seen.along += moved.filter(({ along }) => along).length;
        seen.warned += warnings.length;
        // What is refused or so already moves nothing; what was filed is so already when it is asked for again.
        expect(change === null ? await rowsOf(book, PLACES) : []).toEqual(change === null ? before : []);
        expect(refused ? NOTHING : await book.ok('file-under-job', args)).toMatchObject({
          change: null,
          moved: [],
          cut: [],
        });
        expect(await rowsOf(book, APART)).toEqual([]);
        const { jobs, totals } = await book.ok('list-jobs', { limit: 50 });
        const added = (figure: (typeof SURE)[number] | 'costOfWork') =>
          jobs.reduce((sum, job) => sum + cents(job.profit?.[figure]), 0);
        // Of several quotes that are open totals count one, which the plain model of the books holds; a row has them all.
        const areDecided = jobs.every(({ forecast }) => (forecast?.offers ?? []).length === 0);
        seen.decided += areDecided ? 1 : 0;
        for (const figure of areDecided ? [...SURE, 'costOfWork' as const] : SURE)
          expect(cents(totals?.[figure]), figure).toBe(added(figure));
        expect(cents(totals?.costOfWork)).toBeLessThanOrEqual(added('costOfWork'));
        expect(cents(totals?.profit)).toBe(cents(totals?.billed) - cents(totals?.costOfWork) - cents(totals?.expenses));
        const loose = await rowsOf(
          book,
          "select coalesce(sum(subtotal), 0) as sum from invoices where status = 'issued' and job_id is null",
        );
        expect(cents(totals?.billed) + Number(loose[0]?.['sum'])).toBe(whole);
      }
      expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
      for (const { records, home } of GROUPS) await book.ok('file-under-job', { job: home, records });
      await book.ok('update-job-expense', { expense: 'E-1', coversLine: 'Q-1/1' });
      expect(await profitSummaries(book)).toEqual(atHome);
    }),
    { numRuns: RUNS },
  );
  expect(await issued()).toBe(whole);
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(Math.floor(RUNS / 16));
});

const alone = madeOnce(prepared);
const UNDONE = cases(40);

type Step =
  | { readonly do: 'file'; readonly args: object }
  | { readonly do: 'owner'; readonly args: object }
  | { readonly do: 'expense'; readonly args: object }
  | { readonly do: 'undo'; readonly back: number };

const filing = step.map((args) => ({ do: 'file' as const, args }));
const takenOut = fc
  .constantFrom(...GROUPS)
  .map(({ records }) => ({ do: 'file' as const, args: { job: null, records } }));
const owner = fc
  .record({ job: fc.constantFrom(...JOBS), customer: fc.constantFrom('C-1', 'C-2') })
  .map((args) => ({ do: 'owner' as const, args }));
const expense = fc
  .record({
    expense: fc.constantFrom('E-1', 'E-2', 'E-3'),
    where: fc.constantFrom({ overhead: true }, ...JOBS.map((job) => ({ job }))),
  })
  .map(({ expense: named, where }) => ({ do: 'expense' as const, args: { expense: named, ...where } }));
const undoing = fc.nat(8).map((back) => ({ do: 'undo' as const, back }));

test('what was taken out of a job, and is brought back by an undo, is of the customer of that job', {
  timeout: 180_000,
}, async () => {
  const seen = new Map<string, number>();
  const anyStep: fc.Arbitrary<Step> = fc.oneof(
    { weight: 2, arbitrary: filing },
    { weight: 3, arbitrary: takenOut },
    { weight: 4, arbitrary: owner },
    { weight: 2, arbitrary: expense },
    { weight: 6, arbitrary: undoing },
  );
  const tools = { file: 'file-under-job', owner: 'update-job', expense: 'update-job-expense' };
  const [moved, out]: [Step, Step] = [
    { do: 'owner', args: { job: 'J-2', customer: 'C-2' } },
    { do: 'file', args: { job: null, records: ['Q-4', 'Q-5', 'INV-1003', 'W-1'] } },
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 12, maxLength: 25, size: 'max' }), async (steps) => {
      const book = await alone();
      const first = Number((await rowsOf(book, 'select change_number from accounts'))[0]?.['change_number']);
      for (const each of steps) {
        const newest = Number((await rowsOf(book, 'select change_number from accounts'))[0]?.['change_number']);
        const change = each.do === 'undo' ? newest - each.back : first + 1;
        if (change <= first) continue;
        const { isError, content } = await (each.do === 'undo'
          ? book.callWithYes('undo-change', { change })
          : book.callWithYes(tools[each.do], each.args));
        const said = content[0]?.text ?? '';
        expect(said).not.toContain('inside Jobwright');
        for (const what of [
          `${each.do} ${isError === true ? 'refused' : 'done'}`,
          said.includes('another customer') ? 'apart' : '',
        ])
          seen.set(what, (seen.get(what) ?? 0) + 1);
        expect(await rowsOf(book, APART), `${JSON.stringify(each)}: ${said}`).toEqual([]);
      }
      expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
      await book.store.close();
    }),
    { numRuns: UNDONE, examples: [[[out, moved, { do: 'undo', back: 1 }]]] },
  );
  for (const what of ['file done', 'owner done', 'owner refused', 'expense done', 'undo done', 'undo refused', 'apart'])
    expect(seen.get(what) ?? 0, what).toBeGreaterThan(0);
});
