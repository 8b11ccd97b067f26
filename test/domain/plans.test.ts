import { describe, expect, it } from 'vitest';
import { checkPlan, type Feature, isPlanName, PLAN_NAMES, planHas, planTitle } from '../../src/domain/plans.ts';
import { refusal } from '../support/refusal.ts';

const PAID: readonly Feature[] = ['runJobs', 'groupPapers', 'expenses', 'profit'];

describe('plans', () => {
  it('free has none of the paid features; pro and above have them all', () => {
    for (const feature of PAID) {
      expect(PLAN_NAMES.filter((plan) => planHas(plan, feature))).toEqual(['pro', 'business', 'team']);
    }
  });

  it('an upgrade message says what it needs, what that costs and what there is', () => {
    expect(refusal(() => checkPlan('free', 'runJobs'))).toBe(
      'Starting and running jobs needs the Pro plan ($19 a month); this account is on Free. ' +
        'Whoever runs this Jobwright can change the plan.',
    );
    for (const feature of PAID) {
      expect(refusal(() => checkPlan('free', feature))).toMatch(/needs? the Pro plan \(\$19 a month\)/);
      for (const plan of ['pro', 'business', 'team'] as const) expect(() => checkPlan(plan, feature)).not.toThrow();
    }
  });

  it('files need business', () => {
    expect(PLAN_NAMES.filter((plan) => planHas(plan, 'files'))).toEqual(['business', 'team']);
    expect(refusal(() => checkPlan('pro', 'files'))).toMatch(
      /^Keeping photos, receipts and documents needs the Business plan \(\$39 a month\); this account is on Pro\./,
    );
  });

  it('are known by name', () => {
    expect(PLAN_NAMES.every(isPlanName)).toBe(true);
    expect(['', 'Pro', 'gold', 'constructor'].some(isPlanName)).toBe(false);
    expect(PLAN_NAMES.map(planTitle)).toEqual(['Free', 'Pro', 'Business', 'Team']);
  });
});
