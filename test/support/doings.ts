// Random writes over the tools, for tests that must hold whatever was done: each op is a few numbers, which are read
// against the newest records of the book when its turn comes. Many are refused, as they should be.
import * as fc from 'fast-check';
import type { Book } from './book.ts';
import type { Raw } from './engines/engine.ts';
import { behind } from './store.ts';
import { chosen } from './arbitrary.ts';

const KINDS = [
  'customer',
  'contact',
  'job',
  'job details',
  'people',
  'note',
  'quote',
  'change order',
  'revision',
  'answer',
  'lines',
  'done',
  'share',
  'bill',
  'draft',
  'issue',
  'void',
  'discard',
  'credit',
  'correction',
  'pay',
  'refund',
  'void payment',
  'expense',
  'covering expense',
  'cover',
  'move',
  'remove',
  'account',
  'file',
  'appointment',
  'appointment moved',
] as const;
export type Doing = { readonly do: (typeof KINDS)[number]; readonly a: number; readonly b: number; readonly c: number };

const number = fc.nat(999);
/** @param weights how much more often than once some are done; 0 leaves them out */
export function doing(weights: Partial<Record<Doing['do'], number>> = {}): fc.Arbitrary<Doing> {
  const kinds = KINDS.flatMap((kind) => Array.from({ length: weights[kind] ?? 1 }, () => kind));
  return fc.record({ do: fc.constantFrom(...kinds), a: number, b: number, c: number });
}

/** The newest records that an op may be about, so that ops meet. */
const NEWEST = 4;

type Table = 'customers' | 'jobs' | 'quotes' | 'invoices' | 'payments' | 'expenses' | 'appointments';

/** Of each kind, the newest first. A payment that is void is nothing that an op is about. */
const ABOUT: Readonly<Record<Table, string>> = {
  ...{ customers: 'true', jobs: 'true', quotes: 'true', invoices: 'true', expenses: 'true', appointments: 'true' },
  payments: 'void_reason is null',
};

type Newest = Readonly<Record<Table, readonly number[]>> & { readonly numbers: ReadonlyMap<number, number | null> };

async function newestIn(raw: Raw): Promise<Newest> {
  const newest = async (table: Table, columns = 'id') =>
    await raw.rows(`select ${columns} from ${table} where id > 0 and ${ABOUT[table]} order by id desc limit ${NEWEST}`);
  const ids = async (table: Table) => (await newest(table)).map(({ id }) => Number(id));
  const invoices = await newest('invoices', 'id, number');
  return {
    customers: await ids('customers'),
    jobs: await ids('jobs'),
    quotes: await ids('quotes'),
    payments: await ids('payments'),
    expenses: await ids('expenses'),
    appointments: await ids('appointments'),
    invoices: invoices.map(({ id }) => Number(id)),
    numbers: new Map(invoices.map(({ id, number: given }) => [Number(id), given === null ? null : Number(given)])),
  };
}

const line = (amount: number, name = amount) => ({
  description: `Work ${name % 5}`,
  quantity: 1 + (amount % 3),
  unitPrice: 10 + amount,
  taxRatePercent: amount % 4 === 0 ? 8.25 : 0,
});
const quoteLine = (amount: number, name?: number) => ({ ...line(amount, name), unitCost: 5 + Math.floor(amount / 2) });

/** The call that an op comes to; null where there is nothing yet that it could be about. */
export async function callOf(book: Book, op: Doing): Promise<{ tool: string; args: object } | null> {
  return callAbout(await behind(book, newestIn), op);
}

