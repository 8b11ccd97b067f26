// A company with one job that Tom of the crew is on and one that he is not, both full of money with odd figures and of
// papers with odd names, each of which is a canary: seen where it does not belong, it is recognised.
import { companyMadeOnce } from './made-once.ts';
import { openCompany, type Company, type Who } from './company.ts';

/** Those of them that are costs, or made of costs. */
export const ODD_COSTS = ['6421', '4337', '2903', '6637'];

/** Amounts in whole units that stand nowhere else; written with or without cents, separators or a currency. */
export const ODD_AMOUNTS = ['7013', '6421', '5881', '4337', '3119', '2903', '8861', '9439', '6637', '5521'];
/** Names of papers, lines, vendors and hidden files. */
export const ODD_WORDS = [
  'Zirconium',
  'Quagmire',
  'Vellichor',
  'Petrichor',
  'Mugwump',
  'Gobbledy',
  'Kerfuffle',
  'Taradiddle',
];
/** Of the job that he is not on. */
export const NOT_HIS = ['Susquehanna', 'Oconomowoc', 'Passamaquoddy', 'Skedaddle'];

const TEXT = Buffer.from('Keys are with the neighbour.\n').toString('base64');
const RECEIPT = Buffer.from('Gobbledy Supply\nMugwump rental 6,637.00\n').toString('base64');

export const twoJobs = companyMadeOnce(async () => {
  const company = await openCompany();
  await fill(company, 'maria', ['J-1', 'J-2']);
  return company;
});

/** Boris's books beside them, with the first of the two jobs alone: the second one's numbers are Maria's, not his. */
export const twoBooks = companyMadeOnce(async () => {
  const company = await twoJobs();
  await fill(company, 'boris', ['J-1'], { name: 'Walt Brewster', phone: '(737) 555-0110' }, '930 Wren Meadow Dr');
  return company;
});

async function fill(
  company: Company,
  who: Who,
  jobs: readonly string[],
  newCustomer = { name: 'Dana Henderson', phone: '(512) 555-0143' },
  address = '418 Pecan Hollow Ln',
): Promise<void> {
  const maria = async (tool: string, args: object) =>
    await company.ok(who, tool, { ...args, ...(REPEATS.has(tool) ? { allowDuplicate: true } : {}) });
  await maria('create-job', {
    newCustomer,
    ...{ name: 'Roof replacement', description: 'Two layers.', address },
    assignees: [{ name: 'tom reyes', role: 'crew' }],
    note: 'Gate code 4411.',
  });
  if (jobs.includes('J-2'))
    await maria('create-job', {
      newCustomer: { name: 'Otto Oconomowoc', phone: '(512) 555-0177' },
      ...{
        name: 'Susquehanna gutters',
        assignees: [{ name: 'Luis Ortega', role: 'crew' }],
        note: 'Passamaquoddy side.',
      },
    });
  for (const job of jobs) {
    const [sold, cost] = job === 'J-1' ? [7013, 6421] : [5881, 4337];
    const lines = [
      { description: 'Zirconium shingles', quantity: 1, unitPrice: sold, unitCost: cost, category: 'materials' },
    ];
    await maria('create-quote', { job, title: 'Quagmire estimate', status: 'accepted', lines });
    await maria('create-quote', {
      job,
      title: 'Vellichor option',
      kind: 'change_order',
      lines: [{ ...lines[0], unitPrice: 3119, unitCost: 2903 }],
    });
    await maria('create-invoice', { job, lines: [{ description: 'Petrichor deposit', quantity: 1, unitPrice: 8861 }] });
    await maria('create-invoice', {
      job,
      draft: true,
      lines: [{ description: 'Petrichor rest', quantity: 1, unitPrice: 9439 }],
    });
    await maria('add-job-expense', {
      job,
      description: 'Mugwump rental',
      amount: 6637,
      category: 'equipment',
      vendor: 'Gobbledy Supply',
    });
    await maria('attach-file', { job, content: RECEIPT, name: 'Kerfuffle.txt', kind: 'receipt' });
    await maria('attach-file', { job, content: TEXT, name: 'Taradiddle.txt', kind: 'estimate' });
    const expense = job === 'J-1' ? 'E-1' : 'E-2';
    await maria('attach-file', { expense, content: RECEIPT, name: 'Kerfuffle two.txt', kind: 'document' });
    await maria('attach-file', {
      job,
      content: TEXT,
      name: job === 'J-1' ? 'keys.txt' : 'Skedaddle.txt',
      kind: 'document',
    });
    await maria('schedule-appointment', {
      job,
      title: job === 'J-1' ? 'Tear-off' : 'Skedaddle visit',
      starts: '2030-03-20T09:00',
      people: job === 'J-1' ? ['Tom Reyes'] : ['Luis Ortega'],
    });
    await maria('record-walk-and-talk', {
      job,
      title: job === 'J-1' ? 'First look' : 'Skedaddle look',
      consent: 'Yes, on tape.',
      transcript: 'The ridge is soft.',
    });
  }
  for (const [index] of jobs.entries()) await maria('record-payment', { invoice: `INV-${1001 + index}`, amount: 5521 });
}

const REPEATS = new Set([
  'create-job',
  'create-quote',
  'create-invoice',
  'add-job-expense',
  'attach-file',
  'schedule-appointment',
  'record-walk-and-talk',
  'record-payment',
]);
