// oidc-provider's records in our own store, so that they outlive a restart and are the same for every process. What
// somebody holds (codes, refresh tokens, cookies, a client's secret) stands there as its hash.
import { AsyncLocalStorage } from 'node:async_hooks';
import { errors, type Adapter, type AdapterPayload } from 'oidc-provider';
import {
  consumeRecord,
  findRecord,
  keepRecord,
  removeGrant,
  removeRecord,
  spendOnce,
  type Lasting,
} from '../../services/access/oauth-records.ts';
import { hashOf } from '../../services/shared/secret.ts';
import type { Directory } from '../../store/directory/directory.ts';
import type { Registrations } from './registrations.ts';
import { heldBack } from './renewals.ts';

/** A client that somebody let in. */
const CLIENT_SECONDS = 365 * 24 * 60 * 60;

/** Known by what nobody has to keep to themselves. */
const OPENLY_KNOWN = ['Client', 'Grant'];

/**
 * Around a request of somebody who is not signed in: of the sign-in that it begins nothing is kept. It begins anew once it
 * is known who asks.
 */
export const ofStranger = new AsyncLocalStorage<true>();

export function adapterOn(directory: Directory, registrations: Registrations): (model: string) => Adapter {
  return (model) => {
    const adapter = adapterFor(directory, model, OPENLY_KNOWN.includes(model) ? (id) => id : hashOf);
    if (model === 'Client')
      return {
        ...adapter,
        // Its id holds what it said.
        upsert: async () => undefined,
        find: async (id) => (await adapter.find(id)) ?? registrations.open(id),
      };
    if (model === 'RefreshToken')
      return heldBack(directory, adapter, (id, given, lasts) => recordOf(model, hashOf(id), given, lasts));
    if (model === 'ReplayDetection')
      return {
        ...adapter,
        upsert: async (id, given, lasts) => {
          // Of two that come at once one is the first.
          if (!(await spendOnce(directory, recordOf(model, hashOf(id), given, lasts))))
            throw new errors.InvalidClientAuth('client assertion tokens must only be used once');
        },
      };
    if (model !== 'Interaction') return adapter;
    return {
      ...adapter,
      upsert: async (id, payload, expiresIn) =>
        ofStranger.getStore() === true ? undefined : await adapter.upsert(id, payload, expiresIn),
    };
  };
}

/** Somebody let this client in: it stays known. */
export async function keepClient(directory: Directory, registrations: Registrations, id: string): Promise<void> {
  const known = await findRecord(directory, { model: 'Client', by: 'id', value: id });
  const introduced = registrations.open(id);
  // One that describes itself at an address is asked there each time.
  if (known === null && introduced === undefined) return;
  const payload = known?.payload ?? JSON.stringify(introduced);
  const nobody = { subject: null, grantId: null, uid: null, userCode: null };
  await keepRecord(directory, { model: 'Client', id, payload, ...nobody, lastsSeconds: CLIENT_SECONDS });
}

function adapterFor(directory: Directory, model: string, keyOf: (id: string) => string): Adapter {
  return {
    upsert: async (id, given, lasts) => await keepRecord(directory, recordOf(model, keyOf(id), given, lasts)),
    find: async (id) => {
      const payload = await found(directory, { model, by: 'id', value: keyOf(id) });
      return payload === undefined || model === 'Client' ? payload : { ...payload, jti: id };
    },
    findByUid: async (uid) => await found(directory, { model, by: 'uid', value: uid }),
    findByUserCode: async (userCode) => await found(directory, { model, by: 'user_code', value: userCode }),
    consume: async (id) => {
      // Of two that come with the same code at once, the second is as late as one that comes tomorrow.
      if (!(await consumeRecord(directory, model, keyOf(id)))) throw new errors.InvalidGrant('already used');
    },
    destroy: async (id) => await removeRecord(directory, model, keyOf(id)),
    revokeByGrantId: async (grantId) => await removeGrant(directory, grantId),
  };
}

function recordOf(model: string, id: string, given: AdapterPayload, lasts: number | undefined): Lasting {
  const { jti: _, ...payload } = given;
  const { accountId = null, grantId = null, uid = null, userCode = null } = payload;
  return {
    ...{ model, id, payload: JSON.stringify(payload), subject: accountId, grantId, uid, userCode },
    lastsSeconds: lasts === undefined || lasts <= 0 ? null : lasts,
  };
}

async function found(
  directory: Directory,
  which: { model: string; by: 'id' | 'uid' | 'user_code'; value: string },
): Promise<AdapterPayload | undefined> {
  // Nothing is kept under it, and not every database can be asked for it.
  if (which.value.includes('\0')) return undefined;
  const record = await findRecord(directory, which);
  if (record === null) return undefined;
  // It was written here, of a payload.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const payload = JSON.parse(record.payload) as AdapterPayload;
  return record.consumedAt === null
    ? payload
    : { ...payload, consumed: Math.floor(Date.parse(record.consumedAt) / 1000) };
}
