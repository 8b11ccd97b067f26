// Every tool, every reference it takes, and another account's record of that number: it answers exactly like a number
// that was never given, and nothing of the other account changes or shows.
import { expect, it } from 'vitest';
import { scopesOf } from '../../src/domain/access.ts';
import { callTool } from '../../src/server.ts';
import { TOOLS } from '../../src/tools/index.ts';
import { takesRepeat } from '../support/book.ts';
import { BEST, openCompany, type Company } from '../support/company.ts';
import { goodCallsOf } from '../support/examples.ts';
import { NOT_HIS, twoBooks } from '../support/two-jobs.ts';
import { sessionFor, type Session } from '../../src/server/session.ts';

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

/** Maria's second job and what hangs on it: numbers that Boris's book, which is like her first, never gave. */
const HERS = [
  ...['J-2', 'C-2', 'Q-3', 'Q-3/1', 'Q-4', 'E-2', 'P-2', 'F-5', 'F-8', 'A-2', 'W-2'],
  ...['INV-1002', 'DRAFT-4', 'jobwright://jobs/J-2', 'jobwright://quotes/Q-3'],
];

/** His own numbers, which she has too. */
const OWN = ['J-1', 'A-1', 'F-4', 'W-1'].flatMap((id) => [{ id }, { job: id }]);
const ALSO: Readonly<Record<string, readonly object[]>> = {
  'get-job': OWN,
  fetch: OWN,
  'list-jobs': [{}],
  'list-appointments': [{}],
  search: [{ query: 'roof' }],
};

/** The owner of the other book, his assistant that may not see costs, and crew of his who goes by the name of hers. */
function callers(company: Company): Session[] {
  const { personId, accountId } = company.member('boris');
  const crew = { personId, accountId, name: 'Tom Reyes', role: 'crew' as const };
  // Crew first: what the others write takes Tom off the job.
  return [
    sessionFor(company.app, { ...crew, scopes: new Set(scopesOf('crew')) }),
    company.host('boris', { scopes: ['books:read', 'books:write'] }),
    company.host('boris'),
  ];
}
const CALLS = TOOLS.map(({ name }): [string, readonly object[]] => [
  name,
  goodCallsOf(name).map((call, index) => (index === 0 ? (INSTEAD[name] ?? call) : call)),
]);

it.each(CALLS)('%s', { timeout: 120_000 }, async (name, calls) => {
  const company = await twoBooks();
  const before = JSON.stringify(await company.ok('maria', 'list-changes', {}));
  let asked = 0;
  for (const session of callers(company)) {
    for (const good of calls)
      for (const { path } of references(good)) {
        const ask = async (put: string) => {
          // A preview, so that every call finds the same book.
          const args = { ...(withAt(good, path, put) as object), ...(takesRepeat(name) ? { preview: true } : {}) };
          const { content } = await callTool(session, name, args, CALLER);
          return withoutNumbers(content.map(({ text }) => text).join('\n'));
        };
        for (const ref of HERS) {
          expect(await ask(ref), `${name} ${path.join('.')} ${ref}`).toBe(await ask(never(ref)));
          asked += 1;
        }
      }
  }
  // Tools that name no record have nothing to ask for.
  const NAMELESS = [
    ...['list-customers', 'create-customer', 'profit-report', 'get-account'],
    ...['update-account', 'undo-change', 'list-receivables', 'list-changes'],
  ];
  const names = `no call of ${name} names a record: let its example name one, or say here that it takes none`;
  expect(asked > 0 || NAMELESS.includes(name), names).toBe(true);
  expect(JSON.stringify(await company.ok('maria', 'list-changes', {}))).toBe(before);
});

it('nothing of the one book shows in any answer about the other', { timeout: 120_000 }, async () => {
  const company = await twoBooks();
  const hers = [...NOT_HIS, '5881', '4337', 'Henderson', 'Pecan', '0143'];
  const found: string[] = [];
  let answered = 0;
  for (const session of callers(company))
    for (const [name, calls] of CALLS)
      for (const good of [...calls, ...(ALSO[name] ?? [])]) {
        const result = await callTool(session, name, good, CALLER);
        if (result.isError !== true) answered += 1;
        const all = JSON.stringify(result).replace(/(?<=\d)[,\s](?=\d{3})/g, '');
        for (const canary of hers) if (all.includes(canary)) found.push(`${session.role} ${name}: ${canary}`);
      }
  expect(found).toEqual([]);
  expect(answered).toBeGreaterThan(40);
});

it('who belongs to both sees each apart', async () => {
  const company = await openCompany();
  await company.ok('maria', 'create-customer', { name: 'Dana Henderson' });
  const inBest = company.host('nina', { accountId: BEST });
  const { structuredContent } = await callTool(inBest, 'list-customers', {}, CALLER);
  expect(structuredContent).toMatchObject({ customers: [] });
  expect(await company.ok('nina', 'list-customers')).toMatchObject({ customers: [{ name: 'Dana Henderson' }] });
});
