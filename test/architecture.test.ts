// Holds the sources to the rules of the architecture, and each rule to a planted fault.
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CUSTOMER_FACING, type Files, inspect } from './support/architecture.ts';
import { SERVICE_ROOMS } from './support/shape.ts';

/** Places the rules speak of that are not built yet. Remove one when it is. */
const NOT_BUILT_YET: readonly string[] = [];

const paths = globSync(['src/**/*', 'migrations/**/*', 'samples/**/*', 'test/tools/**/*'], { withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => `${entry.parentPath}/${entry.name}`)
  .toSorted();
const sources: Files = new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]));

describe('the sources', () => {
  const { modules, faults } = inspect(sources);

  test('were all read', () => {
    const onDisk = globSync('{src,migrations,samples}/**/*.ts').toSorted();
    expect(onDisk.length).toBeGreaterThan(20);
    expect(modules).toEqual(onDisk);
  });

  test('hold every place that a rule speaks of', () => {
    const rooms = SERVICE_ROOMS.map((room) => `src/services/${room}/`);
    for (const place of [...CUSTOMER_FACING, ...rooms, 'src/tools/index.ts', 'src/domain/']) {
      expect(
        paths.some((path) => path.startsWith(place)),
        place,
      ).toBe(!NOT_BUILT_YET.includes(place));
    }
  });

  test('break no rule', () => {
    expect(faults).toEqual([]);
  });
});

