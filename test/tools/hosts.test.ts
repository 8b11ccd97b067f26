// The tool list as hosts hand it on to their models: through the converters that they really use, and held against what
// each model's interface takes. One refused schema takes the whole list with it.
import { createGoogleGenerativeAI } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { ChatGoogleGenerativeAI } from '@langchain/google-genai';
import { loadMcpTools } from '@langchain/mcp-adapters';
import { mcpToFunctionTool } from '@openai/agents';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { ROLES } from '../../src/domain/access.ts';
import { listTools } from '../../src/server.ts';
import { openBook } from '../support/book.ts';
import { oldDesk } from '../support/clients.ts';
import { goodCallsOf } from '../support/examples.ts';

type Listed = Awaited<ReturnType<typeof listTools>>[number];
type Json = Readonly<Record<string, unknown>>;
/** A tool as a model's interface gets it; without parameters where a host leaves them out. */
type Declared = { readonly name: string; readonly description: string; readonly schema: Json | null };
type List = {
  readonly whose: string;
  readonly tools: readonly Listed[];
  readonly book: Awaited<ReturnType<typeof openBook>>;
};

/** Every list there is: of each role, with jobs and without. */
async function everyList(): Promise<List[]> {
  const lists = (['roofing', 'sales-pipeline'] as const).flatMap((template) =>
    ROLES.map(async (role) => {
      const book = await openBook({ template, role });
      return { whose: `${role} on ${template}`, tools: await listTools(book.session), book };
    }),
  );
  return await Promise.all(lists);
}

/** What is sent to a model's interface, which answers with nothing. */
function wiretap() {
  const sent: Json[] = [];
  const fetch = async (_: unknown, init?: { body?: unknown }) => {
    sent.push(JSON.parse(String(init?.body)) as Json);
    return new Response('{}', { status: 200, headers: { 'content-type': 'application/json' } });
  };
  return { sent, fetch };
}

type Model = ReturnType<ReturnType<typeof createGoogleGenerativeAI>>;

/** As `@ai-sdk/mcp` makes tools of a list. @returns the tools of the request that the model's provider makes */
async function sentByAiSdk(make: (fetch: never) => Pick<Model, 'doGenerate'>, { tools }: List) {
  const { sent, fetch } = wiretap();
  const functions = tools.map(({ name, description, inputSchema }) => ({
    ...{ type: 'function' as const, name, description },
    inputSchema: { ...inputSchema, additionalProperties: false } as never,
  }));
  const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hello' }] }];
  // What is sent is all that is looked at: nothing comes back that could be read.
  const answer = make(fetch as never).doGenerate({ prompt, tools: functions });
  await Promise.allSettled([answer]);
  expect(sent).toHaveLength(1);
  return sent[0]?.['tools'] as readonly Json[];
}

const GOOGLE = { apiKey: 'none', model: 'gemini-2.5-flash' };
type GoogleTool = { readonly name: string; readonly description: string; readonly parameters?: Json };
const declared = (tools: unknown): Declared[] =>
  (tools as { functionDeclarations: GoogleTool[] }[])
    .flatMap(({ functionDeclarations }) => functionDeclarations)
    .map(({ name, description, parameters }) => ({ name, description, schema: parameters ?? null }));

type Converter = (list: List) => Promise<readonly Declared[]>;
const CONVERTERS: Readonly<Record<string, readonly [host: keyof typeof RULES, convert: Converter]>> = {
  'as it is listed, for Claude': ['Claude', async ({ tools }) => asListed(tools)],
  'as it is listed, for Cursor': ['Cursor', async ({ tools }) => asListed(tools)],
  '@ai-sdk/google': [
    'Gemini',
    async (list) =>
      declared(await sentByAiSdk((fetch) => createGoogleGenerativeAI({ ...GOOGLE, fetch })(GOOGLE.model), list)),
  ],
  '@langchain/google-genai, as n8n uses it': [
    'Gemini',
    async ({ book }) => {
      // The newer SDK's types, and those of LangChain's own copy, differ in what is not looked at.
      const tools = await loadMcpTools('jobwright', await oldDesk(book.session));
      const model = new ChatGoogleGenerativeAI(GOOGLE);
      return declared(model.invocationParams({ tools }).tools);
    },
  ],
  '@openai/agents, made strict': [
    'OpenAI, strict',
    async ({ tools }) =>
      tools.map((tool) => {
        const made = mcpToFunctionTool(tool as never, { name: 'jobwright' } as never, true);
        expect('strict' in made && made.strict, tool.name).toBe(true);
        const { name, description, parameters } = made as { name: string; description: string; parameters: object };
        return { name, description, schema: { ...parameters } };
      }),
  ],
  // As it is, strict or not: what OpenAI's strict mode wants besides, the agents' converter above makes of it.
  '@ai-sdk/openai': [
    'OpenAI',
    async (list) => {
      const sent = await sentByAiSdk((fetch) => createOpenAI({ apiKey: 'none', fetch })('gpt-5'), list);
      return sent.map(({ name, description, parameters }) => ({
        ...{ name: String(name), description: String(description), schema: parameters as Json },
      }));
    },
  ],
};

