// What a caller may do: by role, scope, plan, template, and what the operator switched off.
import type { Role, Scope } from '../domain/access.ts';
import type { Account } from '../domain/account.ts';
import { Problem, quoted, refused } from '../domain/errors.ts';
import { checkPlan } from '../domain/plans.ts';
import { TEMPLATES } from '../domain/templates.ts';
import type { Tool } from '../tools/define-tool.ts';
import { TOOLS } from '../tools/index.ts';
import { writes } from '../tools/authority.ts';
import { isOn, TOOLS_OF } from '../tools/shown.ts';
import type { Session } from './session.ts';

export const ROLE_SAID = { owner: 'the owner', office: 'the office', crew: 'crew' } as const satisfies Record<
  Role,
  string
>;

export function toolNamed({ role }: Session, name: string): Tool {
  const tools = TOOLS_OF[role];
  const tool = tools.find((each) => each.name === name);
  if (tool !== undefined) return tool;
  const known = tools.map((each) => each.name).join(', ');
  if (TOOLS.some((each) => each.name === name))
    throw refused(`${name} is not for ${ROLE_SAID[role]}. The tools here are: ${known}.`);
  throw new Problem('not_found', `There is no tool ${quoted(name)}. The tools are: ${known}.`);
}

/** Over HTTP a client is told before, in a way that lets it ask the person for more. */
export function checkGranted({ scopes }: Session, what: string, needed: readonly Scope[]): void {
  const missing = needed.filter((scope) => !scopes.has(scope));
  if (missing.length > 0)
    throw refused(
      `${what} needs ${missing.join(' and ')}, which this assistant was not granted. Sign in again and allow it.`,
    );
}

export function checkSwitchedOn({ toolsets, readOnly }: Session, tool: Tool): void {
  if (!isOn(toolsets, tool)) {
    throw refused(`${tool.name} is switched off here: this server runs with --toolsets ${toolsets.join(',')}.`);
  }
  if (readOnly && writes(tool)) {
    throw refused(`${tool.name} is switched off here: this server runs with --read-only, so nothing can be changed.`);
  }
}

const NO_JOBS =
  'This account is on the sales-pipeline template, where every customer is one deal and there are no jobs.';

export function checkAllowed(tool: Tool, input: unknown, account: Account): void {
  checkTemplate(tool, input, account);
  const feature = tool.featureOf(input);
  if (feature !== null) checkPlan(account.plan, feature);
}

function checkTemplate(tool: Tool, input: unknown, account: Account): void {
  if (TEMPLATES[account.template].jobs) return;
  if (tool.needsJobs === true) {
    throw refused(`${NO_JOBS} Use the customer, quote and invoice tools, or change the template with update-account.`);
  }
  if (typeof input === 'object' && input !== null && 'job' in input)
    throw refused(`${NO_JOBS} Leave job out and give customer.`, 'job');
}
