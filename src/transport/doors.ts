// Who may come in over HTTP, and what people see: the same for the program and for its tests.
import type { Principal } from '../domain/access.ts';
import type { ProviderOptions } from './auth/provider.ts';
import { openSignIn } from './auth/sign-in.ts';
import { authenticator } from './auth.ts';
import type { HttpOptions } from './http.ts';
import { callerOf } from './http/caller.ts';
import { pagesOf } from './http/pages.ts';
import type { Site } from './http/site.ts';

type Doors = Pick<HttpOptions, 'auth' | 'pages'>;

/** Everybody signs in. @param issuer an outside provider instead of our own */
export async function doorsWithSignIn(
  site: Site,
  options: ProviderOptions & { readonly issuer: string | null },
): Promise<Doors> {
  const { routes, authenticate } = await openSignIn(site, options);
  const known = authenticator(site.directory, authenticate);
  return { auth: known, pages: pagesOf(site, { signIn: routes, authenticate: known }) };
}

/** Whoever is on this machine is this one. */
export function doorsFor(site: Site, owner: Principal): Doors {
  const bearer = { principal: owner, client: 'local', expiresAt: null };
  const caller = callerOf(site.house, bearer, { token: '', key: 'local' });
  return { auth: caller, pages: pagesOf(site, { signIn: null, localOwner: owner }) };
}
