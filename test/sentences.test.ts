// The rules and the use cases say what happened as codes with facts; words are the printers'.
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TOOLS } from '../src/tools/index.ts';
import { sentencesIn } from './support/sentences.ts';

/** Texts that a trade or a plan comes with are data. */
const DATA = ['src/domain/templates.ts', 'src/domain/plans.ts'];
/** Still to be converted. What is clean must not stand here. */
const NOT_YET: readonly string[] = [
  'src/domain/account.ts',
  'src/domain/closed-months.ts',
  'src/domain/errors.ts',
  'src/domain/file.ts',
  'src/domain/period.ts',
  'src/domain/profit.ts',
  'src/services/account.ts',
  'src/services/appointments.ts',
  'src/services/billing-done.ts',
  'src/services/billing.ts',
  'src/services/change-orders.ts',
  'src/services/closing.ts',
  'src/services/contracts.ts',
  'src/services/counts-against.ts',
  'src/services/credits.ts',
  'src/services/crew.ts',
  'src/services/customers.ts',
  'src/services/documents.ts',
  'src/services/expenses.ts',
  'src/services/file-sweep.ts',
  'src/services/files.ts',
  'src/services/filing-billing.ts',
  'src/services/filing-names.ts',
  'src/services/filing.ts',
  'src/services/history.ts',
  'src/services/in-person.ts',
  'src/services/invoices.ts',
  'src/services/issuing.ts',
  'src/services/jobs.ts',
  'src/services/dependent-changes.ts',
  'src/services/lines.ts',
  'src/services/links.ts',
  'src/services/paging.ts',
  'src/services/passwords.ts',
  'src/services/patch.ts',
  'src/services/payments.ts',
  'src/services/people.ts',
  'src/services/private-costs.ts',
  'src/services/quote-lines.ts',
  'src/services/quotes.ts',
  'src/services/receipts.ts',
  'src/services/records.ts',
  'src/services/reports.ts',
  'src/services/resolve.ts',
  'src/services/revisions.ts',
  'src/services/sample-visits.ts',
  'src/services/samples.ts',
  'src/services/sections.ts',
  'src/services/showing.ts',
  'src/services/tokens.ts',
  'src/services/undo-filing.ts',
  'src/services/undo-lines.ts',
  'src/services/undo-promises.ts',
  'src/services/undo-references.ts',
  'src/services/undo.ts',
  'src/services/upload-pages.ts',
  'src/services/visibility.ts',
  'src/services/walk-and-talks.ts',
  'src/services/what-if.ts',
  'src/services/appointment-time.ts',
  'src/services/resolve-party.ts',
  'src/services/writes.ts',
];

const names = TOOLS.map(({ name }) => name).filter((name) => name.includes('-'));
const paths = globSync('src/{domain,services}/**/*.ts').toSorted();

test('the domain and the services hold no sentence and no name of a tool', () => {
  expect(paths.length).toBeGreaterThan(80);
  expect(names.length).toBeGreaterThan(20);
  const found = paths
    .filter((path) => !DATA.includes(path))
    .map((path) => ({ path, sentences: sentencesIn(path, readFileSync(path, 'utf8'), names) }));
  expect(found.filter(({ path }) => !NOT_YET.includes(path)).flatMap(({ sentences }) => sentences)).toEqual([]);
  const clean = found.filter(({ sentences }) => sentences.length === 0).map(({ path }) => path);
  expect(NOT_YET.filter((path) => clean.includes(path) || !paths.includes(path))).toEqual([]);
});

test('a planted sentence is found, and a planted name', () => {
  const source = `import { a } from './a of b.ts';
    export const x = (ref: string) => \`\${ref} is done\`;
    export const y = 'call get-job';
    export const z = 'job.done';
    export function w(): never { throw new Error('this cannot be so'); }`;
  expect(sentencesIn('x.ts', source, ['get-job'])).toEqual(['x.ts:2: … is done', 'x.ts:3: call get-job']);
});