describe('a planted fault is found:', () => {
  const house = {
    'src/domain/money.ts': 'export type Price = number;',
    'src/domain/cost.ts': "import type { Price } from './money.ts'; export type Cost = Price;",
    'src/store/books/paper.ts':
      "import type { Price } from '../../domain/money.ts'; import '../../kinds/a.ts'; export const x: Price = 1;",
    'src/store/expenses.ts': "import { sql } from 'kysely'; import '../domain/cost.ts'; export const y = sql;",
    'src/kinds/a.ts': "import '../domain/plans.ts';",
    'src/domain/plans.ts': 'export const plans = 1;',
    'src/services/jobs.ts': "import { x } from '../store/books/paper.ts'; export const job = x;",
    'src/views/internal/job.ts': "import type { Cost } from '../../domain/cost.ts'; export type V = Cost;",
    'src/printers/job.ts': "import type { V } from '../views/internal/job.ts'; export type T = V;",
    'src/views/customer/quote.ts': "import type { Price } from '../../domain/money.ts'; export type Q = Price;",
    'src/tools/define-tool.ts': 'export const defineTool = (tool: unknown) => tool;',
    'src/tools/index.ts': "import { listJobs } from './jobs/list-jobs.ts'; export const TOOLS = [listJobs];",
    'src/tools/jobs/list-jobs.ts':
      "import { defineTool } from '../define-tool.ts'; export const listJobs = defineTool({ name: 'list-jobs' });",
    'test/tools/jobs.test.ts': "call('list-jobs')",
    'test/tools/__snapshots__/list-jobs.json':
      '{"inputSchema":{"type":"object","properties":{},"additionalProperties":false}}',
  };
  const faultsWith = (planted: Record<string, string | undefined>) => {
    const files = Object.entries<string | undefined>({ ...house, ...planted });
    return inspect(new Map(files.filter((file): file is [string, string] => file[1] !== undefined))).faults;
  };

  test('the house without one has none', () => {
    expect(faultsWith({})).toEqual([]);
  });

  test.each([
    ['upwards', 'src/store/jobs.ts', "import { job } from '../services/jobs.ts';", 'store must not know services'],
    ['of a type', 'src/views/a.ts', "import type { job } from '../services/jobs.ts';", 'views must not know services'],
    [
      'of a type in place',
      'src/views/a.ts',
      "type A = import('../store/books/paper.ts').A;",
      'views must not know store',
    ],
    [
      'by passing on',
      'src/views/a.ts',
      "export { x } from '../store/books/paper.ts'; const a = 1;",
      'must not know store',
    ],
    ['at run time', 'src/views/a.ts', "await import('../store/books/paper.ts');", 'views must not know store'],
    ['of nothing but effects', 'src/domain/a.ts', "import '../store/books/paper.ts';", 'domain must not know store'],
    ['of a package by the domain', 'src/domain/a.ts', "import 'zod';", 'domain imports only domain'],
    ['of Node by the domain', 'src/domain/a.ts', "import 'node:fs';", 'domain imports only domain'],
    ['of kysely', 'src/services/a.ts', "import type { Kysely } from 'kysely';", 'not for services'],
    ['of a driver', 'src/commands/a.ts', "import('better-sqlite3')", 'not for commands'],
    ['of zod by a service', 'src/services/a.ts', "import * as z from 'zod/mini';", 'not for services'],
    ['of MCP by the store', 'src/store/a.ts', "import '@modelcontextprotocol/server';", 'not for store'],
    ['of pino by a tool', 'src/tools/fields.ts', "import 'pino';", 'not for tools'],
    ['from an unknown layer', 'src/helpers/a.ts', 'export const a = 1;', 'is in no layer'],
    ['of a printer by a view', 'src/views/a.ts', "import '../printers/job.ts';", 'views must not know printers'],
    [
      'of a service by a printer',
      'src/printers/a.ts',
      "import '../services/jobs.ts';",
      'printers must not know services',
    ],
    [
      'of a printer by a service',
      'src/services/a.ts',
      "import '../printers/job.ts';",
      'services must not know printers',
    ],
    ['of a missing file', 'src/store/a.ts', "import './b.ts';", 'which is not there'],
    ['by a computed name', 'src/store/a.ts', 'const a = (b: string) => import(b);', 'only known when it runs'],
    ['in a file that is no TypeScript', 'src/store/a.js', 'export {};', 'is not TypeScript'],
    ['in a file that cannot be parsed', 'src/store/a.ts', 'import {', 'cannot be read'],
  ])('an import %s', (_, path, text, fault) => {
    expect(faultsWith({ [path]: text })).toContainEqual(expect.stringContaining(fault));
  });

  test.each([
    'Date.now()',
    "Date['now']()",
    'new Date()',
    'Date()',
    'new Date(2026, 1, 1)',
    'new Date(...[])',
    'const D = Date',
    'new Clock(Date)',
    'const { now } = Date',
    'new Date(1).getHours()',
    'Math.random()',
    'const { random } = Math',
    'process.env.TZ',
    'const { env } = process',
    'const { a = process } = {}',
    'performance.now()',
    'crypto.randomUUID()',
    'globalThis.Date',
    'setTimeout(f, 1)',
    'console.log(1)',
    "require('node:fs')",
    'import.meta.dirname',
    'async () => 1',
    '({ performance })',
    '(process as any).x',
  ])('the domain uses %s', (code) => {
    expect(faultsWith({ 'src/domain/a.ts': code })).toHaveLength(1);
  });

  test.each([
    'new Date(0).toISOString()',
    'Date.UTC(2026, 0, 1)',
    'Date.parse(a)',
    'a instanceof Date',
    'let a: Date',
    'Math.round(1)',
    "new Intl.NumberFormat('en')",
    'a.process',
    '({ process: 1 })',
    'type A = { console: 1 }',
  ])('and not in %s', (code) => {
    expect(faultsWith({ 'src/domain/a.ts': code })).toEqual([]);
  });

  test.each([
    ['a customer view names a cost', 'src/views/customer/a.ts', "import type { Cost } from '../../domain/cost.ts';"],
    ['a customer view uses an internal one', 'src/views/customer/a.ts', "import '../internal/job.ts';"],
    ['a customer’s printer uses an internal view', 'src/printers/customer-a.ts', "import '../views/internal/job.ts';"],
    ['a customer’s printer uses the owner’s', 'src/printers/customer-a.ts', "import './job.ts';"],
    ['a shared piece leads to a cost', 'src/domain/money.ts', "import './cost.ts'; export type Price = 1;"],
    ['a printed paper names a cost', 'src/documents/a.ts', "import type { Cost } from '../domain/cost.ts';"],
    [
      'a customer query uses another',
      'src/store/books/paper.ts',
      "import { y } from '../expenses.ts'; export const x = y;",
    ],
    ['a customer view names the plans itself', 'src/views/customer/a.ts', "import '../../domain/plans.ts';"],
    ['a kind that types a row names a cost', 'src/kinds/a.ts', "import type { Cost } from '../domain/cost.ts';"],
  ])('%s', (_, path, text) => {
    expect(faultsWith({ [path]: text })).toContainEqual(expect.stringContaining('a customer must not reach'));
  });

  test.each([
    ['view', 'src/views/crew/a.ts', "import type { V } from '../internal/job.ts';"],
    ['printer', 'src/printers/crew-a.ts', "import type { T } from './job.ts';"],
  ])('crew’s %s uses the owner’s', (_, path, text) => {
    expect(faultsWith({ [path]: text })).toContainEqual(expect.stringContaining('crew must not see'));
  });

  test('the facts of a message know what a cost is', () => {
    const path = 'src/domain/messages/jobs.ts';
    expect(faultsWith({ [path]: "import type { Cost } from '../cost.ts'; export type M = Cost;" })).toContainEqual(
      expect.stringContaining('facts are plain data'),
    );
  });

  test.each([
    ['a statement', 'books/a.ts', 'sql<Row>`select id from jobs where id = 1`.execute(db)', 'a whole statement'],
    ['one of the directory', 'directory/a.ts', 'sql`\n delete from people`', 'a whole statement'],
    ['one beside the rooms', 'a.ts', 'sql`with a as (select 1) select 1`', 'a whole statement'],
    ['a comparison', 'books/a.ts', `sql<boolean>\`q.id < \${before}\``, 'compares in SQL'],
    ['one with a word', 'books/a.ts', "sql`status = 'issued'`", 'compares in SQL'],
    ['one with nothing', 'books/a.ts', 'sql<boolean>`w.job_id is not null`', 'compares in SQL'],
  ])('SQL instead of the builder: %s', (_, path, code, fault) => {
    const text = `import { sql } from 'kysely'; export const a = (before: number) => ${code};`;
    expect(faultsWith({ [`src/store/${path}`]: text })).toContainEqual(expect.stringContaining(fault));
  });

  test.each([
    ['by the builder', 'store/books/a.ts', "db.selectFrom('members as m')"],
    ['by a join', 'services/a.ts', "db.selectFrom('accounts').innerJoin('people', 'people.id', 'accounts.id')"],
    ['by SQL', 'store/journal/a.ts', 'sql`select 1 from changes join "access_tokens" as t on true`'],
    ['held', 'store/engine/a.ts', "holdRow(db, 'links', {})"],
  ])('a table of the directory is named elsewhere: %s', (_, path, code) => {
    const text = `export const a = (db: any, sql: any, holdRow: any) => ${code};`;
    expect(faultsWith({ [`src/${path}`]: text })).toContainEqual(expect.stringContaining('reaches into the directory'));
    expect(faultsWith({ 'src/store/directory/a.ts': text })).not.toContainEqual(
      expect.stringContaining('reaches into'),
    );
  });

  test.each([
    ['books/a.ts', `sql\`select id from \${sql.table(table)} where id = 1\``],
    ['books/a.ts', "sql`case status when 'accepted' then 0 else 1 end`"],
    ['engine/a.ts', 'sql`select 1`'],
    ['derived/a.ts', 'sql`select sum(a) as a from b where c = 1`'],
  ])('and not in %s: %s', (path, code) => {
    const text = `import { sql } from 'kysely'; export const a = (table: string) => ${code};`;
    expect(faultsWith({ [`src/store/${path}`]: text })).toEqual([]);
  });

  test.each([
    ['export *', "export * from './books/paper.ts';"],
    ['export from', "export { x } from './books/paper.ts';"],
    ['import and export', "import { x } from './books/paper.ts'; export { x };"],
  ])('a barrel file by %s', (_, text) => {
    expect(faultsWith({ 'src/store/all.ts': text })).toEqual(['src/store/all.ts is a barrel file']);
  });

  test.each([
    ['a later room', 'src/services/quotes/a.ts', "import '../invoices/b.ts';", 'quotes comes before invoices'],
    [
      'a later room by type',
      'src/services/jobs/a.ts',
      "import type { B } from '../invoices/b.ts';",
      'jobs comes before',
    ],
    ['a room by what all stand on', 'src/services/context.ts', "import './invoices/b.ts';", 'every room stands on'],
    [
      'who signs in by the trade',
      'src/services/history/a.ts',
      "import '../access/b.ts';",
      'history comes before access',
    ],
    ['the trade by who signs in', 'src/services/access/a.ts', "import '../invoices/b.ts';", 'access comes before'],
    ['from no room', 'src/services/elsewhere/a.ts', 'export const a = 1;', 'is in no room'],
  ])('a service imports %s', (_, path, text, fault) => {
    const rooms = {
      'src/services/invoices/b.ts': 'export type B = 1;',
      'src/services/access/b.ts': 'export type B2 = 1;',
    };
    expect(faultsWith(rooms)).toEqual([]);
    expect(faultsWith({ ...rooms, [path]: text })).toContainEqual(expect.stringContaining(fault));
  });

  test.each([
    ['of two', "import { b } from './b.ts'; export const a = b;", "import { a } from './a.ts'; export const b = a;"],
    [
      'of types',
      "import type { B } from './b.ts'; export type A = B;",
      "import type { A } from './a.ts'; export type B = A;",
    ],
    ['of one', "import './a.ts';", 'export const b = 1;'],
  ])('a circle %s', (_, a, b) => {
    const found = faultsWith({ 'src/domain/a.ts': a, 'src/domain/b.ts': b });
    expect(found).toEqual([expect.stringMatching(/^a circle of files: src\/domain\/a\.ts → .*src\/domain\/a\.ts$/)]);
  });

  test.each([
    ['a type', 'export type Job = { readonly name: string };'],
    ['a schema', 'export const Job = 1;'],
    ['a function', 'export function Job(): void {}'],
  ])('%s of a view with the name of what a use case returns', (_, view) => {
    const found = faultsWith({ 'src/views/job.ts': view, 'src/services/shared/a.ts': 'export type Job = 1;' });
    expect(found).toContain('Job is one thing in src/services/shared/a.ts and another in src/views/job.ts');
  });

  test.each(['export type Job = 1;', 'export interface Job {}', 'export class Job {}'])('%s twice', (declared) => {
    const found = faultsWith({ 'src/domain/a.ts': declared, 'src/domain/b.ts': 'export type Job = 1;' });
    expect(found).toEqual(['Job is a type in src/domain/a.ts and another in src/domain/b.ts']);
  });

  test('what is loaded when it is asked for closes no circle', () => {
    const a = "export const a = async () => await import('./b.ts');";
    expect(
      faultsWith({ 'src/store/a.ts': a, 'src/store/b.ts': "import { a } from './a.ts'; export const b = a;" }),
    ).toEqual([]);
  });

  test.each([
    ['file', 'const a = 1;\n'.repeat(401), 'has 401 lines'],
    ['function', `function a() {\n${'b();\n'.repeat(59)}}`, 'is a function of 61 lines'],
    ['arrow', `const a = () => {\n${'b();\n'.repeat(59)}};`, 'is a function of 61 lines'],
    ['method', `class A {\n  a() {\n${'b();\n'.repeat(59)}}\n}`, 'is a function of 61 lines'],
    ['list of parameters', 'function a(b, c, d, e, f) {}', 'takes 5 parameters'],
  ])('a %s that is too long', (_, text, fault) => {
    expect(faultsWith({ 'src/store/a.ts': text })).toEqual([expect.stringContaining(fault)]);
    expect(faultsWith({ 'samples/a.ts': text })).toEqual([]);
  });

  const tool = 'src/tools/jobs/list-jobs.ts';
  const snapshot = 'test/tools/__snapshots__/list-jobs.json';
  test.each([
    ['not registered', { 'src/tools/index.ts': 'export const TOOLS = [];' }, 'is not registered'],
    ['named otherwise', { [tool]: house[tool].replace("'list-jobs'", "'jobs'") }, 'declares jobs, not list-jobs'],
    ['no tool at all', { [tool]: 'export const listJobs = 1;' }, 'declares no tool'],
    ['untested', { 'test/tools/jobs.test.ts': "call('list-jobs-2')" }, 'has no test'],
    ['without snapshot', { [snapshot]: undefined }, 'has no snapshot'],
    [
      "without crew's snapshot",
      { [tool]: `${house[tool]} export const crew = forCrew({});` },
      'has no snapshot crew/list-jobs',
    ],
    ['gone but for its snapshot', { 'test/tools/__snapshots__/old.json': '{}' }, 'is the snapshot of no tool'],
    ['in no noun', { 'src/tools/jobs/old/add.ts': 'export const a = 1;' }, 'is not in the folder of one noun'],
    [
      'loose',
      { [snapshot]: '{"o":[{"type":"object","properties":{}}]}' },
      'list-jobs.json o 0 is an object that is not',
    ],
  ])('a tool that is %s', (_, planted, fault) => {
    expect(faultsWith(planted)).toContainEqual(expect.stringContaining(fault));
  });
});
