// A refresh token is used twice in ordinary life: an answer was lost, or two tabs, two processes or two addresses of one
// assistant ask at once. Whoever asks again within a minute is given the same tokens, as long as nobody has used the new
// ones: the same client, which shows in the same way who it is. Any later use is a thief's or of what a thief has, and
// ends the whole sign-in.
//
// The provider does every check of its own each time. What it would keep is held back until its answer is known, and
// then kept together with it, or left where somebody was first.
import { AsyncLocalStorage } from 'node:async_hooks';
import { Provider, type Adapter } from 'oidc-provider';
import { z } from 'zod';
import { answerOf, removeGrant, renewOnce, type Lasting } from '../../services/access/oauth-records.ts';
import { parseSubject } from '../../services/access/people.ts';
import { sealed, unsealed } from '../../services/shared/sealed.ts';
import { hashOf } from '../../services/shared/secret.ts';
import type { Directory } from '../../store/directory/directory.ts';
import type { HttpApp } from '../http/http-app.ts';

type UnderWay = {
  /** The refresh token that somebody came with. */
  token: string | undefined;
  /** Who they are, and in which way they showed it. */
  bound: string;
  /** What takes its place. */
  next: Lasting | null;
};

const underWay = new AsyncLocalStorage<UnderWay>();

/** The provider's adapter for refresh tokens. */
export function heldBack(
  directory: Directory,
  adapter: Adapter,
  recordOf: (...given: Parameters<Adapter['upsert']>) => Lasting,
): Adapter {
  return {
    ...adapter,
    find: async (id) => {
      const found = await adapter.find(id);
      const renewal = underWay.getStore();
      if (renewal === undefined || found?.consumed === undefined) return found;
      const isAnswered = (await answerOf(directory, hashOf(id))) !== null;
      return isAnswered ? { ...found, consumed: undefined } : found;
    },
    consume: async (id) => {
      const renewal = underWay.getStore();
      if (renewal === undefined) return await adapter.consume(id);
      renewal.token = id;
      renewal.bound = whoCame();
    },
    upsert: async (id, payload, expiresIn) => {
      const renewal = underWay.getStore();
      // The first one of a sign-in takes no other's place.
      if (renewal?.token === undefined) return await adapter.upsert(id, payload, expiresIn);
      renewal.next = recordOf(id, payload, expiresIn);
    },
  };
}

export function answerAgain(provider: Provider, { directory, app: { log } }: HttpApp): void {
  const tellEnded = (subject: string) => {
    const { accountId, personId } = parseSubject(subject) ?? {};
    const whose = accountId === undefined || personId === undefined ? {} : { account: accountId, person: personId };
    log.error('security: a refresh token was used again too late, so its sign-in was ended', whose);
  };
  provider.on('grant.revoked', ({ oidc }) => {
    // What a client revokes itself is revoked elsewhere.
    if (oidc.route === 'token' && oidc.entities.RefreshToken) tellEnded(oidc.entities.RefreshToken.accountId);
  });
  provider.use(async (ctx, next) => {
    const renewal: UnderWay = { token: undefined, bound: '', next: null };
    await underWay.run(renewal, next);
    const { token, next: successor } = renewal;
    if (ctx.status !== 200 || token === undefined || successor === null) return;
    try {
      const answer = await answerTo(directory, { ...renewal, token, next: successor }, ctx.body);
      if (answer === null) tellEnded(successor.subject ?? '');
      ctx.body = answer ?? { error: 'invalid_grant', error_description: 'grant request is invalid' };
      if (answer === null) ctx.status = 400;
    } catch (error) {
      provider.emit('server_error', ctx, error);
      ctx.body = { error: 'server_error' };
      ctx.status = 500;
    }
  });
}

type Found = UnderWay & { readonly token: string; readonly next: Lasting };

/** @returns null where it is too late, or somebody else: whatever was given out in the sign-in has ended then */
async function answerTo(directory: Directory, { token, bound, next }: Found, body: unknown): Promise<unknown> {
  const answer = sealed(JSON.stringify({ at: Date.now(), body }), { secret: token, bound });
  // Also where it was answered before: meanwhile somebody may have used the new tokens.
  const first = await renewOnce(directory, { spent: hashOf(token), next, answer });
  if (first === answer) return body;
  const again = first === null ? null : unsealed(first, { secret: token, bound });
  if (again !== null) return asOfNow(again);
  await removeGrant(directory, next.grantId ?? '');
  return null;
}

const Answer = z.object({ at: z.number(), body: z.looseObject({ expires_in: z.number() }) });

/** The same tokens end when they were to end. */
function asOfNow(answer: string): object {
  const { at, body } = Answer.parse(JSON.parse(answer));
  const passed = Math.max(0, Math.floor((Date.now() - at) / 1000));
  return { ...body, expires_in: Math.max(0, body.expires_in - passed) };
}

/** One who cannot show as much as whoever was answered first is given nothing. */
function whoCame(): string {
  const { clientId, clientAuthMethod } = Provider.ctx?.oidc.client ?? {};
  return JSON.stringify([clientId, clientAuthMethod]);
}
