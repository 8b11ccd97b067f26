// What hosts are told of a tool before it is called: its hints are true to what it does, its first sentence has the words
// that people say, and the instructions name what can be asked for.
import { expect, test } from 'vitest';
import { TOOLS } from '../../src/tools/index.ts';
import { TOOLS_OF } from '../../src/tools/shown.ts';
import { newDesk, oldDesk } from '../support/clients.ts';
import { openBook, type TypedBook } from '../support/answers.ts';
import { copyOf } from '../support/copied.ts';
import { exampleOf, goodCallsOf } from '../support/examples.ts';
import { preparedBook } from '../support/inputs.ts';
import { SHINGLES } from '../support/roof.ts';

/** Calls in which a tool shows what its other good calls do not. */
const MORE: Readonly<Record<string, readonly object[]>> = {
  'undo-change': [{}],
  'add-job-expense': [{ job: 'J-1', description: 'Nails', amount: 9, category: 'materials' }],
  // A new version of an open quote takes its place.
  'create-quote': [{ revises: 'Q-2', lines: [SHINGLES] }],
};

const WRITES = TOOLS.filter(({ run }) => run.kind === 'write').map((tool) => ({
  tool,
  calls: [...goodCallsOf(tool.name), ...(MORE[tool.name] ?? [])],
}));
/**
 * A credit note is a record of its own, a payment that is void stays one, and a customer that is merged keeps their row:
 * all cancel what was there.
 */
const CANCELS = ['create-invoice', 'record-payment', 'merge-customers'];
type Change = { readonly records?: readonly { ref: string; what: string; fields: { before: string | null }[] }[] };

/** What a call did: whether it did anything, and whether it took out or wrote over what was there. */
async function done(book: TypedBook, name: string, call: object): Promise<{ change: boolean; destroys: boolean }> {
  const { structuredContent = {} } = await book.callWithYes(name, call);
  const { change } = structuredContent;
  if (typeof change !== 'number') return { change: false, destroys: false };
  const { records = [] } = (await book.ok('list-changes', { change })) as Change;
  // A file or receipt that is named goes under what it is named on.
  const judged = records.filter(({ ref }) => !ref.startsWith('F-'));
  const isLost = ({ what, fields }: (typeof judged)[number]) =>
    what === 'removed' || (what === 'changed' && fields.some(({ before }) => before !== null));
  return { change: true, destroys: judged.some(isLost) };
}

test('a tool that takes out or writes over is destructive, and one that does something anew is not idempotent', async () => {
  const prepared = await preparedBook();
  for (const { tool, calls } of WRITES) {
    const again: boolean[] = [];
    const destroys: boolean[] = [];
    for (const call of calls) {
      const book = await copyOf(prepared, { repeats: 'noticed' });
      const first = await done(book, tool.name, call);
      expect(first.change, `${tool.name} ${JSON.stringify(call)}`).toBe(true);
      destroys.push(first.destroys);
      const meant = 'allowDuplicate' in tool.input.shape ? { ...call, allowDuplicate: true } : call;
      again.push((await done(book, tool.name, meant)).change);
    }
    const { idempotentHint, destructiveHint } = tool.annotations;
    expect({ name: tool.name, idempotentHint }).toEqual({ name: tool.name, idempotentHint: !again.includes(true) });
    const cancels = CANCELS.includes(tool.name);
    expect({ name: tool.name, destructiveHint }).toEqual({
      ...{ name: tool.name, destructiveHint: cancels || destroys.includes(true) },
    });
  }
  expect(WRITES.length).toBeGreaterThan(15);
}, 240_000);

test('whatever one argument alone changes, it changes once, where a tool is said to be idempotent', async () => {
  const prepared = await preparedBook();
  let tried = 0;
  for (const { tool, calls } of WRITES.filter((each) => each.tool.annotations.idempotentHint)) {
    const { required = [] } = tool.inputJson as { required?: readonly string[] };
    const alone = calls.flatMap((call) =>
      Object.keys(call)
        .filter((name) => !required.includes(name))
        .map((name) => Object.entries(call).filter(([each]) => each === name || required.includes(each))),
    );
    for (const call of alone.map((entries) => Object.fromEntries(entries) as object)) {
      const book = await copyOf(prepared, { repeats: 'noticed' });
      if (!(await done(book, tool.name, call)).change) continue;
      tried += 1;
      expect((await done(book, tool.name, call)).change, `${tool.name} ${JSON.stringify(call)}`).toBe(false);
    }
  }
  expect(tried).toBeGreaterThan(20);
}, 240_000);

test("crew's tools have the hints of their namesakes, but where they do less", () => {
  for (const { name, annotations } of TOOLS_OF.crew) {
    const { annotations: whole } = TOOLS.find((tool) => tool.name === name) ?? {};
    // Theirs only adds a note.
    expect(annotations, name).toEqual(name === 'update-job' ? { ...whole, destructiveHint: false } : whole);
  }
});

test('every tool is found by what people say', () => {
  for (const { name, title, description } of TOOLS) {
    const [first = ''] = description.split(/\. /);
    const found = `${name} ${title} ${first}`.toLowerCase();
    for (const word of exampleOf(name).said.split(' '))
      expect(found, `${name} is to be found by "${word}"`).toContain(word);
  }
});

test('no description tells the model what to do with other tools, or is cut by a host', () => {
  for (const { name, description } of [...TOOLS, ...TOOLS_OF.crew]) {
    expect(description.length, name).toBeLessThanOrEqual(1024);
    expect(description, name).not.toMatch(/\b(always|never call|you must|before calling|important)\b/i);
  }
});

test('the first 2 KB of the instructions name what people ask for, whatever the business is called', async () => {
  const asked = {
    owner: [
      ...['what a job made', 'profit', 'margin', 'run thin', 'planned against actual', 'left to bill', 'owes money'],
      ...[
        'overdue',
        'estimates',
        'change orders',
        'what-ifs',
        'deposits',
        'credits',
        'payments',
        'refunds',
        'sales tax',
      ],
      ...['expenses', 'receipts', 'materials', 'labor', 'subs', 'leads', 'calendar', 'appointments', 'site visits'],
      ...['notes', 'photos', 'who changed what', 'undo'],
    ],
    crew: ['jobs you are on', 'appointments', 'photos', 'notes'],
  };
  for (const role of ['owner', 'crew'] as const) {
    for (const desk of [oldDesk, newDesk]) {
      const book = await openBook();
      await book.ok('update-account', { name: '屋根'.repeat(100) });
      const client = await desk({ ...book.session, role });
      const instructions = Buffer.from(client.getInstructions() ?? '')
        .subarray(0, 2048)
        .toString();
      for (const words of asked[role]) expect(instructions).toContain(words);
      expect(instructions.includes('Profit of a job')).toBe(role === 'owner');
      expect(instructions).toContain('today 2026-03-10');
    }
  }
  const book = await openBook({ template: 'sales-pipeline' });
  expect((await oldDesk(book.session)).getInstructions()).toMatch(/leads and deals[^]*Every customer is one deal/);
});
