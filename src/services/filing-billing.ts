// What filing does to billing: a deposit made from lines counts toward the oldest contract of the job it is on, so
// moving it, or a contract, can change what remains to bill.
import { refOf } from '../domain/reference.ts';
import { looseDeposits } from '../store/filing.ts';
import { contractQuotes } from '../store/quotes.ts';
import type { ReadScope } from '../store/scope.ts';
import { billedBeyond, oldestContract } from './billing.ts';

/** What a deposit counts toward: an accepted quote's number, or null for none. */
type Deposit = { readonly ref: string; readonly toward: string | null };
type Billing = {
  readonly deposits: ReadonlyMap<number, Deposit>;
  /** Warnings about contracts that are billed beyond what they come to. */
  readonly beyond: readonly string[];
};

/** How the contracts of these jobs, and these contracts, are billed now. */
export async function billingAt(
  scope: ReadScope,
  jobIds: readonly number[],
  contractIds: readonly number[],
): Promise<Billing> {
  const deposits = new Map<number, Deposit>();
  const contracts = new Set(contractIds);
  for (const jobId of jobIds) {
    const oldest = await oldestContract(scope, jobId);
    if (oldest !== null) contracts.add(oldest);
    const toward = oldest === null ? null : await acceptedRef(scope, oldest);
    for (const { id, ref } of await looseDeposits(scope, jobId)) deposits.set(id, { ref, toward });
  }
  const beyond: string[] = [];
  for (const contractId of contracts) beyond.push(...(await billedBeyond(scope, contractId)));
  return { deposits, beyond };
}

async function acceptedRef(scope: ReadScope, contractId: number): Promise<string> {
  const accepted = (await contractQuotes(scope, contractId)).find(
    ({ kind, status }) => kind === 'original' && status === 'accepted',
  );
  return refOf('quote', accepted?.id ?? contractId);
}

/** What a person should know of the change from one to the other. */
export function billingNotes(before: Billing, after: Billing): string[] {
  const notes: string[] = [];
  for (const [id, { ref, toward }] of before.deposits) {
    const now = after.deposits.get(id)?.toward ?? null;
    if (toward === null || toward === now) continue;
    notes.push(
      now === null
        ? `${ref} counted toward ${toward} and now counts toward no contract: billing the rest of ${toward} would bill it again. File the two under one job to count it.`
        : `${ref} counted toward ${toward} and now counts toward ${now}, the oldest contract of its job.`,
    );
  }
  return [...notes, ...after.beyond.filter((warning) => !before.beyond.includes(warning))];
}
