// Who may come in over HTTP, and what people see: the same for the program and for its tests.
import type { Principal } from '../domain/access.ts';
import type { ProviderOptions } from './auth/provider.ts';
import { openSignIn } from './auth/sign-in.ts';
import { authenticator } from './auth.ts';
import type { HttpOptions } from './http.ts';
import { callerOf } from './http/caller.ts';
import { pagesOf } from './http/pages.ts';
import type { HttpApp } from './http/http-app.ts';

type HttpAccess = Pick<HttpOptions, 'auth' | 'pages'>;

/** Everybody signs in. @param issuer an outside provider instead of our own */
export async function accessWithSignIn(
  httpApp: HttpApp,
  options: ProviderOptions & { readonly issuer: string | null },
): Promise<HttpAccess> {
  const { routes, authenticate } = await openSignIn(httpApp, options);
  const known = authenticator(httpApp.directory, authenticate);
  return { auth: known, pages: pagesOf(httpApp, { signIn: routes, authenticate: known }) };
}

/** Whoever is on this machine is this one. */
export function accessFor(httpApp: HttpApp, owner: Principal): HttpAccess {
  const bearer = { principal: owner, client: 'local', expiresAt: null };
  const caller = callerOf(httpApp.app, bearer, { token: '', key: 'local' });
  return { auth: caller, pages: pagesOf(httpApp, { signIn: null, localOwner: owner }) };
}
