// Arguments are read kindly and booked strictly: however a model or its host writes a good call, it does the same; and
// whatever was understood before means what it meant.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { CATEGORIES } from '../../src/domain/cost.ts';
import { choiceMeant } from '../../src/domain/choice.ts';
import { TEMPLATES } from '../../src/domain/templates.ts';
import { readKindly } from '../../src/tools/read-kindly.ts';
import { TOOLS_OF } from '../../src/tools/shown.ts';
import { TOOLS } from '../../src/tools/index.ts';
import { openBook } from '../support/answers.ts';
import { copyOf } from '../support/copied.ts';
import { goodCallsAs } from '../support/examples.ts';
import { placesIn, planted, preparedBook } from '../support/inputs.ts';
import { callOf, type Schema } from '../support/junk.ts';
import { roofBook } from '../support/roof.ts';

const SEED = 20_261_128;
const EVERY_TOOL = [...TOOLS, ...TOOLS_OF.crew];

/** Good calls of every tool; of crew's own tools with what those take. */
const CALLS = EVERY_TOOL.flatMap((tool) =>
  goodCallsAs(tool)
    .filter((call) => tool.input.safeParse(call).success)
    .map((call) => ({ tool, call, schema: z.toJSONSchema(tool.input, { io: 'input' }) as Schema })),
);

const title = (choice: string) => choice.replace(/[a-z]+/g, (word) => word.charAt(0).toUpperCase() + word.slice(1));

/** However this may be written: with `trims`, with blanks around it too. */
function formsOf(schema: Schema, value: unknown, trims = false): fc.Arbitrary<unknown> {
  const { type, anyOf, enum: choices, items, properties = {}, required = [] } = schema;
  if (anyOf !== undefined) {
    const [one, nothing] = anyOf;
    return nothing?.type === 'null' && value !== null && one !== undefined ? formsOf(one, value) : fc.constant(value);
  }
  if (choices !== undefined) {
    const said = String(value);
    const inWords = said.replaceAll('_', ' ');
    return fc.constantFrom(said, inWords, title(inWords), title(said), said.toUpperCase(), ` ${inWords} `);
  }
  if (type === 'number' || type === 'integer') return fc.constantFrom(value, String(value), ` ${String(value)} `);
  if (type === 'boolean') return fc.constantFrom(value, String(value), title(String(value)));
  if (type === 'string') return trims ? fc.constantFrom(value, ` ${String(value)}\n`) : fc.constant(value);
  if (type === 'array' && Array.isArray(value) && items !== undefined) {
    return fc.tuple(...value.map((each) => formsOf(items, each))).chain((list) => {
      const isOneText = list.length === 1 && typeof value[0] === 'string';
      return fc.constantFrom<unknown>(list, JSON.stringify(list), ...(isOneText ? [list[0]] : []));
    });
  }
  if (type !== 'object' || typeof value !== 'object' || value === null) return fc.constant(value);
  const given = new Map(Object.entries(value));
  const forms = Object.entries(properties).map(([name, inner]): [string, fc.Arbitrary<unknown>] => {
    if (given.has(name)) return [name, formsOf(inner, given.get(name), name === 'email' || name === 'phone')];
    const takesNull = inner.anyOf?.some((each) => each.type === 'null') ?? false;
    return [name, fc.constantFrom<unknown>(LEFT_OUT, LEFT_OUT, '', ...(takesNull ? [] : [null]))];
  });
  expect(required.every((name) => given.has(name))).toBe(true);
  return fc
    .tuple(...forms.map(([name, form]) => form.map((said): [string, unknown] => [name, said])))
    .map((entries) => Object.fromEntries(entries.filter(([, said]) => said !== LEFT_OUT)))
    .chain((object) => fc.constantFrom<unknown>(object, JSON.stringify(object)));
}
const LEFT_OUT = Symbol('left out');

test('there are good calls of every tool, and forms in which they differ', () => {
  expect(new Set(CALLS.map(({ tool }) => tool.key)).size).toBe(EVERY_TOOL.length);
  for (const { schema, call } of CALLS.filter((each) => Object.keys(each.call).length > 2)) {
    const forms = fc.sample(formsOf(schema, call), { numRuns: 20, seed: SEED }).map((form) => JSON.stringify(form));
    expect(new Set(forms).size).toBeGreaterThan(5);
  }
});

