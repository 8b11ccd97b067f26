// What the options choose among, by names that they may have wrong.
import { UsageError } from '../config.ts';
import { isPlanName, PLAN_NAMES, type PlanName } from '../domain/plans.ts';
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
