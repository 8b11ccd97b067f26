// Every option once: its name, what it takes, what it means and where it stands in the help. Which command takes which
// of them is declared in commands.ts; what is read and what is printed are both made of these.
import { delimiter } from 'node:path';
import { DEFAULTS, type Switch, type ValueOption } from '../config.ts';
import { ROLES } from '../domain/access.ts';
import { PLAN_NAMES } from '../domain/plans.ts';
import { TEMPLATE_NAMES } from '../domain/templates.ts';
import { TOOLSETS } from '../domain/toolsets.ts';

type Shown = {
  readonly says: string;
  /** Where it stands in the help of the whole program. */
  readonly group: Group;
  /** Said of one call, and so never taken from the environment. */
  readonly isOnce?: true;
  /** The variable that others use for it too; what is said there to others is not heard. */
  readonly shared?: { readonly variable: string; readonly heard: RegExp };
};
export type ValueDeclaration = Shown & {
  /** What stands behind it, in capitals or as it is written. */
  readonly form: string;
  /** A good value, for errors; the form where that is one already. */
  readonly like?: string;
  /** As the help says it. */
  readonly default?: string | number;
  /** It may be given several times; what parts the values of its variable. */
  readonly many?: { readonly apart: string };
};
export type Declaration = ValueDeclaration | Shown;

type Group =
  | 'Options:'
  | 'For http:'
  | 'For people and tokens:'
  | 'For backup, stdio and http:'
  | 'For restore and verify:'
  | 'For a new book (update-account changes them later):';

const GENERAL = { group: 'Options:' } as const;
const HTTP = { group: 'For http:' } as const;
const PEOPLE = { group: 'For people and tokens:' } as const;
const BACKUP = { group: 'For backup, stdio and http:' } as const;
const ARCHIVE = { group: 'For restore and verify:' } as const;
const NEW_BOOK = { group: 'For a new book (update-account changes them later):' } as const;

/** Those that take a value, in the order of the help. */
export const VALUES = {
  data: { ...GENERAL, form: 'DIR', says: 'where the book is kept', default: "this user's data folder" },
  database: {
    ...GENERAL,
    form: 'URL',
    like: 'postgres://jobwright@db.example.com/books',
    says: 'a PostgreSQL database that holds the books, like postgres://jobwright@db.example.com/books',
    shared: { variable: 'DATABASE_URL', heard: /^postgres(?:ql)?:/ },
  },
  'migrate-url': {
    ...GENERAL,
    form: 'URL',
    like: 'postgres://owner@db.example.com/books',
    says: 'the same database as the owner of its tables, who brings them up to date and lets --database serve',
  },
  'files-store': {
    ...GENERAL,
    form: 'PLACE',
    like: 's3://bucket/prefix?endpoint=https://s3.example.com',
    says: 'with --database, where the bytes of files are: database, folder (in --data) or a bucket, like s3://bucket/prefix?endpoint=https://s3.example.com',
    default: 'database',
  },
  account: {
    ...GENERAL,
    form: 'N',
    like: '2',
    says: 'which account, where there are several; stdio, http --no-auth and call take account 1 unless it is said',
  },
  me: {
    ...GENERAL,
    form: 'NAME',
    like: '"Dana Becker"',
    says: 'who you are in the history of the books, on your own machine',
    default: 'your full name there',
  },
  plan: {
    ...GENERAL,
    form: 'NAME',
    like: 'business',
    says: `what the account is on from now on: ${PLAN_NAMES.join(', ')}`,
    default: `what it is on; a new one: ${DEFAULTS.plan}`,
  },
  files: {
    ...GENERAL,
    form: 'DIR',
    says: 'a folder that attach-file may take files from by path',
    many: { apart: delimiter },
  },
  'file-hosts': {
    ...GENERAL,
    form: 'A,B',
    like: 'files.oaiusercontent.com',
    says: "hosts attach-file may fetch a conversation's files from, like *.oaiusercontent.com (ChatGPT)",
  },
  toolsets: {
    ...GENERAL,
    form: 'A,B',
    like: 'jobs,customers',
    says: `list and allow only these: ${TOOLSETS.join(', ')}`,
  },
  save: { ...GENERAL, form: 'DIR', says: 'put files that come with the answer (a PDF, a calendar, a photo) there' },
  port: { ...HTTP, form: 'N', like: '8420', says: 'where it listens; 0 is any that is free', default: DEFAULTS.port },
  host: { ...HTTP, form: 'H', like: '127.0.0.1', says: 'where it listens', default: DEFAULTS.host },
  url: {
    ...HTTP,
    form: 'URL',
    like: 'https://books.example.com',
    says: 'how the outside reaches it, like https://books.example.com; a proxy of yours in front speaks TLS',
  },
  origins: {
    ...HTTP,
    form: 'A,B',
    like: 'https://app.example.com',
    says: 'pages of these origins may call it too, like https://app.example.com',
  },
  proxies: {
    ...HTTP,
    form: 'N',
    like: '1',
    says: 'how many proxies of yours stand in front',
    default: DEFAULTS.proxies,
  },
  'address-limit': {
    ...HTTP,
    form: 'N',
    like: '1200',
    says: 'requests a minute that one address may send',
    default: DEFAULTS.addressLimit,
  },
  issuer: {
    ...HTTP,
    form: 'URL',
    like: 'https://login.example.com',
    says: "an outside provider of sign-in, instead of Jobwright's own",
  },
  name: { ...PEOPLE, form: 'NAME', like: '"Maria Lopez"', says: 'how the account calls them, like "Maria Lopez"' },
  role: { ...PEOPLE, form: 'ROLE', like: ROLES.join('|'), says: 'owner, office or crew' },
  person: { ...PEOPLE, form: 'E-MAIL', like: 'maria@lopez-roofing.com', says: 'whose token it is' },
  scopes: {
    ...PEOPLE,
    form: 'A,B',
    like: 'books:read,books:write,costs:read',
    says: 'of a token: books:read, books:write, costs:read, at least the first',
    default: 'all that the role allows',
  },
  days: {
    ...PEOPLE,
    form: 'N',
    like: '90',
    says: 'after how many days a token ends, 1 to 3650',
    default: DEFAULTS.days,
  },
  to: {
    ...BACKUP,
    form: 'DIR',
    says: 'where backups go, best on another disk; with move, where the book goes: postgres://… or a new folder',
  },
  'instead-of': {
    ...BACKUP,
    form: 'PLACE',
    like: 'postgres://db.example.com/books',
    says: 'with move: the place of an unfinished move, as the book names it, that is given up because it is lost and nobody works there',
    isOnce: true,
  },
  every: {
    ...BACKUP,
    form: '24h',
    says: 'one whenever the last good one of this book there is as old (h, d, w or min); stdio and http look at each start and every hour',
  },
  keep: {
    ...BACKUP,
    form: '7d,4w,12m',
    says: "of this book's backups there, the newest of each of the last so many days, weeks and months (by UTC) stay, and the others are deleted; nothing else there is touched",
  },
  'encrypt-to': {
    ...BACKUP,
    form: 'KEY',
    like: 'age1…',
    says: 'a public key of age (age1…), or a file with one a line',
    many: { apart: ',' },
  },
  identity: { ...ARCHIVE, form: 'FILE', says: 'the secret keys of age that open an encrypted archive' },
  fingerprint: {
    ...ARCHIVE,
    form: 'F',
    like: '3f2a-…',
    says: 'of the key that the book signs its backups with, as backup printed it; one signed by another is refused',
  },
  'last-invoice': {
    ...ARCHIVE,
    form: 'INV-N',
    like: 'INV-1050',
    says: 'the last invoice that was sent (2=INV-N for account 2), or none since the backup; a terminal asks',
    many: { apart: ',' },
    isOnce: true,
  },
  template: {
    ...NEW_BOOK,
    form: 'NAME',
    like: 'roofing',
    says: `the trade: ${TEMPLATE_NAMES.join(', ')} (deals without jobs)`,
    default: DEFAULTS.template,
  },
  currency: { ...NEW_BOOK, form: 'CODE', like: 'USD', says: 'ISO 4217', default: DEFAULTS.currency },
  'time-zone': {
    ...NEW_BOOK,
    form: 'ZONE',
    like: 'America/Chicago',
    says: 'IANA, like America/Chicago',
    default: "this machine's",
  },
} as const satisfies Readonly<Record<ValueOption, ValueDeclaration>>;

