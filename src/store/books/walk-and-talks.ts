// Walk & talks: recorded site visits with their findings and follow-ups, and the quote lines that cite them.
import type { Instant, CalendarDate } from '../../domain/dates.ts';
import { lineRef } from '../../kinds/reference.ts';
import type { Points, WalkAndTalk, WalkAndTalkSummary } from '../../domain/walk-and-talk.ts';
import { expressionBuilder, type InferResult } from 'kysely';
import type { Database, Tables } from '../database.ts';
import { matching, prepared, type Conditions } from '../engine/prepared.ts';
import type { ReadScope, WriteScope } from '../scope.ts';

/** Conditions on these tables, by the names that the queries here know them by. */
const where = expressionBuilder<{ w: Tables['walk_and_talks'] }, 'w'>();

function summaries(db: Database, account: number) {
  return db
    .selectFrom('walk_and_talks as w')
    .innerJoin('customers as c', (join) =>
      join.onRef('c.account_id', '=', 'w.account_id').onRef('c.id', '=', 'w.customer_id'),
    )
    .leftJoin('jobs as j', (join) => join.onRef('j.account_id', '=', 'w.account_id').onRef('j.id', '=', 'w.job_id'))
    .select(['w.id', 'w.is_sample', 'w.customer_id', 'c.name as customer', 'w.job_id', 'j.name as job'])
    .select(['w.title', 'w.held_at', 'w.summary'])
    .where('w.account_id', '=', account);
}
type SummaryRow = InferResult<ReturnType<typeof summaries>>[number];

type PageGiven = {
  readonly account: number;
  readonly customer: number | undefined;
  readonly job: number | undefined;
  readonly before: number | undefined;
  readonly limit: number;
};

const newest = prepared((db, { account, customer, job, before, limit }: PageGiven, besides) => {
  const conditions: Conditions = [
    ...matching({ 'w.customer_id': customer, 'w.job_id': job }),
    ...(before === undefined ? [] : [where('w.id', '<', before)]),
    ...besides,
  ];
  return summaries(db, account)
    .where((eb) => eb.and(conditions))
    .orderBy('w.id', 'desc')
    .limit(limit);
});

/** A job of null: those of no job. */
export type WalkAndTalkFilter = {
  readonly customerId?: number;
  readonly jobId?: number | null;
};

/** Newest first, from below `before`; without transcripts, which are long. */
export async function listWalkAndTalks(
  scope: ReadScope,
  { customerId, jobId }: WalkAndTalkFilter,
  { limit, before }: { limit: number; before: number | null },
): Promise<WalkAndTalkSummary[]> {
  const besides = jobId === null ? [where('w.job_id', 'is', null)] : [];
  const given = { account: scope.account.id, customer: customerId, job: jobId ?? undefined, limit };
  return (await newest(scope.db, { ...given, before: before ?? undefined }, besides)).map(summaryOf);
}

export async function countWalkAndTalks(
  { db, account }: ReadScope,
  { customerId, jobId }: WalkAndTalkFilter,
): Promise<number> {
  let rows = db
    .selectFrom('walk_and_talks as w')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('w.account_id', '=', account.id);
  if (customerId !== undefined) rows = rows.where('w.customer_id', '=', customerId);
  if (jobId !== undefined) rows = rows.where('w.job_id', jobId === null ? 'is' : '=', jobId);
  return (await rows.executeTakeFirstOrThrow()).count;
}

