// What the directories of hosts are handed (`directory/`): right by their published schemas, and true to the tools.
// Whether its cases and prompts are answered as it says is asked of the program itself (`test/e2e/directory.test.ts`).
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv, type AnySchema } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { configOf, readCommandLine } from '../../src/commands/command-line.ts';
import { TOOLS } from '../../src/tools/index.ts';
import { VERSION } from '../../src/version.ts';
import { DIRECTORY, PROMPTS, SUBMISSION } from './read.ts';

type Json = Readonly<Record<string, unknown>>;

/** Copies of what is published, and when that was. */
const PUBLISHED = [
  {
    file: 'server.schema.json',
    url: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
    as: 'published 2025-12-12, copied 2026-11-28',
    sha256: '3fba09590c99f61735d234822279f4223fab9e300c0a81e81c91ab62a4114de0',
  },
  {
    file: 'chatgpt-app-submission.v1.json',
    url: 'https://developers.openai.com/apps-sdk/schemas/chatgpt-app-submission.v1.json',
    as: 'version 1 without a date, copied 2026-11-28',
    sha256: 'd6003c79c13a2967ce48dfe29509884c1a397170b5917dce1f4bb741501074ae',
  },
] as const;

function published(name: (typeof PUBLISHED)[number]['file']): AnySchema {
  return JSON.parse(readFileSync(new URL(`published/${name}`, import.meta.url), 'utf8')) as AnySchema;
}

const FILES = readdirSync(DIRECTORY);
const TEXTS: readonly (readonly [name: string, text: string])[] = FILES.map((name) => [
  name,
  readFileSync(new URL(name, DIRECTORY), 'utf8'),
]);
const server = JSON.parse(readFileSync(new URL('server.json', DIRECTORY), 'utf8')) as Json & {
  packages: { identifier: string; version: string; environmentVariables: { name: string; placeholder: string }[] }[];
  remotes: { url: string; variables: Record<string, unknown> }[];
};
const itself = JSON.parse(readFileSync(new URL('../package.json', DIRECTORY), 'utf8')) as { name: string };

test('the copies are the schemas that the files name', () => {
  for (const { file, url, sha256 } of PUBLISHED) {
    const bytes = readFileSync(new URL(`published/${file}`, import.meta.url));
    expect(createHash('sha256').update(bytes).digest('hex'), file).toBe(sha256);
    expect((published(file) as Json)['$id']).toBe(url);
    const naming = TEXTS.filter(([, text]) => text.includes(`"$schema": "${url}"`));
    expect(naming, url).toHaveLength(1);
  }
});

describe('server.json, for the official registry', () => {
  // Formats are left to what reads addresses below.
  const holds = new Ajv({ strict: false, validateFormats: false }).compile(published('server.schema.json'));

  test('is what its schema wants', () => {
    expect(holds(server), JSON.stringify(holds.errors)).toBe(true);
    expect(holds({ ...server, name: 'jobwright' })).toBe(false);
  });

  test('offers this very version of this package over stdio, with variables that the program reads', () => {
    expect(server['version']).toBe(VERSION);
    expect(server.packages).toHaveLength(1);
    for (const { identifier, version, environmentVariables } of server.packages) {
      expect(identifier).toBe(`@YOUR-SCOPE/${itself.name}`);
      expect(version).toBe(VERSION);
      expect(environmentVariables.length).toBeGreaterThan(2);
      const plain = configOf(readCommandLine(['stdio']), {}, 'folder');
      for (const { name, placeholder } of environmentVariables)
        expect(configOf(readCommandLine(['stdio']), { [name]: placeholder }, 'folder'), name).not.toEqual(plain);
    }
  });

  test('offers a served one as a template', () => {
    const [remote] = server.remotes;
    expect(Object.keys(remote?.variables ?? {})).toEqual(['host']);
    expect(new URL((remote?.url ?? '').replace('{host}', 'books.example.com')).href).toBe(
      'https://books.example.com/mcp',
    );
  });
});

describe("chatgpt-app-submission.json, for ChatGPT's directory", () => {
  const holds = new Ajv2020({ strict: false }).compile(published('chatgpt-app-submission.v1.json'));

  test('is what its schema wants, with five cases that use it and three that do not', () => {
    expect(holds(SUBMISSION), JSON.stringify(holds.errors)).toBe(true);
    expect(holds({ ...SUBMISSION, test_cases: SUBMISSION.test_cases.slice(1) })).toBe(false);
    expect(SUBMISSION.test_cases).toHaveLength(5);
    expect(SUBMISSION.negative_test_cases).toHaveLength(3);
    const prompts = [...SUBMISSION.test_cases, ...SUBMISSION.negative_test_cases].map((each) => each.user_prompt);
    expect(new Set(prompts).size).toBe(8);
  });

  test('has the reasons of every tool that only reads, in its own words where they are not given', async () => {
    const text = readFileSync(new URL('chatgpt-app-submission.json', DIRECTORY), 'utf8');
    await expect(withReads(text)).toMatchFileSnapshot('../../directory/chatgpt-app-submission.json');
  });

  test('has the hints of every tool, and a reason for each', () => {
    expect(faultsOf(SUBMISSION.tools)).toEqual([]);
  });

  test('a missing tool, another hint and a missing reason would be found', () => {
    const { 'get-job': job, ...others } = SUBMISSION.tools;
    if (job === undefined) throw new Error('get-job is gone');
    const before = faultsOf(SUBMISSION.tools);
    const found = (said: typeof others) => faultsOf(said).filter((fault) => !before.includes(fault));
    expect(found(others)).toEqual(['get-job has no reasons']);
    expect(found({ ...others, 'get-job': job, 'drop-job': job })).toEqual(['drop-job is no tool']);
    const destructive = { ...job.annotations, destructiveHint: true };
    expect(found({ ...others, 'get-job': { ...job, annotations: destructive } })).toEqual([
      'get-job: destructiveHint is listed as false',
    ]);
    const unreasoned = { ...job.justifications, idempotent_justification: ' ' };
    expect(found({ ...others, 'get-job': { ...job, justifications: unreasoned } })).toEqual([
      'get-job: no idempotent_justification',
    ]);
  });

  test('what reviewers are told to expect has the amounts that are looked for', () => {
    for (const { expected_output, calls, tools_triggered } of SUBMISSION.test_cases) {
      expect(tools_triggered).toBe(calls.map(({ tool }) => tool).join(', '));
      const amounts = calls.flatMap(({ says }) => says).filter((said) => /^\d+\.\d\d$/.test(said));
      for (const amount of amounts) expect(expected_output).toContain(amount);
      expect(calls.flatMap(({ says }) => says).length).toBeGreaterThan(1);
    }
    for (const { tools_triggered, nearest } of SUBMISSION.negative_test_cases) {
      expect(tools_triggered).toBeNull();
      expect(nearest.says.length).toBeGreaterThan(0);
    }
  });
});

