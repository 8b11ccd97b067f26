// oidc-provider's records in our own store, so that they outlive a restart and are the same for every process. What
// somebody holds (codes, refresh tokens, cookies, a client's secret) stands there as its hash.
import { setTimeout as pause } from 'node:timers/promises';
import { errors, type Adapter, type AdapterPayload } from 'oidc-provider';
import { Problem } from '../../domain/errors.ts';
import {
  consumeRecord,
  findRecord,
  keepRecord,
  prolongRecord,
  removeGrant,
  removeRecord,
} from '../../services/oauth-records.ts';
import { hashOf } from '../../services/secret.ts';
import type { Directory } from '../../store/directory.ts';

/** A client that introduced itself is forgotten after a day, unless somebody let it in. */
const NEW_CLIENT_SECONDS = 24 * 60 * 60;
const CLIENT_SECONDS = 365 * NEW_CLIENT_SECONDS;

/** An assistant that introduces itself waits so long for whoever writes to the book, then is known by this process alone. */
const REGISTRATION_WAIT_MS = 300;
/** And until then it is tried to keep it in the book. */
const REGISTRATION_TRIES_MS = 60_000;

/** Known by what nobody has to keep to themselves. */
const OPENLY_KNOWN = ['Client', 'Grant'];

export function adapterOn(directory: Directory): (model: string) => Adapter {
  return (model) => {
    const adapter = adapterFor(directory, model, OPENLY_KNOWN.includes(model) ? (id) => id : hashOf);
    return model === 'Client' ? knownAtOnce(adapter, introduced(directory)) : adapter;
  };
}

type Introduced = { readonly payload: AdapterPayload; readonly kept: Promise<void> };

/** Of each directory, the clients that wait for the book. */
const waiting = new WeakMap<Directory, Map<string, Introduced>>();

function introduced(directory: Directory): Map<string, Introduced> {
  const known = waiting.get(directory) ?? new Map<string, Introduced>();
  waiting.set(directory, known);
  return known;
}

/** Introducing itself does not wait for another program that writes to the book. */
function knownAtOnce(adapter: Adapter, clients: Map<string, Introduced>): Adapter {
  return {
    ...adapter,
    upsert: async (id, payload, expiresIn) => {
      const kept = whenFree(async () => await adapter.upsert(id, payload, expiresIn)).finally(() => {
        if (clients.get(id) === client) clients.delete(id);
      });
      const client: Introduced = { payload: asKept(payload), kept };
      clients.set(id, client);
      // Nobody awaits it where it takes longer than this call; what it could not keep must be introduced again.
      kept.catch(() => undefined);
      await Promise.race([kept, pause(REGISTRATION_WAIT_MS, undefined, { ref: false })]);
    },
    find: async (id) => clients.get(id)?.payload ?? (await adapter.find(id)),
    destroy: async (id) => {
      await clients.get(id)?.kept.catch(() => undefined);
      await adapter.destroy(id);
    },
  };
}

async function whenFree(keep: () => Promise<unknown>): Promise<void> {
  const until = performance.now() + REGISTRATION_TRIES_MS;
  for (;;) {
    try {
      await keep();
      return;
    } catch (error) {
      if (!(error instanceof Problem && error.code === 'busy') || performance.now() > until) throw error;
      await pause(REGISTRATION_WAIT_MS, undefined, { ref: false });
    }
  }
}

/** Somebody let this client in: it stays known. */
export async function keepClient(directory: Directory, clientId: string): Promise<void> {
  await introduced(directory).get(clientId)?.kept;
  await prolongRecord(directory, { model: 'Client', id: clientId, lastsSeconds: CLIENT_SECONDS });
}

function adapterFor(directory: Directory, model: string, keyOf: (id: string) => string): Adapter {
  return {
    upsert: async (id, given, expiresIn) => {
      const payload = asKept(given);
      const { accountId = null, grantId = null, uid = null, userCode = null } = payload;
      await keepRecord(directory, {
        ...{ model, id: keyOf(id), payload: JSON.stringify(payload) },
        ...{ subject: accountId, grantId, uid, userCode },
        lastsSeconds:
          expiresIn === undefined || expiresIn <= 0 ? (model === 'Client' ? NEW_CLIENT_SECONDS : null) : expiresIn,
      });
    },
    find: async (id) => {
      const payload = await found(directory, { model, by: 'id', value: keyOf(id) });
      return payload === undefined || model === 'Client' ? payload : { ...payload, jti: id };
    },
    findByUid: async (uid) => await found(directory, { model, by: 'uid', value: uid }),
    findByUserCode: async (userCode) => await found(directory, { model, by: 'user_code', value: userCode }),
    consume: async (id) => {
      // Of two that come with the same code or refresh token at once, the second is as late as one that comes tomorrow.
      if (!(await consumeRecord(directory, model, keyOf(id)))) throw new errors.InvalidGrant('already used');
    },
    destroy: async (id) => await removeRecord(directory, model, keyOf(id)),
    revokeByGrantId: async (grantId) => await removeGrant(directory, grantId),
  };
}

function asKept(given: AdapterPayload): AdapterPayload {
  const { jti: _, ...payload } = given;
  return typeof payload.client_secret === 'string'
    ? { ...payload, client_secret: hashOf(payload.client_secret) }
    : payload;
}

async function found(
  directory: Directory,
  which: { model: string; by: 'id' | 'uid' | 'user_code'; value: string },
): Promise<AdapterPayload | undefined> {
  const record = await findRecord(directory, which);
  if (record === null) return undefined;
  // It was written here, of a payload.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const payload = JSON.parse(record.payload) as AdapterPayload;
  return record.consumedAt === null
    ? payload
    : { ...payload, consumed: Math.floor(Date.parse(record.consumedAt) / 1000) };
}
