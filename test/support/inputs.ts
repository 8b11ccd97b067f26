// A good call of every tool on one prepared book, and where in it things stand, so that a test can plant one fault.
import type { TypedBook } from './answers.ts';
import { openBook } from './answers.ts';
import { BILL, roof, SHINGLES, TEAR_OFF } from './roof.ts';
import type { Tool } from '../../src/tools/define-tool.ts';
import { CITED, photo, WALK, walked } from './walk.ts';

/** J-1 with Q-1, INV-1001 and its payment P-1, DRAFT-2, INV-1002 without a job, E-1, W-1 and F-1; and two jobs that the word "gutters" fits alike. */
export async function preparedBook(): Promise<TypedBook> {
  const book = await openBook();
  await roof(book.ok);
  await book.ok('create-job', { customer: 'C-1', name: 'Gutters front' });
  await book.ok('create-job', { customer: 'C-1', name: 'Gutters back' });
  await book.ok('create-invoice', { job: 'J-1', kind: 'standard', lines: BILL });
  await book.ok('create-invoice', { job: 'J-1', kind: 'standard', draft: true, lines: BILL });
  await book.ok('record-payment', { invoice: 'INV-1001', amount: 250 });
  await book.ok('create-invoice', { customer: 'C-1', lines: BILL });
  await book.ok('add-job-expense', { job: 'J-1', description: 'Permit', amount: 612.4, category: 'permit' });
  await book.ok('schedule-appointment', { job: 'J-1', title: 'Inspection', starts: '2026-03-20T09:00' });
  await book.ok('create-quote', { job: 'J-1', kind: 'change_order', title: 'Skylight', lines: [SHINGLES] });
  await walked(book.ok);
  await photo(book);
  return book;
}

const priced = (line: { unitPrice: number; description: string; quantity: number; unit: string }) => ({
  description: line.description,
  quantity: line.quantity,
  unit: line.unit,
  unitPrice: line.unitPrice,
  taxRatePercent: 8.25,
});
const QUOTE_LINES = [
  SHINGLES,
  TEAR_OFF,
  { ...SHINGLES, description: 'Ridge', taxRatePercent: 8.25, changesLine: 'Q-1/1' },
];
const PEOPLE = [
  { name: 'Tom', role: 'lead' },
  { name: 'Luis', role: 'crew' },
];
const CONTACT = {
  phone: '(737) 555-0176',
  email: 'priya@example.com',
  address: '930 Wren Meadow Dr',
  notes: 'Referred.',
  stage: 'won',
};

