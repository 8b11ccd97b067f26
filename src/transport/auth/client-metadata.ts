// What clients say of themselves, in a document at their own address or as they register. What matters here is held to
// its rules; the rest is left out, and nobody is refused for it. https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1
import { errors, type ClientMetadata, type Configuration } from 'oidc-provider';

const GRANT_TYPES = ['authorization_code', 'refresh_token'];

const KNOWN = new Set([
  ...['client_id', 'client_name', 'client_secret', 'client_secret_expires_at', 'client_id_issued_at', 'redirect_uris'],
  ...['grant_types', 'response_types', 'token_endpoint_auth_method', 'sector_identifier_uri'],
]);
/** Of one that is known by its document, besides: it may sign for itself. */
const OF_SIGNING = ['jwks', 'jwks_uri', 'token_endpoint_auth_signing_alg', 'token_endpoint_auth_methods_supported'];

/** As oidc-provider asks of every client, whenever it reads one: in a document, a registration or the store. */
export const CLIENT_RULES: NonNullable<Configuration['extraClientMetadata']> = {
  properties: ['client_name', 'token_endpoint_auth_methods_supported'],
  validator: (_, _key, _value, metadata) => {
    const { client_name: name } = metadata;
    if (typeof name === 'string' && name.length > 200)
      throw new errors.InvalidClientMetadata('client_name is too long');
    // A registered scope would freeze what a client can ask for: step-up could never ask for more.
    for (const each of Object.keys(metadata)) if (!isKnown(each, metadata)) metadata[each] = undefined;
    const { grant_types: grants, token_endpoint_auth_method: method } = metadata;
    // Where none of them is known it is refused for that.
    if (Array.isArray(grants) && grants.some(isGrantType)) metadata.grant_types = grants.filter(isGrantType);
    // The rest of them sign nothing, and some say all the same how they would.
    if (method !== 'private_key_jwt') metadata.token_endpoint_auth_signing_alg = undefined;
    checkKeys(metadata);
    // Programs on a person's own machine listen on any port that is free, and say nothing of what they are.
    metadata.application_type = areOnTheWeb(metadata.redirect_uris) ? 'web' : 'native';
  },
};

function isKnown(property: string, metadata: ClientMetadata): boolean {
  return KNOWN.has(property) || (isDocument(metadata) && OF_SIGNING.includes(property));
}

/** Of clients, only those that are known by a document have an address for an id. */
function isDocument({ client_id: id }: ClientMetadata): boolean {
  return URL.canParse(id);
}

const isGrantType = (given: unknown) => typeof given === 'string' && GRANT_TYPES.includes(given);

/** Whoever publishes the document publishes the keys: with somebody else's, that one could speak for it. */
function checkKeys({ client_id: id, jwks_uri: keys }: ClientMetadata): void {
  if (keys !== undefined && URL.parse(keys)?.origin !== URL.parse(id)?.origin)
    throw new errors.InvalidClientMetadata("jwks_uri must be on the client_id's own host");
}

/** Openers of links inside editors and desktop programs. */
const EDITORS = ['cursor:', 'vscode:', 'vscode-insiders:', 'windsurf:', 'zed:', 'com.raycast:', 'claude:'];

/**
 * https, this machine's own loopback, or a program that opens such links; nothing that a browser runs.
 * @returns whether all of them are of the first kind
 */
function areOnTheWeb(uris: readonly string[] = []): boolean {
  if (uris.length > 10) throw new errors.InvalidClientMetadata('at most 10 redirect_uris');
  for (const uri of uris) {
    const url = uri.length <= 1000 ? URL.parse(uri) : null;
    const isLocal = url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
    // The host stands in the policy of the page that asks the person.
    if (url === null || !/^[\w.:[\]-]*$/.test(url.host)) throw new errors.InvalidRedirectUri();
    if (!(url.protocol === 'https:' || isLocal || EDITORS.includes(url.protocol)))
      throw new errors.InvalidRedirectUri();
  }
  return uris.every((uri) => uri.startsWith('https:'));
}
