// What the log tells of quotes that went out: when, and by which change, since what was undone did not happen.
import { sql } from 'kysely';
import type { Instant } from '../../domain/dates.ts';
import type { Said } from '../../domain/message.ts';
import { numbersIn } from '../engine/json-rows.ts';
import { prepared } from '../engine/prepared.ts';
import { BARE } from '../journal/log-rows.ts';
import { saidIn } from '../journal/said.ts';
import type { ReadScope } from '../scope.ts';

export type Sending = {
  readonly quoteId: number;
  readonly change: number;
  readonly at: Instant;
  readonly said: Said;
};

/** Every step that these quotes took, in their order. */
export async function stepsOfQuotes({ db, account }: ReadScope, ids: readonly number[]): Promise<Sending[]> {
  if (ids.length === 0) return [];
  const rows = await steps(db, { account: account.id, ids: JSON.stringify(ids) });
  return rows.map(({ record_id: quoteId, change_number: change, at, code, text }) => {
    return { quoteId, change, at, said: saidIn({ code, text: text ?? '' }) };
  });
}

const steps = prepared((db, { account, ids }: { readonly account: number; readonly ids: string }) =>
  db
    .selectFrom('record_log as r')
    .innerJoin('changes as c', (join) =>
      join.onRef('c.account_id', '=', 'r.account_id').onRef('c.change_number', '=', 'r.change_number'),
    )
    .select(['r.record_id', 'r.change_number', 'c.at', 'r.code', 'r.text'])
    .where('r.account_id', '=', account)
    .where('r.kind', '=', 'quote')
    .where(sql<boolean>`r.record_id in (${numbersIn(db, ids)})`)
    .where('r.position', '<>', BARE)
    .where('r.code', 'in', ['log.quote-written', 'log.quote-status', 'log.quote-sent-again-of'])
    .orderBy('r.change_number')
    .orderBy('r.position', 'desc'),
);
