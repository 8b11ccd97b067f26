// Customers: making, changing, finding; and the whole history of one.
import { besides, formerNames, type Customer, type CustomerSaid, type KeptBeside } from '../../domain/customer.ts';
import { invalid, quoted, refused } from '../../domain/errors.ts';
import type { Total } from '../../domain/money.ts';
import { formerly } from '../../kinds/customer.ts';
import { refOf } from '../../kinds/reference.ts';
import type { CustomerSection } from '../../domain/sections.ts';
import { TEMPLATES } from '../../domain/templates.ts';
import { asLines, inLine, linesIn } from '../../domain/text.ts';
import { isCloseSpelling, namingTerms, saidWords } from '../../domain/terms.ts';
import {
  countCustomers,
  customerById,
  insertCustomer,
  listCustomers as loadCustomers,
  sameContact,
  updateCustomer as saveCustomer,
  type CustomerDetails,
  type CustomerFilter,
} from '../../store/books/customers.ts';
import type { New, Patch } from '../../store/books/fields.ts';
import { keepMadeOut } from '../../store/books/owners.ts';
import { totalInvoices } from '../../store/books/invoices.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { findByTerms } from '../../store/search/find.ts';
import { contactKeys, contactsAlike, emailKeyOf, phoneKeysOf } from '../shared/contact.ts';
import { stillMadeOut } from './made-out.ts';
import { defined, reload } from '../shared/patch.ts';
import { newestFirst, type PageAsked } from '../shared/paging.ts';
import { resolveCustomer } from '../resolve/resolve.ts';
import type { VisibleBooks } from '../shared/visibility.ts';
import { countJobs, customerSection, customerSections, type CustomerSections } from '../pages/sections.ts';
import { says, type Message } from '../../domain/message.ts';

export type NewCustomerInput = New<Omit<CustomerSaid, 'stage'>> & {
  readonly stage?: string | undefined;
  readonly evenIfSimilar?: boolean | undefined;
};

export async function createCustomer(scope: WriteScope, input: NewCustomerInput, field = ''): Promise<Customer> {
  const details = detailsOf(scope, {
    ...input,
    stage: checkStage(scope, input.stage ?? TEMPLATES[scope.account.template].stages[0], `${field}stage`),
  });
  const alike = await alikeTo(scope, details);
  const [first] = alike;
  if (first !== undefined) {
    if (input.evenIfSimilar !== true)
      throw refused(
        says('customer.looks-like', { customers: alike.map(({ words }) => words), first: first.ref }),
        `${field}name`,
      );
    scope.journal.asks(says('customer.likely-duplicate', { customers: alike.map(({ words }) => words) }));
  }
  const id = await insertCustomer(scope, { details, sample: false, at: scope.now });
  scope.journal.log({
    kind: 'customer',
    id,
    entry: 'created',
    said: says('log.customer-created', { name: details.name }),
  });
  return await reload(customerById, scope, id);
}

export type CustomerPatch = Patch<CustomerSaid & { readonly [Field in keyof KeptBeside]: readonly string[] }> & {
  readonly customer: string;
};

const CHANGEABLE = [
  ...(['name', 'phone', 'email', 'address', 'notes', 'stage'] as const),
  ...(['otherPhones', 'otherEmails', 'otherAddresses'] as const),
] as const satisfies (keyof Customer)[];

export async function updateCustomer(
  scope: WriteScope,
  input: CustomerPatch,
): Promise<{ customer: Customer; changed: readonly Message[]; notes: readonly Message[] }> {
  const before = await resolveCustomer(scope, { ref: input.customer, field: 'customer', intent: 'write' });
  const after = changedBy(scope, before, input);
  const changed = CHANGEABLE.filter((field) => after[field] !== before[field]);
  if (input.stage !== undefined) checkStage(scope, input.stage, 'stage');
  const kept = changed.includes('name') || changed.includes('address') ? await keepMadeOut(scope, before) : [];
  if (changed.length > 0) {
    await saveCustomer(scope, before.id, { ...detailsOf(scope, after), formerNames: formerNames(before, after.name) });
    const said = says('log.customer-details', { fields: changed });
    scope.journal.log({ kind: 'customer', id: before.id, entry: 'details', said });
  }
  // What notes say is long, and a stage says enough by itself.
  const told = changed.map((field) =>
    field === 'notes' || field === 'stage'
      ? says('log.part', { part: field })
      : says('log.customer-field', { field, from: inOne(before[field]), to: inOne(after[field]) }),
  );
  const notes = kept.length === 0 ? [] : [stillMadeOut(kept, before.name)];
  return { customer: await reload(customerById, scope, before.id), changed: told, notes };
}

function inOne(kept: string | null): string | null {
  return kept?.replaceAll('\n', ', ') ?? null;
}

