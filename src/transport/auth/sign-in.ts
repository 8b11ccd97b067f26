// What the authorization server asks a person: who they are, which books, and what the assistant may do there.
import { errors, type Provider } from 'oidc-provider';
import { SCOPES, isScope, scopesOf, type Scope } from '../../domain/access.ts';
import { Problem } from '../../domain/errors.ts';
import { problemForPerson } from '../../printers/in-words.ts';
import { falseClaimIn } from '../../domain/vendors.ts';
import { notice } from '../../pages/layout.ts';
import { consentPage, signInPage, type Asking } from '../../pages/sign-in.ts';
import { grantsOf } from '../../services/access/oauth-records.ts';
import { membershipsOf, signIn, subjectOf, type Member } from '../../services/access/people.ts';
import { endUploadPagesOf } from '../../services/crew/upload-pages.ts';
import {
  fieldOf,
  formOf,
  formToken,
  isFormToken,
  markIn,
  newRoutes,
  noForm,
  ownForm,
  show,
  signedIn,
  signInBrowser,
  signOutBrowser,
  type PageContext,
  type Routes,
  type SignedIn,
} from '../http/browser.ts';
import { MCP_PATH, type Authenticate, type HttpApp } from '../http/http-app.ts';
import { keepClient } from './adapter.ts';
import { openRegistrations, type Registrations } from './registrations.ts';
import { serveAssistants } from './assistants.ts';
import { nameOf } from './client-names.ts';
import { serveLogin } from './login-routes.ts';
import { publicAddress, serveProvider } from './oauth-routes.ts';
import { openProvider, type ProviderOptions } from './provider.ts';
import { resourceOf } from './resource.ts';
import { placeInWords, placesOf } from './redirects.ts';
import { outsideTokens, ownTokens } from './tokens.ts';
import { cut } from '../../domain/text.ts';

export type SignInOptions = ProviderOptions & {
  /** An outside provider, instead of our own. */
  readonly issuer: string | null;
};

export async function openSignIn(
  httpApp: HttpApp,
  { issuer, ...options }: SignInOptions,
): Promise<{ routes: Routes; authenticate: Authenticate }> {
  const routes = newRoutes();
  serveResource(routes, httpApp, issuer);
  if (issuer !== null) {
    serveLogin(routes, httpApp, async () => null);
    serveAssistants(routes, httpApp, null);
    return { routes, authenticate: await outsideTokens(httpApp, issuer) };
  }
  const registrations = await openRegistrations(httpApp.directory);
  const provider = await openProvider(httpApp, registrations, options);
  serveLogin(routes, httpApp, async (clientId) => {
    const client = await provider.Client.find(clientId).catch(() => undefined);
    return client === undefined ? null : nameOf(client.clientName, clientId);
  });
  serveAssistants(routes, httpApp, provider);
  serveQuestions(routes, { ...httpApp, registrations }, provider);
  serveProvider(routes, httpApp, provider);
  return { routes, authenticate: await ownTokens(httpApp) };
}

/** Clients hold `resource` against the address that was typed: it is told as they asked. */
function serveResource(routes: Routes, httpApp: HttpApp, issuer: string | null): void {
  const metadata = {
    authorization_servers: [issuer ?? httpApp.url.origin],
    scopes_supported: SCOPES,
    bearer_methods_supported: ['header'],
    resource_name: 'Jobwright',
  };
  for (const [path, resource] of [
    ['', resourceOf(httpApp)],
    [MCP_PATH, resourceOf(httpApp)],
    [`${MCP_PATH}/`, `${resourceOf(httpApp)}/`],
  ] as const)
    routes.on(['GET', 'OPTIONS'], `/.well-known/oauth-protected-resource${path}`, (c) => {
      c.header('access-control-allow-origin', '*');
      if (c.req.method !== 'OPTIONS') return c.json({ resource, ...metadata });
      c.header('access-control-allow-methods', 'GET');
      c.header('access-control-allow-headers', '*');
      return c.body(null, 204);
    });
}