test('every kindly read form of a good call is understood as the call itself', () => {
  for (const { tool, call, schema } of CALLS) {
    const strict = tool.input.parse(call);
    fc.assert(
      fc.property(formsOf(schema, call), (form) => {
        expect(tool.input.parse(readKindly(tool.input, form))).toEqual(strict);
      }),
      { numRuns: 60, seed: SEED },
    );
  }
});

/** One form of the call, an object whose arguments are all written in some other way where there is one. */
function oddFormOf({ schema, call }: (typeof CALLS)[number]): object {
  const forms = fc.sample(formsOf(schema, call), { numRuns: 60, seed: SEED });
  const objects = forms.filter((form) => typeof form === 'object' && form !== null);
  const oddness = (form: object) => JSON.stringify(form).length;
  const [odd = call] = objects.toSorted((left, right) => oddness(right) - oddness(left));
  return odd;
}

test('every tool answers a kindly read call as the call itself, its repeat and its request id included', async () => {
  const prepared = await preparedBook();
  let writes = 0;
  for (const each of CALLS.filter(({ tool }) => tool.key === tool.name)) {
    const { tool, call } = each;
    const odd = oddFormOf(each);
    const strict = await (await copyOf(prepared)).callWithYes(tool.name, call);
    const kindly = await (await copyOf(prepared)).callWithYes(tool.name, odd);
    expect(kindly, `${tool.name} ${JSON.stringify(odd)}`).toEqual(strict);
    if (tool.run.kind === 'read') continue;
    writes += 1;
    const book = await copyOf(prepared, { repeats: 'noticed' });
    const named = { requestId: 'one and the same' };
    const first = await book.callWithYes(tool.name, { ...call, ...named });
    expect(await book.callWithYes(tool.name, { ...odd, ...named }), tool.name).toEqual(first);
  }
  expect(writes).toBeGreaterThan(20);
  const book = await copyOf(prepared, { repeats: 'noticed' });
  await book.ok('add-job-expense', { job: 'J-1', description: 'Nails', amount: 9, category: 'materials' });
  expect(
    await book.error('add-job-expense', {
      ...{ job: 'J-1', description: 'Nails', amount: 9, category: 'Materials', vendor: '', spentOn: null },
    }),
  ).toContain('the very same was done');
}, 240_000);

test('whatever a tool takes as it is means what it meant', () => {
  const texts = ['10', 'true', 'null', '[1]', '["a"]', '{}', '{"a":1}', 'In Progress', '007', ' two ', 'false'];
  let tried = 0;
  for (const { tool, call } of CALLS) {
    for (const { path, value } of placesIn(call)) {
      if (typeof value !== 'string') continue;
      for (const text of texts) {
        const given = planted(call, path, text);
        const strict = tool.input.safeParse(given);
        if (!strict.success) continue;
        tried += 1;
        expect(tool.input.parse(readKindly(tool.input, given))).toEqual(strict.data);
      }
    }
    fc.assert(
      fc.property(callOf(z.toJSONSchema(tool.input, { io: 'input' })), (given) => {
        const strict = tool.input.safeParse(given);
        // Nothing said for an optional argument is the one thing that is read anew.
        if (!strict.success || JSON.stringify(given).includes('""')) return;
        tried += 1;
        expect(tool.input.parse(readKindly(tool.input, given))).toEqual(strict.data);
      }),
      { numRuns: 50, seed: SEED },
    );
  }
  expect(tried).toBeGreaterThan(2000);
});

const NAILS = { description: 'Nails', category: 'materials' };

