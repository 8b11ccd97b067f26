// The log of a job and its notes: what happened, newest first.
import type { Instant } from '../../domain/dates.ts';
import { sql, type RawBuilder } from 'kysely';
import type { Activity } from '../../domain/job.ts';
import { tellsNoCost } from './costs-told.ts';
import type { Database } from '../database.ts';
import { beginningNumber, wordsIn } from '../engine/dialect.ts';
import { gathered } from '../engine/gathered.ts';
import { numbersIn } from '../engine/json-rows.ts';
import { prepared } from '../engine/prepared.ts';
import type { ReadScope, WriteScope } from '../scope.ts';
import type { Log, LogEntry } from '../journal/write.ts';
import { says } from '../../domain/message.ts';
import { BARE } from '../journal/log-rows.ts';
import { saidIn, type StoredSaid } from '../journal/said.ts';

/** Keeps a note. @returns its line for the job's log, which names the note so that its words stay in one place */
export async function insertNote(
  scope: WriteScope,
  { jobId, text, sample, at }: { jobId: number; text: string; sample: boolean; at: Instant },
): Promise<Log> {
  const id = await scope.journal.next('note', { sample });
  await scope.journal.insert('job_notes', {
    id,
    is_sample: sample ? 1 : 0,
    job_id: jobId,
    text,
    change_number: scope.changeNumber,
  });
  return { kind: 'job', id: jobId, entry: 'note', said: says('log.note', { note: id }), at };
}

type LogGiven = {
  readonly account: number;
  readonly job: number;
  readonly changeNumber: number | undefined;
  readonly position: number | undefined;
  readonly entries: readonly LogEntry[] | undefined;
  readonly limit: number;
};

/** With the newest of the job's notes, which are those of its newest lines. */
const logOfJob = gathered((db, given: LogGiven) => {
  const { account, job, changeNumber, limit } = given;
  const notes = db
    .selectFrom('job_notes')
    .select(['id', 'text'])
    .where('account_id', '=', account)
    .where('job_id', '=', job);
  const until = changeNumber === undefined ? notes : notes.where('change_number', '<=', changeNumber);
  return { lines: linesOf(db, given), notes: until.orderBy('id', 'desc').limit(limit) };
});

function linesOf(db: Database, { account, job, changeNumber, position, entries, limit }: LogGiven) {
  const log = linesOn(db, account, job)
    .innerJoin('changes as c', (join) =>
      join.onRef('c.account_id', '=', 'r.account_id').onRef('c.change_number', '=', 'r.change_number'),
    )
    .select(['r.entry', CODE.as('code'), TEXT.as('text'), 'r.change_number', 'r.position', 'c.actor', 'c.client'])
    .select((eb) => eb.fn.coalesce('r.at', 'c.at').as('at'))
    .$narrowType<{ entry: string; text: string }>();
  const rest =
    changeNumber === undefined
      ? log
      : log.where((eb) => eb(eb.refTuple('r.change_number', 'r.position'), '<', eb.tuple(changeNumber, position ?? 0)));
  return (entries === undefined ? rest : rest.where('r.entry', 'in', entries).where(namesNoCost(db, account)))
    .orderBy('r.change_number', 'desc')
    .orderBy('r.position', 'desc')
    .limit(limit);
}

/** The lines `r` of a job's log; what one says is said by itself or, in the same words, by the first line `s` of another record. */
function linesOn(db: Database, account: number, job: number) {
  return db
    .selectFrom('record_log as r')
    .leftJoin('record_log as s', (join) =>
      join
        .onRef('s.account_id', '=', 'r.account_id')
        .onRef('s.change_number', '=', 'r.change_number')
        .onRef('s.kind', '=', 'r.as_kind')
        .onRef('s.record_id', '=', 'r.as_id')
        .on('s.position', '<', BARE),
    )
    .where('r.account_id', '=', account)
    .where('r.kind', '=', 'job')
    .where('r.record_id', '=', job)
    .where('r.position', '<>', BARE);
}
const CODE = sql<string | null>`case when r.as_kind is null then r.code else s.code end`;
const TEXT = sql<string | null>`case when r.as_kind is null then r.text else s.text end`;

/**
 * Of lines of a log that name files, those of which none tells of a cost: by the numbers among their facts; in the
 * sentences of earlier versions the number is the first word.
 */
function namesNoCost(db: Database, account: number): RawBuilder<boolean> {
  const from = (place: number) => beginningNumber(db, sql`substr(t.word, ${sql.lit(place)})`);
  const number = sql`case substr(t.word, 3, 1) when 'S' then -${from(4)} else ${from(3)} end`;
  const words = wordsIn(db, {
    code: CODE,
    facts: TEXT,
    at: 'file',
    under: ['refs', 'photos'],
  });
  return sql<boolean>`(r.entry <> 'site' or not exists (select 1 from ${words} as t
    where t.word like 'F-%' and not ${tellsNoCost(account, 'file', number)}))`;
}

const notesById = prepared((db, { account, ids }: { account: number; ids: string }) =>
  db
    .selectFrom('job_notes')
    .select(['id', 'text'])
    .where('account_id', '=', account)
    .where(sql<boolean>`id in (${numbersIn(db, ids)})`),
);

/** The job's log, newest first, from behind `after`; of these kinds of entries and without costs, where some are named. */
export async function activityOf(
  { db, account }: ReadScope,
  jobId: number,
  {
    limit,
    after = null,
    entries = null,
  }: {
    readonly limit: number;
    readonly after?: Pick<Activity, 'changeNumber' | 'position'> | null;
    readonly entries?: readonly LogEntry[] | null;
  },
): Promise<Activity[]> {
  const { lines: rows, notes } = await logOfJob(db, {
    ...{ account: account.id, job: jobId, limit, entries: entries ?? undefined },
    ...{ changeNumber: after?.changeNumber, position: after?.position },
  });
  const words = new Map(notes.map((note) => [note.id, note.text]));
  // A note that came to the job later, or to a sample, is not among its newest.
  const others = rows.flatMap(noteIn).filter((id) => !words.has(id));
  const found = others.length === 0 ? [] : await notesById(db, { account: account.id, ids: JSON.stringify(others) });
  for (const { id, text } of found) words.set(id, text);
  return rows.map((row) => ({
    at: row.at,
    entry: row.entry,
    text: noteIn(row).map((id) => words.get(id) ?? says('log.note', { note: id }))[0] ?? saidIn(row),
    by: row.actor,
    through: row.client,
    changeNumber: row.change_number,
    position: row.position,
  }));
}

/** The number of the note that a line stands for, whose words stand with it. Earlier versions kept that alone. */
function noteIn({ entry, code, text }: { entry: string } & StoredSaid): number[] {
  if (entry !== 'note') return [];
  const said = saidIn({ code, text });
  if (typeof said === 'string') return [Number(said)];
  return said.code === 'log.note' && 'note' in said.facts ? [Number(said.facts.note)] : [];
}

export async function countActivity(
  { db, account }: ReadScope,
  jobId: number,
  entries: readonly LogEntry[] | null = null,
): Promise<number> {
  const { count } = await linesOn(db, account.id, jobId)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .$if(entries !== null, (rows) => rows.where('r.entry', 'in', entries ?? []).where(namesNoCost(db, account.id)))
    .executeTakeFirstOrThrow();
  return count;
}