export async function walkAndTalkById(scope: ReadScope, id: number): Promise<WalkAndTalk | null> {
  const row = await summaries(scope.db, scope.account.id)
    .select(['w.consent', 'w.transcript'])
    .where('w.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const points = await scope.db
    .selectFrom('walk_and_talk_points')
    .select(['kind', 'text'])
    .where('account_id', '=', scope.account.id)
    .where('walk_and_talk_id', '=', id)
    .orderBy('kind')
    .orderBy('position')
    .execute();
  const of = (kind: PointKind) => points.filter((point) => point.kind === kind).map(({ text }) => text);
  return {
    ...summaryOf(row),
    consent: row.consent,
    transcript: row.transcript,
    findings: of('finding'),
    followUps: of('follow_up'),
  };
}

type PointKind = 'finding' | 'follow_up';

type Words = {
  readonly title: string;
  readonly heldAt: CalendarDate | Instant;
  readonly consent: string;
  readonly transcript: string;
  readonly summary: string | null;
};
export type NewWalkAndTalk = Words & Points & { readonly customerId: number; readonly jobId: number | null };

export async function insertWalkAndTalk(
  scope: WriteScope,
  { walkAndTalk, sample, at }: { walkAndTalk: NewWalkAndTalk; sample: boolean; at: Instant },
): Promise<number> {
  const { customerId, jobId, title, heldAt, consent, transcript, summary } = walkAndTalk;
  const id = await scope.journal.next('walk_and_talk', { sample });
  await scope.journal.insert('walk_and_talks', {
    id,
    is_sample: sample ? 1 : 0,
    customer_id: customerId,
    job_id: jobId,
    title,
    held_at: heldAt,
    consent,
    transcript,
    summary,
    created_at: at,
  });
  await setPoints(scope, id, 'finding', { before: [], after: walkAndTalk.findings });
  await setPoints(scope, id, 'follow_up', { before: [], after: walkAndTalk.followUps });
  return id;
}

export type WalkAndTalkChanges = Partial<Words & Points & { readonly jobId: number | null }>;

/** False, and nothing written, where it was so already. */
export async function updateWalkAndTalk(
  scope: WriteScope,
  id: number,
  { title, heldAt, consent, transcript, summary, jobId, findings, followUps }: WalkAndTalkChanges,
): Promise<boolean> {
  const before = await walkAndTalkById(scope, id);
  if (before === null) throw new Error(`walk & talk ${id} is gone`);
  const changed = [
    await scope.journal.update(
      'walk_and_talks',
      { id },
      {
        ...(title === undefined ? {} : { title }),
        ...(heldAt === undefined ? {} : { held_at: heldAt }),
        ...(consent === undefined ? {} : { consent }),
        ...(transcript === undefined ? {} : { transcript }),
        ...(summary === undefined ? {} : { summary }),
        ...(jobId === undefined ? {} : { job_id: jobId }),
      },
    ),
    findings !== undefined && (await setPoints(scope, id, 'finding', { before: before.findings, after: findings })),
    followUps !== undefined &&
      (await setPoints(scope, id, 'follow_up', { before: before.followUps, after: followUps })),
  ];
  return changed.includes(true);
}

async function setPoints(
  scope: WriteScope,
  id: number,
  kind: PointKind,
  { before, after }: { readonly before: readonly string[]; readonly after: readonly string[] },
): Promise<boolean> {
  if (before.length === after.length && before.every((text, index) => text === after[index])) return false;
  for (const [index] of before.entries()) {
    await scope.journal.remove('walk_and_talk_points', { walk_and_talk_id: id, kind, position: index + 1 });
  }
  await scope.journal.insertAll(
    'walk_and_talk_points',
    after.map((text, index) => ({ walk_and_talk_id: id, kind, position: index + 1, text })),
  );
  return true;
}

/** What lines of quotes cite from it. */
export async function citesFrom(
  { db, account }: ReadScope,
  id: number,
): Promise<{ readonly ref: string; readonly cites: string }[]> {
  const rows = await db
    .selectFrom('quotes as q')
    .innerJoin('quote_lines as l', (join) =>
      join.onRef('l.account_id', '=', 'q.account_id').onRef('l.quote_id', '=', 'q.id'),
    )
    .select(['l.quote_id', 'l.position', 'l.cites'])
    .where('q.account_id', '=', account.id)
    .where('q.walk_and_talk_id', '=', id)
    .orderBy('l.quote_id')
    .orderBy('l.position')
    .execute();
  return rows.flatMap(({ quote_id, position, cites }) =>
    cites === null ? [] : [{ ref: lineRef(quote_id, position), cites }],
  );
}

function summaryOf(row: SummaryRow): WalkAndTalkSummary {
  return {
    id: row.id,
    isSample: row.is_sample === 1,
    customer: { id: row.customer_id, name: row.customer },
    job: row.job_id === null ? null : { id: row.job_id, name: row.job ?? '' },
    title: row.title,
    heldAt: row.held_at,
    summary: row.summary,
  };
}
