// Costs, margins and expenses are seeded as odd numbers that stand nowhere else. Then every tool there is, as every role
// has it, is asked with all its good calls and with each of them spoiled: what shows no costs, and what speaks of an
// invoice, which a customer may be shown, holds none of them, in its answer, its text or its errors.
import { describe, expect, test } from 'vitest';
import { ROLES, SCOPES, type Role, type Scope } from '../../src/domain/access.ts';
import { mayShowCosts, scopesFor, writes } from '../../src/tools/authority.ts';
import type { Tool } from '../../src/tools/define-tool.ts';
import { TOOLS_OF } from '../../src/tools/shown.ts';
import { openBook, type TypedBook } from '../support/answers.ts';
import { madeOnce } from '../support/made-once.ts';
import { goodCallsAs, goodCallsOf } from '../support/examples.ts';
import { placesIn, planted, preparedBook } from '../support/inputs.ts';

/** As they are given, and what lines come to. */
const GIVEN = ['73.31', '1759.44', '91.17', '273.51', '77.13', '3319.77', '511.39', 'Quiet Supply'];
const WORDS = /unit ?cost|margin|profit|expense|cost of work|planned/i;
const WITHOUT_COSTS = SCOPES.filter((scope) => scope !== 'costs:read');

/** The book of `inputs.ts`, with costs of every kind, on a job that Tom is on. */
const seeded = madeOnce(async () => {
  const book = await preparedBook();
  await book.ok('update-job', { job: 'J-1', assignees: [{ name: 'Tom', role: 'lead' }] });
  await book.ok('create-quote', {
    job: 'J-1',
    kind: 'change_order',
    status: 'accepted',
    lines: [
      { description: 'Underlay', quantity: 24, unitPrice: 125, unitCost: '73.31', category: 'materials' },
      { description: 'Flashing', quantity: 3, unitPrice: 250, unitCost: 91.17, category: 'labor' },
    ],
  });
  const spent = { job: 'J-1', category: 'materials' };
  await book.ok('add-job-expense', { ...spent, description: 'Dumpster', amount: '511.39', vendor: 'Quiet Supply' });
  await book.ok('add-job-expense', { ...spent, description: 'Felt', amount: 77.13, coversLine: 'Q-1/1' });
  await book.ok('add-job-expense', { ...spent, description: 'Copper', amount: '3319.77', coversLine: 'Q-1/1' });
  return book;
});

type Viewer = { readonly role: Role; readonly scopes: readonly Scope[] };
const VIEWERS: readonly Viewer[] = ROLES.flatMap((role) => [
  { role, scopes: SCOPES },
  { role, scopes: WITHOUT_COSTS },
]);

/** The same book as this one sees it, and what of it is private: what is given, and what the job comes to. */
async function seenBy({ role, scopes }: Viewer): Promise<{ book: TypedBook; canaries: readonly string[] }> {
  const owner = await seeded();
  const { job } = await owner.ok('get-job', { job: 'J-1' });
  const { costOfWork = 'none', expenses = 'none', profit = 'none' } = job.profit ?? {};
  const book = await openBook({ folder: owner.folder, role, scopes: new Set(scopes), actor: 'Tom' });
  return { book, canaries: [...GIVEN, costOfWork, expenses, profit] };
}

/** Whether no answer of this tool may hold a cost. */
const isSilent = (tool: Tool, { scopes }: Viewer) =>
  !mayShowCosts(tool) || !scopes.includes('costs:read') || tool.toolset === 'invoices';

/** What a call answers, in figures without separators; a write is run whole, and taken back. */
async function heard(book: TypedBook, tool: Tool, call: object): Promise<{ said: string; isError: boolean }> {
  const { isError = false, ...answer } = await book.call(tool.name, writes(tool) ? { ...call, preview: true } : call);
  return { said: JSON.stringify(answer).replaceAll(/(?<=\d),(?=\d{3})/g, ''), isError };
}

/** Every value of the call once as something that is not there, or that it cannot be. */
const spoiled = (call: object) =>
  [...placesIn(call)].map(({ path, value }) =>
    planted(call, path, typeof value === 'string' ? 'nowhere at all' : null),
  );

describe.each(VIEWERS)('of $role with $scopes', (viewer) => {
  const tools = TOOLS_OF[viewer.role].filter((tool) => isSilent(tool, viewer));

  test('no answer of a tool that shows no costs holds one', async () => {
    const { book, canaries } = await seenBy(viewer);
    const faults: string[] = [];
    for (const tool of tools) {
      const all: { readonly said: string; readonly isError: boolean }[] = [];
      for (const call of goodCallsAs(tool)) {
        const answer = await heard(book, tool, call);
        const found = canaries.filter((canary) => answer.said.includes(canary));
        if (found.length > 0) faults.push(`${tool.key} ${JSON.stringify(call)} shows ${found.join(', ')}`);
        if (tool.toolset === 'invoices' && WORDS.test(answer.said)) faults.push(`${tool.key} speaks of costs`);
        all.push(answer);
      }
      // Where it may be called at all, something was looked at.
      const isGranted = scopesFor(tool, null).every((scope) => viewer.scopes.includes(scope));
      if (isGranted && all.every(({ isError }) => isError))
        faults.push(`${tool.key} answers none of its good calls: ${all.map(({ said }) => said).join()}`);
    }
    expect(faults).toEqual([]);
    expect(tools.length).toBeGreaterThan(9);
  });

  test('no error of one does', async () => {
    const { book, canaries } = await seenBy(viewer);
    const faults: string[] = [];
    let refused = 0;
    for (const tool of tools)
      for (const call of goodCallsAs(tool).flatMap(spoiled)) {
        const { said, isError } = await heard(book, tool, call);
        if (isError) refused += 1;
        const found = canaries.filter((canary) => said.includes(canary));
        if (found.length > 0) faults.push(`${tool.key} ${JSON.stringify(call)} shows ${found.join(', ')}: ${said}`);
      }
    expect(faults).toEqual([]);
    expect(refused).toBeGreaterThan(tools.length);
  });
});

test('the canaries do sing where the owner looks', async () => {
  const { book, canaries } = await seenBy({ role: 'owner', scopes: SCOPES });
  const seen: string[] = [];
  for (const [tool, args] of [
    ['get-quote', { quote: 'Q-3' }],
    ['get-job', { job: 'J-1', explain: true }],
  ] as const)
    seen.push(JSON.stringify(await book.call(tool, args)));
  expect(canaries.filter((canary) => !seen.join().includes(canary))).toEqual([]);
});

test('a tool without an example call is no tool that goes unasked (the fault planted)', () => {
  expect(() => goodCallsOf('list-expenses-of-nobody')).toThrow(
    'Give list-expenses-of-nobody an example call in test/tools/<noun>/list-expenses-of-nobody.example.ts.',
  );
});

test('a cost given on an invoice is refused, not kept', async () => {
  const { book, canaries } = await seenBy({ role: 'owner', scopes: SCOPES });
  const line = { description: 'Shingles', quantity: 24, unitPrice: 125, unitCost: 73.31 };
  const error = await book.error('create-invoice', { job: 'J-1', lines: [line] });
  expect(error).toContain('lines[0]: unknown argument "unitCost"');
  expect(canaries.filter((canary) => error.includes(canary))).toEqual([]);
});
