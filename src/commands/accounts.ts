import { DEFAULTS, UsageError, type Config } from '../config.ts';
import { isPlanName, PLAN_NAMES } from '../domain/plans.ts';
import { visibleLine } from '../domain/text.ts';
import { addAccount, setPlan } from '../services/account/account.ts';
import { listAccounts } from '../store/directory/accounts.ts';
import type { Opened } from './book.ts';
import { userName } from './person.ts';
import { readNewBook, readPlan } from './choices.ts';
import { asRead, nameTyped, operate, print, table } from './operator.ts';
import { accountMeant } from './which-account.ts';

const USAGE =
  'write jobwright accounts, accounts create "Lopez Roofing" or accounts plan 2 pro. accounts --help says more.';

/** The businesses whose books this Jobwright keeps. */
export async function accounts(given: Config): Promise<number> {
  const config = asRead(given);
  const [what, ...rest] = config.operands;
  return await operate(config, async (opened) => {
    if (what === undefined) return await list(config, opened);
    if (what === 'create' && rest.length > 0) return await create(config, opened, rest);
    if (what === 'plan' && rest.length === 2) return await changePlan(config, opened, rest);
    throw new UsageError(USAGE);
  });
}

async function list(config: Config, { directory }: Opened): Promise<void> {
  const all = await directory.read(listAccounts);
  const rows = all.map((each) => [
    ...[String(each.id), each.name, each.template, each.plan],
    ...[each.currency, each.timeZone, String(each.people)],
  ]);
  print(
    config,
    { accounts: all },
    all.length === 0
      ? 'No accounts yet.'
      : table([['number', 'name', 'template', 'plan', 'currency', 'time zone', 'people'], ...rows]),
  );
}

async function create(config: Config, { directory, app }: Opened, words: readonly string[]): Promise<void> {
  const name = visibleLine(nameTyped('accounts create', words));
  if (name === '' || name.length > 200) throw new UsageError('an account needs a name of 1 to 200 characters');
  const plan = readPlan(config.plan) ?? DEFAULTS.plan;
  const terms = readNewBook(config);
  const id = await addAccount(directory, app.store, {
    ...{ ...terms, plan, name, samples: config.samples, actor: userName(config) },
  });
  const samples = config.samples ? `, with samples of the ${terms.template} trade` : '';
  print(
    config,
    { account: { id, name, plan, ...terms } },
    `Account ${id} ${name} opened on the ${plan} plan, in ${terms.currency} and ${terms.timeZone}${samples}.\n` +
      `Next: jobwright people invite E-MAIL --account ${id} --name NAME --role owner --url ${config.http.url ?? 'ADDRESS'}`,
  );
}

async function changePlan(config: Config, { directory, app }: Opened, [number, name]: readonly string[]) {
  if (!/^\d{1,9}$/.test(number ?? ''))
    throw new UsageError(`"${number}" is not the number of an account; write it like: jobwright accounts plan 2 pro`);
  const wanted = Number(number);
  const accountId = await accountMeant(directory, { ...config, about: { ...config.about, account: wanted } });
  if (name === undefined || !isPlanName(name))
    throw new UsageError(`"${name}" is no plan: a plan is one of ${PLAN_NAMES.join(', ')}`);
  await setPlan(app.store, { accountId, plan: name, actor: userName(config) });
  print(config, { account: { id: accountId, plan: name } }, `Account ${accountId} is on the ${name} plan now.`);
}
