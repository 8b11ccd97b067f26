// What a caller has of all there is: the tools that are switched on and fit the template, and the records that come
// into sight with them.
import type { Role, Scope } from '../domain/access.ts';
import { planHas, type PlanName } from '../domain/plans.ts';
import type { Kind } from '../domain/reference.ts';
import { TEMPLATES, type TemplateName } from '../domain/templates.ts';
import { RECORDS_OF, type Tool, type Toolset } from './define-tool.ts';
import { scopesNeeded, TOOLS_OF } from './roles.ts';

/** What the operator switched off. */
type Switches = { readonly toolsets: readonly Toolset[]; readonly readOnly: boolean };
type Rights = { readonly role: Role; readonly scopes: ReadonlySet<Scope> };
type Account = { readonly template: TemplateName; readonly plan: PlanName };

export function isOn(toolsets: readonly Toolset[], { toolset }: Tool): boolean {
  return [toolset].flat().some((each) => toolsets.includes(each));
}

/** The tools that this caller can call here: without those whose scopes were not granted. */
export function toolsGranted(switches: Switches & Rights, account: Account): Tool[] {
  const { role, scopes } = switches;
  return toolsOn(switches, account).filter(({ name }) => scopesNeeded(name, role).every((scope) => scopes.has(scope)));
}

export function toolsOn({ toolsets, readOnly, role }: Switches & Rights, { template }: Account): Tool[] {
  return TOOLS_OF[role]
    .filter((tool) => isOn(toolsets, tool))
    .filter((tool) => tool.annotations.readOnlyHint || !readOnly)
    .filter((tool) => TEMPLATES[template].jobs || tool.needsJobs !== true);
}

/**
 * Crew have none of these: what they see is narrowed record by record, by their own tools. An expense is nothing but a
 * cost, so that it is not even named where costs are not granted.
 */
export function recordsOn(
  { toolsets, role, scopes }: Pick<Switches & Rights, 'toolsets' | 'role' | 'scopes'>,
  { template, plan }: Account,
): ReadonlySet<Kind> {
  if (role === 'crew') return new Set();
  return new Set(
    toolsets
      .filter((toolset) => toolset !== 'jobs' || TEMPLATES[template].jobs)
      .flatMap((toolset) => RECORDS_OF[toolset])
      .filter((kind) => kind !== 'file' || planHas(plan, 'files'))
      .filter((kind) => kind !== 'expense' || scopes.has('costs:read')),
  );
}