/** Names every argument that the tool takes, but those that exclude each other. */
export const GOOD: Readonly<Record<string, object>> = {
  'list-jobs': {
    includeSamples: true,
    status: 'open',
    billing: 'billed',
    customer: 'C-1',
    query: 'roof',
    assignee: 'Tom',
    sort: 'margin',
    limit: 5,
  },
  'get-job': { job: 'J-1', explain: true },
  'create-job': {
    newCustomer: { name: 'Priya Raman', ...CONTACT, evenIfSimilar: true },
    name: 'Porch',
    description: 'Metal.',
    address: '9 Elm',
    status: 'open',
    startsOn: '2026-03-12',
    endsOn: '2026-03-14',
    assignees: PEOPLE,
    note: 'Gate code 4411.',
  },
  'update-job': {
    job: 'J-1',
    name: 'Full roof',
    description: 'Metal.',
    address: '9 Elm',
    status: 'completed',
    startsOn: '2026-03-12',
    endsOn: '2026-03-14',
    completedOn: '2026-03-09',
    assignees: PEOPLE,
    note: 'Gate code 4411.',
  },
  'add-job-expense': {
    job: 'J-1',
    description: 'Shingles',
    amount: 420.5,
    category: 'materials',
    vendor: 'Hill Supply',
    spentOn: '2026-03-02',
    coversLine: 'Q-1/1',
    receipt: 'F-1',
  },
  'update-job-expense': {
    expense: 'E-1',
    description: 'Shingles',
    amount: 420.5,
    category: 'materials',
    vendor: 'Hill Supply',
    spentOn: '2026-03-02',
    coversLine: 'Q-1/1',
    receipt: 'F-1',
    job: 'J-1',
  },
  'file-under-job': { job: 'J-2', records: ['Q-1', 'INV-1002'] },
  'attach-file': {
    customer: 'C-1',
    job: 'J-1',
    expense: 'E-1',
    content: 'UGVybWl0IGlzc3VlZC4K',
    name: 'permit.txt',
    kind: 'receipt',
    caption: 'From the city.',
    keepLocation: true,
  },
  'list-customers': { query: 'dana', stage: 'lead', limit: 5 },
  'get-customer': { customer: 'C-1' },
  'create-customer': { name: 'Priya Raman', ...CONTACT, evenIfSimilar: true },
  'update-customer': { customer: 'C-1', name: 'Priya Raman', ...CONTACT },
  'list-quotes': { customer: 'C-1', job: 'J-1', status: 'accepted', query: 'roof', limit: 5 },
  'get-quote': { quote: 'Q-1', whatIf: { costs: [{ category: 'materials', percent: 8 }], marginPercent: 35 } },
  'create-quote': {
    customer: 'C-1',
    job: 'J-1',
    title: 'Ridge',
    kind: 'change_order',
    contract: 'Q-1',
    status: 'sent',
    lines: QUOTE_LINES,
    notes: 'Ten years.',
    quotedOn: '2026-03-02',
  },
  'update-quote': {
    quote: 'Q-2',
    status: 'accepted',
    title: 'Ridge',
    lines: QUOTE_LINES,
    notes: 'Ten years.',
    doneLines: [1],
    notDoneLines: ['Q-2/2'],
  },
  'list-invoices': {
    includeSamples: true,
    customer: 'C-1',
    job: 'J-1',
    status: 'issued',
    payment: 'partly_paid',
    overdue: false,
    from: '2026-03-01',
    to: '2026-03-31',
    query: 'roof',
    limit: 5,
  },
  'get-invoice': { invoice: 'INV-1001' },
  'create-invoice': {
    customer: 'C-1',
    job: 'J-1',
    lines: [SHINGLES, TEAR_OFF, SHINGLES].map(priced),
    kind: 'progress',
    draft: false,
    issuedOn: '2026-03-02',
    dueOn: '2026-03-31',
    notes: 'Thanks.',
  },
  'update-invoice': {
    invoice: 'DRAFT-2',
    status: 'issued',
    lines: [SHINGLES, TEAR_OFF, SHINGLES].map(priced),
    kind: 'progress',
    issuedOn: '2026-03-02',
    dueOn: '2026-03-31',
    notes: 'Thanks.',
  },
  'record-payment': {
    invoice: 'INV-1001',
    amount: 420.5,
    paidOn: '2026-03-02',
    method: 'check',
    note: 'No. 1187.',
    refund: false,
  },
  'get-document': { document: 'INV-1001', kind: 'invoice', format: 'text' },
  'record-walk-and-talk': { ...WALK, photos: ['F-1'] },
  'list-receivables': { includeSamples: true, customer: 'C-1', explain: true, limit: 5 },
  'profit-report': {
    includeSamples: true,
    by: 'job',
    from: '2026-03-01',
    to: '2026-03-31',
    thinBelow: 15,
    explain: true,
    limit: 5,
  },
  search: { query: 'roof' },
  fetch: { id: 'J-1' },
  'list-appointments': {
    customer: 'C-1',
    job: 'J-1',
    person: 'Tom',
    status: 'scheduled',
    from: '2026-03-01',
    to: '2026-03-31',
    format: 'text',
    private: true,
    limit: 5,
  },
  'schedule-appointment': {
    customer: 'C-1',
    job: 'J-1',
    title: 'Measure',
    starts: '2026-03-12T09:00',
    minutes: 90,
    place: '9 Elm',
    notes: 'Gate code 4411.',
    people: ['Tom', 'Luis'],
  },
  'update-appointment': {
    appointment: 'A-1',
    title: 'Measure',
    starts: '2026-03-12T09:00',
    minutes: 90,
    place: '9 Elm',
    notes: 'Gate code 4411.',
    people: ['Tom', 'Luis'],
    status: 'done',
  },
  'list-changes': {
    record: 'E-1',
    person: 'sam',
    assistant: 'test',
    from: '2026-03-01',
    to: '2026-03-31',
    limit: 5,
  },
  'undo-change': { change: 4 },
  'get-account': {},
  'update-account': {
    country: 'US',
    name: 'Becker Roofing',
    address: '9 Elm',
    phone: '(512) 555-0100',
    email: 'hi@becker.example',
    template: 'hvac',
    currency: 'USD',
    timeZone: 'America/New_York',
    paymentTermsDays: 14,
    removeSamples: true,
  },
};

const LINES = [SHINGLES, TEAR_OFF, SHINGLES].map(priced);

