// Crew find what they see by words as if each of their records were looked at, though only those are that the index of terms
// leads to.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  beginsWords,
  fullNameKey,
  indexedTerms,
  isCloseSpelling,
  saidWords,
  type SaidWord,
} from '../../../src/domain/terms.ts';
import { listAppointments } from '../../../src/store/books/appointments.ts';
import { customerById } from '../../../src/store/books/customers.ts';
import { listFiles } from '../../../src/store/books/files.ts';
import { listJobs } from '../../../src/store/books/jobs.ts';
import { cases } from '../../support/arbitrary.ts';
import { LOPEZ, openCompany, type Company } from '../../support/company.ts';

const NAMES = ['Roof', 'Roof repair', 'Gutters', 'Gutter guards', 'Storm repair', 'Skylight', 'The porch', 'Elm'];
const CUSTOMERS = ['Dana Elm', 'Jürgen Müller', 'Storm Door Inc', 'Ada'];
const PLACES = ['12 Elm Street', '7 Lakeside Drive', null];
const QUERIES = [
  ...NAMES,
  ...CUSTOMERS,
  'rof',
  'gutterz',
  'elm street',
  'roof muller',
  'the',
  'reapir',
  'gut',
  'roofs',
  'mueller skylights',
  'lakeside',
  'tom',
];

const works = fc.array(
  fc.record({
    name: fc.constantFrom(...NAMES),
    customer: fc.nat(CUSTOMERS.length - 1),
    address: fc.constantFrom(...PLACES),
    isToms: fc.boolean(),
    visit: fc.option(fc.constantFrom(...NAMES)),
    file: fc.option(fc.constantFrom(...NAMES)),
  }),
  { minLength: 1, maxLength: 12 },
);

type Work = typeof works extends fc.Arbitrary<(infer W)[]> ? W : never;

async function build(company: Company, jobs: readonly Work[]): Promise<void> {
  for (const [index, name] of CUSTOMERS.entries())
    await company.ok('maria', 'create-customer', { name, ...(index === 0 ? { address: '3 Lakeside Drive' } : {}) });
  for (const [index, { name, customer, address, isToms, visit, file }] of jobs.entries()) {
    const job = `J-${index + 1}`;
    const people = isToms ? { assignees: [{ name: 'Tom Reyes', role: 'crew' }] } : {};
    await company.ok('maria', 'create-job', {
      ...{ customer: `C-${customer + 1}`, name, allowDuplicate: true },
      ...(address === null ? {} : { address }),
      ...people,
    });
    if (visit !== null)
      await company.ok('maria', 'schedule-appointment', {
        ...{ job, title: visit, starts: `2027-01-${String(index + 1).padStart(2, '0')}T09:00`, minutes: 60 },
        allowDuplicate: true,
      });
    if (file !== null)
      await company.ok('maria', 'attach-file', {
        ...{ job, kind: 'document', name: `${file}.txt`, caption: visit ?? 'plans', allowDuplicate: true },
        content: Buffer.from(`plans of ${index}`).toString('base64'),
      });
  }
}

/** How a word that was said may be in a text, the best first. */
const WAYS: readonly ((said: SaidWord, known: string) => boolean)[] = [
  ({ word }, known) => known === word,
  ({ alike }, known) => alike.includes(known),
  ({ word }, known) => beginsWords(word) && known.startsWith(word),
  ({ word }, known) => isCloseSpelling(word, known),
];

/** 5 its full name, 4 every word, 3 in other forms, 2 the beginnings of words, 1 close spellings of them, 0 not. */
function fit(name: string, text: string, query: string): number {
  const [wanted, words] = [saidWords(query), indexedTerms(text)];
  if (wanted.length === 0) return 0;
  if (fullNameKey(name) === fullNameKey(query)) return 5;
  const [is, alike, begins, close] = WAYS;
  const levels = [[is], [is, alike], [is, alike, begins], [is, alike, close]];
  const level = levels.findIndex((ways) =>
    wanted.every((said) => words.some((known) => ways.some((way) => way?.(said, known)))),
  );
  return level < 0 ? 0 : 4 - level;
}

type Looked = { readonly ref: string; readonly text: string; readonly score: number };

