// The rules and the use cases say what happened as codes with facts; words are the printers'.
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TOOLS } from '../src/tools/index.ts';
import { namesForPeople, sentencesIn } from './support/sentences.ts';

/** Texts that a trade or a plan comes with are data. */
const DATA = ['src/domain/templates.ts', 'src/domain/plans.ts'];
/** The customer's paper is a document of words; the history shows values of any column, each as a word of its own. */
const DOCUMENTS = ['src/views/customer/paper.ts', 'src/views/internal/history.ts'];

const names = TOOLS.map(({ name }) => name).filter((name) => name.includes('-'));
const paths = globSync('src/{domain,services,backup,views}/**/*.ts').toSorted();

test('the domain, the services, the views and the backups hold no sentence and no name of a tool', () => {
  expect(paths.length).toBeGreaterThan(80);
  expect(names.length).toBeGreaterThan(20);
  const found = paths
    .filter((path) => ![...DATA, ...DOCUMENTS].includes(path))
    .flatMap((path) => sentencesIn(path, readFileSync(path, 'utf8'), names));
  expect(found).toEqual([]);
});

test('a planted sentence is found, and a planted name', () => {
  const source = `import { a } from './a of b.ts';
    export const x = (ref: string) => \`\${ref} is done\`;
    export const y = 'call get-job';
    export const z = 'job.done';
    export function w(): never { throw new Error('this cannot be so'); }`;
  expect(sentencesIn('x.ts', source, ['get-job'])).toEqual(['x.ts:2: … is done', 'x.ts:3: call get-job']);
});

test('every code stands once, and somebody says it', () => {
  const codesIn = (path: string) =>
    [...readFileSync(path, 'utf8').matchAll(/^ {2}'([a-z-]+\.[a-z0-9-]+)':/gm)].map(([, code = '']) => code);
  const codes = globSync('src/domain/messages/*.ts').flatMap(codesIn);
  const sayers = globSync('src/**/*.ts').filter((path) => !/\/(domain|printers)\/messages\//.test(path));
  const said = sayers.map((path) => readFileSync(path, 'utf8')).join('\n');
  expect(codes.length).toBeGreaterThan(400);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  expect(codes.filter((code) => !said.includes(`'${code}'`))).toEqual([]);
});

/** Names of arguments that are no plain words: `unitPrice`. */
function argumentsIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own =
    'properties' in schema && typeof schema.properties === 'object' ? Object.keys(schema.properties ?? {}) : [];
  return [...own.filter((name) => /[a-z][A-Z]/.test(name)), ...Object.values(schema).flatMap(argumentsIn)];
}
const calls = [...TOOLS.map(({ name }) => name), ...new Set(TOOLS.flatMap(({ inputJson }) => argumentsIn(inputJson)))];

test('what people read of a message names no tool and no argument', () => {
  const catalogues = globSync('src/printers/messages/*.ts');
  expect(catalogues.length).toBeGreaterThan(20);
  expect(calls.length).toBeGreaterThan(TOOLS.length + 30);
  expect(catalogues.flatMap((path) => namesForPeople(path, readFileSync(path, 'utf8'), calls))).toEqual([]);
});

test('a planted name is found wherever a person reads, and not where a model alone does', () => {
  const source = `export const x = { 'a.b': ({ ref, tool, unitPrice }) => ({
      says: \`\${ref} costs \${unitPrice}.\`,
      next: \`\${tool}, or get-job with unitPrice, all: true.\`,
      instead: 'Call get-job.' }),
    'c.d': () => 'give unitPrice.',
    'e.f': ({ tool }) => \`made with \${tool}\`,
    'g.h': () => 'give all: true.' };`;
  expect(namesForPeople('x.ts', source, ['get-job', 'unitPrice'])).toEqual([
    'x.ts:4: Call get-job.',
    'x.ts:5: give unitPrice.',
    'x.ts:6: tool',
    'x.ts:7: give all: true.',
  ]);
});
