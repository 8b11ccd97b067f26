import { UsageError, type Config } from '../config.ts';
import {
  inviteMember,
  listSignIns,
  newInvitation,
  personNamed,
  removeMember,
  setRole,
  signOutEverybody,
  signOutEverywhere,
} from '../services/access/people.ts';
import type { Opened } from './book.ts';
import { usageOf } from './commands.ts';
import { asRead, operate, print, readRole, siteUrl, table } from './operator.ts';
import { accountMeant, memberMeant } from './which-account.ts';

type Doing = (config: Config, opened: Opened, email: string) => Promise<void>;

const DOINGS: Readonly<Record<string, Doing>> = { invite, role, remove, link, 'sign-out': signOut };

/** Who signs in, and as what. */
export async function people(given: Config): Promise<number> {
  const config = asRead(given);
  const [what] = config.operands;
  if (what === undefined) return await operate(config, async (opened) => await list(config, opened));
  const doing = Object.hasOwn(DOINGS, what) ? DOINGS[what] : undefined;
  if (doing === undefined)
    throw new UsageError(
      `there is no people ${what}; there is people ${Object.keys(DOINGS).join(', ')}. people --help says more.`,
    );
  if (config.about.all) return await signOutAll(config);
  const { email, ...meant } = readWords(config, what);
  return await operate(config, async (opened) => await doing({ ...config, ...meant }, opened, email));
}

/** Whom it is about; the role, too, may be said as a word. */
function readWords(
  { about, operands: [, email, ...rest] }: Config,
  what: string,
): { email: string; about: Config['about'] } {
  const wrong = `write jobwright ${usageOf('people', what)}`;
  const as = what === 'role' ? rest[0] : undefined;
  const more = what === 'role' ? rest.slice(1) : rest;
  if (email === undefined) throw new UsageError(wrong);
  if (more.length > 0) throw new UsageError(`${wrong}, without "${more.join(' ')}"${quoteHint(about.name, more)}`);
  if (what === 'role' && (as ?? about.role) === undefined) throw new UsageError(wrong);
  if (as !== undefined && about.role !== undefined && as !== about.role)
    throw new UsageError(`"${as}" and --role ${about.role} are two roles; ${wrong}`);
  return { email, about: as === undefined ? about : { ...about, role: as } };
}

/** A name whose second word stands alone was meant to be one. */
function quoteHint(name: string | undefined, words: readonly string[]): string {
  return name === undefined ? '' : `; a name of several words stands in quotes: --name "${[name, ...words].join(' ')}"`;
}

async function list(config: Config, { directory }: Opened): Promise<void> {
  const members = await listSignIns(directory, await accountMeant(directory, config));
  const rows = members.map((member) => [member.name, member.email, member.role, standingOf(member)]);
  const words =
    rows.length === 0
      ? 'Nobody yet. people invite E-MAIL asks somebody in.'
      : table([['name', 'e-mail', 'role', 'sign-in'], ...rows]);
  print(config, { people: members }, words);
}

type SignIn = Awaited<ReturnType<typeof listSignIns>>[number];

function standingOf({ hasPassword, linkEndsAt, lockedUntil }: SignIn): string {
  if (lockedUntil !== null) return `locked until ${lockedUntil.slice(0, 16).replace('T', ' ')} UTC`;
  if (hasPassword) return 'has a password';
  return linkEndsAt === null ? 'invited, link has ended' : `invited, link ends ${linkEndsAt.slice(0, 10)}`;
}

async function invite(config: Config, { directory }: Opened, email: string): Promise<void> {
  const { name } = config.about;
  if (name === undefined) throw new UsageError('--name says how the account calls them, like --name "Maria Lopez"');
  // Everything is looked at before anybody is asked in: the link is shown only once.
  const as = readRole(config.about.role);
  const site = siteUrl(config);
  const accountId = await accountMeant(directory, config);
  const { member, invitation } = await inviteMember(directory, { accountId, email, name, role: as });
  const done = `${member.name} (${member.email}) is ${member.role} of ${member.accountName} now.`;
  if (invitation === null) return print(config, { member }, `${done} They sign in with the password that they have.`);
  const url = linkOf(site, invitation);
  print(
    config,
    { member, link: url },
    `${done} Send them this link to choose a password; it works once, for 7 days:\n${url}${whereItOpens(config)}`,
  );
}

async function role(config: Config, { directory }: Opened, email: string): Promise<void> {
  const as = readRole(config.about.role);
  const member = await setRole(directory, { ...(await memberMeant(directory, config, email)), role: as });
  print(
    config,
    { member },
    `${member.name} is ${member.role} of ${member.accountName} now; assistants follow within a minute.`,
  );
}

async function remove(config: Config, { directory }: Opened, email: string): Promise<void> {
  const member = await removeMember(directory, await memberMeant(directory, config, email));
  print(
    config,
    { member },
    `${member.name} is no longer in ${member.accountName}: assistants and tokens of theirs end within a minute. What they did stays in the history.`,
  );
}

async function link(config: Config, opened: Opened, email: string): Promise<void> {
  const site = siteUrl(config);
  await personMeant(config, opened, email);
  const { invitation } = await newInvitation(opened.directory, { email });
  const url = linkOf(site, invitation);
  print(
    config,
    { link: url },
    `With this link ${email} chooses a new password; it works once, for 7 days:\n${url}${whereItOpens(config)}`,
  );
}

async function signOut(config: Config, opened: Opened, email: string): Promise<void> {
  const { personId, name } = await personMeant(config, opened, email);
  await signOutEverywhere(opened.directory, personId);
  print(
    config,
    { signedOut: name },
    `${name} is signed out of every browser and assistant, within a minute. ${whatStays(config)}`,
  );
}

async function signOutAll(config: Config): Promise<number> {
  const { about, operands } = config;
  if (operands.length > 1) throw new UsageError(`sign-out --all is everybody; leave "${operands[1]}" out`);
  if (about.account !== undefined)
    throw new UsageError('sign-out --all is everybody of every account; leave --account (JOBWRIGHT_ACCOUNT) out');
  return await operate(config, async ({ directory }) => {
    const count = await signOutEverybody(directory);
    print(
      config,
      { signedOut: count },
      `Everybody is signed out of every browser and assistant, within a minute: ${count} ${count === 1 ? 'person' : 'people'} of every account. ${whatStays(config)}`,
    );
  });
}

function whatStays({ http: { issuer } }: Config): string {
  const tokens =
    'Personal access tokens stay: jobwright tokens --account NUMBER lists them, tokens revoke NUMBER --account NUMBER ends one.';
  return issuer === undefined
    ? tokens
    : `${tokens} Sign-ins at ${issuer} (--issuer) stay too: end them there, or take people out with people remove.`;
}

/** Their sign-in is one for all accounts; an account that is named must be one of theirs. */
async function personMeant(config: Config, { directory }: Opened, email: string) {
  if (config.about.account === undefined) return await personNamed(directory, email);
  return await memberMeant(directory, config, email);
}

function linkOf(site: URL, secret: string): string {
  return new URL(`/invitation/${secret}`, site).href;
}

/** Nobody's phone opens an address of this machine. */
function whereItOpens({ http: { url } }: Config): string {
  return url === undefined
    ? '\nIt opens on this machine alone: give --url ADDRESS (or set JOBWRIGHT_URL once) for one that opens elsewhere.'
    : '';
}