type AskingApp = HttpApp & { readonly registrations: Registrations };

/** What the authorization server asks a person, one page after the other. */
function serveQuestions(routes: Routes, httpApp: AskingApp, provider: Provider): void {
  routes.get('/sign-in/:uid{[\\w-]{10,80}}', async (c) => {
    const asked = await interactionOf(c, httpApp, provider);
    return asked === null ? await ended(c) : await ask(c, httpApp, asked, null);
  });
  routes.post('/sign-in/:uid{[\\w-]{10,80}}', ...ownForm(httpApp), async (c) => {
    const asked = await interactionOf(c, httpApp, provider);
    if (asked === null) return await ended(c);
    const form = await formOf(c);
    if (form === null) return await noForm(c);
    const doing = fieldOf(form, 'do');
    if (doing === 'sign-in') return await enter(c, httpApp, asked, form);
    const person = await signedIn(httpApp, c);
    if (person === null) return await ask(c, httpApp, asked, null);
    if (!isFormToken(fieldOf(form, 'csrf'), httpApp, c)) return await ask(c, httpApp, asked, 'Please answer again.');
    if (doing === 'other') {
      await signOutBrowser(httpApp, c);
      return c.redirect(asked.action, 303);
    }
    if (doing === 'deny')
      return await finish(c, httpApp, provider, { error: 'access_denied', error_description: 'The person said no.' });
    // A form that does not say what was pressed says nothing.
    if (doing !== 'allow') return await ask(c, httpApp, asked, 'Please say whether you allow it.');
    return await allow(c, httpApp, provider, { asked, person, form });
  });
}

type Asked = {
  readonly action: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly asking: Asking;
  readonly wanted: readonly Scope[];
};

async function interactionOf(c: PageContext, httpApp: AskingApp, provider: Provider): Promise<Asked | null> {
  const { incoming, outgoing } = c.env;
  publicAddress(incoming.headers, httpApp.url);
  try {
    const { uid, params } = await provider.interactionDetails(incoming, outgoing);
    if (uid !== c.req.param('uid')) return null;
    const clientId = text(params['client_id']);
    const client = await provider.Client.find(clientId);
    if (client === undefined) return null;
    const redirectUri = text(params['redirect_uri'] ?? client.redirectUris?.[0]);
    return {
      ...{ action: `/sign-in/${uid}`, clientId, redirectUri },
      asking: {
        name: nameOf(client.clientName, clientId),
        source: sourceOf(client.clientName, clientId),
        backTo: placeInWords(redirectUri),
        falseClaim: falseClaimIn(nameOf(client.clientName, clientId), [redirectUri]),
      },
      wanted: text(params['scope']).split(' ').filter(isScope),
    };
  } catch (error) {
    // It has ended, or is another browser's.
    if (error instanceof errors.SessionNotFound || error instanceof errors.InvalidClient) return null;
    throw error;
  }
}

function text(given: unknown): string {
  return typeof given === 'string' ? given : '';
}

/** Clients that describe themselves at an address are known by it; the number of one that registered says nothing. */
function sourceOf(given: unknown, clientId: string): string {
  if (URL.canParse(clientId)) return cut(clientId, 120);
  return typeof given === 'string' && given.trim() !== '' ? 'it named itself' : 'it gave no name';
}

async function ask(c: PageContext, httpApp: AskingApp, asked: Asked, error: string | null): Promise<Response> {
  const person = await signedIn(httpApp, c);
  const { action, asking, wanted } = asked;
  if (person === null)
    return await show(c, signInPage({ action, error, email: '', to: asking.name }), error === null ? 200 : 401);
  const members = await membershipsOf(httpApp.directory, person.personId);
  if (members.length === 0)
    return await show(
      c,
      notice('No books yet', 'You are in no account here. Ask whoever runs this Jobwright to invite you.'),
      403,
    );
  const accounts = members.map(({ accountId: id, accountName: name, role }) => ({
    ...{ id, name, role, costs: scopesOf(role).includes('costs:read') },
  }));
  const csrf = formToken(httpApp, c);
  return await show(c, consentPage({ action, csrf, error, person, asking, accounts, wanted }), 200, {
    formsGoTo: placesOf(asked.redirectUri),
  });
}

