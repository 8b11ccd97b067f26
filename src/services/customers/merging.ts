// Two records of one person become one: everything that stands on the one comes to the other, and its number leads there.
import { refused } from '../../domain/errors.ts';
import { besides, type Customer, type KeptBeside } from '../../domain/customer.ts';
import { asLines, linesIn } from '../../domain/text.ts';
import { says, type Message } from '../../domain/message.ts';
import { refOf } from '../../kinds/reference.ts';
import { customerById, updateCustomer as saveCustomer } from '../../store/books/customers.ts';
import { moveClosed, moveJobs, moveOwned, type MovedRecord } from '../../store/books/owners.ts';
import type { WriteScope } from '../../store/scope.ts';
import { stillMadeOut } from './made-out.ts';
import { contactKeys, contactsAlike, emailKeyOf } from '../shared/contact.ts';
import { resolveCustomer } from '../resolve/resolve.ts';
import { reload } from '../shared/patch.ts';

export type MergeInput = { readonly keep: string; readonly duplicate: string };

export type Merged = {
  readonly customer: Customer;
  readonly from: { readonly ref: string; readonly name: string };
  readonly notes: readonly Message[];
};

export async function mergeCustomers(scope: WriteScope, { keep, duplicate }: MergeInput): Promise<Merged> {
  const kept = await resolveCustomer(scope, { ref: keep, field: 'keep', intent: 'write' });
  const other = await resolveCustomer(scope, { ref: duplicate, field: 'duplicate', intent: 'write' });
  const [ref, from] = [refOf('customer', kept.id), { ref: refOf('customer', other.id), name: other.name }];
  if (kept.id === other.id) throw refused(says('merge.one-already', { ref, name: kept.name }), 'duplicate');
  if (kept.isSample || other.isSample)
    throw refused(says('merge.sample', { ref: kept.isSample ? ref : from.ref }), kept.isSample ? 'keep' : 'duplicate');
  const jobs = await moveJobs(scope, other, kept);
  await moveClosed(scope, other.id, kept.id);
  const { moved, madeOut } = await moveOwned(scope, { from: other, to: kept, jobId: null });
  const details = joined(scope, kept, other);
  await saveCustomer(scope, kept.id, { ...details, ...contactKeys(details, scope.account) });
  await saveCustomer(scope, other.id, { mergedInto: kept.id });
  const said = says('log.merged', { from, into: { ref, name: kept.name } });
  for (const { id } of [kept, other]) scope.journal.log({ kind: 'customer', id, entry: 'details', said });
  const beside = BESIDE.flatMap((field) => {
    const before = linesIn(kept[field]);
    return linesIn(details[field]).filter((each) => !before.includes(each));
  });
  const notes = [
    says('merge.moves', { ...from, into: ref, counts: countsOf(moved, jobs) }),
    ...(beside.length === 0 ? [] : [says('merge.kept-beside', { what: beside, ref })]),
    ...(madeOut.length === 0 ? [] : [stillMadeOut(madeOut, other.name)]),
  ];
  for (const note of notes) scope.journal.asks(note);
  return { customer: await reload(customerById, scope, kept.id), from, notes };
}

const BESIDE = ['otherPhones', 'otherEmails', 'otherAddresses'] as const satisfies (keyof KeptBeside)[];

type Joined = Pick<Customer, 'phone' | 'email' | 'address' | 'notes' | 'formerNames'> & KeptBeside;

/** What the one record lacks it takes from the other; what both have otherwise is kept beside, and finds it too. */
function joined({ account }: WriteScope, kept: Customer, other: Customer): Joined {
  const { numberKey, addressKey } = contactsAlike(account);
  const [phone, email, address] = [kept.phone ?? other.phone, kept.email ?? other.email, kept.address ?? other.address];
  const phones = [...linesIn(kept.otherPhones), other.phone, ...linesIn(other.otherPhones)];
  const emails = [...linesIn(kept.otherEmails), other.email, ...linesIn(other.otherEmails)];
  const addresses = [...linesIn(kept.otherAddresses), other.address, ...linesIn(other.otherAddresses)];
  const names = [...linesIn(kept.formerNames), other.name, ...linesIn(other.formerNames)];
  const notes = [kept.notes, other.notes].filter((each) => each !== null);
  return {
    ...{ phone, email, address, notes: notes.length === 0 ? null : notes.join('\n') },
    formerNames: asLines(besides(kept.name, names, (name) => name.trim().toLowerCase())),
    otherPhones: asLines(besides(phone, phones, numberKey)),
    otherEmails: asLines(besides(email, emails, emailKeyOf)),
    otherAddresses: asLines(besides(address, addresses, addressKey)),
  };
}

function countsOf(moved: readonly MovedRecord[], jobs: number): { readonly kind: string; readonly count: number }[] {
  const kinds = Map.groupBy(moved, ({ kind }) => kind);
  return [
    ...(jobs === 0 ? [] : [{ kind: 'job', count: jobs }]),
    ...[...kinds].map(([kind, records]) => ({ kind, count: records.length })),
  ];
}
