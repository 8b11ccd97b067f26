// What a job's page shows besides its sections: who is on it, what is stored of what was computed, and what its contracts and
// its payments come to. Its priced lines and its expenses, which are most of what a profit is computed from, are not read for it.
import type { BilledContract } from '../../domain/left-to-bill.ts';
import type { Price } from '../../domain/money.ts';
import type { Database } from '../database.ts';
import { gathered } from '../engine/gathered.ts';
import { FORECAST_COLUMNS } from './forecast-rows.ts';
import { collectedBy, contractsOf, countedOn } from './job-ledger.ts';
import { among, ledgerOf, peopleOn, type Given } from './job-ledger-rows.ts';
import { SUMMARY_COLUMNS } from './rollup-rows.ts';
import type { JobRollupRow } from './rows.ts';

const pageOf = gathered((db, given: Given) => {
  const { quotes, invoices, billsElsewhere, parts, writeOffs, collected } = ledgerOf(db, given);
  return {
    ...{ quotes, invoices, billsElsewhere, parts, writeOffs, collected },
    people: peopleOn(db, given),
    figures: db
      .selectFrom('job_figures')
      .select([...SUMMARY_COLUMNS, ...FORECAST_COLUMNS, 'plan', 'is_sample'])
      .where('account_id', '=', given.account)
      .where(among(db, 'job_id', given)),
  };
});

export type JobOnPage = {
  readonly figures: Pick<JobRollupRow, (typeof SUMMARY_COLUMNS | typeof FORECAST_COLUMNS)[number] | 'plan'>;
  readonly people: readonly { readonly name: string; readonly role: string }[];
  readonly contracts: readonly BilledContract[];
  readonly collected: Price;
};

/** @throws Error where the job has no figures, or is gone */
export async function jobOnPage(db: Database, accountId: number, id: number): Promise<JobOnPage> {
  const rows = await pageOf(db, { account: accountId, from: id, to: id });
  const [figures] = rows.figures;
  if (figures === undefined) throw new Error(`job ${id} has no figures`);
  const papers = {
    quotes: countedOn(figures, rows.quotes),
    invoices: countedOn(figures, rows.invoices),
    billsElsewhere: countedOn(figures, rows.billsElsewhere),
  };
  return {
    ...{ figures, people: rows.people, contracts: contractsOf({ ...rows, ...papers }) },
    collected: collectedBy(countedOn(figures, rows.collected)),
  };
}