async function enter(c: PageContext, httpApp: AskingApp, { action, asking }: Asked, form: FormData): Promise<Response> {
  const email = fieldOf(form, 'email').slice(0, 300);
  try {
    const { personId } = await signIn(httpApp.directory, {
      ...{ email, password: fieldOf(form, 'password') },
      mark: markIn(httpApp, c),
      locked: () => httpApp.refusals.note('lock'),
    });
    await signInBrowser(httpApp, c, personId);
    return c.redirect(action, 303);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return await show(c, signInPage({ action, error: problemForPerson(error), email, to: asking.name }), 401);
  }
}

async function allow(
  c: PageContext,
  httpApp: AskingApp,
  provider: Provider,
  { asked, person, form }: { asked: Asked; person: SignedIn; form: FormData },
): Promise<Response> {
  const members = await membershipsOf(httpApp.directory, person.personId);
  const member = members.find(({ accountId }) => String(accountId) === form.get('account'));
  if (member === undefined) return await ask(c, httpApp, asked, 'Say which books.');
  const grantId = await grantFor(provider, httpApp, { asked, member, ticked: form.getAll('scope') });
  return await finish(c, httpApp, provider, {
    login: { accountId: subjectOf(member), remember: false },
    consent: { grantId },
  });
}

async function grantFor(
  provider: Provider,
  httpApp: AskingApp,
  { asked, member, ticked }: { asked: Asked; member: Member; ticked: readonly unknown[] },
): Promise<string> {
  const most = scopesOf(member.role);
  const given = asked.wanted.filter(
    (scope) => scope === 'books:read' || (ticked.includes(scope) && most.includes(scope)),
  );
  const left = SCOPES.filter((scope) => !given.includes(scope));
  // What the person leaves out now is taken back from what this assistant was let do before.
  await takeBack(provider, httpApp, { asked, member, scopes: asked.wanted.filter((scope) => left.includes(scope)) });
  await keepClient(httpApp.directory, httpApp.registrations, asked.clientId);
  const grant = new provider.Grant({ accountId: subjectOf(member), clientId: asked.clientId });
  grant.addOIDCScope(['openid', 'offline_access', ...given].join(' '));
  if (left.length > 0) grant.rejectOIDCScope(left.join(' '));
  grant.addResourceScope(resourceOf(httpApp), given.join(' '));
  if (left.length > 0) grant.rejectResourceScope(resourceOf(httpApp), left.join(' '));
  return await grant.save();
}

async function takeBack(
  provider: Provider,
  httpApp: AskingApp,
  { asked, member, scopes }: { asked: Asked; member: Member; scopes: readonly Scope[] },
): Promise<void> {
  if (scopes.length === 0) return;
  for (const id of await grantsOf(httpApp.directory, subjectOf(member))) {
    const grant = await provider.Grant.find(id);
    if (grant?.clientId !== asked.clientId) continue;
    grant.rejectOIDCScope(scopes.join(' '));
    grant.rejectResourceScope(resourceOf(httpApp), scopes.join(' '));
    await grant.save();
    await endUploadPagesOf(httpApp.directory, member);
  }
}

async function finish(
  c: PageContext,
  httpApp: AskingApp,
  provider: Provider,
  result: Parameters<Provider['interactionFinished']>[2],
): Promise<Response> {
  const { incoming, outgoing } = c.env;
  publicAddress(incoming.headers, httpApp.url);
  return c.redirect(
    await provider.interactionResult(incoming, outgoing, result, { mergeWithLastSubmission: false }),
    303,
  );
}

async function ended(c: PageContext): Promise<Response> {
  return await show(
    c,
    notice('This has ended', 'It took too long, or was finished already. Go back to your assistant and connect again.'),
    410,
  );
}
