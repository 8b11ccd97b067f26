// An account: one business's books, with one currency, one time zone, one template and one plan.
import type { CalendarDate } from './dates.ts';
import type { PlanName } from './plans.ts';
import type { TemplateName } from './templates.ts';

/** Why somebody does not see what jobs cost and made: the plan has no profit, or costs were not granted. */
export type ProfitHidden = 'plan' | 'scope';

/** An account as somebody sees it. */
export type VisibleAccount = Account & {
  readonly profitHidden: ProfitHidden | null;
  /** Who sees it, by the name that the journal has for them. */
  readonly seenBy: string;
};

/** Without the plan's profit costs are seen all the same: whoever priced the work knows them. */
export function seesCosts({ profitHidden }: Pick<VisibleAccount, 'profitHidden'>): boolean {
  return profitHidden !== 'scope';
}

/** Who says yes to what is costly: the person by way of their assistant, or they themselves, past every assistant. */
export const CONFIRM_BY = ['assistant', 'person'] as const;
export type ConfirmBy = (typeof CONFIRM_BY)[number];

export type Account = {
  readonly id: number;
  readonly name: string;
  readonly address: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly currency: string;
  readonly timeZone: string;
  /** As ISO 3166 has it; null until somebody said it. */
  readonly country: string | null;
  readonly template: TemplateName;
  readonly plan: PlanName;
  /** Days from issue to due, when an invoice does not say. */
  readonly paymentTermsDays: number;
  /** The last day of the closed months; null where none is closed. */
  readonly closedThrough: CalendarDate | null;
  readonly confirmBy: ConfirmBy;
};