/** Those that are given or not. */
const SWITCHES = {
  'read-only': { ...GENERAL, says: 'list and allow only tools that change nothing' },
  json: { ...GENERAL, says: 'print the result as JSON' },
  'no-auth': { ...HTTP, says: 'without sign-in, to whoever is on this machine' },
  'no-registration': { ...HTTP, says: 'do not let assistants introduce themselves' },
  'no-client-documents': { ...HTTP, says: 'do not let assistants introduce themselves by a page of theirs' },
  all: { ...PEOPLE, says: 'with people sign-out: everybody of every account', isOnce: true },
  'keep-access': {
    ...ARCHIVE,
    says: "whoever was signed in, tokens, links and the server's keys stay",
    isOnce: true,
  },
  'no-samples': { ...NEW_BOOK, says: 'start without the sample records' },
} as const satisfies Readonly<Record<Switch, Shown>>;

export type OptionName = ValueOption | Switch;

export const OPTIONS: Readonly<Record<OptionName, Declaration>> = { ...VALUES, ...SWITCHES };

export function isOption(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name);
}

export function isValueOption(name: string): name is ValueOption {
  return Object.hasOwn(VALUES, name);
}

export function isSwitch(name: string): name is Switch {
  return Object.hasOwn(SWITCHES, name);
}

/** A good value of one, for errors. */
export function exampleOf(name: ValueOption): string {
  const { form, like = form }: ValueDeclaration = VALUES[name];
  return like;
}

/** The variable that says it where the command line does not; null for what is said of one call. */
export function variableOf(name: OptionName): string | null {
  const { isOnce, shared }: Shown = OPTIONS[name];
  if (isOnce === true) return null;
  return shared?.variable ?? `JOBWRIGHT_${name.toUpperCase().replaceAll('-', '_')}`;
}

/** Whether what stands in its variable is said to us. */
export function isHeard(name: OptionName, value: string): boolean {
  const { shared }: Shown = OPTIONS[name];
  return shared === undefined || shared.heard.test(value);
}
