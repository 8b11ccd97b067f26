// Which account and whose membership a command is about.
import { Refusal, UsageError, type Config } from '../config.ts';
import { memberNamed, membershipsByEmail, personNamed, type Member } from '../services/access/people.ts';
import { listAccounts } from '../store/directory/accounts.ts';
import type { Directory } from '../store/directory/directory.ts';

/** The account that was named, or the only one. */
export async function accountMeant(directory: Directory, { about }: Pick<Config, 'about'>): Promise<number> {
  const all = await directory.read(listAccounts);
  const [only] = all;
  if (only === undefined)
    throw new Refusal('There is no account yet. jobwright accounts create "Lopez Roofing" makes one.');
  const wanted = about.account ?? (all.length === 1 ? only.id : undefined);
  if (wanted === undefined) throw new UsageError(`say which account with --account: ${named(all)}`);
  if (!all.some(({ id }) => id === wanted))
    throw new Refusal(`There is no account ${wanted}. The accounts are: ${named(all)}.`);
  return wanted;
}

/** Somebody in the account that was named, or in the only one that they are in. */
export async function memberMeant(directory: Directory, config: Config, email: string): Promise<Member> {
  if (config.about.account !== undefined)
    return await memberNamed(directory, { email, accountId: await accountMeant(directory, config) });
  await personNamed(directory, email);
  const theirs = await membershipsByEmail(directory, email);
  const [only] = theirs;
  if (only === undefined) throw new Refusal(`${email} is in no account now. jobwright people invite asks them in.`);
  if (theirs.length === 1) return only;
  const accounts = theirs.map(({ accountId: id, accountName: name }) => ({ id, name }));
  throw new UsageError(`${email} is in several accounts; say which with --account: ${named(accounts)}`);
}

function named(all: readonly { id: number; name: string }[]): string {
  return all.map(({ id, name }) => `${id} (${name})`).join(', ');
}
