// The account itself: opening its books, showing it, changing its details, and taking the samples out.
import type { Account, ConfirmBy, VisibleAccount } from '../../domain/account.ts';
import { isTimeZone } from '../../domain/dates.ts';
import { invalid, quoted, refused } from '../../domain/errors.ts';
import { isCurrency, text } from '../../domain/money.ts';
import { isTemplateName, TEMPLATE_NAMES, TEMPLATES, type TemplateName } from '../../domain/templates.ts';
import { COUNTED_TO, countRecords, moneyHeld, type RecordCounts } from '../../store/books/counts.ts';
import { nextAccount } from '../../store/directory/accounts.ts';
import type { Directory } from '../../store/directory/directory.ts';
import { changeAccount, type ReadScope, type Store, type WriteScope } from '../../store/scope.ts';
import { closeThrough } from './closing.ts';
import { countryOf, isCountry, readPhonesAnew } from '../shared/contact.ts';
import { defined } from '../shared/patch.ts';
import { loadSamples, readySamples, removeSamples, type Kept, type ReadySamples } from './samples.ts';
import { says, type Message } from '../../domain/message.ts';

export type AccountFacts = {
  readonly account: Account;
  /** Where it is, said or guessed. */
  readonly country: string | null;
  readonly real: RecordCounts;
  readonly samples: RecordCounts;
  /** Counts stop here: so many, or more. */
  readonly countedTo: number;
};

export async function getAccount(scope: ReadScope): Promise<AccountFacts> {
  return {
    account: scope.account,
    country: countryOf(scope.account),
    real: await countRecords(scope, { samples: false }),
    samples: await countRecords(scope, { samples: true }),
    countedTo: COUNTED_TO,
  };
}

export type AccountPatch = {
  readonly name?: string | undefined;
  readonly address?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly template?: string | undefined;
  readonly currency?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly country?: string | null | undefined;
  readonly paymentTermsDays?: number | undefined;
  readonly confirmBy?: ConfirmBy | undefined;
  readonly closedThrough?: string | null | undefined;
  readonly reason?: string | undefined;
  readonly removeSamples?: boolean | undefined;
};

export type AccountUpdated = {
  readonly card: AccountFacts;
  readonly changed: readonly Message[];
  readonly kept: Kept | null;
};

type UpdateScope = WriteScope & { readonly account: Account | VisibleAccount };

/** @param book the sample book of the wanted template, loaded before the scope */
export async function updateAccount(
  scope: UpdateScope,
  input: AccountPatch,
  book: ReadySamples | null,
): Promise<AccountUpdated> {
  const { removeSamples: withoutSamples, closedThrough, reason, ...given } = input;
  if (reason !== undefined && closedThrough === undefined)
    throw invalid('reason', says('account.reason-without-opening'));
  const changed: Message[] = [];
  let kept: Kept | null = null;
  const details = checkDetails(given);
  if (details.currency !== undefined && details.currency !== scope.account.currency)
    await checkNoRealMoney(scope, details.currency);
  const after: Account = { ...scope.account, ...details };
  if (await changeAccount(scope, details)) {
    for (const name of DETAILS) {
      const [from, to] = [scope.account[name], after[name]];
      if (from !== to) changed.push(says('log.account-field', { field: name, from, to }));
    }
    if (after.country !== scope.account.country || after.timeZone !== scope.account.timeZone)
      await readPhonesAnew({ ...scope, account: after });
    if (after.confirmBy !== scope.account.confirmBy) changed.push(confirmedNow(scope, after.confirmBy));
  }
  const closing =
    closedThrough === undefined ? null : await closeThrough({ ...scope, account: after }, closedThrough, reason);
  changed.push(...(closing?.said ?? []));
  const now: UpdateScope = {
    ...scope,
    account: closing === null ? after : { ...after, closedThrough: closing.through },
  };
  if (withoutSamples === true) {
    const removal = await removeSamples(now);
    if (removal.removed > 0) changed.push(says('log.samples-removed', { count: removal.removed }));
    kept = removal.kept;
    if (kept !== null) scope.journal.asks(says('sample.kept', keptFacts(scope, kept)));
  } else if (book !== null && after.template !== scope.account.template && (await isOnlySamples(now))) {
    await removeSamples(now);
    await loadSamples(now, book);
    changed.push(says('log.samples-of-that-trade'));
  }
  const card = await getAccount(now);
  const hidden = after.template === scope.account.template ? 0 : hidesJobs(card);
  if (hidden > 0) changed.push(says('log.jobs-hidden', { count: hidden }));
  return { card, changed, kept };
}

function keptFacts({ account }: UpdateScope, { real, uncounted, figures: { billed, received, spent } }: Kept) {
  const { currency } = account;
  const shown = { billed: text(billed, currency), received: text(received, currency) };
  return { real, uncounted, ...shown, spent: spent === null ? null : text(spent, currency), currency };
}

