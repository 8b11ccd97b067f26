// The embedded authorization server: oidc-provider, told what this server is and what it gives out. Every sign-in goes
// through our own pages, where a person chooses the account; the subject of everything given out is that membership.
import { errors, interactionPolicy, Provider, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { SCOPES } from '../../domain/access.ts';
import { contentPolicy, PAGE_HEADERS } from '../../pages/layout.ts';
import { authorizationErrorPage } from '../../pages/sign-in.ts';
import { memberIn, parseSubject } from '../../services/access/people.ts';
import type { HttpApp } from '../http/http-app.ts';
import { adapterOn, ofStranger } from './adapter.ts';
import { checkAssertion, readMethodOfRequest } from './assertions.ts';
import { fetchOutside } from './client-documents.ts';
import { CLIENT_RULES } from './client-metadata.ts';
import { REFRESH_TOKEN_SECONDS } from '../../services/access/oauth-records.ts';
import { hashOf } from '../../services/shared/secret.ts';
import { placesOf } from './redirects.ts';
import { readResources, resourceOf } from './resource.ts';
import { answerAgain } from './renewals.ts';
import { AUTH_METHODS, type Registrations } from './registrations.ts';
import { ASYMMETRIC, cookieKeys, SIGNING_ALGORITHM, signingKeys } from './keys.ts';
import { orCopy } from './vendor-documents.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export type ProviderOptions = {
  readonly registration: boolean;
  readonly clientDocuments: boolean;
  /** How a client's document is fetched; default: from outside alone. */
  readonly fetchDocument?: typeof fetchOutside;
};

export async function openProvider(
  httpApp: HttpApp,
  registrations: Registrations,
  options: ProviderOptions,
): Promise<Provider> {
  const provider = new Provider(httpApp.url.origin, await configuration(httpApp, registrations, options));
  // The proxy's word is our own: src/transport/auth/sign-in.ts writes it, from the public address.
  provider.proxy = true;
  const { log } = httpApp.app;
  provider.on('server_error', (_, error) => log.error(`sign-in: ${error.name}`));
  // It would print what it does not expect, with paths of this machine.
  provider.silent = true;
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.type !== 'text/html' || ctx.res.hasHeader('content-security-policy')) return;
    ctx.set({ ...PAGE_HEADERS, 'content-security-policy': policyOf(String(ctx.body)) });
  });
  answerAgain(provider, httpApp);
  // The store has its hash.
  provider.Client.prototype.compareClientSecret = async function (this: { clientSecret?: string }, given) {
    return this.clientSecret !== undefined && this.clientSecret === hashOf(given);
  };
  readMethodOfRequest(provider);
  readResources(provider, httpApp);
  return provider;
}

/** Of the page that posts an answer to where a client asked for it: it may send its form there, and do no more. */
function policyOf(page: string): string {
  const [, script = null] = /<script>(.*?)<\/script>/s.exec(page) ?? [];
  const [, to = ''] = /<form method="post" action="([^"]*)">/.exec(page) ?? [];
  return contentPolicy(placesOf(to.replaceAll('&amp;', '&')), script);
}

const SWITCHED_OFF = {
  devInteractions: { enabled: false },
  pushedAuthorizationRequests: { enabled: false },
  dPoP: { enabled: false },
  userinfo: { enabled: false },
  rpInitiatedLogout: { enabled: false },
} as const;

/** In seconds. */
const LASTING = {
  AuthorizationCode: MINUTE,
  Interaction: HOUR,
  Session: MINUTE,
  RefreshToken: REFRESH_TOKEN_SECONDS,
  Grant: 180 * DAY,
  IdToken: 10 * MINUTE,
  AccessToken: HOUR,
};

const ROUTES = {
  authorization: '/oauth/authorize',
  token: '/oauth/token',
  jwks: '/oauth/jwks',
  registration: '/oauth/register',
  revocation: '/oauth/revoke',
};

