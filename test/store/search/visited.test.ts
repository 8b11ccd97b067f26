// However large a book is, no statement of a search goes through more of it: what one does not find is looked for by the
// next, and between two of them others have their turn.
import { expect, it } from 'vitest';
import { openCompany, type Company, type Who } from '../../support/company.ts';
import { copyFirstJob } from '../../support/many-jobs.ts';
import { behind, visited, watching } from '../../support/store.ts';

const QUERIES = ['guters permitt', 'customer pecan lane roof'];

/** Everything here is called alike, so that every word is one that all have. */
async function openWork(): Promise<Company> {
  const company = await openCompany();
  await company.ok('maria', 'create-customer', { name: 'Customer', address: '1 Pecan Lane' });
  const assignees = [{ name: 'Tom Reyes', role: 'crew' }];
  await company.ok('maria', 'create-job', { customer: 'C-1', name: 'Gutters and roof', assignees });
  const expense = { job: 'J-1', description: 'Permit', amount: 5, category: 'permit' };
  await company.ok('maria', 'add-job-expense', expense);
  return company;
}

/** What one statement of these searches that reads the index of terms goes through at the most, and how much was found. */
async function searched(company: Company, who: Who): Promise<{ most: number; found: number }> {
  const { sent, result: found } = await watching(async () => {
    let results = 0;
    for (const query of QUERIES) results += (await company.ok(who, 'search', { query })).results.length;
    return results;
  });
  const rows = await visited(
    company,
    sent.filter(({ sql }) => /\bfrom words\b/.test(sql)),
  );
  return { most: Math.max(...rows), found };
}

it('a search goes through no more of a larger book at once, whoever asks', { timeout: 120_000 }, async () => {
  const company = await openWork();
  await copyFirstJob(company, 1, 1500);
  const ofFew = [await searched(company, 'maria'), await searched(company, 'tom')];
  await copyFirstJob(company, 1500, 3000);
  const ofMany = [await searched(company, 'maria'), await searched(company, 'tom')];
  expect(ofMany).toEqual(ofFew);
  expect(ofMany.map(({ found }) => found)).toEqual([40, 40]);
  // Whom all but the first job is hidden from is looked for it through all others, so many at once.
  await behind(company, async ({ run }) => await run('delete from job_assignees where account_id = 1 and job_id > 1'));
  const hidden = await searched(company, 'tom');
  expect(hidden.found).toBe(2);
  expect(hidden.most).toBeLessThan(Math.max(...ofMany.map(({ most }) => most)));
});
