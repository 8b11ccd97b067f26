// The public contract: each tool as tools/list shows it is committed, so that every change of it is a decision.
// vitest run -u writes the files anew; under CI a missing one fails.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { callTool, listTools } from '../../src/server.ts';
import { listing } from '../../src/tools/listing.ts';
import { ROLES } from '../../src/domain/access.ts';
import { TOOLSETS, type Toolset } from '../../src/domain/toolsets.ts';
import { WITH_RECORDS } from '../../src/kinds/in-toolset.ts';
import { TOOLS } from '../../src/tools/index.ts';
import { scopesNeeded, TOOLS_OF } from '../../src/tools/shown.ts';
import { openBook } from '../support/book.ts';
import { exampleOf, goodCallsOf, STRAY } from '../support/examples.ts';

/** What all models read before their first call may be this long in characters, output schemas apart. */
const LONGEST_LIST = 44_000;
/** One tool among them: a quote or an invoice is written in many ways. */
const LONGEST_TOOL = 2_250;

type Schema = Readonly<Record<string, unknown>>;

/** Every schema within a schema, with the path to it; `$defs` and all. */
function* schemasIn(schema: unknown, at: string): Generator<{ schema: Schema; at: string }> {
  if (typeof schema !== 'object' || schema === null) return;
  if (!Array.isArray(schema)) yield { schema: { ...schema }, at };
  for (const [key, inner] of Object.entries(schema)) yield* schemasIn(inner, `${at}/${key}`);
}

const names = TOOLS.map((tool) => tool.name);
/** Names that promise to change nothing. */
const READS = /^(list|get)-|^(search|fetch)$|-report$/;

test.each(names)('%s is listed as committed', async (name) => {
  const tool = TOOLS.find((each) => each.name === name);
  if (tool === undefined) throw new Error(`${name} is gone`);
  await expect(`${JSON.stringify(listing(tool), null, 2)}\n`).toMatchFileSnapshot(`__snapshots__/${name}.json`);
});

test.each(TOOLS_OF.crew.map(({ name }) => name))('%s is listed for crew as committed', async (name) => {
  const tool = TOOLS_OF.crew.find((each) => each.name === name);
  if (tool === undefined) throw new Error(`${name} is gone`);
  await expect(`${JSON.stringify(listing(tool), null, 2)}\n`).toMatchFileSnapshot(`__snapshots__/crew/${name}.json`);
});

/** What a tool may do, and for whom: a table that is committed too, so that every change of it is a decision. */
test('tool × role × scope is as committed', async () => {
  const table = TOOLS.map(({ name }) => {
    const roles = ROLES.filter((role) => TOOLS_OF[role].some((tool) => tool.name === name));
    return `${name}: ${roles.join(' ')}; ${scopesNeeded(name, 'owner').join(' ')}`;
  });
  await expect(`${table.join('\n')}\n`).toMatchFileSnapshot('__snapshots__/authority.md');
});

test('the README has every tool under its toolset', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const table = /^\| toolset \| tools \|\n\|---\|---\|\n((?:\|.*\n)+)/m.exec(readme)?.[1] ?? '';
  const told = [...table.matchAll(/^\| ([^|]+) \| (.*) \|$/gm)].flatMap(([, toolset = '', listed = '']) =>
    listed.split(' ').map((name) => `${toolset}: ${name.replaceAll('`', '')}`),
  );
  const all = TOOLS.flatMap(({ name, toolset }) =>
    toolset === WITH_RECORDS
      ? `with any of them that keeps records: ${name}`
      : [toolset].flat().map((each) => `${each}: ${name}`),
  );
  expect(told.toSorted()).toEqual(all.toSorted());
});

test('every tool has an example beside its test, and none is of a tool that is gone', () => {
  for (const { name } of TOOLS) expect(exampleOf(name).calls.length, name).toBeGreaterThan(0);
  expect(STRAY).toEqual([]);
});

