// Who a bearer token speaks for, whichever kind it is: a personal access token of ours, or an access token of the
// authorization server.
import { principalOf } from '../services/access/people.ts';
import { accessTokenOf, TOKEN_PREFIX } from '../services/access/tokens.ts';
import type { Directory } from '../store/directory/directory.ts';
import type { Authenticate, Bearer } from './http/http-app.ts';

/** @param signedIn looks up what is no personal access token */
export function authenticator(directory: Directory, signedIn: Authenticate): Authenticate {
  return async (token) => (token.startsWith(TOKEN_PREFIX) ? await personal(directory, token) : await signedIn(token));
}

async function personal(directory: Directory, token: string): Promise<Bearer | null> {
  const known = await accessTokenOf(directory, token);
  if (known === null) return null;
  const { member, scopes, name, expiresAt } = known;
  return {
    principal: principalOf(member, scopes),
    client: name,
    expiresAt: expiresAt === null ? null : Date.parse(expiresAt),
  };
}
