// The one table of who may call what. A role's tools are what it is given: their strict schemas say which fields it may
// set and which it sees, so that what is not declared here cannot be sent either way.
import type { Role, Scope } from '../domain/access.ts';
import { readAsked, type Place } from '../domain/uri.ts';
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

/** Whether this role has a tool of this name. */
export function mayCall(role: Role, name: string): boolean {
  return TOOLS_OF[role].some((tool) => tool.name === name) || !TOOLS.some((tool) => tool.name === name);
}

/** Nothing is left of them without costs; all others leave out what a job cost and made. */
const SHOWS_COSTS: readonly string[] = [
  ...['add-job-expense', 'update-job-expense', 'file-under-job', 'profit-report'],
  ...['get-quote', 'create-quote', 'update-quote', 'list-changes', 'undo-change'],
];

/** Records that hold private costs: what opens any record needs costs for these. */
const HOLDS_COSTS: readonly (Place | null)[] = ['quote', 'expense'];

/** What is asked of these tools only where costs are seen: a record that holds them, and what is kept on an expense. */
function asksForCosts(name: string, args: unknown): boolean {
  if (typeof args !== 'object' || args === null) return false;
  if (name === 'attach-file') return 'expense' in args;
  return (
    name === 'fetch' && 'id' in args && typeof args.id === 'string' && HOLDS_COSTS.includes(readAsked(args.id).place)
  );
}

/** What is asked of the books without a tool, by the protocol's own names. */
export const CONSULTED = [
  ...['resources/list', 'resources/templates/list', 'resources/read'],
  ...['prompts/list', 'prompts/get', 'completion/complete'],
] as const;

/** What somebody has to grant for it: a resource shows what `fetch` shows. */
export function scopesToConsult(method: string, role: Role, uri: unknown): readonly Scope[] {
  if (method === 'resources/read') return scopesNeeded('fetch', role, { id: uri });
  return (CONSULTED as readonly string[]).includes(method) ? ['books:read'] : [];
}

/** What somebody has to grant for this tool. Crew's own tools show no costs. @param args as they were sent */
export function scopesNeeded(name: string, role: Role, args: unknown = null): readonly Scope[] {
  const tool = TOOLS_OF[role].find((each) => each.name === name);
  if (tool === undefined) return [];
  return [
    'books:read',
    ...(tool.annotations.readOnlyHint ? [] : (['books:write'] as const)),
    ...(role !== 'crew' && (SHOWS_COSTS.includes(name) || asksForCosts(name, args)) ? (['costs:read'] as const) : []),
  ];
}