/** The same with the tools that only read and have no reasons yet: why their hints are so is why all the others' are. */
function withReads(text: string): string {
  const said = SUBMISSION.tools;
  const missing = TOOLS.filter(({ name, run }) => run.kind === 'read' && said[name] === undefined);
  return missing.reduce((sofar, { name, annotations, description }) => {
    const [first = ''] = description.split(/[.:;] /);
    const what = `${first.slice(0, 1).toLowerCase()}${first.slice(1).replace(/\.$/, '')}`;
    const justifications = {
      ...said['get-job']?.justifications,
      read_only_justification: `Shows ${what}. Nothing is changed.`,
    };
    const [, ...lines] = JSON.stringify({ [name]: { annotations, justifications } }, null, 2).split('\n');
    const entry = lines.slice(0, -1).map((line) => `  ${line}\n`);
    const next = `    "${Object.keys(said).find((each) => each > name) ?? ''}": {`;
    return sofar.replace(next, `${entry.join('').trimEnd()},\n${next}`);
  }, text);
}

/** Each hint and where its reason stands. */
const REASONS = {
  readOnlyHint: 'read_only_justification',
  openWorldHint: 'open_world_justification',
  destructiveHint: 'destructive_justification',
  idempotentHint: 'idempotent_justification',
} as const;

function faultsOf(said: typeof SUBMISSION.tools): string[] {
  const unknown = Object.keys(said).filter((name) => !TOOLS.some((tool) => tool.name === name));
  return [
    ...unknown.map((name) => `${name} is no tool`),
    ...TOOLS.flatMap(({ name, annotations }) => {
      const tool = said[name];
      if (tool === undefined) return [`${name} has no reasons`];
      const hints = Object.keys(REASONS) as (keyof typeof REASONS)[];
      return [
        ...hints
          .filter((hint) => tool.annotations[hint] !== annotations[hint])
          .map((hint) => `${name}: ${hint} is listed as ${String(annotations[hint])}`),
        ...hints
          .filter((hint) => (tool.justifications[REASONS[hint]] ?? '').trim().length < 15)
          .map((hint) => `${name}: no ${REASONS[hint]}`),
      ];
    }),
  ];
}

test("Claude's form has its example prompts, of tools that read and of tools that write", () => {
  expect(PROMPTS.length).toBeGreaterThanOrEqual(3);
  const uses = PROMPTS.map(({ tool }) => TOOLS.find(({ name }) => name === tool)?.annotations.readOnlyHint);
  expect(new Set(uses)).toEqual(new Set([true, false]));
});

const placeholdersIn = (text: string) => new Set(text.match(/\bYOUR-[A-Z]+(?:-[A-Z]+)*\b/g));

test('everything an operator has to fill in is named in one place, and used', () => {
  const readme = TEXTS.find(([name]) => name === 'README.md')?.[1] ?? '';
  const named = [...readme.matchAll(/^\| `(YOUR-[A-Z-]+)` \|/gm)].map(([, name]) => name);
  const used = new Set(TEXTS.flatMap(([, text]) => [...placeholdersIn(text.replaceAll(/^\| `YOUR-.*$/gm, ''))]));
  expect(named.length).toBeGreaterThan(8);
  expect(new Set(named).size).toBe(named.length);
  expect(used).toEqual(new Set(named));
});

/** Addresses that the files may hold besides the operator's own. */
const HOSTS = ['static.modelcontextprotocol.io', 'developers.openai.com', 'weather.example.com', '{host}', 'YOUR-HOST'];

test('nothing speaks of a machine, another host or another business', () => {
  expect(FILES.length).toBeGreaterThan(4);
  for (const [name, text] of TEXTS) {
    expect(text, name).not.toMatch(/(?<![\w.}/-])(?:~|[A-Z]:)?[/\\](?:home|root|tmp|usr|var|opt|work|Users)\b/);
    expect(text, name).not.toMatch(/registry\.|npmjs|localhost|127\.0\.0\.1/i);
    for (const [, host] of text.matchAll(/https?:\/\/([^\s/"`)]+)/g)) expect(HOSTS, `${name}: ${host}`).toContain(host);
    for (const [, host] of text.matchAll(/[\w.]+@([\w.-]+)/g)) expect(['example.com'], name).toContain(host);
  }
});
