// What a caller has of all there is: the tools that are switched on and fit the template, and the records that come
// into sight with them.
import type { Role, Scope } from '../domain/access.ts';
import { seesCosts, type VisibleAccount } from '../domain/account.ts';
import { planHas, type PlanName } from '../domain/plans.ts';
import { KINDS, type Kind } from '../kinds/index.ts';
import { TEMPLATES, type TemplateName } from '../domain/templates.ts';
import { scopesFor } from './authority.ts';
import type { Tool } from './define-tool.ts';
import { TOOLS } from './index.ts';
import { asRole, isOn, switchedOn, type Switches } from './listing.ts';

export const TOOLS_OF: Readonly<Record<Role, readonly Tool[]>> = {
  owner: toolsFor('owner'),
  office: toolsFor('office'),
  crew: toolsFor('crew'),
};

function toolsFor(role: Role): Tool[] {
  return TOOLS.flatMap((tool) => asRole(tool, role) ?? []);
}

/** Whether this role has a tool of this name, or nobody has. */
export function mayCall(role: Role, name: string): boolean {
  return TOOLS_OF[role].some((tool) => tool.name === name) || !TOOLS.some((tool) => tool.name === name);
}

/** What somebody has to grant for this tool. @param args as they were sent */
export function scopesNeeded(name: string, role: Role, args: unknown = null): readonly Scope[] {
  const tool = TOOLS_OF[role].find((each) => each.name === name);
  return tool === undefined ? [] : scopesFor(tool, args);
}

type Rights = { readonly role: Role; readonly scopes: ReadonlySet<Scope> };
type Account = { readonly template: TemplateName; readonly plan: PlanName };

/** The tools that this caller can call here: without those whose scopes were not granted. */
export function toolsGranted(switches: Switches & Rights, account: Account): Tool[] {
  const { scopes } = switches;
  return toolsOn(switches, account).filter((tool) => scopesFor(tool, null).every((scope) => scopes.has(scope)));
}

export function toolsOn(switches: Switches & Rights, account: Account): Tool[] {
  return switchedOn(TOOLS_OF[switches.role], switches, account);
}

/**
 * Those of crew are narrowed further, record by record. An expense is nothing but a cost, so that it is not even named
 * where costs are not shown.
 */
export function recordsOn(
  { toolsets, role }: Pick<Switches & Rights, 'toolsets' | 'role'>,
  { template, plan, ...account }: Account & Pick<VisibleAccount, 'profitHidden'>,
): ReadonlySet<Kind> {
  return new Set(
    KINDS.filter((kind) => isOn(toolsets, kind) && (kind.needsJobs !== true || TEMPLATES[template].jobs))
      .filter(({ plan: needed }) => needed === null || planHas(plan, needed))
      .filter(({ withoutCosts }) => withoutCosts !== 'hidden' || seesCosts(account))
      .filter(({ crew }) => role !== 'crew' || crew !== null)
      .map(({ kind }) => kind),
  );
}
