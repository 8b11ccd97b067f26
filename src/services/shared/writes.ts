// What every write is held to, whatever it writes: a request id answers once, a repeat is noticed, and what could hurt
// waits for a yes. Everything here happens in the write's own scope, so that it is true when the write is kept.
import { createHash, createHmac, hash } from 'node:crypto';
import { Problem, quoted, refused } from '../../domain/errors.ts';
import { hasFact, says } from '../../domain/message.ts';
import { listChanges, undoneBy } from '../../store/journal/history.ts';
import {
  additionsBy,
  confirmationSecret,
  forgetAdditions,
  forgetRequests,
  noteAdditions,
  rememberRequest,
  requestById,
  type Addition,
} from '../../store/journal/requests.ts';
import { billsTheSame, countsOtherwise, earlierAlike, refAdded, stillStands } from '../../store/journal/added.ts';
import { addedRecords } from '../../store/journal/alike.ts';
import type { WriteScope } from '../../store/scope.ts';

const MINUTE_MS = 60_000;
/** A request id answers for this long, and longer where few came after it. */
const REMEMBERED_MS = 30 * 24 * 60 * MINUTE_MS;
/** The same addition within this time is most likely a retry. */
const REPEAT_MS = 10 * MINUTE_MS;
/** Additions that are forgotten need not go at once. */
const TIDIED_EVERY = 100;

/** One call that wants to write. */
export type Ask = {
  readonly actor: string;
  /** Names no record of its own: what the same call means depends on what was written last. */
  readonly meansNewest: boolean;
  /** Of the tool and its own arguments: the same call has the same. */
  readonly fingerprint: string;
  /** The same, however its words and numbers are written. */
  readonly meaning: string;
  readonly requestId: string | undefined;
  /** What the caller was given to say yes with, where the call waits for one. */
  readonly confirm: string | undefined;
  readonly adds: boolean;
  readonly allowDuplicate: boolean;
  /** Keeps nothing, so that it repeats nothing. */
  readonly isPreview: boolean;
};

/**
 * @param how the tool, and what its answer depends on besides the books
 * @param args as the tool's schema read them, so that the order in which they were written does not matter
 */
export function fingerprintOf(how: readonly unknown[], args: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([...how, args], inShort))
    .digest('base64url');
}

/** The same, whether an amount is written 500 or "500.00", and in whichever capitals words are. */
export function meaningOf(how: readonly unknown[], args: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([...how, args], folded))
    .digest('base64url');
}

function folded(key: string, value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  const short = inShort(key, value);
  if (typeof short !== 'string') return short;
  return /^\s*\d+(?:\.\d+)?\s*$/.test(short) ? String(Number(short)) : short.replace(/\s+/g, ' ').trim().toLowerCase();
}

/** A file of 10 MB is named by what its base64 comes to: writing it out once more would keep everybody waiting. */
function inShort(_: string, value: unknown): unknown {
  return typeof value === 'string' && value.length > LONG ? hash('sha256', value) : value;
}

/** Longer than any text that is no file. */
const LONG = 200_000;

/**
 * The answer that this call was given before, under its request id or with the very yes that it was done with: the yes
 * is spent, so whoever sends it again lost the answer. Null where the call is new.
 * @throws Problem where the request id asked for something else
 */
export async function earlierAnswer(scope: WriteScope, ask: Ask): Promise<unknown> {
  const { requestId, confirm, actor, fingerprint } = ask;
  if (requestId !== undefined) {
    const earlier = await requestById(scope, { actor, requestId });
    if (earlier?.fingerprint === fingerprint) return JSON.parse(earlier.answer);
    if (earlier !== null) throw refused(says('request.used-for-another', { said: quoted(requestId) }), 'requestId');
  }
  if (confirm === undefined) return null;
  const done = await requestById(scope, { actor, requestId: idOfYes(confirm) });
  return done?.fingerprint === fingerprint ? JSON.parse(done.answer) : null;
}

/** Should a caller give such a request id of their own, its answer is one to the same call of theirs, or none. */
function idOfYes(confirm: string): string {
  return `confirm ${confirm}`;
}

/**
 * Does the work of a call, unless this person added the same moments ago and that still stands. It is the same where the
 * record that it would make is like one of theirs, however the call says it, or where the call is: what can be done only
 * once fails the second time, and whoever asks again is told of the first.
 * @throws Problem that names the earlier record
 */