function asListed(tools: readonly Listed[]): Declared[] {
  return tools.map(({ name, description, inputSchema }) => ({ name, description, schema: inputSchema }));
}

type Node = { readonly schema: Json; readonly at: string; readonly isItem: boolean; readonly depth: number };

/** Every schema within a schema, itself included. */
function* nodesIn(schema: Json, at = '', isItem = false, depth = 0): Generator<Node> {
  yield { schema, at, isItem, depth };
  const { properties, items, anyOf, oneOf, allOf } = schema;
  for (const [name, inner] of Object.entries((properties ?? {}) as Record<string, Json>))
    yield* nodesIn(inner, `${at}.${name}`, false, depth + 1);
  if (items !== undefined) yield* nodesIn(items as Json, `${at}[]`, true, depth + 1);
  for (const choice of [anyOf, oneOf, allOf].flat())
    if (choice !== undefined) yield* nodesIn(choice as Json, at, isItem, depth);
}

type Rules = {
  readonly tool: Readonly<Record<string, (tool: Declared) => boolean>>;
  readonly list: Readonly<Record<string, (tools: readonly Declared[]) => boolean>>;
  readonly node: Readonly<Record<string, (node: Node) => boolean>>;
};

const named = (longest: number, pattern: RegExp) => ({
  [`a name of at most ${longest}`]: ({ name }: Declared) => name.length <= longest,
  'letters that a name may have': ({ name }: Declared) => pattern.test(name),
});
const described = { 'a description of at most 1,024': ({ description }: Declared) => description.length <= 1024 };
const objectAtRoot = {
  'an object at the root, no choice': ({ schema }: Declared) =>
    schema === null ||
    (schema['type'] === 'object' && !['anyOf', 'oneOf', 'allOf', 'enum', '$ref'].some((key) => key in schema)),
};
const keys = (allowed: readonly string[]) => ({
  'no keyword but those it knows': ({ schema }: Node) => Object.keys(schema).every((key) => allowed.includes(key)),
});
const oneType = { 'one type': ({ schema }: Node) => typeof schema['type'] === 'string' || 'anyOf' in schema };
const listsSayOfWhat = { 'a list says of what': ({ schema }: Node) => schema['type'] !== 'array' || 'items' in schema };
const requiredThere = {
  'what is required is there': ({ schema }: Node) =>
    ((schema['required'] ?? []) as string[]).every((name) => Object.hasOwn(schema['properties'] ?? {}, name)),
};
const closed = {
  'objects take nothing unnamed': ({ schema }: Node) =>
    schema['type'] !== 'object' || schema['additionalProperties'] === false,
};
const plainItems = {
  'one type in a list': ({ schema, isItem }: Node) =>
    !isItem || (typeof schema['type'] === 'string' && !('anyOf' in schema)),
};
const SIMPLE = [
  'type',
  'nullable',
  'description',
  'properties',
  'required',
  'items',
  'enum',
  'anyOf',
  'additionalProperties',
];

/** What the interface of each model, and each host, is documented and seen to take. */
const RULES = {
  Claude: {
    tool: { ...named(64 - 'mcp__jobwright__'.length, /^[a-zA-Z0-9_-]+$/), ...objectAtRoot },
    list: {},
    node: {
      ...keys(SIMPLE),
      ...closed,
      'arguments of letters, digits, _, . and -, at most 64': ({ schema }) =>
        Object.keys(schema['properties'] ?? {}).every((name) => /^[a-zA-Z0-9_.-]{1,64}$/.test(name)),
    },
  },
  Cursor: {
    tool: { ...named(60 - 'jobwright'.length, /^[a-z-]+$/), ...objectAtRoot },
    list: { 'at most 40 tools': (tools) => tools.length <= 40 },
    node: { ...keys(SIMPLE), ...plainItems, ...oneType },
  },
  Gemini: {
    tool: { ...named(63, /^[a-zA-Z_][a-zA-Z0-9_.-]*$/), ...objectAtRoot },
    list: { 'at most 128 tools': (tools) => tools.length <= 128 },
    node: {
      // Schema of the Generative Language API; unknown names are refused.
      ...keys([
        'type',
        'format',
        'title',
        'description',
        'nullable',
        'enum',
        'properties',
        'required',
        'items',
        'anyOf',
      ]),
      ...{ ...oneType, ...plainItems, ...listsSayOfWhat, ...requiredThere },
      'choices are texts, and none is empty': ({ schema }) =>
        !('enum' in schema) ||
        (schema['type'] === 'string' &&
          (schema['enum'] as unknown[]).every((each) => typeof each === 'string' && each !== '')),
      'an object has properties': ({ schema }) =>
        schema['type'] !== 'object' || Object.keys(schema['properties'] ?? {}).length > 0,
    },
  },
  OpenAI: {
    tool: { ...named(64, /^[a-zA-Z0-9_-]+$/), ...objectAtRoot, ...described },
    list: { 'at most 128 tools': (tools) => tools.length <= 128 },
    node: { ...keys(SIMPLE), ...listsSayOfWhat, ...requiredThere, ...closed },
  },
  'OpenAI, strict': {
    tool: { ...named(64, /^[a-zA-Z0-9_-]+$/), ...objectAtRoot, ...described },
    list: {
      'at most 128 tools': (tools) => tools.length <= 128,
      'at most 5,000 arguments': (tools) => tools.every(({ schema }) => [...nodesIn(schema ?? {})].length <= 5000),
    },
    node: {
      ...{ ...keys(SIMPLE), ...listsSayOfWhat, ...closed },
      'everything is required': ({ schema }) =>
        schema['type'] !== 'object' ||
        Object.keys(schema['properties'] ?? {}).every((name) => (schema['required'] as string[]).includes(name)),
      'at most 10 deep': ({ depth }) => depth <= 10,
      'at most 1,000 choices': ({ schema }) => ((schema['enum'] ?? []) as unknown[]).length <= 1000,
    },
  },
} satisfies Record<string, Rules>;

