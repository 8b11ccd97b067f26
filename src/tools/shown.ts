// What a caller has of all there is: the tools that are switched on and fit the template, and the records that come
// into sight with them.
import { planHas, type PlanName } from '../domain/plans.ts';
import type { Kind } from '../domain/reference.ts';
import { TEMPLATES, type TemplateName } from '../domain/templates.ts';
import { RECORDS_OF, type Tool, type Toolset } from './define-tool.ts';
import { TOOLS } from './index.ts';

/** What the operator switched off. */
type Switches = { readonly toolsets: readonly Toolset[]; readonly readOnly: boolean };
type Account = { readonly template: TemplateName; readonly plan: PlanName };

export function isOn(toolsets: readonly Toolset[], { toolset }: Tool): boolean {
  return [toolset].flat().some((each) => toolsets.includes(each));
}

export function toolsOn({ toolsets, readOnly }: Switches, { template }: Account): Tool[] {
  return TOOLS.filter((tool) => isOn(toolsets, tool))
    .filter((tool) => tool.annotations.readOnlyHint || !readOnly)
    .filter((tool) => TEMPLATES[template].jobs || tool.needsJobs !== true);
}

export function recordsOn({ toolsets }: Switches, { template, plan }: Account): ReadonlySet<Kind> {
  return new Set(
    toolsets
      .filter((toolset) => toolset !== 'jobs' || TEMPLATES[template].jobs)
      .flatMap((toolset) => RECORDS_OF[toolset])
      .filter((kind) => kind !== 'file' || planHas(plan, 'files')),
  );
}