const DETAILS = [
  'name',
  'address',
  'phone',
  'email',
  'template',
  'currency',
  'timeZone',
  'country',
  'paymentTermsDays',
] as const;

function confirmedNow({ journal }: WriteScope, by: ConfirmBy): Message {
  if (by === 'person') journal.asks(says('account.person-says-yes'));
  return says('log.confirm-by', { by });
}

function checkDetails(
  given: Omit<AccountPatch, 'removeSamples' | 'closedThrough' | 'reason'>,
): Partial<Omit<Account, 'id' | 'plan' | 'closedThrough'>> {
  const { template, currency, timeZone, country, ...rest } = given;
  return {
    ...defined(rest),
    ...(template === undefined ? {} : { template: checkTemplate(template, 'template') }),
    ...(currency === undefined ? {} : { currency: checkCurrency(currency, 'currency') }),
    ...(timeZone === undefined ? {} : { timeZone: checkTimeZone(timeZone, 'timeZone') }),
    ...(country === undefined ? {} : { country: country === null ? null : checkCountry(country, 'country') }),
  };
}

function checkTemplate(name: string, field: string): TemplateName {
  if (isTemplateName(name)) return name;
  throw invalid(field, says('account.unknown-template', { said: quoted(name), names: TEMPLATE_NAMES.join(', ') }));
}

function checkCurrency(code: string, field: string): string {
  const upper = code.trim().toUpperCase();
  if (isCurrency(upper)) return upper;
  throw invalid(field, says('account.unknown-currency', { said: quoted(code) }));
}

function checkTimeZone(zone: string, field: string): string {
  if (isTimeZone(zone)) return zone;
  throw invalid(field, says('account.unknown-zone', { said: quoted(zone) }));
}

function checkCountry(code: string, field: string): string {
  const upper = code.trim().toUpperCase();
  if (isCountry(upper)) return upper;
  throw invalid(field, says('account.unknown-country', { said: quoted(code) }));
}

/** Amounts are minor units of the currency, so changing it under real money would change what was paid. */
async function checkNoRealMoney(scope: ReadScope, wanted: string): Promise<void> {
  const held = await moneyHeld(scope);
  if (held.length === 0) return;
  throw refused(says('account.currency-fixed', { currency: scope.account.currency, held, wanted }), 'currency');
}

async function isOnlySamples(scope: ReadScope): Promise<boolean> {
  const total = (counts: RecordCounts) => Object.values(counts).reduce((left, right) => left + right, 0);
  const real = await countRecords(scope, { samples: false });
  const samples = await countRecords(scope, { samples: true });
  return total(real) === 0 && total(samples) > 0;
}

/** How many jobs the template hides; none where it has jobs. */
export function hidesJobs(card: AccountFacts): number {
  return TEMPLATES[card.account.template].jobs ? 0 : card.real.jobs;
}

/** The samples of a template, loaded before the books are opened for writing. */
export async function sampleBookOf(template: TemplateName): Promise<ReadySamples> {
  return await readySamples(template);
}

/**
 * Opens the books of a new account, with the samples of its trade beside them unless told otherwise.
 * @returns false where they are there already
 */
export async function openAccount(
  store: Store,
  {
    samples,
    actor,
    name = 'My business',
    ...terms
  }: Pick<Account, 'id' | 'template' | 'currency' | 'timeZone' | 'plan'> & {
    samples: boolean;
    actor: string;
    name?: string;
  },
): Promise<boolean> {
  const book = samples ? await readySamples(terms.template) : null;
  const opened = await store.open({
    ...terms,
    name,
    address: null,
    phone: null,
    email: null,
    paymentTermsDays: 30,
    closedThrough: null,
    confirmBy: 'assistant',
    country: null,
  });
  if (!opened || book === null) return opened;
  await store.write(
    terms.id,
    { actor, client: 'jobwright', tool: 'first start' },
    async (scope) => await loadSamples(scope, book),
    () => says('log.samples-loaded', { template: terms.template }),
  );
  return true;
}

/** Opens one more account, under the next free number. @returns its number */
export async function addAccount(
  directory: Directory,
  store: Store,
  terms: Omit<Parameters<typeof openAccount>[1], 'id'>,
): Promise<number> {
  for (;;) {
    const id = await directory.read(nextAccount);
    // Another program may have taken it meanwhile.
    if (await openAccount(store, { ...terms, id })) return id;
  }
}

/** The operator's to set, never a tool's. Waits for nobody's write where it is so already. */
export async function setPlan(
  store: Store,
  { accountId, plan, actor }: { accountId: number; plan: Account['plan']; actor: string },
): Promise<void> {
  if (await store.read(accountId, async ({ account }) => account.plan === plan)) return;
  await store.write(
    accountId,
    { actor, client: 'jobwright', tool: '--plan' },
    async (scope) => await changeAccount(scope, { plan }),
    () => says('log.plan', { plan }),
  );
}
