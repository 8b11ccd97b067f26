// What a person answered to a question, where the answer came to another process than the one that waits for it.
import type { Directory } from '../../store/directory/directory.ts';
import { hashOf } from '../shared/secret.ts';
import { consumeRecord, findRecord, keepRecord } from './oauth-records.ts';

const MODEL = 'QuestionAnswer';
/** Whoever waits looks for it all the time. */
const LASTS_SECONDS = 60;

type Question = { readonly session: string; readonly id: string };

/** Nobody else knows either, and the record keeps no more than their hash. */
const keyOf = ({ session, id }: Question) => hashOf(`${session} ${id}`);

export async function leaveAnswer(directory: Directory, question: Question, answer: string): Promise<void> {
  const nobody = { subject: null, grantId: null, uid: null, userCode: null };
  await keepRecord(directory, {
    ...{ model: MODEL, id: keyOf(question), payload: answer, lastsSeconds: LASTS_SECONDS },
    ...nobody,
  });
}

/** Once; null while there is none. */
export async function takeAnswer(directory: Directory, question: Question): Promise<string | null> {
  const found = await findRecord(directory, { model: MODEL, by: 'id', value: keyOf(question) });
  if (found === null || !(await consumeRecord(directory, MODEL, keyOf(question)))) return null;
  return found.payload;
}
