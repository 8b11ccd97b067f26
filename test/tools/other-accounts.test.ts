// Every tool, every reference it takes, and another account's record of that number: it answers exactly like a number
// that was never given, and nothing of the other account changes or shows.
import { expect, it } from 'vitest';
import { callTool } from '../../src/server.ts';
import { TOOLS } from '../../src/tools/index.ts';
import { BEST, openCompany } from '../support/company.ts';
import { GOOD } from '../support/inputs.ts';
import { twoJobs } from '../support/two-jobs.ts';

const REF = /\b(J|C|Q|E|P|F|A|W|INV|DRAFT)-(\d+)\b/g;
const CALLER = { client: 'test 1.0', canAsk: false };

/** One argument at a time that names a record, in the place where a good call has it. */
function* references(
  value: unknown,
  path: readonly (string | number)[] = [],
): Generator<{ path: readonly (string | number)[]; ref: string }> {
  if (typeof value === 'string' && value.match(REF) !== null) yield { path, ref: value };
  if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) yield* references(inner, [...path, key]);
}

function withAt(value: unknown, [first, ...rest]: readonly (string | number)[], put: string): unknown {
  if (first === undefined) return put;
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...(value as object) };
  (copy as Record<string, unknown>)[first] = withAt((copy as Record<string, unknown>)[first], rest, put);
  return copy;
}

/** A number of the same kind that nobody was ever given. */
const never = (ref: string) =>
  ref.replace(REF, (_, letters: string, number: string) => `${letters}-${Number(number) + 900}`);
const withoutNumbers = (text: string) => text.replace(REF, '$1-n').replace(/error [\da-f]{8}/g, 'error');

/** Where the good call of a tool names no record though it could. */
const INSTEAD: Readonly<Record<string, object>> = {
  'create-job': { customer: 'C-1', name: 'Porch' },
  search: { query: 'J-1' },
};

const KINDS = ['J-1', 'C-1', 'Q-1', 'Q-1/1', 'E-1', 'P-1', 'F-1', 'A-1', 'W-1', 'INV-1001', 'DRAFT-2'];

it.each(TOOLS.map(({ name }) => name))('%s', { timeout: 60_000 }, async (name) => {
  const company = await twoJobs();
  const host = company.host('boris');
  const good = INSTEAD[name] ?? GOOD[name];
  const places = [...references(good)];
  const before = JSON.stringify(await company.ok('maria', 'list-changes', {}));
  let asked = 0;
  for (const { path } of places) {
    for (const ref of KINDS) {
      const ask = async (put: string) => {
        const args = withAt(good, path, put);
        const { content } = await callTool(host, name, args, CALLER);
        return withoutNumbers(content.map(({ text }) => text).join('\n'));
      };
      expect(await ask(ref), `${name} ${path.join('.')} ${ref}`).toBe(await ask(never(ref)));
      asked += 1;
    }
  }
  // Tools that name no record have nothing to ask for.
  const NAMELESS = [
    'list-customers',
    'create-customer',
    'profit-report',
    'get-account',
    'update-account',
    'undo-change',
    'list-receivables',
    'list-changes',
  ];
  expect(asked > 0 || NAMELESS.includes(name), name).toBe(true);
  expect(JSON.stringify(await company.ok('maria', 'list-changes', {}))).toBe(before);
});

it('who belongs to both sees each apart', async () => {
  const company = await openCompany();
  await company.ok('maria', 'create-customer', { name: 'Dana Henderson' });
  const inBest = company.host('nina', { accountId: BEST });
  const { structuredContent } = await callTool(inBest, 'list-customers', {}, CALLER);
  expect(structuredContent).toMatchObject({ customers: [] });
  expect(await company.ok('nina', 'list-customers')).toMatchObject({ customers: [{ name: 'Dana Henderson' }] });
});