test.each<[what: string, tool: string, args: unknown, says: string]>([
  ['no number', 'list-jobs', { limit: 'ten' }, 'limit: must be a whole number, not "ten"'],
  ['a number with an exponent', 'list-jobs', { limit: '1e1' }, 'limit: must be a whole number, not "1e1"'],
  ['half of a whole number', 'list-jobs', { limit: '2.5' }, 'limit: must be a whole number'],
  ['a yes that is none', 'get-job', { job: 'J-1', explain: 'yes' }, 'explain: must be true or false, not "yes"'],
  ['a preview that is none', 'undo-change', { preview: 'ture' }, 'preview: must be true or false, not "ture"'],
  ['a choice that is none', 'list-jobs', { status: 'In Flight' }, 'status: "In Flight" is not one of the choices'],
  ['a list of what is no text', 'file-under-job', { job: 'J-1', records: '[1]' }, 'records[0]: must be text, not "1"'],
  ['a text for a list of objects', 'update-job', { job: 'J-1', assignees: 'Tom' }, 'assignees: must be a list'],
  ['half of a list', 'create-quote', { job: 'J-1', lines: '[{"description":' }, 'lines: must be a list'],
  ['what is unknown', 'create-customer', { name: 'Priya', fax: null }, 'unknown argument "fax"'],
  ['what is unknown in JSON', 'create-job', { name: 'A', newCustomer: '{"fax":"1"}' }, 'newCustomer: unknown argument'],
  ['a number for a text', 'create-customer', { name: 12 }, 'name: must be text, not "12"'],
  ['nothing where something is needed', 'create-customer', { name: '' }, 'name: must not be empty'],
  ['null where something is needed', 'create-customer', { name: null }, 'name: must be text, not "null"'],
  ['an amount in words', 'add-job-expense', { job: 'J-S1', ...NAILS, amount: '1e9' }, 'amount: '],
  ['a text that is no object', 'get-account', 'everything', 'must be an object'],
])('%s is refused by name, as it was sent', async (_, tool, args, says) => {
  const book = await openBook({ repeats: 'noticed', samples: tool === 'add-job-expense' });
  expect(await book.error(tool, args as object)).toContain(says);
});

test('a record may be named by its bare number, where its kind is known', async () => {
  const book = await roofBook();
  const { invoice } = await book.ok('create-invoice', { fromQuote: { quote: 1, percent: 30 } });
  expect((await book.ok('get-invoice', { invoice: 1001 })).invoice.ref).toBe(invoice.ref);
  await book.ok('record-payment', { invoice: 1001, amount: 10 });
  await book.ok('add-job-expense', { job: 1, ...NAILS, amount: 9 });
  await book.ok('update-job-expense', { expense: 1, amount: 8 });
  expect((await book.ok('list-jobs', { customer: 1 })).jobs).toHaveLength(1);
  expect((await book.ok('create-invoice', { restOf: [1] })).invoice.kind).toBe('standard');
  const phone = (await book.ok('create-customer', { name: 'Priya', phone: 7_375_550_176 })).customer.phone;
  expect(phone).toBe('7375550176');
  expect((await book.ok('get-job', { job: 1 })).job.ref).toBe('J-1');
  for (const said of [1.5, -1, 1e21]) expect(await book.error('get-job', { job: said })).toContain('job: must be text');
});

test('a name that code trips over is none in a JSON text either', async () => {
  const book = await openBook();
  for (const name of ['__proto__', String.raw`\u005f_proto__`]) {
    const newCustomer = `{"name":"Priya","${name}":{"evenIfSimilar":true}}`;
    expect(await book.error('create-job', { name: 'Porch', newCustomer })).toContain('newCustomer: must be an object');
    const parsed: unknown = JSON.parse(`{"name":"Priya","${name}":{"evenIfSimilar":true}}`);
    expect(await book.error('create-job', { name: 'Porch', newCustomer: parsed })).toContain('unknown argument');
  }
  expect(Object.hasOwn(Object.prototype, 'evenIfSimilar')).toBe(false);
});

test('JSON texts without end are refused in a moment', async () => {
  const book = await openBook();
  const lists = [`[${'1,'.repeat(400_000)}1]`, '['.repeat(900_000), `[${'[],'.repeat(15_000)}[]]`];
  for (const lines of [...lists, Array.from({ length: 200 }, () => `{"a":[${'1,'.repeat(19_000)}1]}`)]) {
    const from = performance.now();
    expect((await book.error('create-quote', { job: 'J-1', lines })).length).toBeLessThan(2000);
    expect(performance.now() - from).toBeLessThan(2000);
  }
});

test('arguments that are none, or the JSON text of an object', async () => {
  const book = await openBook();
  for (const args of [null, undefined, '{}', ' {} '])
    expect(await book.call('get-account', args as unknown as object)).toMatchObject({ structuredContent: {} });
});

test('null clears where it clears, and nothing said changes nothing', async () => {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Priya', email: ' priya@example.com ', phone: ' (737) 555-0176 ' });
  const kept = await book.ok('update-customer', { customer: 'C-1', email: '', phone: '', notes: '', name: 'Priya R' });
  expect(kept.customer).toMatchObject({ email: 'priya@example.com', phone: '(737) 555-0176', name: 'Priya R' });
  const cleared = await book.ok('update-customer', { customer: 'C-1', email: null });
  expect(cleared.customer).toMatchObject({ email: null, phone: '(737) 555-0176' });
});

