// A COMMIT that is known to be kept or not. Its answer may be lost with the line, or with the server; or it comes with the
// warning that no other server has it yet. Then the server that takes writes is asked for the number that the write left
// there, and where it is not there it is put there, so that a COMMIT that is still on its way is refused.
import { setTimeout as pause } from 'node:timers/promises';
import type { Pipeline } from './postgres-pipeline.ts';
import { CommitInDoubt, isAnswer, RolledBack, unknownOutcome } from './postgres-errors.ts';

/** How long the answer to a COMMIT is waited for, which other servers may have to write down first. */
const COMMIT_MS = 10_000;
/** How long is asked what became of it. */
const ASKING_MS = 15_000;
const BETWEEN_MS = 100;

/** Made with the tables of the books, and no part of them. */
export const WRITE_IDS = `create table if not exists write_ids (
  id uuid primary key, at timestamptz not null default now(), kept boolean not null);
  create index if not exists write_ids_by_at on write_ids (at)`;

/** A write in so many takes out what was left there for those who asked long ago. */
const SWEEPS = 500;
const SWEEP = `delete from write_ids where id in (
  select id from write_ids where at < now() - interval '1 hour' order by at limit 2000 for update skip locked)`;

/** Now and then, beside the writes: none of them waits for it, or fails with it. */
export function sweepWriteIds(elsewhere: Elsewhere): void {
  if (Math.random() * SWEEPS >= 1) return;
  const until = performance.now() + ASKING_MS;
  void elsewhere(until, async (line) => await line.ask({ text: SWEEP, withinMs: ASKING_MS })).catch(() => undefined);
}

/** A COMMIT that still waits holds its number. */
const ASKING = 'begin; set local lock_timeout = 2000; set local statement_timeout = 5000';
/** However often it is asked, since the answer to this one may be lost as well. */
const ASK = `insert into write_ids (id, kept) values ($1, false)
  on conflict (id) do update set kept = write_ids.kept returning kept`;

/** Over another connection to the server that takes writes. */
export type Elsewhere = <T>(until: number, work: (line: Pipeline) => Promise<T>) => Promise<T>;

/**
 * Ends a transaction.
 * @param id by which it can be asked for
 * @throws CommitInDoubt where it may be kept or not; RolledBack where it is not
 */
export async function commit(line: Pipeline, id: string): Promise<void> {
  try {
    if (await isCertain(line, `insert into write_ids (id, kept) values ('${id}', true); ${COMMIT}`)) return;
  } catch (error) {
    if (error instanceof RolledBack || (isAnswer(error) && (await goesOn(line)))) throw error;
  }
  throw new CommitInDoubt('a COMMIT had no answer');
}

/** A server that says why it ends, in the midst of a COMMIT, may have kept it. */
async function goesOn(line: Pipeline): Promise<boolean> {
  return await line.ask({ text: 'rollback' }).then(
    () => true,
    () => false,
  );
}

/** Nobody but us ends a COMMIT that waits for other servers: the server would keep the write, and say so as if it were safe. */
const COMMIT = 'set local statement_timeout = 0; commit';

/** @returns whether nothing was said against it */
async function isCertain(line: Pipeline, text: string): Promise<boolean> {
  const heard: (string | undefined)[] = [];
  const hear = ({ code }: { readonly code: string | undefined }) => heard.push(code);
  line.client.on('notice', hear);
  try {
    const results = await line.ask({ text, withinMs: COMMIT_MS });
    if (results.at(-1)?.command !== 'COMMIT') throw new RolledBack('the transaction had failed before its COMMIT');
    return !heard.includes('01000');
  } finally {
    line.client.off('notice', hear);
  }
}

/**
 * Asks what became of a COMMIT in doubt, until this program ends. That it is kept is known once a write of ours after it is.
 * @throws RolledBack where nothing of it is kept, nor will be; Problem where that could not be found out
 */
export async function settleCommit(id: string, elsewhere: Elsewhere, isClosing: () => boolean): Promise<void> {
  const until = performance.now() + ASKING_MS;
  for (;;) {
    // Whatever keeps it from being asked says nothing of the write.
    const kept = await elsewhere(until, async (line) => {
      await line.ask({ text: ASKING });
      const [answer] = await line.ask<{ kept: number }>({ text: ASK, values: [id] });
      return (await isCertain(line, COMMIT)) ? answer?.rows[0]?.kept : undefined;
    }).catch(() => undefined);
    if (kept === 0) throw new RolledBack('the answer to a COMMIT was lost, and so was the write');
    if (kept === 1) return;
    if (performance.now() > until || isClosing()) throw unknownOutcome();
    await pause(BETWEEN_MS);
  }
}