async function configuration(
  httpApp: HttpApp,
  registrations: Registrations,
  options: ProviderOptions,
): Promise<Configuration> {
  const {
    directory,
    app: { log },
  } = httpApp;
  return {
    adapter: adapterOn(directory, registrations),
    jwks: await signingKeys(directory),
    cookies: { keys: await cookieKeys(directory) },
    clientDefaults: {
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      id_token_signed_response_alg: SIGNING_ALGORITHM,
    },
    enabledJWA: { idTokenSigningAlgValues: [SIGNING_ALGORITHM], clientAuthSigningAlgValues: ASYMMETRIC },
    assertJwtClientAuthClaimsAndHeader: checkAssertion,
    responseTypes: ['code'],
    // Whoever registers publishes no keys that would be fetched.
    clientAuthMethods: [...AUTH_METHODS, ...(options.clientDocuments ? ['private_key_jwt' as const] : [])],
    pkce: { required: () => true },
    scopes: ['openid', 'offline_access', ...SCOPES],
    routes: ROUTES,
    features: {
      ...SWITCHED_OFF,
      revocation: { enabled: true, allowedPolicy: async (_, client, token) => token.clientId === client.clientId },
      registration: registeredBy(registrations, options.registration),
      clientIdMetadataDocument: { enabled: options.clientDocuments, ack: 'draft-02' },
      resourceIndicators: forThisServer(resourceOf(httpApp)),
    },
    // Whatever is given out can be taken back with its grant.
    extraTokenClaims: (_, token) => ('grantId' in token ? { grant: token.grantId } : {}),
    issueRefreshToken: async (_, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    // What was given out lasts as long as it says: every sign-in is one of its own, and none goes on in a session here.
    expiresWithSession: async () => false,
    ttl: LASTING,
    findAccount: async (_, subject) => {
      const which = parseSubject(subject);
      const member = which === null ? null : await memberIn(directory, which);
      return member === null ? undefined : { accountId: subject, claims: () => ({ sub: subject }) };
    },
    interactions: {
      url: ({ oidc }, { uid }) => (ofStranger.getStore() === true ? signInFirst(oidc.params ?? {}) : `/sign-in/${uid}`),
      policy: alwaysOurs(),
    },
    loadExistingGrant: async ({ oidc }) =>
      oidc.result?.consent?.grantId === undefined
        ? undefined
        : await oidc.provider.Grant.find(oidc.result.consent.grantId),
    extraClientMetadata: CLIENT_RULES,
    clientBasedCORS: () => true,
    fetch: orCopy(options.fetchDocument ?? fetchOutside, log),
    renderError: sayFault,
  };
}

/**
 * What can be sent back to no client. A person whose browser was sent here reads a page; programs, which take anything,
 * get the standard's words.
 */
const sayFault: NonNullable<Configuration['renderError']> = async (ctx, out) => {
  if (ctx.accepts('json', 'html') === 'html') {
    ctx.set({ ...PAGE_HEADERS, 'content-security-policy': contentPolicy() });
    ctx.type = 'html';
    ctx.body = String(await authorizationErrorPage(out.error, out.error_description ?? ''));
    return;
  }
  ctx.type = 'json';
  ctx.body = { error: out.error, error_description: out.error_description };
};

function registeredBy(registrations: Registrations, enabled: boolean) {
  const sealed = new WeakMap<object, string>();
  return {
    enabled,
    idFactory: (ctx: KoaContextWithOIDC) => {
      const clientId = registrations.seal(ctx.oidc.body ?? {});
      sealed.set(ctx, clientId);
      return clientId;
    },
    secretFactory: (ctx: KoaContextWithOIDC) => registrations.secretOf(sealed.get(ctx) ?? ''),
    issueRegistrationAccessToken: false,
  };
}

/** Once it is known who asks, the request comes again. */
function signInFirst(params: Readonly<Record<string, unknown>>): string {
  const asked = Object.entries(params).filter((each): each is [string, string] => typeof each[1] === 'string');
  const again = `/oauth/authorize?${new URLSearchParams(asked).toString()}`;
  return `/sign-in?next=${encodeURIComponent(again)}`;
}

/** Tokens are for this server alone; one who names none means it. */
function forThisServer(own: string): NonNullable<NonNullable<Configuration['features']>['resourceIndicators']> {
  return {
    enabled: true,
    defaultResource: () => own,
    useGrantedResource: () => true,
    getResourceServerInfo: (_, resource) => {
      if (resource !== own) throw new errors.InvalidTarget();
      return {
        ...{ scope: SCOPES.join(' '), audience: own, accessTokenFormat: 'jwt', accessTokenTTL: HOUR },
        jwt: { sign: { alg: SIGNING_ALGORITHM } },
      };
    },
  };
}

/** A person is asked every time: which account, and what this assistant may do there. */
function alwaysOurs() {
  const policy = interactionPolicy.base();
  policy
    .get('login')
    ?.checks.add(
      new interactionPolicy.Check('ours', 'every sign-in chooses its account', ({ oidc }) =>
        oidc.result?.login === undefined
          ? interactionPolicy.Check.REQUEST_PROMPT
          : interactionPolicy.Check.NO_NEED_TO_PROMPT,
      ),
    );
  return policy;
}