test('an empty list or object beside the other way of saying it is as if left out', async () => {
  const book = await roofBook();
  const fromQuote = { quote: 'Q-1', rest: true };
  const { invoice } = await book.ok('create-invoice', { fromQuote, lines: [] });
  expect(invoice.subtotal).toBe('10800.00');
  const lines = [{ description: 'Gutters', quantity: 1, unitPrice: 100 }];
  for (const empty of [{}, '{}', { quote: '' }, { quote: '', percent: null, amount: '' }])
    await book.ok('create-invoice', {
      job: 'J-1',
      lines,
      fromQuote: empty,
      requestId: `with ${JSON.stringify(empty)}`,
    });
  // Nobody on the job is somebody's wish, and a note is its words.
  await book.ok('update-job', { job: 'J-1', assignees: [{ name: 'Luis', role: 'crew' }] });
  const { job } = await book.ok('update-job', { job: 'J-1', assignees: [], note: '[]' });
  expect(job.assignees).toEqual([]);
  expect(await book.error('create-quote', { customer: 'C-1', lines: [] })).toContain('lines');
});

test('what is not asked for is as if left out', async () => {
  const book = await preparedBook();
  const asked = { invoice: 'DRAFT-2', discard: false, correct: 'false', notes: 'Thanks.' };
  expect((await book.ok('update-invoice', asked)).did).toContain('DRAFT-2');
  expect((await book.ok('update-account', { removeSamples: false, name: 'Becker' })).account.name).toBe('Becker');
});

test('a stage of the pipeline and a template are understood in any spelling', async () => {
  const book = await openBook();
  const { customer } = await book.ok('create-customer', { name: 'Priya', stage: 'Estimate Sent' });
  expect(customer.stage).toBe('estimate_sent');
  expect((await book.ok('list-customers', { stage: 'ESTIMATE_SENT' })).customers).toHaveLength(1);
  expect((await book.ok('update-account', { template: 'Real Estate' })).account.template).toBe('real-estate');
});

test('canceled is cancelled: people who write American mean the same', async () => {
  const book = await preparedBook();
  expect((await book.ok('list-jobs', { status: 'Canceled' })).count).toBe(0);
  expect((await book.ok('update-appointment', { appointment: 'A-1', status: 'canceled' })).appointment.status).toBe(
    'cancelled',
  );
});

test('a word of the trade that means a choice is that choice', async () => {
  const book = await preparedBook();
  const nails = { job: 'J-1', description: 'Nails', amount: 9, category: 'supplies' };
  expect((await book.ok('add-job-expense', nails)).expense.category).toBe('materials');
  const { job } = await book.ok('update-job', {
    job: 'J-1',
    status: 'started',
    assignees: [{ name: 'Sam', role: 'Foreman' }],
  });
  expect([job.status, job.assignees]).toEqual(['in_progress', [{ name: 'Sam', role: 'lead' }]]);
});

test('no two choices of one argument are spelled alike, so that each is meant by its own name alone', () => {
  const schemas: Schema[] = CALLS.map(({ schema }) => schema);
  const all: (readonly string[])[] = [CATEGORIES, ...Object.values(TEMPLATES).map(({ stages }) => stages)];
  const collect = (schema: Schema): void => {
    if (schema.enum !== undefined) all.push(schema.enum.map(String));
    for (const inner of Object.values(schema.properties ?? {})) collect(inner);
    for (const inner of [...(schema.items === undefined ? [] : [schema.items]), ...(schema.anyOf ?? [])])
      collect(inner);
  };
  for (const schema of schemas) collect(schema);
  expect(all.length).toBeGreaterThan(30);
  for (const choices of all)
    for (const choice of choices) expect(choiceMeant(choices, ` ${choice.toUpperCase()} `)).toBe(choice);
});

test('an argument goes by the name that it had in earlier versions, too', async () => {
  const book = await openBook({ repeats: 'noticed' });
  await book.ok('create-job', { name: 'Porch', newCustomer: { name: 'Dana' } });
  const call = { job: 'J-1', description: 'Shingles', amount: 100, category: 'materials' };
  await book.ok('add-job-expense', call);
  expect(await book.error('add-job-expense', call)).toContain('allowDuplicate: true');
  expect(await book.ok('add-job-expense', { ...call, repeat: true })).toMatchObject({ change: expect.any(Number) });
  expect(await book.error('update-job-expense', { expense: 'E-1', repeat: true })).toContain('repeat');
});