test('the folder of snapshots holds these tools and no other', () => {
  const files = readdirSync(new URL('./__snapshots__/', import.meta.url)).filter((file) => file.endsWith('.json'));
  expect(files.sort()).toEqual(names.map((name) => `${name}.json`).sort());
});

test('the list is short enough to be read before every conversation', () => {
  const sizes = TOOLS.map((tool) => {
    const { outputSchema: _, ...shown } = listing(tool);
    return { name: tool.name, characters: JSON.stringify(shown).length };
  });
  const sum = sizes.reduce((sofar, { characters }) => sofar + characters, 0);
  const table = sizes.map(({ name, characters }) => `${name} ${characters}`).join('\n');
  expect(sizes.length).toBeGreaterThanOrEqual(20);
  expect(sum, table).toBeLessThanOrEqual(LONGEST_LIST);
  expect(Math.max(...sizes.map(({ characters }) => characters)), table).toBeLessThanOrEqual(LONGEST_TOOL);
});

test("a program's own id for a call is taken by every write, and no list shows it to a model", () => {
  const writing = TOOLS.filter(({ annotations }) => !annotations.readOnlyHint);
  expect(writing.length).toBeGreaterThan(15);
  for (const tool of writing) expect('requestId' in tool.input.shape, tool.name).toBe(true);
  expect(JSON.stringify([...TOOLS, ...TOOLS_OF.crew].map((tool) => listing(tool)))).not.toContain('requestId');
});

test('names are kebab-case and short, none twice; title, description and all four hints are there', () => {
  expect(new Set(names).size).toBe(names.length);
  for (const { name, title, description, annotations } of TOOLS) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(name.length).toBeLessThanOrEqual(40);
    expect(title.length, name).toBeGreaterThan(4);
    expect(description.length, name).toBeGreaterThan(40);
    expect(Object.keys(annotations).sort(), name).toEqual([
      'destructiveHint',
      'idempotentHint',
      'openWorldHint',
      'readOnlyHint',
    ]);
    expect(annotations.readOnlyHint, name).toBe(READS.test(name));
    expect(annotations.openWorldHint, name).toBe(false);
    expect(annotations.readOnlyHint && annotations.destructiveHint, name).toBe(false);
  }
});

/** Objects that would let an unknown property through. A map by fixed keys names them; its values are objects too. */
function looseIn(json: unknown, name: string): string[] {
  const isLoose = ({ schema }: { schema: Schema }) =>
    'propertyNames' in schema
      ? typeof schema['additionalProperties'] !== 'object'
      : schema['additionalProperties'] !== false;
  return objectsIn(json, name)
    .filter(isLoose)
    .map(({ at }) => at);
}

function objectsIn(json: unknown, name: string): { schema: Schema; at: string }[] {
  return [...schemasIn(json, name)].filter(({ schema }) => schema['type'] === 'object' || 'properties' in schema);
}

test('every schema is strict at every depth', () => {
  for (const { name, inputJson, outputJson } of TOOLS) {
    expect(looseIn(inputJson, `${name} input`)).toEqual([]);
    expect(looseIn(outputJson, `${name} output`)).toEqual([]);
    expect(objectsIn(outputJson, name).length, name).toBeGreaterThan(1);
  }
  expect(
    looseIn({ type: 'object', properties: { lines: { items: { type: 'object', properties: {} } } } }, 'planted'),
  ).toHaveLength(2);
});

/** Texts that may be longer than all others: what was said on a site visit, and the bytes of a file. */
const LONGER: Readonly<Record<string, number>> = { transcript: 100_000, content: 20 * 1024 * 1024 };

/** Lists, texts and whole numbers without an end. */
function endlessIn(json: unknown, name: string): string[] {
  const isEndless = ({ schema, at }: { schema: Schema; at: string }) => {
    const most = (bound: string, largest: number) => !(Number(schema[bound] ?? Infinity) <= largest);
    if (schema['type'] === 'array') return most('maxItems', 200);
    if (schema['type'] === 'string' && !('enum' in schema) && !('const' in schema))
      return most('maxLength', LONGER[at.split('/').at(-1) ?? ''] ?? 10_000);
    return schema['type'] === 'integer' && !('minimum' in schema && 'maximum' in schema);
  };
  return [...schemasIn(json, name)].filter(isEndless).map(({ at }) => at);
}

