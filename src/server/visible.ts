// The books as one caller may see them.
import type { Crew } from '../domain/access.ts';
import type { VisibleAccount } from '../domain/account.ts';
import { planHas } from '../domain/plans.ts';
import { pagePath, uriOf, type AddressKind } from '../kinds/uri.ts';
import type { ReadContext } from '../services/context.ts';
import { namesOnJobs, namesOnVisits } from '../store/books/crew.ts';
import type { ReadScope } from '../store/scope.ts';
import type { Tool } from '../tools/define-tool.ts';
import { mayShowCosts } from '../tools/authority.ts';
import { recordsOn } from '../tools/shown.ts';
import type { Session } from './session.ts';

/** The same work; how long it took is told. */
export function timed<S, T>(session: Session, work: (scope: S) => Promise<T>): (scope: S) => Promise<T> {
  return async (scope) => {
    const started = performance.now();
    try {
      return await work(scope);
    } finally {
      session.spent?.(session, performance.now() - started);
    }
  };
}

/** The books as this caller may see them in this tool, or in what shows as much as it does. */
export async function asVisible(session: Session, tool: Tool, scope: ReadScope): Promise<ReadContext> {
  const { accountId, siteUrl } = session;
  const urlOf = (place: AddressKind, ref: string) =>
    siteUrl === null ? uriOf(place, ref) : new URL(pagePath(accountId, ref), siteUrl).href;
  const account = visibleAccount(session, tool, scope);
  const visible = recordsOn(session, account);
  return { ...scope, account, visible, crew: await crewOf(session, scope), urlOf };
}

/** What is hidden of the account: costs that were not granted, or that this tool does not declare to show. */
export function visibleAccount({ scopes, actor: seenBy }: Session, tool: Tool, { account }: ReadScope): VisibleAccount {
  if (!scopes.has('costs:read') || !mayShowCosts(tool)) return { ...account, seenBy, profitHidden: 'scope' };
  return { ...account, seenBy, profitHidden: planHas(account.plan, 'profit') ? null : 'plan' };
}

export async function crewOf({ role, actor }: Session, scope: ReadScope): Promise<Crew | null> {
  if (role !== 'crew') return null;
  return { names: await namesOnJobs(scope, actor), goes: await namesOnVisits(scope, actor) };
}
