// What the options choose among, by names that they may have wrong.
import { UsageError, type Config } from '../config.ts';
import { isTimeZone } from '../domain/dates.ts';
import { isCurrency } from '../domain/money.ts';
import { isPlanName, PLAN_NAMES, type PlanName } from '../domain/plans.ts';
import { isTemplateName, TEMPLATE_NAMES } from '../domain/templates.ts';
import { TOOLSETS, type Toolset } from '../domain/toolsets.ts';

export function readPlan(name: string | undefined): PlanName | undefined {
  if (name === undefined || isPlanName(name)) return name;
  throw new UsageError(`--plan "${name}" is not one of: ${PLAN_NAMES.join(', ')}`);
}

export function readToolsets(names: readonly string[] | undefined): readonly Toolset[] {
  if (names === undefined) return TOOLSETS;
  const unknown = names.filter((name) => !(TOOLSETS as readonly string[]).includes(name));
  if (unknown.length > 0 || names.length === 0) {
    throw new UsageError(`--toolsets "${unknown.join(',')}" is not among: ${TOOLSETS.join(', ')}`);
  }
  return TOOLSETS.filter((toolset) => names.includes(toolset));
}

/** What a new book takes from the options; an existing one keeps its own. */
export function readNewBook({ template, currency, timeZone }: Config) {
  if (!isTemplateName(template))
    throw new UsageError(`--template "${template}" is not one of: ${TEMPLATE_NAMES.join(', ')}`);
  const code = currency.toUpperCase();
  if (!isCurrency(code)) throw new UsageError(`--currency "${currency}" is not an ISO 4217 code, like USD, EUR or GBP`);
  const zone = timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!isTimeZone(zone)) throw new UsageError(`--time-zone "${zone}" is not an IANA name, like America/Chicago`);
  return { template, currency: code, timeZone: zone };
}