test('every list, text and number that a tool takes has an end', () => {
  for (const { name, input } of TOOLS) {
    // The listing leaves lengths out to be short; the schema that really parses has them.
    expect(endlessIn(z.toJSONSchema(input, { io: 'input' }), name)).toEqual([]);
  }
  expect(endlessIn({ a: { type: 'string' }, b: { type: 'array' }, c: { type: 'integer' } }, 'planted')).toHaveLength(3);
});

test('on sales-pipeline no tool of jobs is listed and no argument speaks of one', async () => {
  const book = await openBook({ template: 'sales-pipeline' });
  const listed = await listTools(book.session);
  expect(listed.map((tool) => tool.name)).toEqual(
    TOOLS.filter(({ needsJobs }) => needsJobs !== true).map(({ name }) => name),
  );
  for (const tool of listed) {
    expect(tool.name, `${tool.name} has to declare needsJobs`).not.toContain('job');
    const { properties = {} } = tool.inputSchema as { properties?: object };
    expect(Object.keys(properties), tool.name).not.toContain('job');
  }
});

test('a call of what sales-pipeline has not says why', async () => {
  const book = await openBook({ template: 'sales-pipeline' });
  for (const tool of TOOLS.filter(({ needsJobs }) => needsJobs === true)) {
    const error = await book.error(tool.name, goodCallsOf(tool.name)[0]);
    expect(error, tool.name).toContain(
      'sales-pipeline template, where every customer is one deal and there are no jobs',
    );
  }
});

test('--read-only lists what changes nothing, and refuses the rest by name', async () => {
  const book = await openBook({ readOnly: true });
  const listed = (await listTools(book.session)).map((tool) => tool.name);
  expect(listed).toEqual(names.filter((name) => READS.test(name)));
  for (const name of names.filter((each) => !listed.includes(each))) {
    expect(await book.error(name, {})).toBe(
      `${name} is switched off here: this server runs with --read-only, so nothing can be changed.`,
    );
  }
  for (const name of ['list-jobs', 'list-customers', 'list-quotes', 'list-invoices', 'get-account'])
    await book.ok(name);
});

test.each(TOOLSETS)('--toolsets %s lists those tools and refuses the others by name', async (toolset) => {
  const book = await openBook({ toolsets: [toolset] });
  const listed = (await listTools(book.session)).map((tool) => tool.name);
  expect(listed).toEqual(TOOLS.filter((tool) => [tool.toolset].flat().includes(toolset)).map((tool) => tool.name));
  for (const name of names.filter((each) => !listed.includes(each))) {
    expect(await book.error(name, {})).toBe(
      `${name} is switched off here: this server runs with --toolsets ${toolset}.`,
    );
  }
});

test('what a job costs is logged and corrected with the tools of jobs; all money out is a toolset of its own', () => {
  const spending = (set: Toolset) =>
    TOOLS.filter(({ name, toolset }) => [toolset].flat().includes(set) && name.includes('expense')).map(
      ({ name }) => name,
    );
  expect(spending('jobs')).toEqual(['add-job-expense', 'update-job-expense']);
  expect(spending('expenses')).toEqual(['add-job-expense', 'add-expenses', 'update-job-expense', 'list-expenses']);
});

test('a tool that does not exist is answered with those that do', async () => {
  const book = await openBook();
  const error = await book.error('delete-everything');
  expect(error).toBe(`There is no tool "delete-everything". The tools are: ${names.join(', ')}.`);
  expect(
    (await callTool(book.session, 'x'.repeat(100_000), {}, { client: 'test', canAsk: false })).content[0]?.text.length,
  ).toBeLessThan(1000);
});