/** Every record that Tom sees, looked at one by one: the best first, then in the order of kinds, the newest first. */
async function lookedAt(company: Company, query: string): Promise<Looked[]> {
  const crew = { names: ['Tom Reyes'], goes: ['Tom Reyes'] };
  return await company.app.store.read(LOPEZ, async (whole) => {
    const scope = { ...whole, crew };
    const all = { limit: 5000, before: null };
    const listed = await listJobs(scope, {}, { sort: 'newest', limit: 5000, after: null });
    const jobs = listed.map(({ job }) => job);
    const texts = new Map<number, string>();
    for (const { id, name, customer, address } of jobs) {
      const where = address ?? (await customerById(scope, customer.id))?.address ?? '';
      texts.set(id, `${name} ${customer.name} ${where}`);
    }
    const under = (job: { readonly id: number } | null) => texts.get(job?.id ?? 0) ?? '';
    const visits = await listAppointments(scope, { crew }, { limit: 5000, after: null });
    const files = await listFiles(scope, { crew }, all);
    const looked = (ref: string, name: string, text: string) => ({ ref, text, score: fit(name, text, query) });
    return [
      ...jobs.map(({ id, name }) => looked(`J-${id}`, name, texts.get(id) ?? '')),
      ...visits
        .toSorted((one, other) => other.id - one.id)
        .map(({ id, title, job }) => looked(`A-${id}`, title, `${title} ${under(job)}`)),
      ...files.map(({ id, name, caption, job }) => looked(`F-${id}`, name, `${name} ${caption ?? ''} ${under(job)}`)),
    ].toSorted((one, other) => other.score - one.score);
  });
}

/** Every word of the query; as the beginning of one where none of theirs has it as it is, then in a close spelling. */
function hasEach(text: string, query: string, all: readonly Looked[]): boolean {
  const wanted = saidWords(query);
  const [is, alike, ...guesses] = WAYS;
  const ways = [
    (said: SaidWord, known: string) => is?.(said, known) === true || alike?.(said, known) === true,
    ...guesses,
  ];
  const has = (each: string, said: SaidWord, way: (typeof ways)[number]) =>
    indexedTerms(each).some((known) => way(said, known));
  return (
    wanted.length > 0 &&
    wanted.every((said) => {
      const way = ways.find((each) => all.some((other) => has(other.text, said, each)));
      return way !== undefined && has(text, said, way);
    })
  );
}

test('crew find what they would by looking at each record, in the same order', { timeout: 180_000 }, async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(works, async (jobs) => {
      const company = await openCompany();
      await build(company, jobs);
      for (const query of QUERIES) {
        const { results } = await company.ok('tom', 'search', { query });
        found += results.length;
        const ids = results.map(({ id }: { id: string }) => id);
        const all = await lookedAt(company, query);
        const fitting = all.filter(({ score }) => score > 0).map(({ ref }) => ref);
        // Where nothing has every word, what has some of them is shown; it is theirs too.
        expect(ids).toEqual(fitting.length > 0 ? fitting.slice(0, 20) : ids);
        expect(all.map(({ ref }) => ref)).toEqual(expect.arrayContaining(ids));
        const listed = (await company.ok('tom', 'list-jobs', { query })).jobs.map(({ ref }: { ref: string }) => ref);
        const jobsSeen = all.filter(({ ref }) => ref.startsWith('J-'));
        const wanted = jobsSeen.filter(({ text }) => hasEach(text, query, jobsSeen)).map(({ ref }) => ref);
        expect(listed.toSorted()).toEqual(wanted.toSorted());
      }
      await company.app.store.close();
    }),
    { numRuns: cases(15) },
  );
  expect(found).toBeGreaterThan(cases(100));
});

test('crew page through the jobs that words find', async () => {
  const company = await openCompany();
  await company.ok('maria', 'create-customer', { name: 'Dana' });
  for (let each = 1; each <= 7; each += 1)
    await company.ok('maria', 'create-job', {
      ...{ customer: 'C-1', name: each === 4 ? 'Deck' : `Roof ${each}`, allowDuplicate: true },
      assignees: [{ name: 'Tom Reyes', role: 'crew' }],
    });
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await company.ok('tom', 'list-jobs', {
      query: 'roof',
      limit: 2,
      ...(cursor === undefined ? {} : { cursor }),
    });
    seen.push(...page.jobs.map(({ ref }: { ref: string }) => ref));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  expect(seen).toEqual(['J-7', 'J-6', 'J-5', 'J-3', 'J-2', 'J-1']);
});