/** A customer as they were told to become. What was beside and is the main one now changes places with that. */
function changedBy({ account }: WriteScope, before: Customer, input: CustomerPatch): Customer {
  const { customer: _, otherPhones, otherEmails, otherAddresses, ...given } = input;
  const after = { ...before, ...defined(given) };
  const { numberKey, addressKey } = contactsAlike(account);
  const beside = (
    [main, others]: ['phone', 'otherPhones'] | ['email', 'otherEmails'] | ['address', 'otherAddresses'],
    said: readonly string[] | undefined,
    keyOf: (said: string) => string,
  ) => {
    const [was, now] = [before[main], after[main]];
    const isNow = (each: string) => was !== now && now !== null && keyOf(each) === keyOf(now);
    const listed = said ?? linesIn(before[others]).map((each) => (isNow(each) ? was : each));
    return asLines(besides(now, listed, keyOf));
  };
  return {
    ...after,
    otherPhones: beside(['phone', 'otherPhones'], otherPhones, numberKey),
    otherEmails: beside(['email', 'otherEmails'], otherEmails, emailKeyOf),
    otherAddresses: beside(['address', 'otherAddresses'], otherAddresses, addressKey),
  };
}

export type CustomerFacts = {
  readonly customer: Customer;
  readonly sections: CustomerSections;
  /** What is still to be paid on all invoices, without those of samples where the customer is none; null where one section was asked for. */
  readonly openBalance: Total<'price'> | null;
  /** Null on a template without jobs. */
  readonly jobCount: number | null;
  readonly section: CustomerSection | null;
  readonly nextCursor: string | null;
};

export type CustomerAsked = {
  readonly customer: string;
  readonly section?: CustomerSection | undefined;
  readonly cursor?: string | undefined;
};

export async function getCustomer(
  scope: VisibleBooks,
  { customer: ref, section, cursor }: CustomerAsked,
): Promise<CustomerFacts> {
  const customer = await resolveCustomer(scope, { ref, field: 'customer', intent: 'read' });
  const withJobs = TEMPLATES[scope.account.template].jobs;
  if (section !== undefined) {
    if (section === 'jobs' && !withJobs) throw invalid('section', says('record.no-jobs-here'));
    const alone = await customerSection(scope, customer.id, { section, cursor });
    const jobCount = withJobs ? await countJobs(scope, customer.id) : null;
    return { customer, ...alone, openBalance: null, jobCount, section };
  }
  if (cursor !== undefined) throw invalid('cursor', says('page.cursor-without-section'));
  const sections = await customerSections(scope, customer.id, { withJobs });
  return {
    customer,
    sections,
    jobCount: sections.jobs?.count ?? null,
    openBalance: (await totalInvoices(scope, { customerId: customer.id }, customer.isSample)).open,
    section: null,
    nextCursor: null,
  };
}

export async function listCustomers(scope: ReadScope, input: CustomerFilter & PageAsked) {
  if (input.stage !== undefined) checkStage(scope, input.stage, 'stage');
  const page = await newestFirst('customers', input, async (asked) => await loadCustomers(scope, input, asked));
  return { ...page, count: await countCustomers(scope, input) };
}

function detailsOf(scope: ReadScope, said: New<CustomerSaid & KeptBeside>) {
  const { phone = null, email = null, otherPhones, otherEmails } = said;
  return { ...said, phone, ...contactKeys({ phone, email, otherPhones, otherEmails }, scope.account) };
}

function checkStage({ account }: ReadScope, stage: string, field: string): string {
  const { stages, title } = TEMPLATES[account.template];
  if (stages.includes(stage)) return stage;
  throw invalid(
    field,
    says('customer.unknown-stage', { said: quoted(stage), pipeline: title, stages: stages.join(', ') }),
  );
}

/** Likely the same as the new one: by phone, e-mail or a very close name. At most five, each as a person knows it. */
async function alikeTo(
  scope: ReadScope,
  details: Pick<CustomerDetails, 'name' | 'phone' | 'emailKey'>,
): Promise<{ ref: string; words: string }[]> {
  const reached = { phoneKeys: phoneKeysOf(details.phone, scope.account), emailKey: details.emailKey };
  const alike = new Map((await sameContact(scope, reached)).map((customer) => [customer.id, customer]));
  const { close } = await findByTerms(
    scope.db,
    { accountId: scope.account.id, withoutCosts: false, crew: null },
    { kind: 'customer', query: details.name },
  );
  for (const id of close) {
    const customer = await customerById(scope, id);
    if (customer === null || customer.isSample) continue;
    const names = [customer.name, ...linesIn(customer.formerNames)];
    if (names.some((name) => areCloseNames(details.name, name))) alike.set(id, customer);
  }
  return [...alike.values()].slice(0, 5).map((customer) => {
    const { phone, email, address, otherPhones, otherEmails } = customer;
    const contact = [phone, email, address, ...linesIn(otherPhones), ...linesIn(otherEmails)]
      .filter((part) => part !== null)
      .join(', ');
    const ref = refOf('customer', customer.id);
    const called = `${ref} ${customer.name}${formerly(customer.formerNames)}`;
    return { ref, words: inLine(`${called}${contact === '' ? '' : ` (${contact})`}`) };
  });
}

function areCloseNames(left: string, right: string): boolean {
  const [ours, theirs] = [saidWords(left), namingTerms(right)];
  return (
    ours.length === theirs.length &&
    ours.every(({ word, alike }) =>
      theirs.some((other) => other === word || alike.includes(other) || isCloseSpelling(word, other)),
    )
  );
}
