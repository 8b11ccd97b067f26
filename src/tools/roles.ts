// The one table of who may call what. A role's tools are what it is given: their strict schemas say which fields it may
// set and which it sees, so that what is not declared here cannot be sent either way.
import type { Role, Scope } from '../domain/access.ts';
import { attachFileTool } from './crew/attach-file.ts';
import { fetchTool } from './crew/fetch.ts';
import { getJobTool } from './crew/get-job.ts';
import { listAppointmentsTool } from './crew/list-appointments.ts';
import { listJobsTool } from './crew/list-jobs.ts';
import { recordWalkAndTalkTool } from './crew/record-walk-and-talk.ts';
import { scheduleAppointmentTool } from './crew/schedule-appointment.ts';
import { searchTool } from './crew/search.ts';
import { updateAppointmentTool } from './crew/update-appointment.ts';
import { updateJobTool } from './crew/update-job.ts';
import type { Tool } from './define-tool.ts';
import { TOOLS } from './index.ts';

/** Everything but money and papers, of the jobs they are on. */
const CREW_TOOLS: readonly Tool[] = [
  ...[listJobsTool, getJobTool, updateJobTool],
  ...[listAppointmentsTool, scheduleAppointmentTool, updateAppointmentTool],
  ...[attachFileTool, recordWalkAndTalkTool],
  ...[searchTool, fetchTool],
];

/** Account settings are the owner's. */
const OWNERS_ALONE: readonly string[] = ['update-account'];

export const TOOLS_OF: Readonly<Record<Role, readonly Tool[]>> = {
  owner: TOOLS,
  office: TOOLS.filter(({ name }) => !OWNERS_ALONE.includes(name)),
  crew: CREW_TOOLS,
};

/** Their answers show what a job cost or made, or let it be worked out. */
const SHOWS_COSTS: readonly string[] = [
  ...['add-job-expense', 'update-job-expense', 'file-under-job', 'get-customer', 'profit-report'],
  ...['get-quote', 'create-quote', 'update-quote', 'list-changes', 'undo-change', 'fetch'],
];

/** Shown without costs where those are not granted: as crew see them, but of all jobs. */
const WITHOUT_COSTS: readonly Tool[] = [listJobsTool, getJobTool];

/** @returns the tools of this role, as they are where costs are granted or not */
export function toolsFor(role: Role, scopes: ReadonlySet<Scope>): readonly Tool[] {
  if (role === 'crew' || scopes.has('costs:read')) return TOOLS_OF[role];
  return LESS[role];
}

const withoutCosts = (tools: readonly Tool[]) =>
  tools.map((tool) => WITHOUT_COSTS.find(({ name }) => name === tool.name) ?? tool);
const LESS: Readonly<Record<Exclude<Role, 'crew'>, readonly Tool[]>> = {
  owner: withoutCosts(TOOLS_OF.owner),
  office: withoutCosts(TOOLS_OF.office),
};

/** What is asked of the books without a tool, by the protocol's own names. */
export const CONSULTED = [
  ...['resources/list', 'resources/templates/list', 'resources/read'],
  ...['prompts/list', 'prompts/get', 'completion/complete'],
] as const;

/** What somebody has to grant for it: a resource shows what `fetch` shows. */
export function scopesToConsult(method: string, role: Role): readonly Scope[] {
  if (method === 'resources/read') return scopesNeeded('fetch', role);
  return (CONSULTED as readonly string[]).includes(method) ? ['books:read'] : [];
}

/** What somebody has to grant for this tool. Crew's own tools show no costs. */
export function scopesNeeded(name: string, role: Role): readonly Scope[] {
  const tool = TOOLS_OF[role].find((each) => each.name === name);
  if (tool === undefined) return [];
  return [
    'books:read',
    ...(tool.annotations.readOnlyHint ? [] : (['books:write'] as const)),
    ...(role !== 'crew' && SHOWS_COSTS.includes(name) ? (['costs:read'] as const) : []),
  ];
}
