// Whatever moves a job's money answers with where the job stands then. Held to the good calls of every tool that writes,
// and to each of them taken back: the jobs before and after are compared by their rows in the list.
import { expect, test } from 'vitest';
import { TOOLS } from '../../src/tools/index.ts';
import type { Answers, TypedBook } from '../support/answers.ts';
import { copyOf } from '../support/copied.ts';
import { goodCallsOf } from '../support/examples.ts';
import { preparedBook } from '../support/inputs.ts';
import { SHINGLES } from '../support/roof.ts';

type Row = Answers['list-jobs']['jobs'][number];

/** Calls that move what the good ones leave: drafts on a job that nobody bought, several jobs, what is taken out. */
const MORE: Readonly<Record<string, readonly object[]>> = {
  'create-quote': [
    { job: 'J-3', lines: [SHINGLES] },
    { job: 'J-3', lines: [SHINGLES], status: 'accepted' },
  ],
  'update-quote': [
    { quote: 'Q-2', status: 'accepted' },
    { quote: 'Q-2', status: 'declined' },
    { quote: 'Q-2', lines: [SHINGLES, SHINGLES] },
    { quote: 'Q-4', lines: [SHINGLES, SHINGLES] },
    { quote: 'Q-4', status: 'accepted' },
    { quote: 'Q-4', status: 'declined' },
  ],
  'update-invoice': [{ invoice: 'DRAFT-2', status: 'issued' }],
  'create-invoice': [
    { job: 'J-1', lines: [{ description: 'Ridge', quantity: 1, unitPrice: 300 }] },
    { restOf: ['J-1', 'J-2'] },
  ],
  'update-job-expense': [
    { expense: 'E-1', job: 'J-2' },
    { expense: 'E-1', remove: true },
    { expense: 'E-1', coversLine: 'Q-1/1' },
  ],
  'update-job': [
    { job: 'J-1', status: 'completed' },
    { job: 'J-1', billingDone: true },
    { job: 'J-1', status: 'cancelled' },
  ],
  'file-under-job': [{ job: 'J-2', invoices: ['INV-1001'] }],
};

const WRITES = TOOLS.filter(({ run }) => run.kind === 'write');

/** J-2 has a contract too, of which something is left. */
async function written(): Promise<TypedBook> {
  const book = await copyOf(await preparedBook());
  await book.ok('create-quote', { job: 'J-2', status: 'accepted', title: 'Gutters', lines: [SHINGLES] });
  await book.ok('create-quote', { job: 'J-3', status: 'sent', title: 'Back', lines: [SHINGLES] });
  return book;
}

/** What of a job is its money, but for drafts, tax and what was paid, which the documents tell. */
function moneyOf({ standing, profit, forecast }: Row): string {
  const { billed, costOfWork, expenses } = profit ?? {};
  const { collected: _, ...heading } = forecast ?? {};
  return JSON.stringify({ standing, billed, costOfWork, expenses, ...heading });
}

async function jobsOf(book: TypedBook): Promise<Map<string, Row>> {
  const { jobs } = await book.ok('list-jobs', { limit: 50 });
  return new Map(jobs.map((job) => [job.ref, job]));
}

/** The figures that tell where a job stands: of costs nothing where an invoice is spoken of, which a customer may be shown. */
function leading({ standing, profit, forecast }: Row, isOfInvoices: boolean): string[] {
  const { leftToBill = null, expectedProfit = null, offers = [] } = forecast ?? {};
  const billed = profit?.billed ?? '';
  if (isOfInvoices) return [`billed ${billed}`, ...(leftToBill === null ? [] : [`${leftToBill} left to bill`])];
  if (standing === 'finished' || standing === 'cancelled') return [profit?.profit ?? ''];
  return expectedProfit === null ? offers.flatMap((offer) => offer.expectedProfit ?? []) : [expectedProfit];
}

/** What the answer to a call does not tell of the jobs that it moved. */
async function untold(book: TypedBook, tool: string, call: object) {
  const before = await jobsOf(book);
  const answer = await book.callWithYes(tool, call);
  if (answer.isError === true) return { moved: 0, missing: [], change: null };
  const after = await jobsOf(book);
  const moved = [...after.values()].filter((job) => {
    const was = before.get(job.ref);
    return was !== undefined && moneyOf(was) !== moneyOf(job);
  });
  const isOfInvoices = TOOLS.find(({ name }) => name === tool)?.toolset === 'invoices';
  const text = answer.content.map((part) => part.text).join('\n');
  const structure = JSON.stringify(answer.structuredContent);
  const missing = moved.flatMap((job) =>
    [job.ref, ...leading(job, isOfInvoices)].flatMap((figure) => [
      ...(text.includes(figure) ? [] : [`${tool} ${JSON.stringify(call)}: its text lacks ${figure} of ${job.ref}`]),
      ...(saysIn(structure, figure)
        ? []
        : [`${tool} ${JSON.stringify(call)}: its structure lacks ${figure} of ${job.ref}`]),
    ]),
  );
  return { moved: moved.length, missing, change: Object(answer.structuredContent).change as number | null };
}

/** In a sentence, or as a field of its own. */
function saysIn(structure: string, figure: string): boolean {
  const [, amount = figure] = /(-?[\d.]+\d)/.exec(figure) ?? [];
  return structure.includes(figure) || structure.includes(`"${amount}"`);
}

test('whatever moves the money of a job says where the job stands then, and so does its undo', async () => {
  const prepared = await written();
  const missing: string[] = [];
  const moving = new Set<string>();
  let undone = 0;
  for (const { name } of WRITES) {
    if (name === 'undo-change') continue;
    for (const call of [...goodCallsOf(name), ...(MORE[name] ?? [])]) {
      const book = await copyOf(prepared);
      const told = await untold(book, name, call);
      missing.push(...told.missing);
      if (told.moved === 0 || told.change === null) continue;
      moving.add(name);
      const back = await untold(book, 'undo-change', { change: told.change });
      if (back.moved > 0) undone += 1;
      missing.push(...back.missing.map((each) => `${name} ${JSON.stringify(call)}, then ${each}`));
    }
  }
  expect(missing).toEqual([]);
  expect([...moving].sort()).toEqual(
    expect.arrayContaining([
      ...['add-expenses', 'add-job-expense', 'create-invoice', 'create-quote', 'file-under-job'],
      ...['update-invoice', 'update-job', 'update-job-expense', 'update-quote'],
    ]),
  );
  expect(undone).toBeGreaterThan(10);
}, 240_000);
