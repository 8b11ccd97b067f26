// Which tools a caller is shown, and how each is listed. Knows what a tool declares, and nothing of what it does.
import type { Role } from '../domain/access.ts';
import { TEMPLATES, type TemplateName } from '../domain/templates.ts';
import type { Toolset } from '../domain/toolsets.ts';
import { isFor, writes } from './authority.ts';
import type { Listed } from './listed.ts';

/** What the operator switched off. */
export type Switches = { readonly toolsets: readonly Toolset[]; readonly readOnly: boolean };

/** A tool as this role has it; null where it is not theirs. */
export function asRole<T extends Pick<Listed, 'roles'> & { readonly crew: T | null }>(tool: T, role: Role): T | null {
  return [tool, tool.crew].find((each) => each !== null && isFor(each, role)) ?? null;
}

export function isOn(toolsets: readonly Toolset[], { toolset }: Pick<Listed, 'toolset'>): boolean {
  return [toolset].flat().some((each) => toolsets.includes(each));
}

/** Of the tools that a role has, those that are switched on and that the account's template has. */
export function switchedOn<T extends Listed>(
  tools: readonly T[],
  { toolsets, readOnly }: Switches,
  { template }: { readonly template: TemplateName },
): T[] {
  return tools
    .filter((tool) => isOn(toolsets, tool))
    .filter((tool) => !(readOnly && writes(tool)))
    .filter((tool) => TEMPLATES[template].jobs || tool.needsJobs !== true);
}

/** One tool as `tools/list` shows it: the public contract. */
export function listing(
  { name, title, description, annotations, inputJson, outputJson, filesIn }: Listed,
  jobs = true,
) {
  return {
    name,
    title,
    description,
    inputSchema: { ...(jobs ? inputJson : withoutJob(inputJson)), type: 'object' as const },
    outputSchema: { ...outputJson, type: 'object' as const },
    annotations,
    // https://developers.openai.com/apps-sdk/reference
    ...(filesIn === undefined ? {} : { _meta: { 'openai/fileParams': [...filesIn] } }),
  };
}

/** Arguments that name jobs, which a template without jobs has none of. */
export const JOB_ARGUMENTS: readonly string[] = ['job', 'restOf'];

function withoutJob(schema: Record<string, unknown>): Record<string, unknown> {
  const properties = Object.entries(schema['properties'] ?? {}).filter(([name]) => !JOB_ARGUMENTS.includes(name));
  return { ...schema, properties: Object.fromEntries(properties) };
}
