// Copies of what known vendors say of their assistants at their own addresses, which are refused to some data centres.
// One serves only while its original cannot be had. None has keys: what an assistant signs needs those of today.
import type { Logger } from '../../logger.ts';
import type { fetchOutside } from './client-documents.ts';

type Copy = {
  /** Of the original, as far as is known. */
  readonly date: string;
  readonly document: { readonly client_id: string; readonly redirect_uris: readonly string[] } & Record<
    string,
    unknown
  >;
};

/** None of the originals says when it was written. */
const SEEN = 'date unknown, seen in November 2026';

const COPIES: readonly Copy[] = [
  {
    date: SEEN,
    document: {
      client_id: 'https://chatgpt.com/oauth/client.json',
      client_name: 'ChatGPT',
      client_uri: 'https://chatgpt.com/',
      redirect_uris: ['https://chatgpt.com/connector_platform_oauth_redirect'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'],
      token_endpoint_auth_signing_alg: 'RS256',
      jwks_uri: 'https://chatgpt.com/oauth/jwks.json',
    },
  },
  {
    date: SEEN,
    document: {
      client_id: 'https://claude.ai/oauth/mcp-oauth-client-metadata',
      client_name: 'Claude',
      client_uri: 'https://claude.ai',
      redirect_uris: ['https://claude.ai/api/mcp/auth_callback'],
      grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:jwt-bearer'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
  },
  {
    date: SEEN,
    document: {
      client_id: 'https://claude.ai/oauth/claude-code-client-metadata',
      client_name: 'Claude Code',
      client_uri: 'https://claude.ai',
      redirect_uris: ['http://localhost/callback', 'http://127.0.0.1/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
  },
  {
    date: SEEN,
    document: {
      client_id: 'https://vscode.dev/oauth/client-metadata.json',
      client_name: 'Visual Studio Code',
      client_uri: 'https://code.visualstudio.com',
      application_type: 'native',
      redirect_uris: ['http://127.0.0.1:33418/', 'https://vscode.dev/redirect'],
      grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
  },
];

/** The original is asked for again after this. */
const KEPT_SECONDS = 60;
/** Its vendor took it away. */
const GONE = [404, 410];

/** @param fetch how originals are asked for */
export function orCopy(fetch: typeof fetchOutside, log: Pick<Logger, 'info'>): typeof fetchOutside {
  return async (given, options) => {
    const { href } = new URL(given instanceof Request ? given.url : given);
    const copy = COPIES.find(({ document }) => document.client_id === href);
    if (copy === undefined) return await fetch(given, options);
    const original = await fetch(given, options).catch(() => null);
    if (original !== null && (isDocument(original) || GONE.includes(original.status))) return original;
    log.info(`sign-in: ${href} cannot be had; a copy serves (${copy.date})`);
    return Response.json(copy.document, { headers: { 'cache-control': `max-age=${KEPT_SECONDS}` } });
  };
}

/** Whoever keeps machines out answers with a page for people. */
function isDocument({ status, headers }: Response): boolean {
  return status === 200 && !/\bhtml\b/.test(headers.get('content-type') ?? '');
}
