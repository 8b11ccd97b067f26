// oidc-provider's records in our own store, so that they outlive a restart and are the same for every process.
import { errors, type Adapter, type AdapterPayload } from 'oidc-provider';
import { consumeRecord, findRecord, keepRecord, removeGrant, removeRecord } from '../../services/oauth-records.ts';
import type { Directory } from '../../store/directory.ts';

/** A client that introduced itself is forgotten so long after that; every sign-in through it would need it anew. */
const CLIENT_SECONDS = 365 * 24 * 60 * 60;

export function adapterOn(directory: Directory): (model: string) => Adapter {
  return (model) => ({
    upsert: async (id, payload, expiresIn) => {
      const { accountId = null, grantId = null, uid = null, userCode = null } = payload;
      await keepRecord(directory, {
        ...{ model, id, payload: JSON.stringify(payload) },
        ...{ subject: accountId, grantId, uid, userCode },
        lastsSeconds:
          expiresIn === undefined || expiresIn <= 0 ? (model === 'Client' ? CLIENT_SECONDS : null) : expiresIn,
      });
    },
    find: async (id) => await found(directory, { model, by: 'id', value: id }),
    findByUid: async (uid) => await found(directory, { model, by: 'uid', value: uid }),
    findByUserCode: async (userCode) => await found(directory, { model, by: 'user_code', value: userCode }),
    consume: async (id) => {
      // Of two that come with the same code or refresh token at once, the second is as late as one that comes tomorrow.
      if (!(await consumeRecord(directory, model, id))) throw new errors.InvalidGrant('already used');
    },
    destroy: async (id) => await removeRecord(directory, model, id),
    revokeByGrantId: async (grantId) => await removeGrant(directory, grantId),
  });
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
