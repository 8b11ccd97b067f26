import { expect, test } from 'vitest';
import type { JobSaid } from '../../../src/domain/job.ts';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { openBook } from '../../support/answers.ts';
import { BILL, danaBook, roofBook, roof, SHINGLES } from '../../support/roof.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

test('"the roof is done, Tom led it"', async () => {
  const book = await roofBook();
  const { answer, text } = await book.both('update-job', {
    job: 'roof',
    status: 'completed',
    assignees: [{ name: 'Tom Becker', role: 'lead' }],
    note: 'Magnet swept twice.',
  });
  expect(answer.did).toBe('J-1 Roof replacement: status open → completed; on it: Tom Becker (lead); note added');
  expect(answer.job).toMatchObject({
    ref: 'J-1',
    status: 'completed',
    assignees: [{ name: 'Tom Becker', role: 'lead' }],
  });
  expectPlain(text, 600);
  const { activity } = (await book.ok('get-job', { job: 'J-1' })).job;
  expect(activity.slice(0, 3).map(({ entry, text: said }) => `${entry}: ${said}`)).toEqual([
    'note: Magnet swept twice.',
    'people: On it: Tom Becker (lead)',
    'status: Status: open → completed',
  ]);
});

/** What can be said of a job, and how a change of it is told; a day on which it ended goes with a status. */
const EVERYTHING = {
  name: ['Garage roof', {}, 'name'],
  description: ['Two layers.', {}, 'description'],
  address: ['9 Elm Street, Austin', {}, 'address'],
  status: ['in_progress', {}, 'status'],
  startsOn: ['2026-03-02', {}, 'start'],
  endsOn: ['2026-03-09', {}, 'end'],
  completedOn: ['2026-03-03', { status: 'completed' }, 'day completed'],
  cancelledOn: ['2026-03-03', { status: 'cancelled' }, 'day cancelled'],
} satisfies Record<keyof JobSaid, [string, object, string]>;

test.each(Object.entries(EVERYTHING))('%s can be said, and is told', async (field, [value, besides, told]) => {
  const book = await roofBook();
  const { did, job } = await book.ok('update-job', { job: 'J-1', ...besides, [field]: value });
  expect(JSON.stringify({ did, job })).toContain(value);
  expect(did).toMatch(new RegExp(`^J-1 .*: ${told}`));
});

test('completing marks nothing done: it names every line that still costs what was quoted, and what marking would change', async () => {
  const book = await roofBook();
  const lines = [
    { description: 'Underlayment', quantity: 1, unitPrice: 2000, unitCost: 1000, category: 'materials' as const },
    { description: 'Cleanup', quantity: 1, unitPrice: 500, unitCost: 300, category: 'labor' as const },
    { description: 'Dumpster', quantity: 1, unitPrice: 500, unitCost: 400, category: 'other' as const },
    { description: 'Inspection', quantity: 1, unitPrice: 100 },
  ];
  await book.ok('create-quote', { job: 'J-1', kind: 'change_order', status: 'accepted', lines });
  const bought = async (line: string, amount: number) =>
    await book.ok('add-job-expense', { job: 'J-1', description: line, amount, category: 'other', coversLine: line });
  await bought('Q-2/1', 850);
  await bought('Q-2/3', 350);
  await book.ok('update-quote', { quote: 'Q-2', doneLines: ['Q-2/3'] });
  const before = (await book.ok('get-job', { job: 'J-1' })).job.profit;
  const { answer, text } = await book.both('update-job', { job: 'J-1', status: 'completed' });
  expect(answer.stillTheQuote).toEqual({
    count: 3,
    profitMoreIfDone: '150.00',
    lines: [
      { ref: 'Q-2/1', description: 'Underlayment', counted: '1000.00', spent: '850.00', ifDone: '850.00' },
      {
        ref: 'Q-1/1',
        description: 'Architectural shingles, installed',
        counted: '6720.00',
        spent: null,
        ifDone: '6720.00',
      },
      { ref: 'Q-2/2', description: 'Cleanup', counted: '300.00', spent: null, ifDone: '300.00' },
    ],
  });
  expectPlain(text, 900);
  expect(text).toContain('Still the quote, since 3 lines are not marked done (update-quote doneLines; with all');
  expect(text).toContain('- Q-2/1 Underlayment: counts 1000.00, 850.00 spent; done it counts 850.00');
  const unknown = [expect.objectContaining({ code: 'unknown_cost', refs: ['Q-2/4'] })];
  expect((await book.ok('get-job', { job: 'J-1' })).job.profit).toEqual({ ...before, warnings: unknown });
  expect(await book.text('get-job', { job: 'J-1', explain: true })).toContain(
    'Q-2/1 Underlayment: still the quote, E-1 so far: 1000.00',
  );
  // Marked, it is exactly so much more; and it can be taken back.
  await book.ok('update-quote', { quote: 'Q-2', doneLines: ['Q-2/1'] });
  const after = (await book.ok('get-job', { job: 'J-1' })).job.profit;
  expect(Number(after?.profit) - Number(before?.profit)).toBe(150);
  await book.ok('update-quote', { quote: 'Q-2', notDoneLines: ['Q-2/1'] });
  expect((await book.ok('get-job', { job: 'J-1' })).job.profit?.profit).toBe(before?.profit);
  expect((await book.ok('update-job', { job: 'J-1', status: 'completed' })).stillTheQuote).toBeUndefined();
});