function callAbout(newest: Newest, { do: what, a, b, c }: Doing): { tool: string; args: object } | null {
  const ref = (prefix: string, table: Table, index: number) => {
    const id = chosen(newest[table], index);
    return id === undefined ? undefined : `${prefix}-${id}`;
  };
  const job = ref('J', 'jobs', a);
  const quote = ref('Q', 'quotes', a);
  const expense = ref('E', 'expenses', a);
  const bill = (index: number) => {
    const id = chosen(newest.invoices, index);
    if (id === undefined) return undefined;
    const given = newest.numbers.get(id) ?? null;
    return given === null ? `DRAFT-${id}` : `INV-${given}`;
  };
  const lineRef = `Q-${chosen(newest.quotes, b) ?? 0}/1`;
  const call = (tool: string, args: Record<string, unknown>) =>
    Object.values(args).includes(undefined) ? null : { tool, args };
  switch (what) {
    case 'customer':
      return call('create-customer', { name: `Person ${a} ${b}`, evenIfSimilar: true });
    case 'contact':
      return call('update-customer', { customer: ref('C', 'customers', a), address: `${b} Elm`, notes: `Note ${c}` });
    case 'job':
      return call('create-job', { customer: ref('C', 'customers', a), name: `Job ${b}`, note: `Start ${c}` });
    case 'job details':
      return call('update-job', {
        job,
        name: `Job ${b}`,
        status: chosen(['open', 'in_progress', 'completed', 'cancelled'], c),
      });
    case 'people':
      return call('update-job', {
        job,
        assignees: [b, c].slice(0, c % 3).map((each) => ({ name: `Worker ${each % 3}`, role: 'crew' })),
      });
    case 'note':
      return call('update-job', { job, note: `Note ${b}` });
    case 'quote':
      return call('create-quote', {
        job,
        status: chosen(['draft', 'sent', 'accepted'], b),
        lines: [quoteLine(b), quoteLine(c)],
      });
    case 'change order':
      return call('create-quote', {
        job,
        kind: 'change_order',
        status: chosen(['draft', 'accepted'], b),
        lines: [{ ...quoteLine(c), unitPrice: b % 3 === 0 ? -5 : 7 }],
      });
    case 'revision':
      return call('create-quote', {
        revises: quote,
        status: chosen(['draft', 'accepted'], b),
        lines: [quoteLine(c, b), quoteLine(b, c)],
      });
    case 'answer':
      return call('update-quote', { quote, status: chosen(['accepted', 'accepted', 'declined', 'sent', 'draft'], b) });
    case 'lines':
      return call('update-quote', { quote, lines: [quoteLine(b, c), quoteLine(c, a)], title: `Offer ${c}` });
    case 'done':
      return call('update-quote', { quote, [b % 3 === 0 ? 'notDoneLines' : 'doneLines']: [1] });
    case 'share':
      return call('create-invoice', {
        fromQuote: { quote, ...(b % 2 === 0 ? { rest: true } : { percent: 30 }) },
        draft: c % 3 === 0,
      });
    case 'bill':
    case 'draft':
      return call('create-invoice', {
        job,
        lines: [line(b)],
        kind: chosen(['standard', 'deposit'], c),
        draft: what === 'draft',
      });
    case 'issue':
      return call('update-invoice', { invoice: bill(a), status: 'issued' });
    case 'void':
      return call('update-invoice', { invoice: bill(a), status: 'void', voidReason: `Wrong ${b}` });
    case 'discard':
      return call('update-invoice', { invoice: bill(a), discard: true });
    case 'credit':
      return call('create-invoice', { creditFor: bill(a), ...(b % 2 === 0 ? { all: true } : { amount: 1 + (b % 9) }) });
    case 'correction':
      return call('update-invoice', { invoice: bill(a), correct: true, lines: [line(b)] });
    case 'pay':
    case 'refund':
      return call('record-payment', { invoice: bill(a), amount: 1 + (b % 60), refund: what === 'refund' });
    case 'void payment':
      return call('record-payment', { void: ref('P', 'payments', a), voidReason: `Wrong ${b}` });
    case 'expense':
      return call('add-job-expense', { job, description: `Part ${b % 7}`, amount: 1 + c, category: 'materials' });
    case 'covering expense':
      return call('add-job-expense', {
        job,
        description: 'Part',
        amount: 1 + c,
        category: 'labor',
        coversLine: lineRef,
      });
    case 'cover':
      return call('update-job-expense', { expense, coversLine: c % 2 === 0 ? lineRef : null, amount: 1 + c });
    case 'move':
      return call('update-job-expense', { expense, job: ref('J', 'jobs', b) });
    case 'remove':
      return call('update-job-expense', { expense, remove: true });
    case 'account':
      return call('update-account', { name: `Business ${a}`, paymentTermsDays: 1 + (b % 60) });
    case 'file':
      return call('file-under-job', {
        job: ref('J', 'jobs', b),
        records: [c % 2 === 0 ? (quote ?? bill(a)) : (bill(a) ?? quote)],
      });
    case 'appointment':
      return call('schedule-appointment', {
        job,
        title: `Visit ${b}`,
        starts: `2026-04-${10 + (c % 20)}T09:00`,
        minutes: 60,
      });
    case 'appointment moved':
      return call('update-appointment', {
        appointment: ref('A', 'appointments', a),
        place: `Gate ${b}`,
        people: [`Worker ${c % 3}`],
      });
  }
}
