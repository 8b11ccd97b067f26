// Two records of one person become one: everything that stands on the one comes to the other, and its number leads there.
import { refused } from '../../domain/errors.ts';
import type { Customer } from '../../domain/customer.ts';
import { says, type Message } from '../../domain/message.ts';
import { refOf } from '../../kinds/reference.ts';
import { customerById, updateCustomer as saveCustomer } from '../../store/books/customers.ts';
import { jobsOf, moveClosed, moveJobs, moveOwned, type MovedRecord } from '../../store/books/owners.ts';
import type { WriteScope } from '../../store/scope.ts';
import { stillMadeOut } from './made-out.ts';
import { contactKeys } from '../shared/contact.ts';
import { resolveCustomer } from '../resolve/resolve.ts';
import { reload } from '../shared/patch.ts';

export type MergeInput = { readonly keep: string; readonly duplicate: string };

export type Merged = {
  readonly customer: Customer;
  readonly from: { readonly ref: string; readonly name: string };
  readonly moved: readonly Pick<MovedRecord, 'kind'>[];
  readonly notes: readonly Message[];
};

export async function mergeCustomers(scope: WriteScope, { keep, duplicate }: MergeInput): Promise<Merged> {
  const kept = await resolveCustomer(scope, { ref: keep, field: 'keep', intent: 'write' });
  const other = await resolveCustomer(scope, { ref: duplicate, field: 'duplicate', intent: 'write' });
  const [ref, from] = [refOf('customer', kept.id), { ref: refOf('customer', other.id), name: other.name }];
  if (kept.id === other.id) throw refused(says('merge.one-already', { ref, name: kept.name }), 'duplicate');
  if (kept.isSample || other.isSample)
    throw refused(says('merge.sample', { ref: kept.isSample ? ref : from.ref }), kept.isSample ? 'keep' : 'duplicate');
  const jobs = await jobsOf(scope, other.id);
  await moveJobs(scope, jobs, kept.id);
  await moveClosed(scope, other.id, kept.id);
  const { moved, madeOut } = await moveOwned(scope, { from: other, to: kept, jobId: null });
  const details = joined(scope, kept, other);
  await saveCustomer(scope, kept.id, { ...details, ...keysOf(scope, details) });
  await saveCustomer(scope, other.id, { mergedInto: kept.id });
  const said = says('log.merged', { from, into: { ref, name: kept.name } });
  for (const { id } of [kept, other]) scope.journal.log({ kind: 'customer', id, entry: 'details', said });
  const moves = says('merge.moves', { ...from, into: ref, counts: countsOf(moved, jobs.length) });
  const notes = [moves, ...(madeOut.length === 0 ? [] : [stillMadeOut(madeOut, other.name)])];
  for (const note of notes) scope.journal.asks(note);
  const all = [...jobs.map(() => ({ kind: 'job' as const })), ...moved];
  return { customer: await reload(customerById, scope, kept.id), from, moved: all, notes };
}

/** What the one record lacks it takes from the other; what both have otherwise is kept among the notes. */
function joined(
  scope: WriteScope,
  kept: Customer,
  other: Customer,
): Pick<Customer, 'phone' | 'email' | 'address' | 'notes' | 'formerNames'> {
  const isSame = (one: string, another: string, field: string) =>
    same(one, another) || (field === 'phone' && phoneKeyOf(scope, one) === phoneKeyOf(scope, another));
  const differing = (['phone', 'email', 'address'] as const).flatMap((field) =>
    kept[field] === null || other[field] === null || isSame(kept[field], other[field], field) ? [] : [other[field]],
  );
  const notes = [kept.notes, other.notes, differing.length === 0 ? null : differing.join(', ')];
  return {
    phone: kept.phone ?? other.phone,
    email: kept.email ?? other.email,
    address: kept.address ?? other.address,
    formerNames: namesOf(kept, other),
    notes: notes.some((each) => each !== null) ? notes.filter((each) => each !== null).join('\n') : null,
  };
}

/** It is found by what either of them was called. */
function namesOf(kept: Customer, other: Customer): string | null {
  const earlier = [kept.formerNames, other.name, other.formerNames].flatMap((each) => each?.split('\n') ?? []);
  const names = [...new Set(earlier)].filter((name) => !same(name, kept.name));
  return names.length === 0 ? null : names.join('\n');
}

function same(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function phoneKeyOf(scope: WriteScope, phone: string): string | null {
  return keysOf(scope, { phone, email: null }).phoneKey;
}

function keysOf({ account }: WriteScope, { phone, email }: Pick<Customer, 'phone' | 'email'>) {
  return contactKeys({ phone, email }, account);
}

function countsOf(moved: readonly MovedRecord[], jobs: number): { readonly kind: string; readonly count: number }[] {
  const kinds = Map.groupBy(moved, ({ kind }) => kind);
  return [
    ...(jobs === 0 ? [] : [{ kind: 'job', count: jobs }]),
    ...[...kinds].map(([kind, records]) => ({ kind, count: records.length })),
  ];
}
