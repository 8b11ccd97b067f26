// What a caller may do: by role, scope, plan, template, and what the operator switched off.
import { JOB_ARGUMENTS } from '../tools/listing.ts';
import type { Scope } from '../domain/access.ts';
import type { Account } from '../domain/account.ts';
import { Problem, quoted, refused } from '../domain/errors.ts';
import { says } from '../domain/message.ts';
import { checkPlan } from '../domain/plans.ts';
import { TEMPLATES } from '../domain/templates.ts';
import type { Tool } from '../tools/define-tool.ts';
import { TOOLS } from '../tools/index.ts';
import { writes } from '../tools/authority.ts';
import { isOn } from '../tools/listing.ts';
import { TOOLS_OF } from '../tools/shown.ts';
import type { Session } from './session.ts';

export function toolNamed({ role }: Session, name: string): Tool {
  const tools = TOOLS_OF[role];
  const tool = tools.find((each) => each.name === name);
  if (tool !== undefined) return tool;
  const known = tools.map((each) => each.name);
  if (TOOLS.some((each) => each.name === name))
    throw refused(says('call.other-tools', { refused: says('call.not-for-role', { name, role }), tools: known }));
  throw new Problem('not_found', says('call.no-such-tool', { said: quoted(name), tools: known }));
}

/** Over HTTP a client is told before, in a way that lets it ask the person for more. */
export function checkGranted({ scopes }: Session, name: string, needed: readonly Scope[]): void {
  const missing = needed.filter((scope) => !scopes.has(scope));
  if (missing.length > 0) throw refused(says('call.not-granted', { name, scopes: missing }));
}

export function checkSwitchedOn({ toolsets, readOnly }: Session, tool: Tool): void {
  if (!isOn(toolsets, tool)) {
    throw refused(says('call.toolset-off', { name: tool.name, toolsets }));
  }
  if (readOnly && writes(tool)) {
    throw refused(says('call.read-only', { name: tool.name }));
  }
}

export function checkAllowed(tool: Tool, input: unknown, account: Account): void {
  checkTemplate(tool, input, account);
  const feature = tool.featureOf(input);
  if (feature !== null) checkPlan(account.plan, feature);
}

function checkTemplate(tool: Tool, input: unknown, account: Account): void {
  if (TEMPLATES[account.template].jobs) return;
  if (tool.needsJobs === true) {
    throw refused(says('call.without-jobs', { about: 'tool' }));
  }
  if (typeof input !== 'object' || input === null) return;
  const ofJobs = JOB_ARGUMENTS.find((name) => name in input);
  if (ofJobs !== undefined) throw refused(says('call.without-jobs', { about: 'argument' }), ofJobs);
}
