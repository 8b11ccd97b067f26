// Money out on jobs by kind of cost: what was spent in a period, or planned and spent over whole jobs.
import { sql } from 'kysely';
import { CATEGORIES } from '../../domain/cost.ts';
import type { Total } from '../../domain/money.ts';
import type { Period } from '../../domain/period.ts';
import { PLAN_CATEGORIES, type PlanCategory } from '../../domain/plan-and-actual.ts';
import { COST_OF_E } from '../kept-money.ts';
import { oneOf } from '../one-of.ts';
import { ofCounted, ofReal, within, type Reported } from './reported.ts';
import { totalFrom, totalOver } from './totals.ts';

/** Money out of one kind; over whole jobs also what was planned, and what of that is left. */
export type CategoryGroup = {
  readonly key: PlanCategory;
  readonly jobs: number;
  readonly planned: Total<'cost'> | null;
  readonly spent: Total<'cost'>;
};

/** On jobs, on the day it was spent, covering or not; the largest first. */
export async function spentByCategory(scope: Reported, period: Period): Promise<CategoryGroup[]> {
  const { db, account } = scope;
  const { rows } = await sql<{ key: string; jobs: number; spent: string }>`
    select e.category as key, count(distinct e.job_id) as jobs, ${totalOver(COST_OF_E)} as spent
    from expenses e where e.account_id = ${account.id} and ${within(period, sql`e.spent_on`)}
      and e.job_id is not null ${ofReal(scope, sql`e.job_id`)} ${ofCounted(scope)}
    group by e.category order by sum(${COST_OF_E}) desc, e.category`.execute(db);
  return rows.map(({ key, jobs, spent }) => ({
    key: oneOf(CATEGORIES, key),
    jobs,
    planned: null,
    spent: totalFrom<'cost'>(spent),
  }));
}

/** Of whole jobs: what was planned and what is spent, what it covers in the kind of its line. */
export async function plansByCategory(scope: Reported): Promise<CategoryGroup[]> {
  const { db, account } = scope;
  const { rows } = await sql<{ key: string; jobs: number; planned: string; spent: string }>`
    select p.category as key, count(*) as jobs, ${totalOver(sql`p.planned`)} as planned, ${totalOver(sql`p.spent`)} as spent
    from job_plans p where p.account_id = ${account.id} ${ofReal(scope, sql`p.job_id`)}
    group by p.category order by sum(p.planned) + sum(p.spent) desc, p.category`.execute(db);
  return rows.map(({ key, jobs, planned, spent }) => ({
    key: oneOf(PLAN_CATEGORIES, key),
    jobs,
    planned: totalFrom<'cost'>(planned),
    spent: totalFrom<'cost'>(spent),
  }));
}
