// Clients that sign for themselves (private_key_jwt): oidc-provider holds what they sign against their published keys,
// and what it leaves open is decided here. https://www.rfc-editor.org/rfc/rfc7523#section-3
import { errors, Provider, type Configuration } from 'oidc-provider';

/** One that could be used for long would have to be remembered for as long. */
const LONGEST_SECONDS = 5 * 60;
/** Clocks of two machines differ by this much, as oidc-provider has it. */
const CLOCKS_APART_SECONDS = 15;

export const checkAssertion: NonNullable<Configuration['assertJwtClientAuthClaimsAndHeader']> = (_, { exp, iat }) => {
  const now = Date.now() / 1000;
  const begins = typeof iat === 'number' ? Math.min(iat, now) : now;
  if (typeof exp !== 'number' || exp > begins + LONGEST_SECONDS + CLOCKS_APART_SECONDS)
    throw new errors.InvalidClientAuth('the client_assertion must end within 5 minutes');
};

/**
 * ChatGPT's document says that it signs, and lists that it need not: it is held to what it does. An assertion that came
 * has to hold, so that nobody gets around one by sending it broken.
 */
export function readMethodOfRequest({ Client }: Provider): void {
  Object.defineProperty(Client.prototype, 'clientAuthMethod', {
    get(this: { tokenEndpointAuthMethod?: string; token_endpoint_auth_methods_supported?: unknown }) {
      const { tokenEndpointAuthMethod: usual, token_endpoint_auth_methods_supported: listed } = this;
      const method = cameWithAssertion() ? 'private_key_jwt' : 'none';
      return Array.isArray(listed) && listed.includes(method) ? method : usual;
    },
  });
}

/** Whatever is in it: an empty one too. */
function cameWithAssertion(): boolean {
  const body = Provider.ctx?.oidc.body ?? {};
  return 'client_assertion' in body || 'client_assertion_type' in body;
}
