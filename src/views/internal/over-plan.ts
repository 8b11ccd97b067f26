// Jobs and lines that cost more than was planned for them, as their owner sees them.
import { z } from 'zod';
import { cost } from '../../domain/cost.ts';
import { total, type Total } from '../../domain/money.ts';
import { PLAN_CATEGORIES, type LinesOver, type PlanCategory } from '../../domain/plan-and-actual.ts';
import { refOf } from '../../kinds/reference.ts';
import { sample } from '../shapes.ts';
import { sampleMark, shown, type Money } from './format.ts';
import { money } from './money.ts';

/** The few that are over by most, of so many. */
export const LinesOverCard = z.strictObject({
  count: z.int(),
  by: money,
  lines: z.array(
    z.strictObject({ ref: z.string(), description: z.string(), planned: money, spent: money, over: money }),
  ),
});
export type LinesOverCard = z.output<typeof LinesOverCard>;

export function linesOverCard({ few, count, by }: LinesOver, money: Money): LinesOverCard {
  return {
    count,
    by: shown(by, money),
    lines: few.map(({ ref, description, planned, spent }) => ({
      ref,
      description,
      planned: shown(planned, money),
      spent: shown(spent, money),
      over: shown(cost(spent - planned), money),
    })),
  };
}

export const JobsOverPlan = z.strictObject({
  count: z.int(),
  jobs: z.array(
    z.strictObject({
      ref: z.string(),
      name: z.string(),
      sample,
      category: z.enum(PLAN_CATEGORIES),
      planned: money,
      spent: money,
      left: money,
      linesOver: LinesOverCard.optional(),
    }),
  ),
});
export type JobsOverPlan = z.output<typeof JobsOverPlan>;

export type JobsOverPlanFacts = {
  readonly count: number;
  readonly jobs: readonly {
    readonly id: number;
    readonly name: string;
    readonly isSample: boolean;
    readonly category: PlanCategory;
    readonly planned: Total<'cost'>;
    readonly spent: Total<'cost'>;
    readonly linesOver: LinesOver | null;
  }[];
};

export function jobsOverPlanCard({ count, jobs }: JobsOverPlanFacts, money: Money): JobsOverPlan {
  return {
    count,
    jobs: jobs.map(({ id, name, isSample, category, planned, spent, linesOver }) => ({
      ref: refOf('job', id),
      name,
      ...sampleMark(isSample),
      category,
      planned: shown(planned, money),
      spent: shown(spent, money),
      left: shown(total<'cost'>(planned - spent), money),
      ...(linesOver === null ? {} : { linesOver: linesOverCard(linesOver, money) }),
    })),
  };
}

/** What jobs planned and spent on one kind of cost. */
export type PlanSums = {
  readonly jobs: number;
  readonly planned: Total<'cost'>;
  readonly spent: Total<'cost'>;
  readonly over: { readonly jobs: number; readonly by: Total<'cost'> };
  readonly withLinesOver: { readonly jobs: number; readonly by: Total<'cost'> };
  readonly unplanned: { readonly jobs: number; readonly spent: Total<'cost'> };
};

export function planFields({ jobs, planned, spent, over, withLinesOver, unplanned }: PlanSums, money: Money) {
  return {
    jobs,
    planned: shown(planned, money),
    spent: shown(spent, money),
    left: shown(total<'cost'>(planned - spent), money),
    over: { jobs: over.jobs, by: shown(over.by, money) },
    withLinesOver: { jobs: withLinesOver.jobs, by: shown(withLinesOver.by, money) },
    unplanned: { jobs: unplanned.jobs, spent: shown(unplanned.spent, money) },
  };
}
