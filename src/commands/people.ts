import { UsageError, type Config } from '../config.ts';
import {
  inviteMember,
  listMembers,
  newInvitation,
  personNamed,
  removeMember,
  setRole,
  signOutEverywhere,
} from '../services/people.ts';
import type { Opened } from './book.ts';
import { accountMeant, operate, print, readRole, siteUrl, table } from './operator.ts';

const USAGE =
  'people lists them; people invite E-MAIL --name NAME --role owner|office|crew; people role E-MAIL ROLE; people remove E-MAIL; people link E-MAIL; people sign-out E-MAIL. --account says which account.';

type Doing = (config: Config, opened: Opened, email: string, rest: readonly string[]) => Promise<void>;

const DOINGS: Readonly<Record<string, Doing>> = { invite, role, remove, link, 'sign-out': signOut };

/** Who signs in, and as what. */
export async function people(config: Config): Promise<number> {
  const [what, email, ...rest] = config.operands;
  return await operate(config, async (opened) => {
    if (what === undefined) return await list(config, opened);
    const doing = Object.hasOwn(DOINGS, what) ? DOINGS[what] : undefined;
    if (doing === undefined || email === undefined || rest.length > (what === 'role' ? 1 : 0))
      throw new UsageError(USAGE);
    await doing(config, opened, email, rest);
  });
}

async function list(config: Config, { directory }: Opened): Promise<void> {
  const members = await listMembers(directory, await accountMeant(directory, config));
  const rows = members.map(({ name, email, role: as }) => [name, email, as]);
  const words =
    rows.length === 0
      ? 'Nobody yet. people invite E-MAIL asks somebody in.'
      : table([['name', 'e-mail', 'role'], ...rows]);
  print(config, { people: members }, words);
}

async function invite(config: Config, { directory }: Opened, email: string): Promise<void> {
  const { name } = config.about;
  if (name === undefined) throw new UsageError('--name says how the account calls them, like --name "Maria Lopez"');
  const accountId = await accountMeant(directory, config);
  const { member, invitation } = await inviteMember(directory, {
    ...{ accountId, email, name, role: readRole(config.about.role) },
  });
  const done = `${member.name} (${member.email}) is ${member.role} of ${member.accountName} now.`;
  if (invitation === null) return print(config, { member }, `${done} They sign in with the password that they have.`);
  const url = linkOf(config, invitation);
  print(
    config,
    { member, link: url },
    `${done} Send them this link to choose a password; it works once, for 7 days:\n${url}`,
  );
}

async function role(config: Config, { directory }: Opened, email: string, [as]: readonly string[]): Promise<void> {
  const which = await memberMeant(config, { directory }, email);
  const member = await setRole(directory, { ...which, role: readRole(as) });
  print(
    config,
    { member },
    `${member.name} is ${member.role} of ${member.accountName} now; assistants follow within a minute.`,
  );
}

async function remove(config: Config, { directory }: Opened, email: string): Promise<void> {
  const member = await removeMember(directory, await memberMeant(config, { directory }, email));
  print(
    config,
    { member },
    `${member.name} is no longer in ${member.accountName}: assistants and tokens of theirs end within a minute. What they did stays in the history.`,
  );
}

async function link(config: Config, { directory }: Opened, email: string): Promise<void> {
  const { invitation } = await newInvitation(directory, { email });
  const url = linkOf(config, invitation);
  print(config, { link: url }, `With this link ${email} chooses a new password; it works once, for 7 days:\n${url}`);
}

async function signOut(config: Config, { directory }: Opened, email: string): Promise<void> {
  const { personId, name } = await personNamed(directory, email);
  await signOutEverywhere(directory, personId);
  print(
    config,
    { signedOut: name },
    `${name} is signed out of every browser and assistant, within a minute. Tokens stay.`,
  );
}

async function memberMeant(config: Config, { directory }: Pick<Opened, 'directory'>, email: string) {
  const { personId } = await personNamed(directory, email);
  return { personId, accountId: await accountMeant(directory, config) };
}

function linkOf(config: Config, secret: string): string {
  return new URL(`/invitation/${secret}`, siteUrl(config)).href;
}
