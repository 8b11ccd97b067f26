// What is asked of the books without a tool: each by the protocol's own name, with the tool that shows as much as it does.
// Whoever may call that one may ask for this.
import type { Role, Scope } from '../domain/access.ts';
import type { Consulted } from '../services/context.ts';
import { isFor, OFFICE, scopesFor } from './authority.ts';
import type { Tool } from './define-tool.ts';
import { fetchTool } from './search/fetch.ts';
import { searchTool } from './search/search.ts';
import { asRole } from './listing.ts';

const SHOWS_AS: Readonly<Record<Consulted, Tool>> = {
  'resources/list': searchTool,
  'resources/templates/list': searchTool,
  'resources/read': fetchTool,
  'prompts/list': searchTool,
  'prompts/get': searchTool,
  'completion/complete': searchTool,
};

/** Crew have no resources and no prompts: their own tools open what is theirs, without money. */
export function mayConsult(role: Role): boolean {
  return isFor({ roles: OFFICE }, role);
}

export const CONSULTED = Object.keys(SHOWS_AS).filter(isConsulted);

function isConsulted(method: string): method is Consulted {
  return Object.hasOwn(SHOWS_AS, method);
}

/** The tool that it shows as much as, as this role has it; null where they have none. */
export function readsAs(method: Consulted, role: Role): Tool | null {
  return asRole(SHOWS_AS[method], role);
}

/** What somebody has to grant for it. @param uri of the resource that is read */
export function scopesToConsult(method: string, role: Role, uri: unknown): readonly Scope[] {
  const tool = isConsulted(method) ? readsAs(method, role) : null;
  return tool === null ? [] : scopesFor(tool, { id: uri });
}
