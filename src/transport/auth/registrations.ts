// Assistants that introduce themselves. Nothing is kept of one until somebody lets it in: its client id is what it said of
// itself, sealed with a key of this server. So introductions take no room, however many come from wherever, push nobody
// out, and end by themselves.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { errors, type AdapterPayload } from 'oidc-provider';
import { z } from 'zod';
import { hostSecret } from '../../services/access/host-secrets.ts';
import { hashOf } from '../../services/shared/secret.ts';
import type { Directory } from '../../store/directory/directory.ts';

const PREFIX = 'client_';
const MARK_LENGTH = 22;
/** Assistants send their id with every sign-in, most of them in an address. */
const LONGEST = 2000;
/** Whoever is let in by then stays known. */
const LASTS_SECONDS = 24 * 60 * 60;

/** How clients may show who they are when they trade a code. */
export const AUTH_METHODS = ['none', 'client_secret_basic', 'client_secret_post'] as const;

/** What of an introduction matters here; the standard has much more. */
const Said = z.object({
  redirect_uris: z.array(z.string()).optional(),
  client_name: z.string().optional(),
  token_endpoint_auth_method: z.enum(AUTH_METHODS).optional(),
  grant_types: z.array(z.string()).optional(),
});
const Sealed = Said.extend({ at: z.number(), salt: z.string() });

/** What most introductions have in common, so that an id is short. */
const COMMON = Buffer.from(
  '"token_endpoint_auth_method":"client_secret_basic""client_secret_post","grant_types":["authorization_code","refresh_token"],"at":1,"salt":"{"redirect_uris":["http://127.0.0.1:http://localhost:/oauth/callback/auth_callback"],"client_name":"https://"],"client_name":"","token_endpoint_auth_method":"none"',
);

export type Registrations = {
  /** @throws where it says too much */
  seal(said: object): string;
  secretOf(clientId: string): string;
  /** Undefined for an id that was not sealed here, or has ended. */
  open(clientId: string): AdapterPayload | undefined;
};

export async function openRegistrations(directory: Directory, now: () => number = Date.now): Promise<Registrations> {
  const key = await hostSecret(directory, 'registration-key', async () => randomBytes(32).toString('base64url'));
  const mark = (what: string, of: string) => createHmac('sha256', key).update(`${what} ${of}`).digest('base64url');
  const markOf = (body: string) => mark('client', body).slice(0, MARK_LENGTH);
  const secretOf = (clientId: string) => mark('secret', clientId);
  return {
    secretOf,
    seal(said) {
      const { data } = Said.safeParse(said);
      if (data === undefined) throw new errors.InvalidClientMetadata('this is no introduction of a client');
      if (hasNul(data)) throw new errors.InvalidClientMetadata('a NUL character cannot be kept');
      const words = { ...data, at: Math.floor(now() / 1000), salt: randomBytes(6).toString('base64url') };
      const body = deflateRawSync(JSON.stringify(words), { dictionary: COMMON }).toString('base64url');
      const clientId = `${PREFIX}${body}${markOf(body)}`;
      if (clientId.length > LONGEST) throw new errors.InvalidClientMetadata('redirect_uris or client_name is too long');
      return clientId;
    },
    open(clientId) {
      if (!clientId.startsWith(PREFIX) || clientId.length > LONGEST) return undefined;
      const body = clientId.slice(PREFIX.length, -MARK_LENGTH);
      const [given, wanted] = [Buffer.from(clientId.slice(-MARK_LENGTH)), Buffer.from(markOf(body))];
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
      const json = inflateRawSync(Buffer.from(body, 'base64url'), { dictionary: COMMON }).toString();
      const { at, salt: _, ...said } = Sealed.parse(JSON.parse(json));
      if (now() / 1000 > at + LASTS_SECONDS) return undefined;
      const isPublic = said.token_endpoint_auth_method === 'none';
      return {
        ...said,
        ...{ client_id: clientId, client_id_issued_at: at },
        ...(isPublic ? {} : { client_secret: hashOf(secretOf(clientId)), client_secret_expires_at: 0 }),
      };
    },
  };
}

function hasNul({
  redirect_uris: uris = [],
  client_name: name = '',
  grant_types: grants = [],
}: z.infer<typeof Said>): boolean {
  return [...uris, name, ...grants].some((each) => each.includes('\0'));
}
