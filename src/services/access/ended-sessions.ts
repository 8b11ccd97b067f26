// Sessions that their client has closed, for every process that could go on with them.
import type { Directory } from '../../store/directory/directory.ts';
import { hashOf } from '../shared/secret.ts';
import { findRecord, keepRecord } from './oauth-records.ts';

const MODEL = 'EndedSession';

/** @param lastsSeconds until its id opens nothing any more by itself */
export async function endSession(directory: Directory, id: string, lastsSeconds: number): Promise<void> {
  const nobody = { subject: null, grantId: null, uid: null, userCode: null };
  await keepRecord(directory, { ...{ model: MODEL, id: hashOf(id), payload: '', lastsSeconds }, ...nobody });
}

export async function hasEnded(directory: Directory, id: string): Promise<boolean> {
  return (await findRecord(directory, { model: MODEL, by: 'id', value: hashOf(id) })) !== null;
}