/** Further good calls, with the arguments that exclude those of the first. */
export const ALSO_GOOD: readonly (readonly [string, object])[] = [
  ['list-jobs', { sort: 'newest', limit: 5 }],
  ['attach-file', { job: 'J-1', content: 'R2F0ZSBjb2RlIDQ0MTEuCg==', name: 'gate.txt' }],
  ['get-job', { job: 'J-1', section: 'quotes' }],
  ['get-customer', { customer: 'C-1', section: 'quotes' }],
  ['create-job', { customer: 'C-1', name: 'Porch' }],
  ['update-job', { job: 'J-2', status: 'cancelled', cancelledOn: '2026-03-09' }],
  ['update-job', { job: 'J-1', billingDone: true }],
  ['create-quote', { revises: 'Q-1', lines: [SHINGLES] }],
  ['update-quote', { quote: 'Q-1', doneLines: ['Q-1/1'], spentNothing: true }],
  ['create-quote', { fromWalkAndTalk: 'W-1', lines: CITED }],
  ['record-walk-and-talk', { corrects: 'W-1', summary: 'Shingles only.' }],
  ['create-invoice', { fromQuote: { quote: 'Q-1', amount: 420.5 }, kind: 'deposit' }],
  ['create-invoice', { fromQuote: { quote: 'Q-1', percent: 30 } }],
  ['create-invoice', { fromQuote: { quote: 'Q-1', rest: true } }],
  ['create-invoice', { creditFor: 'INV-1001', amount: 420.5 }],
  ['create-invoice', { creditFor: 'INV-1001', all: true }],
  ['create-invoice', { creditFor: 'INV-1001', amount: 420.5, billAgain: false }],
  ['update-account', { confirmBy: 'person' }],
  ['update-account', { closedThrough: '2026-02-28', reason: 'The return is filed.' }],
  ['update-invoice', { invoice: 'INV-1001', correct: true, lines: LINES }],
  ['update-invoice', { invoice: 'DRAFT-2', discard: true }],
  ['update-invoice', { invoice: 'INV-1001', countsAgainst: 'Q-1' }],
  ['update-invoice', { invoice: 'INV-1002', status: 'void', voidReason: 'Billed twice.' }],
  ['update-job-expense', { expense: 'E-1', remove: true }],
  ['list-changes', { on: '2026-03-10' }],
  ['list-changes', { change: 3 }],
  ['schedule-appointment', { customer: 'C-1', title: 'Measure', starts: '2026-03-12 09:00', ends: '2026-03-12 10:30' }],
  ['update-appointment', { appointment: 'A-1', ends: '2026-03-20T10:30-05:00' }],
  ['record-payment', { void: 'P-1', voidReason: 'Typed twice.' }],
  ['record-payment', { payment: 'P-1', bounced: true, paidOn: '2026-03-11', note: 'No funds.' }],
];

/** Every good call of a tool. @throws where there is none, so that what is tried on every tool is tried on a new one too */
export function goodCallsOf(name: string): readonly object[] {
  const first = GOOD[name];
  if (first === undefined) throw new Error(`test/support/inputs.ts has no good call of ${name}`);
  return [first, ...ALSO_GOOD.filter(([tool]) => tool === name).map(([, call]) => call)];
}

/** What crew's own tools take less of than an argument. */
const CREW_GOOD: Readonly<Record<string, object>> = {
  'attach-file': { ...GOOD['attach-file'], kind: 'document' },
  'record-walk-and-talk': WALK,
};

/** The good calls of a tool as somebody has it, who may have less of it: without the arguments that it does not take. */
export function goodCallsAs({ name, key, input }: Pick<Tool, 'name' | 'key' | 'input'>): readonly object[] {
  const own = key === name ? undefined : CREW_GOOD[name];
  return [...(own === undefined ? [] : [own]), ...goodCallsOf(name)].map((call) =>
    Object.fromEntries(Object.entries(call).filter(([argument]) => argument in input.shape)),
  );
}

/** A place in a call: `lines[2].unitPrice` is `['lines', 2, 'unitPrice']`. */
export type Path = readonly (string | number)[];

/** Every value within a call, lists and objects themselves included; of a list's entries the last stands for all. */
export function* placesIn(value: unknown, path: Path = []): Generator<{ path: Path; value: unknown }> {
  if (path.length > 0) yield { path, value };
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) yield* placesIn(value.at(-1), [...path, value.length - 1]);
  else for (const [key, inner] of Object.entries(value)) yield* placesIn(inner, [...path, key]);
}

/** The call with one value changed. */
export function planted(call: object, path: Path, value: unknown): object {
  const copy = structuredClone(call);
  let at: Record<string | number, unknown> = copy as Record<string, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[path.at(-1) ?? ''] = value;
  return copy;
}

/** As an error names it: `lines[2].unitPrice`. */
export function named(path: Path): string {
  return path.reduce<string>(
    (sofar, key) => (typeof key === 'number' ? `${sofar}[${key}]` : `${sofar}${sofar === '' ? '' : '.'}${key}`),
    '',
  );
}
