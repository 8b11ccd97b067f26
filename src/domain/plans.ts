// Which plan opens which feature: one declared table, enforced by the wrapper and shown in its error.
import { Problem } from './errors.ts';
import { says } from './message.ts';

export const PLAN_NAMES = ['free', 'pro', 'business', 'team'] as const;
export type PlanName = (typeof PLAN_NAMES)[number];

type Plan = { readonly title: string; readonly monthlyUsd: number; readonly rank: number };
const PLANS: Readonly<Record<PlanName, Plan>> = {
  free: { title: 'Free', monthlyUsd: 0, rank: 0 },
  pro: { title: 'Pro', monthlyUsd: 19, rank: 1 },
  business: { title: 'Business', monthlyUsd: 39, rank: 2 },
  // The same features as Business.
  team: { title: 'Team', monthlyUsd: 69, rank: 2 },
};

/** Feature → the first plan that has it, and how an upgrade message names it. */
const FEATURES = {
  runJobs: { from: 'pro', words: 'Starting and running jobs' },
  groupPapers: { from: 'pro', words: 'Grouping quotes, invoices and appointments under a job' },
  expenses: { from: 'pro', words: 'Logging job expenses' },
  profit: { from: 'pro', words: 'The profit of a job' },
  files: { from: 'business', words: 'Keeping photos, receipts and documents' },
} as const satisfies Record<string, { from: PlanName; words: string }>;
export type Feature = keyof typeof FEATURES;

export function isPlanName(name: string): name is PlanName {
  return (PLAN_NAMES as readonly string[]).includes(name);
}

export function planTitle(plan: PlanName): string {
  return PLANS[plan].title;
}

export function planHas(plan: PlanName, feature: Feature): boolean {
  return PLANS[plan].rank >= PLANS[FEATURES[feature].from].rank;
}

/**
 * @param field the argument that needs the feature, where the call as a whole does not
 * @throws Problem with what the feature needs and what that costs
 */
export function checkPlan(plan: PlanName, feature: Feature, field?: string): void {
  if (planHas(plan, feature)) return;
  const { from, words } = FEATURES[feature];
  const { monthlyUsd } = PLANS[from];
  throw new Problem(
    'upgrade',
    says('account.plan-needed', { what: words, needed: planTitle(from), monthlyUsd, plan: planTitle(plan) }),
    field,
  );
}
