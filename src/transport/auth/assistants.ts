// The page on which people see the assistants that they let in, and end them: what was granted at a sign-in, and the
// tokens that were made for them.
import type { Provider } from 'oidc-provider';
import { isScope, type Scope } from '../../domain/access.ts';
import { falseClaimIn } from '../../domain/vendors.ts';
import { Problem } from '../../domain/errors.ts';
import { ASSISTANTS_PATH, assistantsPage, type AssistantCard } from '../../pages/assistants.ts';
import { grantsOf, removeGrant, lastRenewed } from '../../services/access/oauth-records.ts';
import { membershipsOf, principalOf, subjectOf, type Member } from '../../services/access/people.ts';
import { listAccessTokens, revokeAccessToken } from '../../services/access/tokens.ts';
import { endUploadPagesOf } from '../../services/crew/upload-pages.ts';
import {
  fieldOf,
  formOf,
  formToken,
  isFormToken,
  noForm,
  ownForm,
  show,
  signedIn,
  type PageContext,
  type Routes,
  type SignedIn,
} from '../http/browser.ts';
import type { HttpApp } from '../http/http-app.ts';
import { nameOf } from './client-names.ts';
import { resourceOf } from './resource.ts';
import { placeInWords } from './redirects.ts';

/** @param provider null where an outside one signs people in: what it granted is ended there */
export function serveAssistants(routes: Routes, httpApp: HttpApp, provider: Provider | null): void {
  routes.get(ASSISTANTS_PATH, async (c) => {
    const person = await signedIn(httpApp, c);
    return person === null ? c.redirect(TO_SIGN_IN, 303) : await list(c, { httpApp, provider }, person);
  });
  routes.post(ASSISTANTS_PATH, ...ownForm(httpApp), async (c) => {
    const person = await signedIn(httpApp, c);
    if (person === null) return c.redirect(TO_SIGN_IN, 303);
    const form = await formOf(c);
    if (form === null) return await noForm(c);
    if (!isFormToken(fieldOf(form, 'csrf'), httpApp, c)) return c.redirect(ASSISTANTS_PATH, 303);
    await end({ httpApp, provider }, person, fieldOf(form, 'assistant'));
    return c.redirect(`${ASSISTANTS_PATH}?ended=1`, 303);
  });
}

const TO_SIGN_IN = `/sign-in?next=${encodeURIComponent(ASSISTANTS_PATH)}`;

type Where = { readonly httpApp: HttpApp; readonly provider: Provider | null };

async function list(c: PageContext, where: Where, person: SignedIn): Promise<Response> {
  const members = await membershipsOf(where.httpApp.directory, person.personId);
  const all = await Promise.all(
    members.map(async (member) => [...(await assistantsOf(where, member)), ...(await tokensOf(where, member))]),
  );
  const csrf = formToken(where.httpApp, c);
  return await show(c, assistantsPage(all.flat(), { csrf, person, ended: c.req.query('ended') === '1' }));
}

/** Those let in at a sign-in. Each is one, however often it asked. */
async function assistantsOf({ httpApp, provider }: Where, member: Member): Promise<AssistantCard[]> {
  if (provider === null) return [];
  const ids = await grantsOf(httpApp.directory, subjectOf(member));
  const found = await Promise.all(ids.map(async (id) => ({ id, grant: await provider.Grant.find(id) })));
  const grants = found.flatMap(({ id, grant }) =>
    grant?.clientId === undefined
      ? []
      : [{ id, clientId: grant.clientId, at: grant.iat, scope: grant.getResourceScope(resourceOf(httpApp)) }],
  );
  const used = await lastRenewed(httpApp.directory, ids);
  const cards = [...Map.groupBy(grants, ({ clientId }) => clientId)].map(async ([clientId, same]) => {
    const { name, redirectUris } = await clientCalled(provider, clientId);
    const letIn = new Date(Math.max(...same.map(({ at }) => at)) * 1000).toISOString();
    const last = [letIn, ...same.flatMap(({ id }) => used.get(id) ?? [])].toSorted().at(-1) ?? letIn;
    const scopes = same.flatMap(({ scope }) => scope.split(' ').filter(isScope));
    return {
      ...{ id: `${member.accountId} client ${clientId}`, name, falseClaim: falseClaimIn(name, redirectUris) },
      ...{ books: member.accountName, backTo: placesInWords(redirectUris) },
      ...{ since: dayOf(letIn), lastUsed: minuteOf(last), scopes: mayDo(member, scopes) },
    };
  });
  return await Promise.all(cards);
}

/** Of one that describes itself at an address which does not answer now, that address says who it is. */
async function clientCalled(provider: Provider, clientId: string) {
  const client = await provider.Client.find(clientId).catch(() => undefined);
  return {
    name: nameOf(client?.clientName, clientId),
    redirectUris: client?.redirectUris ?? (URL.canParse(clientId) ? [clientId] : []),
  };
}

function placesInWords(redirectUris: readonly string[]): string {
  return [...new Set(redirectUris.map(placeInWords))].join(', ') || 'nowhere that is known';
}

async function tokensOf({ httpApp }: Where, member: Member): Promise<AssistantCard[]> {
  const now = new Date().toISOString();
  const all = await listAccessTokens(httpApp.directory, member.accountId);
  return all
    .filter((token) => token.personId === member.personId && token.revokedAt === null)
    .filter(({ expiresAt }) => expiresAt === null || expiresAt > now)
    .map(({ id, name, createdAt, lastUsedAt, scopes }) => ({
      ...{ id: `${member.accountId} token ${id}`, name, falseClaim: null, books: member.accountName },
      ...{ backTo: 'nowhere: it holds a token that was made for you', since: dayOf(createdAt) },
      ...{ lastUsed: lastUsedAt === null ? null : minuteOf(lastUsedAt), scopes: mayDo(member, scopes) },
    }));
}

function mayDo(member: Member, scopes: Iterable<Scope>): Scope[] {
  return [...principalOf(member, scopes).scopes];
}

const dayOf = (at: string) => at.slice(0, 10);
const minuteOf = (at: string) => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;

/** Nothing where it has ended, or is nobody's of theirs. */
async function end({ httpApp, provider }: Where, { personId }: SignedIn, said: string): Promise<void> {
  const [, account = '', kind, which = ''] = /^([1-9]\d{0,8}) (client|token) (.+)$/.exec(said) ?? [];
  const accountId = Number(account);
  const members = await membershipsOf(httpApp.directory, personId);
  const member = members.find((each) => each.accountId === accountId);
  if (member === undefined) return;
  if (kind === 'token') return await endToken(httpApp, member, Number(which));
  for (const id of await grantsOf(httpApp.directory, subjectOf(member))) {
    if ((await provider?.Grant.find(id))?.clientId !== which) continue;
    await removeGrant(httpApp.directory, id);
    await endUploadPagesOf(httpApp.directory, member);
  }
}

async function endToken(httpApp: HttpApp, { accountId, personId }: Member, id: number): Promise<void> {
  const theirs = (await listAccessTokens(httpApp.directory, accountId)).find(
    (token) => token.id === id && token.personId === personId,
  );
  if (theirs === undefined) return;
  try {
    await revokeAccessToken(httpApp.directory, { accountId, id });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}