function faultsOf(host: keyof typeof RULES, tools: readonly Declared[]): string[] {
  const rules: Rules = RULES[host];
  const broken = <T>(held: Readonly<Record<string, (it: T) => boolean>>, it: T, where: string) =>
    Object.entries(held)
      .filter(([, holds]) => !holds(it))
      .map(([rule]) => `${host}, ${where}: ${rule}`);
  return [
    ...broken(rules.list, tools, 'the list'),
    ...tools.flatMap((tool) => [
      ...broken(rules.tool, tool, tool.name),
      ...(tool.schema === null ? [] : [...nodesIn(tool.schema)]).flatMap((node) =>
        broken(rules.node, node, `${tool.name}${node.at}`),
      ),
    ]),
  ];
}

describe.each(Object.entries(CONVERTERS))('%s', (_, [host, convert]) => {
  test('takes every list, of every role and template', async () => {
    const lists = await everyList();
    expect(lists).toHaveLength(2 * ROLES.length);
    for (const list of lists) {
      const tools = await convert(list);
      // Some turn the dashes of names into what they like better.
      expect(tools.map(({ name }) => name.replaceAll('_', '-'))).toEqual(list.tools.map(({ name }) => name));
      expect(faultsOf(host, tools), list.whose).toEqual([]);
    }
  }, 240_000);
});

const planted = (schema: Json) => [
  {
    name: 'do-it',
    description: 'Does it.',
    schema: { type: 'object', properties: { a: schema }, required: [], additionalProperties: false },
  },
];

test.each<[what: string, host: keyof typeof RULES, schema: Json, rule: string]>([
  ['a boolean that is true alone', 'Gemini', { type: 'boolean', enum: [true] }, 'choices are texts'],
  ['a constant', 'Gemini', { type: 'boolean', const: true }, 'no keyword but those it knows'],
  ['two types', 'Gemini', { type: ['string', 'null'] }, 'one type'],
  [
    'two types in a list',
    'Gemini',
    { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'integer' }] } },
    'one type in a list',
  ],
  ['a list of anything', 'Gemini', { type: 'array' }, 'a list says of what'],
  ['an empty choice', 'Gemini', { type: 'string', enum: ['', 'a'] }, 'choices are texts'],
  ['an object of anything', 'Gemini', { type: 'object' }, 'an object has properties'],
  ['an open object', 'OpenAI', { type: 'object', properties: {} }, 'objects take nothing unnamed'],
  ['what may be left out', 'OpenAI, strict', { type: 'string' }, 'everything is required'],
  ['a pattern', 'Claude', { type: 'string', pattern: 'x' }, 'no keyword but those it knows'],
])('%s would be found for %s', (_, host, schema, rule) => {
  expect(faultsOf(host, planted(schema)).join('\n')).toContain(rule);
});

test('a long name and a long list would be found', () => {
  const [tool] = planted({ type: 'string' });
  const many = Array.from(
    { length: 200 },
    () => ({ ...tool, name: 'x'.repeat(60), description: 'y'.repeat(2000) }) as Declared,
  );
  expect(faultsOf('Claude', many).join('\n')).toContain('a name of at most 48');
  expect(faultsOf('Cursor', many).join('\n')).toContain('at most 40 tools');
  expect(faultsOf('OpenAI', many).join('\n')).toContain('a description of at most 1,024');
});

test('as JSON Schema of draft 7 every schema is read, and the good calls and their answers hold to them', async () => {
  const lists = await everyList();
  const ajv = new Ajv({ strict: false });
  for (const { tools } of lists) {
    for (const { name, inputSchema, outputSchema } of tools) {
      expect(() => ajv.compile(outputSchema), name).not.toThrow();
      expect(() => ajv.compile(inputSchema), name).not.toThrow();
    }
  }
  const [owner] = lists;
  for (const { name, inputSchema } of owner?.tools ?? []) {
    const holds = ajv.compile(inputSchema);
    // Lines may be named by their place among the lines too, which the list keeps to itself.
    const good = { ...goodCallsOf(name)[0], ...(name === 'update-quote' ? { doneLines: ['Q-2/1'] } : {}) };
    expect(holds(good), `${name} ${ajv.errorsText(holds.errors)}`).toBe(true);
  }
});
