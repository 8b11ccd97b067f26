// What a request needs the person's consent for, and how a client is told that it has to ask for more.
import { SCOPES, scopesOf, type Role, type Scope } from '../../domain/access.ts';
import { scopesToConsult } from '../../tools/consulted.ts';
import { scopesNeeded } from '../../tools/shown.ts';

type Message = { readonly method?: unknown; readonly params?: unknown };

/**
 * @returns all scopes that a client has to hold for this, those that it has included; null where it may go on
 */
export function scopesToAskFor(
  message: unknown,
  { role, scopes: granted }: { readonly role: Role; readonly scopes: ReadonlySet<Scope> },
): readonly Scope[] | null {
  const needed = neededFor(message, role).filter((scope) => scopesOf(role).includes(scope));
  if (needed.every((scope) => granted.has(scope))) return null;
  return SCOPES.filter((scope) => granted.has(scope) || needed.includes(scope));
}

function neededFor(message: unknown, role: Role): readonly Scope[] {
  const { method, params: given }: Message = typeof message === 'object' && message !== null ? message : {};
  const params: Record<string, unknown> = typeof given === 'object' && given !== null ? { ...given } : {};
  if (method === 'tools/call') {
    return typeof params['name'] === 'string' ? scopesNeeded(params['name'], role, params['arguments']) : [];
  }
  return typeof method === 'string' ? scopesToConsult(method, role, params['uri']) : [];
}