test('a line on which nothing was spent costs nothing once that is said, and its plan again when it is taken back', async () => {
  const book = await roofBook();
  const cost = async () => (await book.ok('get-job', { job: 'J-1' })).job.profit?.costOfWork;
  const mark = async (args: object) => (await book.ok('update-quote', { quote: 'Q-1', ...args })).did;
  await mark({ doneLines: [1] });
  expect(await cost()).toBe('6720.00');
  expect(await mark({ doneLines: [1], spentNothing: true })).toContain('done, nothing spent on it');
  expect(await cost()).toBe('0.00');
  expect(await mark({ doneLines: [1], spentNothing: true })).toBe('Q-1 is so already');
  const [change] = (await book.ok('list-changes', { limit: 1 })).changes;
  expect(await book.text('list-changes', { change: change?.number })).toContain('yes, nothing spent');
  await book.ok('add-job-expense', {
    job: 'J-1',
    description: 'Shingles',
    amount: 100,
    category: 'materials',
    coversLine: 'Q-1/1',
  });
  expect(await cost()).toBe('100.00');
  await book.ok('update-job-expense', { expense: 'E-1', coversLine: null });
  expect(await cost()).toBe('0.00');
  await mark({ notDoneLines: [1] });
  expect(await cost()).toBe('6720.00');
  expect(await book.error('update-quote', { quote: 'Q-1', spentNothing: true })).toMatch(/^spentNothing: goes with/);
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('where costs are hidden, completing names none', async () => {
  const { folder, ok } = await openBook();
  await roof(ok);
  const book = await openBook({ folder, scopes: new Set(['books:read', 'books:write']) });
  const { answer, text } = await book.both('update-job', { job: 'J-1', status: 'completed' });
  expect(answer.stillTheQuote).toBeUndefined();
  expect(text).not.toContain('6720');
});

/** The roof, started, with a deposit billed on terms that are over, a visit to come, and two papers that are open. */
async function underWay() {
  const book = await roofBook();
  await book.ok('update-job', { job: 'J-1', status: 'in_progress' });
  const share = { fromQuote: { quote: 'Q-1', percent: 30 } };
  await book.ok('create-invoice', { ...share, issuedOn: '2026-02-01', dueOn: '2026-02-26' });
  const visit = { job: 'J-1', title: 'Final walk-through' };
  await book.ok('schedule-appointment', { ...visit, starts: '2026-03-12T09:00' });
  // What is over, or was taken back, is not booked any more.
  await book.ok('schedule-appointment', { ...visit, starts: '2026-03-02T09:00' });
  await book.ok('schedule-appointment', { ...visit, starts: '2026-03-13T09:00' });
  await book.ok('update-appointment', { appointment: 'A-3', status: 'cancelled' });
  const vent = { description: 'Ridge vent', quantity: 1, unitPrice: 1200, unitCost: 700 };
  await book.ok('create-quote', { job: 'J-1', kind: 'change_order', status: 'sent', lines: [vent] });
  await book.ok('create-invoice', { job: 'J-1', draft: true, lines: [{ ...BILL[0], quantity: 1 }] });
  return book;
}

test('completing says what is left to bill, unpaid and how late, still booked, and open', async () => {
  const book = await underWay();
  const { answer, text } = await book.both('update-job', { job: 'J-1', status: 'completed' });
  expect(answer.warnings).toEqual([
    'Left to bill: 7560.00 USD. create-invoice with restOf: ["J-1"] bills it; update-job with billingDone: true writes it off.',
    'Unpaid: INV-1001 3240.00 USD (12 days late).',
    'Still booked: A-1 Final walk-through (Thu 2026-03-12 09:00). update-appointment with status: cancelled takes one off the calendar.',
    'Still open: Q-2 (sent, 1200.00 USD), DRAFT-2 (draft, 450.00 USD). update-quote with status: declined closes a quote; update-invoice with discard: true throws a draft away.',
  ]);
  for (const warning of answer.warnings) expect(text).toContain(warning);
  expectPlain(text, 1200);
  // It is said once, when it ends.
  expect((await book.ok('update-job', { job: 'J-1', note: 'Swept.' })).warnings).toEqual([]);
});

test('completed and "nothing more will be billed" at once: nothing is left to bill, and nothing says so', async () => {
  const book = await roofBook();
  const { answer, text } = await book.both('update-job', { job: 'J-1', status: 'completed', billingDone: true });
  expect(answer.did).toContain('nothing more to bill, 10800.00 USD left is written off');
  expect(answer.warnings).toEqual(['Nothing is left to bill, unpaid, booked or open on it.']);
  expect(text).not.toContain('Left to bill');
  // And the other way round.
  await book.ok('update-job', { job: 'J-1', status: 'in_progress' });
  const { warnings } = await book.ok('update-job', { job: 'J-1', status: 'completed', billingDone: false });
  expect(warnings).toEqual([expect.stringContaining('Left to bill: 10800.00 USD.')]);
});

test('cancelled with what is left written off: what is never billed is the amount from before', async () => {
  const book = await roofBook();
  const { warnings } = await book.ok('update-job', { job: 'J-1', status: 'cancelled', billingDone: true });
  expect(warnings[0]).toBe('Of its contract 10800.00 USD is not billed, and will not be now.');
});

test('cancelling says it before the yes: what is never billed, what stays owed, and how the profit changes', async () => {
  const book = await underWay();
  const { content } = await book.call('update-job', { job: 'J-1', status: 'cancelled' });
  const asked = content[0]?.text ?? '';
  expect(asked).toMatch(/^Not done yet/);
  const { warnings } = await book.ok('update-job', { job: 'J-1', status: 'cancelled' });
  expect(warnings).toEqual([
    'Of its contract 7560.00 USD is not billed, and will not be now.',
    'Unpaid: INV-1001 3240.00 USD (12 days late). It stays owed: void or credit what is not.',
    expect.stringContaining('Still booked: A-1 Final walk-through'),
    'Still open: Q-2 (sent, 1200.00 USD), DRAFT-2 (draft, 450.00 USD). update-quote with status: declined closes a quote; update-invoice with discard: true throws a draft away.',
    'Its profit was -3480.00 and is 3240.00 USD now, but what it cost is not known.',
  ]);
  for (const warning of warnings) expect(asked).toContain(warning);
});

test('cancelling a job that nobody bought says nothing of a profit, and how its quotes are closed', async () => {
  const book = await danaBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Porch' });
  await book.ok('create-quote', { job: 'J-1', status: 'sent', lines: [SHINGLES] });
  expect((await book.ok('update-job', { job: 'J-1', status: 'cancelled' })).warnings).toEqual([
    'Still open: Q-1 (sent, 10800.00 USD). update-quote with status: declined closes a quote.',
  ]);
  expect((await book.ok('update-quote', { quote: 'Q-1', status: 'declined' })).quote.status).toBe('declined');
});

test('what was spent on a job that nobody bought is still told', async () => {
  const book = await danaBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Porch' });
  await book.ok('create-quote', { job: 'J-1', lines: [SHINGLES] });
  await book.ok('add-job-expense', { job: 'J-1', description: 'Nails', category: 'materials', amount: 40 });
  expect((await book.ok('update-job', { job: 'J-1', status: 'cancelled' })).warnings).toContain(
    'Its profit was -6760.00 and is -40.00 USD now.',
  );
});

test('a job on which nothing is left says so', async () => {
  const book = await roofBook();
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', rest: true } });
  await book.ok('record-payment', { invoice: 'INV-1001', amount: 10800 });
  const { warnings } = await book.ok('update-job', { job: 'J-1', status: 'completed' });
  expect(warnings).toEqual(['Nothing is left to bill, unpaid, booked or open on it.']);
});

test('where costs are hidden, cancelling says nothing of the profit', async () => {
  const { folder, ok } = await openBook();
  await roof(ok);
  const book = await openBook({ folder, scopes: new Set(['books:read', 'books:write']) });
  const { warnings } = await book.ok('update-job', { job: 'J-1', status: 'cancelled' });
  expect(warnings).toEqual(['Of its contract 10800.00 USD is not billed, and will not be now.']);
});

test('"that job is for Ned": it moves with all that is on it, and what was sent stays made out as it was', async () => {
  const book = await underWay();
  await book.ok('create-customer', { name: 'Ned Ortiz', address: '9 Elm Street' });
  await book.ok('record-payment', { invoice: 'INV-1001', amount: 3240 });
  const before = (await book.ok('get-job', { job: 'J-1' })).job;
  const { answer, text } = await book.both('update-job', { job: 'J-1', customer: 'Ned Ortiz' });
  expect(answer.did).toBe(
    'J-1 Roof replacement: now for C-2 Ned Ortiz instead of C-1 Dana Henderson, with Q-1, Q-2, INV-1001, DRAFT-2, A-1, A-2, A-3',
  );
  expect(answer.job.customer).toEqual({ ref: 'C-2', name: 'Ned Ortiz' });
  expect(answer.warnings).toEqual(['Q-1, Q-2, INV-1001 stay made out to Dana Henderson, as sent.']);
  expectPlain(text, 700);
  expect((await book.ok('get-job', { job: 'J-1' })).job.profit).toEqual(before.profit);
  expect(await book.text('get-document', { document: 'INV-1001' })).toContain('Dana Henderson');
  expect((await book.ok('get-customer', { customer: 'C-1' })).customer).toMatchObject({ jobCount: 0, invoiceCount: 0 });
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
  expect((await book.ok('update-job', { job: 'J-1', customer: 'C-2' })).change).toBeNull();
  await book.ok('undo-change', { change: answer.change });
  expect((await book.ok('get-invoice', { invoice: 'INV-1001' })).invoice.customer.ref).toBe('C-1');
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('what somebody has yet to pay does not become the debt of another: the refusal names it and the way', async () => {
  const book = await underWay();
  await book.ok('create-customer', { name: 'Ned Ortiz', address: '9 Elm Street' });
  const error = await book.error('update-job', { job: 'J-1', customer: 'C-2' });
  expect(error).toBe(
    'customer: J-1 has bills that C-1 Dana Henderson has yet to pay: INV-1001 3240.00 USD. create-invoice with creditFor: "INV-1001", all: true and billAgain: true credits it whole; then move the job and bill it again. Or have it paid first (record-payment).',
  );
  expectHelpful(error);
  expect((await book.ok('list-receivables')).customers).toMatchObject([{ ref: 'C-1', total: '3240.00' }]);
  // The way that it names.
  await book.ok('create-invoice', { creditFor: 'INV-1001', all: true, billAgain: true });
  const { warnings } = await book.ok('update-job', { job: 'J-1', customer: 'C-2' });
  expect(warnings).toEqual(['Q-1, Q-2, INV-1001, INV-1002 stay made out to Dana Henderson, as sent.']);
  const { invoice } = await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 30 } });
  expect(invoice.customer.name).toBe('Ned Ortiz');
  expect((await book.ok('list-receivables')).customers).toMatchObject([{ ref: 'C-2', total: '3240.00' }]);
});

test('nor does another get what is owed to somebody: it is given back first', async () => {
  const book = await underWay();
  await book.ok('create-customer', { name: 'Ned Ortiz' });
  await book.ok('record-payment', { invoice: 'INV-1001', amount: 1000 });
  await book.ok('create-invoice', { creditFor: 'INV-1001', all: true, billAgain: true });
  expect(await book.error('update-job', { job: 'J-1', customer: 'C-2' })).toBe(
    'customer: J-1 has bills of which C-1 Dana Henderson gets money back: INV-1001 1000.00 USD. Give it back first (record-payment with refund: true).',
  );
  await book.ok('record-payment', { invoice: 'INV-1001', amount: 1000, refund: true });
  expect((await book.ok('update-job', { job: 'J-1', customer: 'C-2' })).job.customer.ref).toBe('C-2');
});

test('a sample job does not go to a real customer', async () => {
  const book = await openBook({ samples: true });
  await book.ok('create-customer', { name: 'Ned Ortiz' });
  expect(await book.error('update-job', { job: 'J-S1', customer: 'C-1' })).toContain(
    'a sample and a real record do not',
  );
});

test('any status may follow any', async () => {
  const book = await roofBook();
  const statuses = ['open', 'in_progress', 'completed', 'cancelled'];
  for (const from of statuses) {
    for (const to of statuses) {
      await book.ok('update-job', { job: 'J-1', status: from });
      expect((await book.ok('update-job', { job: 'J-1', status: to })).job.status, `${from} → ${to}`).toBe(to);
    }
  }
});

test('details can be set and emptied', async () => {
  const book = await roofBook();
  const set = {
    name: 'New roof',
    description: 'Two layers off.',
    address: '9 Elm',
    startsOn: '2026-03-12',
    endsOn: '2026-03-13',
  };
  expect((await book.ok('update-job', { job: 'J-1', ...set })).job).toMatchObject(set);
  const { answer } = await book.both('update-job', {
    job: 'J-1',
    description: null,
    address: null,
    startsOn: null,
    endsOn: null,
  });
  expect(answer.job).toMatchObject({
    name: 'New roof',
    description: null,
    address: null,
    startsOn: null,
    endsOn: null,
  });
  expect(answer.did).toContain('description is now empty');
  expect((await book.ok('get-job', { job: 'new roof' })).job.ref).toBe('J-1');
  expect(await book.error('get-job', { job: 'replacement' })).toContain('no job matches');
});

test('assignees replaces everyone, [] clears', async () => {
  const book = await roofBook();
  await book.ok('update-job', {
    job: 'J-1',
    assignees: [
      { name: 'Tom', role: 'lead' },
      { name: 'Luis', role: 'crew' },
    ],
  });
  expect(
    (await book.ok('update-job', { job: 'J-1', assignees: [{ name: 'Ruben', role: 'sub' }] })).job.assignees,
  ).toEqual([{ name: 'Ruben', role: 'sub' }]);
  const { answer } = await book.both('update-job', { job: 'J-1', assignees: [] });
  expect(answer.job.assignees).toEqual([]);
  expect(answer.did).toContain('nobody is on it now');
  expect((await book.ok('list-jobs', { assignee: 'Ruben' })).count).toBe(0);
});

test('what is so already is not written again', async () => {
  const book = await roofBook();
  const people = [{ name: 'Tom', role: 'lead' }];
  const { change } = await book.ok('update-job', { job: 'J-1', status: 'in_progress', assignees: people });
  const { answer, text } = await book.both('update-job', {
    job: 'J-1',
    status: 'in_progress',
    name: 'Roof replacement',
    assignees: people,
  });
  expect(answer).toMatchObject({ did: 'J-1 is so already', change: null });
  expect(text).toContain('Nothing was written.');
  const next = await book.ok('update-job', { job: 'J-1', status: 'open' });
  expect(next.change).toBe((change ?? 0) + 1);
});

test('cancelling turns the plan into what was really spent; taking it back brings the plan back', async () => {
  const book = await roofBook();
  await book.ok('add-job-expense', { job: 'J-1', description: 'Permit', amount: 150, category: 'permit' });
  await book.ok('create-invoice', {
    job: 'J-1',
    kind: 'deposit',
    lines: [{ description: 'Deposit', quantity: 1, unitPrice: 3240 }],
  });
  await book.ok('update-job', { job: 'J-1', status: 'cancelled' });
  expect((await book.ok('get-job', { job: 'J-1' })).job).toMatchObject({
    billing: 'billed',
    profit: {
      billed: '3240.00',
      costOfWork: '0.00',
      expenses: '150.00',
      profit: '3090.00',
      marginPercent: 95.4,
      costBasis: 'spent',
    },
  });
  await book.ok('update-job', { job: 'J-1', status: 'in_progress' });
  expect((await book.ok('get-job', { job: 'J-1' })).job).toMatchObject({
    billing: 'part_billed',
    profit: { costOfWork: '6720.00', profit: '-3630.00', marginPercent: -112 },
  });
});

test('words that fit two jobs write nothing; words that fit one only nearly are not enough either', async () => {
  const book = await roofBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Shed roof' });
  const error = await book.error('update-job', { job: 'the roof', status: 'completed' });
  expectHelpful(error);
  expect(error).toMatch(/J-2 Shed roof[\s\S]*J-1 Roof replacement[\s\S]*Say which by its number/);
  expect((await book.ok('list-jobs', { status: 'completed' })).count).toBe(0);
  // A full name is enough, though "roof" alone also fits the other.
  await book.ok('create-job', { customer: 'C-1', name: 'Roof' });
  expect((await book.ok('update-job', { job: 'Roof', status: 'completed' })).job.ref).toBe('J-3');
});

test('the note is warned about where it is asked for, and an end before the start is refused', async () => {
  const book = await roofBook();
  await book.ok('update-job', { job: 'J-1', startsOn: '2026-03-12' });
  expect(await book.error('update-job', { job: 'J-1', endsOn: '2026-03-11' })).toMatch(
    /^endsOn: 2026-03-11 is before the job starts/,
  );
  expect(await book.error('update-job', { job: 'J-1', name: ' ' })).toBe('name: must not be empty.');
});

test('on the free plan a status change is refused with the plan it needs', async () => {
  const book = await openBook({ plan: 'free', samples: true });
  expect(await book.error('update-job', { job: 'J-S1', status: 'completed' })).toContain(
    'needs the Pro plan ($19 a month)',
  );
});
