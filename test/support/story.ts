// One business's week, told through the tools: a customer with three jobs, from the first call to the last receipt.
// The same story is told inside the process and to the built program; what it must come to is worked out by hand here.
import { expect } from 'vitest';
import type { Ask, ProfitSummary } from './answers.ts';

const TAX = { taxRatePercent: 8.25 };

/** Every step in order. `pause` is called between days, for a clock that can be set. */
export async function tellStory(ask: Ask, pause: (day: number) => void = () => undefined): Promise<void> {
  await ask('create-customer', {
    name: 'Dana Henderson',
    phone: '(512) 555-0143',
    email: 'dana@example.com',
    address: '418 Pecan Hollow Ln, Austin',
    stage: 'inspection',
  });
  await ask('create-job', {
    customer: 'Dana Henderson',
    name: 'Roof replacement',
    description: 'Full tear-off, 24 squares.',
  });
  await ask('create-job', { customer: 'henderson', name: 'Storm repair', status: 'in_progress' });
  await ask('create-job', { customer: 'C-1', name: 'Gutters and downspouts', address: 'The garage, same address' });

  pause(1);
  await ask('create-quote', {
    job: 'roof replacement',
    title: 'Full re-roof',
    status: 'sent',
    lines: [
      {
        description: 'Architectural shingles',
        quantity: 24,
        unit: 'square',
        unitPrice: 450,
        unitCost: 280,
        category: 'materials',
        ...TAX,
      },
      {
        description: 'Tear-off and disposal',
        quantity: 24,
        unit: 'square',
        unitPrice: 85,
        unitCost: 55,
        category: 'labor',
      },
    ],
  });
  await ask('create-quote', {
    job: 'storm repair',
    lines: [
      {
        description: 'Emergency tarp',
        quantity: 1,
        unit: 'each',
        unitPrice: 480,
        unitCost: 210,
        category: 'materials',
      },
      {
        description: 'Shingle repair, west slope',
        quantity: 3,
        unit: 'square',
        unitPrice: 390,
        unitCost: 245,
        category: 'labor',
      },
    ],
  });
  await ask('create-quote', {
    job: 'gutters',
    status: 'accepted',
    lines: [
      {
        description: 'Seamless gutter, 6 in.',
        quantity: 186,
        unit: 'linear ft',
        unitPrice: '14.50',
        unitCost: '7.80',
        category: 'subcontractor',
      },
      { description: 'Downspout', quantity: 7, unit: 'each', unitPrice: 120, unitCost: 62, category: 'materials' },
    ],
  });
  await ask('update-quote', { quote: 'Q-1', status: 'accepted' });
  await ask('update-quote', { quote: 'Q-2', status: 'accepted' });
  await ask('update-customer', { customer: 'dana', stage: 'won' });

  pause(2);
  await ask('update-job', {
    job: 'roof replacement',
    status: 'in_progress',
    assignees: [
      { name: 'Tom Becker', role: 'lead' },
      { name: 'Luis Ortega', role: 'crew' },
    ],
    note: 'Color: Weathered Wood.',
  });
  await ask('update-job', {
    job: 'storm repair',
    assignees: [{ name: 'Ruben Salas', role: 'crew' }],
    note: 'Tarped at 2 am.',
  });
  await ask('update-job', {
    job: 'gutters',
    status: 'in_progress',
    assignees: [{ name: 'Delgado Sheet Metal', role: 'sub' }],
  });
  for (const expense of [
    {
      job: 'roof replacement',
      description: 'City re-roof permit',
      amount: 285,
      category: 'permit',
      vendor: 'City permit office',
    },
    { job: 'roof replacement', description: 'Dump trailer', amount: '350.00', category: 'equipment' },
    {
      job: 'roof replacement',
      description: 'Shingles and starter',
      amount: 6948.3,
      category: 'materials',
      coversLine: 'Q-1/1',
    },
    { job: 'storm repair', description: 'Night crew', amount: 1085, category: 'labor', coversLine: 'shingle repair' },
    { job: 'storm repair', description: 'Crane and operator', amount: 200, category: 'subcontractor' },
    { job: 'storm repair', description: 'Parking', amount: '18.75', category: 'other' },
  ]) {
    await ask('add-job-expense', expense);
  }

  pause(3);
  await ask('update-quote', { quote: 'Q-2', doneLines: ['Q-2/2'] });
  await ask('create-invoice', {
    job: 'roof replacement',
    lines: [
      { description: 'Architectural shingles', quantity: 24, unit: 'square', unitPrice: 450, ...TAX },
      { description: 'Tear-off and disposal', quantity: 24, unit: 'square', unitPrice: 85 },
    ],
  });
  await ask('create-invoice', {
    job: 'storm repair',
    lines: [{ description: 'Storm repair', quantity: 1, unit: 'job', unitPrice: 1650 }],
  });
  await ask('create-invoice', {
    job: 'gutters',
    kind: 'deposit',
    lines: [{ description: 'Deposit', quantity: 1, unitPrice: 1000 }],
  });
  await ask('create-invoice', {
    job: 'gutters',
    draft: true,
    lines: [{ description: 'The rest', quantity: 1, unitPrice: 2537 }],
  });
  await ask('update-job', { job: 'roof replacement', status: 'completed', note: 'Magnet swept twice. Dana is happy.' });
  await ask('update-job', { job: 'storm repair', status: 'completed' });
}