export async function unlessRepeated<T>(scope: WriteScope, ask: Ask, work: () => Promise<T>): Promise<T> {
  if (!ask.adds || ask.allowDuplicate || ask.isPreview) return await work();
  // Afterwards what an undo took back may be what it is asked about.
  const known = ask.meansNewest ? await earlierAdditions(scope, ask, []) : null;
  let answer: T;
  try {
    answer = await work();
  } catch (error) {
    const [earlier] = error instanceof Problem ? (known ?? (await earlierAdditions(scope, ask, []))) : [];
    throw earlier === undefined ? error : await repeated(scope, earlier);
  }
  const earlier = known ?? (await earlierAdditions(scope, ask, fingerprintsOf(scope, ask)));
  for (const each of earlier) {
    // What remains to bill is not the same after a change order or a correction.
    if (each.fingerprint !== ask.meaning || (await billsTheSame(scope, each.changeNumber)))
      throw await repeated(scope, each);
  }
  return answer;
}

/** By what the records are known that this write made. An undo brings back those that there were. */
function fingerprintsOf({ journal, today, now }: WriteScope, { meansNewest }: Ask): readonly string[] {
  return meansNewest ? [] : addedRecords({ changes: journal.changes, today, now }).map((each) => each.fingerprint);
}

/** What this person added moments ago by the same call, or like one of these records, and that still stands. */
async function earlierAdditions(
  scope: WriteScope,
  { meansNewest, actor, meaning }: Ask,
  records: readonly string[],
): Promise<readonly Addition[]> {
  const since = scope.ago(REPEAT_MS);
  const standing: Addition[] = [];
  const gone: Addition[] = [];
  for (const each of await additionsBy(scope, { actor, fingerprints: [meaning, ...records], since }))
    ((await standsAsAdded(scope, each)) ? standing : gone).push(each);
  const [newestGone] = gone;
  const fingerprints = gone.map(({ fingerprint }) => fingerprint).filter((each) => records.includes(each));
  if (newestGone !== undefined && fingerprints.length > 0)
    standing.push(...(await earlierAlike(scope, { actor, fingerprints, below: newestGone.changeNumber, since })));
  if (!meansNewest || standing.length === 0) return standing;
  // "Undo that" means another change once this person has made one.
  const [newest] = await listChanges(scope, { actors: [actor] }, { limit: 1, after: null });
  return standing.filter(({ changeNumber }) => changeNumber === newest?.number);
}

/** What has no number of its own, as a line that was added to a quote, is gone once its change was undone. */
async function standsAsAdded(scope: WriteScope, added: Addition): Promise<boolean> {
  return (await stillStands(scope, added)) && (await undoneBy(scope, added.changeNumber)) === null;
}

async function repeated(scope: WriteScope, earlier: Addition): Promise<Problem> {
  const { changeNumber: change, summary } = earlier;
  const ref = await refAdded(scope, earlier);
  const record = ref === null || hasFact(summary, ref) ? null : ref;
  const otherwise = await countsOtherwise(scope, change);
  return refused(says('request.repeated', { ...whenDone(scope, earlier), change, summary, record, otherwise }));
}

/** How long ago; null where the clock was set since. */
function whenDone({ now }: WriteScope, { at, by }: Addition): { readonly minutesAgo: number | null } {
  const latest = Math.min(Date.parse(by), Date.parse(now));
  const minutes = Math.round((Date.parse(now) - latest) / MINUTE_MS);
  const wasSet = Date.parse(at) - latest > MINUTE_MS || minutes * MINUTE_MS > REPEAT_MS;
  return { minutesAgo: wasSet ? null : minutes };
}

/** Keeps what a retry of this very call has to know. */
export async function remember(scope: WriteScope, ask: Ask, answer: unknown): Promise<void> {
  const { actor, fingerprint, meaning, requestId, confirm } = ask;
  const ids = [requestId, confirm === undefined ? undefined : idOfYes(confirm)].filter((id) => id !== undefined);
  for (const id of ids)
    await rememberRequest(scope, { actor, requestId: id, fingerprint, answer: JSON.stringify(answer) });
  if (ids.length > 0) await forgetRequests(scope, REMEMBERED_MS);
  if (scope.journal.isEmpty) return;
  if (ask.adds) await noteAdditions(scope, { actor, fingerprints: [meaning, ...fingerprintsOf(scope, ask)] });
  if (scope.changeNumber % TIDIED_EVERY === 0) await forgetAdditions(scope, REPEAT_MS);
}

/**
 * What a yes to this call is said with: signed over who asks for what, and the books as they stand. Any write makes
 * it worthless, the confirmed one too, so it is spent once; sent again, it is answered as it was (`earlierAnswer`).
 */
export async function confirmationOf(scope: WriteScope, { actor, fingerprint }: Ask): Promise<string> {
  return createHmac('sha256', await confirmationSecret(scope))
    .update(JSON.stringify([scope.account.id, actor, fingerprint, scope.changeNumber]))
    .digest('base64url')
    .slice(0, 24);
}

/** @throws Problem where the yes was said to something else, or to books that have changed since */
export async function checkConfirmed(scope: WriteScope, ask: Ask): Promise<void> {
  if (ask.confirm === (await confirmationOf(scope, ask))) return;
  throw refused(says('confirm.for-another-call'), 'confirm');
}