type Figures = Pick<
  ProfitSummary,
  'billed' | 'costOfWork' | 'expenses' | 'profit' | 'marginPercent' | 'notBilledYet' | 'taxBilled'
>;

/**
 * By hand. Roof: 24 × 450 + 24 × 85 = 12,840; the shingles were planned at 6,720 and came to 6,948.30, the tear-off is
 * planned at 1,320; permit 285 and trailer 350. Storm: 480 + 3 × 390 = 1,650; the tarp is planned at 210, the repair
 * was planned at 735, came to 1,085 and is done; crane 200 and parking 18.75. Gutters: planned 186 × 7.80 + 7 × 62 =
 * 1,450.80 + 434; 1,000 of 3,537 billed.
 */
const STRIPS: Readonly<Record<string, Figures>> = {
  'J-1': {
    billed: '12840.00',
    costOfWork: '8268.30',
    expenses: '635.00',
    profit: '3936.70',
    marginPercent: 30.7,
    notBilledYet: '0.00',
    taxBilled: '891.00',
  },
  'J-2': {
    billed: '1650.00',
    costOfWork: '1295.00',
    expenses: '218.75',
    profit: '136.25',
    marginPercent: 8.3,
    notBilledYet: '0.00',
    taxBilled: '0.00',
  },
  'J-3': {
    billed: '1000.00',
    costOfWork: '1884.80',
    expenses: '0.00',
    profit: '-884.80',
    marginPercent: -88.5,
    notBilledYet: '2537.00',
    taxBilled: '0.00',
  },
};
const ALL: Figures = {
  billed: '15490.00',
  costOfWork: '11448.10',
  expenses: '853.75',
  profit: '3188.15',
  marginPercent: 20.6,
  notBilledYet: '2537.00',
  taxBilled: '891.00',
};
/** What each job's page holds, and so no other page may. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  'J-1': [
    'Q-1',
    'INV-1001',
    'E-1',
    'E-2',
    'E-3',
    'Color: Weathered Wood.',
    'Tom Becker',
    'City permit office',
    'Magnet swept twice',
  ],
  'J-2': ['Q-2', 'INV-1002', 'E-4', 'E-5', 'E-6', 'Tarped at 2 am.', 'Ruben Salas', 'Crane and operator'],
  'J-3': ['Q-3', 'INV-1003', 'DRAFT-4', 'Delgado Sheet Metal', 'The garage, same address'],
};

/** Each job by its hand-worked figures, nothing of one job in another, and totals over all. */
export async function checkStory(ask: Ask): Promise<void> {
  for (const [ref, figures] of Object.entries(STRIPS)) {
    const page = await ask('get-job', { job: ref, explain: true });
    expect(page.job.profit, ref).toMatchObject({ ...figures, currency: 'USD', costBasis: 'accepted', warnings: [] });
    const bytes = JSON.stringify(page);
    for (const [owner, things] of Object.entries(OWN)) {
      for (const thing of things) {
        // A reference ends where its number ends: E-1 is not E-12.
        const isThere = new RegExp(`${thing.replaceAll('.', String.raw`\.`)}(?![0-9])`).test(bytes);
        expect(isThere, `${thing} on ${ref}`).toBe(owner === ref);
      }
    }
  }
  const { jobs, totals, count } = await ask('list-jobs', { customer: 'Dana Henderson' });
  expect(jobs.map(({ ref, status, billing }) => `${ref} ${status} ${billing}`)).toEqual([
    'J-3 in_progress part_billed',
    'J-2 completed billed',
    'J-1 completed billed',
  ]);
  expect(count).toBe(3);
  expect(totals).toMatchObject({ ...ALL, currency: 'USD', costBasis: 'accepted', includesSamples: false });
  expect(totals?.byStatus).toMatchObject({
    completed: {
      jobs: 2,
      billed: '14490.00',
      costOfWork: '9563.30',
      expenses: '853.75',
      profit: '4072.95',
      marginPercent: 28.1,
    },
    in_progress: { jobs: 1, profit: '-884.80', marginPercent: -88.5 },
  });
  expect(totals?.byBilling).toMatchObject({
    billed: { jobs: 2, profit: '4072.95' },
    part_billed: { jobs: 1, profit: '-884.80' },
  });
  expect((await ask('list-jobs', { sort: 'margin' })).jobs.map((job) => job.ref)).toEqual(['J-2', 'J-1', 'J-3']);
  expect((await ask('list-invoices', {})).totalIssued).toBe('16381.00');
  expect((await ask('get-customer', { customer: 'C-1' })).customer).toMatchObject({
    stage: 'won',
    jobCount: 3,
    quoteCount: 3,
    invoiceCount: 4,
  });
}

/** The roof's log as it must read, newest first, without its times. */
export const ROOF_LOG = [
  'note: Magnet swept twice. Dana is happy.',
  'status: Status: in progress → completed',
  'paper: INV-1001 issued',
  'money: E-3 Shingles and starter: 6948.30 (materials), covers Q-1/1',
  'money: E-2 Dump trailer: 350.00 (equipment)',
  'money: E-1 City re-roof permit: 285.00 (permit)',
  'note: Color: Weathered Wood.',
  'people: On it: Tom Becker (lead), Luis Ortega (crew)',
  'status: Status: open → in progress',
  'paper: Q-1 sent → accepted',
  'paper: Quote Q-1 "Full re-roof" sent',
  'created: Job started for Dana Henderson',
];
