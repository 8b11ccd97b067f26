// Turns arguments and environment into one frozen Config. Pure: values in, a Config out, every error with the option's
// name and its right form.
import { delimiter } from 'node:path';
import { parseArgs } from 'node:util';

export type Config = {
  readonly command: string | undefined;
  readonly operands: readonly string[];
  readonly dataFolder: string;
  readonly template: string | undefined;
  readonly plan: string | undefined;
  readonly currency: string | undefined;
  readonly timeZone: string | undefined;
  /** Folders that files may be taken from. */
  readonly folders: readonly string[];
  /** Hosts that files of a conversation are fetched from: names, or `*.example.com` for all below one. */
  readonly fileHosts: readonly string[];
  readonly samples: boolean;
  readonly toolsets: readonly string[] | undefined;
  readonly readOnly: boolean;
  readonly json: boolean;
  /** `http`: where it listens, and how the outside reaches it. */
  readonly http: {
    readonly host: string | undefined;
    readonly port: number | undefined;
    /** The public address, as scheme, host and port. */
    readonly url: string | undefined;
    readonly auth: boolean;
    /** Pages of these origins may call it, besides its own. */
    readonly origins: readonly string[];
    /** How many proxies of ours stand in front, each adding an address to X-Forwarded-For. */
    readonly proxies: number;
    /** Requests a minute that one address may send. */
    readonly addressLimit: number | undefined;
    /** An outside provider of sign-in, instead of our own. */
    readonly issuer: string | undefined;
    readonly registration: boolean;
    readonly clientDocuments: boolean;
  };
  /** `accounts`, `people`, `tokens`: whom and what a command is about. */
  readonly about: {
    readonly account: number | undefined;
    readonly person: string | undefined;
    readonly role: string | undefined;
    readonly name: string | undefined;
    readonly scopes: string | undefined;
    readonly days: number | undefined;
    /** With `people sign-out`: everybody. */
    readonly all: boolean;
  };
  /** `backup`, and the looks that `stdio` and `http` take at it. */
  readonly backup: {
    /** The folder that archives are put in. */
    readonly to: string | undefined;
    /** In milliseconds: one is made only where the last is as old. */
    readonly every: number | undefined;
    readonly keep: { readonly days: number; readonly weeks: number; readonly months: number } | undefined;
    /** Public keys of age, or files of them. */
    readonly encryptTo: readonly string[];
  };
  /** `restore`, `verify`. */
  readonly archive: {
    /** A file with secret keys of age. */
    readonly identity: string | undefined;
    readonly fingerprint: string | undefined;
    readonly keepAccess: boolean;
    readonly lastInvoices: readonly string[];
  };
  /** Where `call` puts the files that come with an answer. */
  readonly saveFolder: string | undefined;
  readonly help: boolean;
  readonly version: boolean;
  readonly logLevel: string;
};

/** An option that cannot be used as written. */
export class UsageError extends Error {}

const OPTIONS = {
  data: { type: 'string' },
  files: { type: 'string', multiple: true },
  'file-hosts': { type: 'string' },
  template: { type: 'string' },
  plan: { type: 'string' },
  currency: { type: 'string' },
  'time-zone': { type: 'string' },
  'no-samples': { type: 'boolean' },
  toolsets: { type: 'string' },
  'read-only': { type: 'boolean' },
  json: { type: 'boolean' },
  host: { type: 'string' },
  port: { type: 'string' },
  url: { type: 'string' },
  'no-auth': { type: 'boolean' },
  origins: { type: 'string' },
  proxies: { type: 'string' },
  'address-limit': { type: 'string' },
  issuer: { type: 'string' },
  'no-registration': { type: 'boolean' },
  'no-client-documents': { type: 'boolean' },
  account: { type: 'string' },
  person: { type: 'string' },
  role: { type: 'string' },
  name: { type: 'string' },
  scopes: { type: 'string' },
  days: { type: 'string' },
  all: { type: 'boolean' },
  save: { type: 'string' },
  to: { type: 'string' },
  every: { type: 'string' },
  keep: { type: 'string' },
  'encrypt-to': { type: 'string', multiple: true },
  identity: { type: 'string' },
  fingerprint: { type: 'string' },
  'keep-access': { type: 'boolean' },
  'last-invoice': { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;
type OptionName = keyof typeof OPTIONS;

/** The right form of each option that takes a value, for errors. */
const FORMS = {
  ...{
    'file-hosts': 'files.oaiusercontent.com',
    data: 'DIR',
    files: 'DIR',
    save: 'DIR',
    template: 'roofing',
    plan: 'business',
    currency: 'USD',
  },
  ...{ 'time-zone': 'America/Chicago', toolsets: 'jobs,customers', account: 'NUMBER', days: '90' },
  ...{ host: '127.0.0.1', port: '8420', url: 'https://books.example.com', proxies: '1', 'address-limit': '1200' },
  ...{ origins: 'https://app.example.com', issuer: 'https://login.example.com' },
  ...{ person: 'maria@lopez-roofing.com', role: 'owner|office|crew', name: '"Maria Lopez"' },
  ...{ scopes: 'books:read,books:write,costs:read', to: 'DIR', every: '24h', keep: '7d,4w,12m' },
  ...{ 'encrypt-to': 'age1…', identity: 'FILE', fingerprint: '3f2a-…', 'last-invoice': 'INV-1050' },
} satisfies Partial<Record<OptionName, string>>;
const FORM_OF: ReadonlyMap<string, string> = new Map(Object.entries(FORMS));

type Environment = Readonly<Record<string, string | undefined>>;

/** @param defaultDataFolder where the platform keeps data of programs */
export function readConfig(argv: readonly string[], env: Environment, defaultDataFolder: string): Config {
  const { values, positionals } = parse(argv);
  const text = (name: keyof typeof FORMS) => {
    const given = values[name] ?? env[variable(name)];
    // An empty variable is one that was not set; an empty option was meant to say something.
    if (values[name] === '')
      throw new UsageError(`--${name} is empty; write --${name} ${FORMS[name]}, or leave it out`);
    if (given === undefined || given === '') return undefined;
    if (typeof given !== 'string') throw new UsageError(`--${name} takes a value: --${name} ${FORMS[name]}`);
    return given;
  };
  const flag = (name: OptionName) => values[name] === true || readFlag(name, env[variable(name)]);
  const list = (name: keyof typeof FORMS) =>
    text(name)
      ?.split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '');
  const whole = (name: keyof typeof FORMS, least: number, most: number) => {
    const given = text(name);
    if (given === undefined) return undefined;
    const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new UsageError(`--${name} is "${given}"; write a whole number from ${least} to ${most}`);
  };
  const [command, ...operands] = positionals;
  const url = text('url');
  const issuer = text('issuer');
  const all = readAll(values, positionals);
  return Object.freeze({
    command,
    operands,
    dataFolder: text('data') ?? defaultDataFolder,
    template: text('template'),
    plan: text('plan'),
    currency: text('currency'),
    timeZone: text('time-zone'),
    folders: (values.files ?? (env[variable('files')] ?? '').split(delimiter)).filter((folder) => folder !== ''),
    fileHosts: (list('file-hosts') ?? []).map(readFileHost),
    samples: !flag('no-samples'),
    toolsets: list('toolsets'),
    readOnly: flag('read-only'),
    json: flag('json'),
    http: Object.freeze({
      host: text('host'),
      port: whole('port', 0, 65_535),
      url: url === undefined ? undefined : readUrl(url),
      auth: !flag('no-auth'),
      origins: (list('origins') ?? []).map(readOrigin),
      proxies: whole('proxies', 0, 9) ?? 0,
      addressLimit: whole('address-limit', 60, 999_999_999),
      issuer: issuer === undefined ? undefined : readIssuer(issuer),
      registration: !flag('no-registration'),
      clientDocuments: !flag('no-client-documents'),
    }),
    about: Object.freeze({
      account: whole('account', 1, 999_999_999),
      person: text('person'),
      role: text('role'),
      name: text('name'),
      scopes: text('scopes'),
      days: whole('days', 1, 3650),
      all,
    }),
    backup: ofBackups(values, text),
    archive: ofArchives(values, text),
    saveFolder: text('save'),
    help: values.help === true,
    version: values.version === true,
    logLevel: readLogLevel(env['JOBWRIGHT_LOG_LEVEL']),
  });
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: withNegatives(argv), options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(inOurWords(error instanceof Error ? error.message : String(error)));
  }
}

/** Node takes the "-1" of "--days -1" for an option. It is a value, which its own check refuses in words of its own. */
function withNegatives(argv: readonly string[]): string[] {
  const end = argv.indexOf('--');
  const isValue = (index: number) =>
    (end === -1 || index < end) &&
    /^-\d/.test(argv[index] ?? '') &&
    FORM_OF.has((argv[index - 1] ?? '').replace(/^--/, ''));
  return argv.flatMap((word, index) => {
    if (isValue(index)) return [];
    return isValue(index + 1) ? [`${word}=${argv[index + 1] ?? ''}`] : [word];
  });
}

type Values = ReturnType<typeof parse>['values'];

function readAll({ all = false }: Values, [command, what]: readonly string[]): boolean {
  if (all && (command !== 'people' || what !== 'sign-out'))
    throw new UsageError('--all goes with people sign-out alone: jobwright people sign-out --all');
  return all;
}

type Text = (name: keyof typeof FORMS) => string | undefined;

function ofBackups(values: Values, text: Text): Config['backup'] {
  return Object.freeze({
    to: text('to'),
    every: readAge(text('every')),
    keep: readKeep(text('keep')),
    encryptTo: values['encrypt-to'] ?? text('encrypt-to')?.split(',') ?? [],
  });
}

function ofArchives(values: Values, text: Text): Config['archive'] {
  return Object.freeze({
    identity: text('identity'),
    fingerprint: text('fingerprint'),
    // What is said of one restore is not for the next: these are never taken from the environment.
    keepAccess: values['keep-access'] === true,
    lastInvoices: values['last-invoice'] ?? [],
  });
}

const UNIT_MS: Readonly<Record<string, number>> = { min: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

const LONGEST_AGE_MS = 3650 * 86_400_000;

/** `24h` in milliseconds. */
function readAge(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const [, count = '', unit = ''] = /^([1-9]\d{0,6})(min|h|d|w)$/.exec(given) ?? [];
  const ms = Number(count) * (UNIT_MS[unit] ?? 0);
  if (ms > 0 && ms <= LONGEST_AGE_MS) return ms;
  throw new UsageError(`--every is "${given}"; write a number of h, d, w or min, like --every 24h`);
}

/** `7d,4w,12m`; what is left out keeps none of its kind. */
function readKeep(given: string | undefined): Config['backup']['keep'] {
  if (given === undefined) return undefined;
  const keep = { d: 0, w: 0, m: 0 };
  for (const part of given.split(',')) {
    const [, count = '', unit] = /^([1-9]\d{0,4})([dwm])$/.exec(part.trim()) ?? [];
    if (unit !== 'd' && unit !== 'w' && unit !== 'm')
      throw new UsageError(`--keep is "${given}"; write how many days, weeks and months, like --keep 7d,4w,12m`);
    keep[unit] = Number(count);
  }
  return Object.freeze({ days: keep.d, weeks: keep.w, months: keep.m });
}

/** What `parseArgs` complains of, with the option's right form where a value is missing. */
function inOurWords(message: string): string {
  const [, name = ''] = /^Option '--([\w-]+)/.exec(message) ?? [];
  const form = FORM_OF.get(name);
  const [said = message] = message.split(/\.\s/);
  const what = form === undefined ? said : `Option '--${name}' needs a value: --${name} ${form}`;
  return `${what}. jobwright --help lists the options.`;
}

/** Scheme, host and port of an address that has nothing else; null for any other. */
function bareAddress(given: string): URL | null {
  const url = URL.parse(given);
  if (url === null || url.host === '' || url.username !== '' || url.password !== '') return null;
  return ['', '/'].includes(url.pathname) && !/[?#]/.test(given) ? url : null;
}

function readUrl(given: string): string {
  const url = bareAddress(given);
  if (url !== null && /^https?:$/.test(url.protocol)) return url.origin;
  throw new UsageError(
    `--url "${hidden(given)}" is not an address of scheme, host and port alone, like https://books.example.com`,
  );
}

/** As browsers send it; pages of browser extensions have schemes of their own. */
function readOrigin(given: string): string {
  const url = bareAddress(given);
  if (url !== null) return `${url.protocol}//${url.host}`;
  throw new UsageError(
    `--origins "${hidden(given)}" is not the origin of a page: scheme, host and port, like https://app.example.com`,
  );
}

/** Names alone: an address says nothing of whose host it is. */
function readFileHost(given: string): string {
  const host = given.toLowerCase();
  if (/^(?:\*\.)?(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*$/.test(host)) return host;
  throw new UsageError(
    `--file-hosts "${hidden(given)}" is not the name of a host, like files.oaiusercontent.com, or *.oaiusercontent.com for all below it`,
  );
}

/** As it is written: tokens name their issuer letter by letter. */
function readIssuer(given: string): string {
  const url = URL.parse(given);
  if (url !== null && /^https?:$/.test(url.protocol) && url.username === '' && !/[?#]/.test(given)) return given;
  throw new UsageError(`--issuer "${hidden(given)}" is not the address of a provider, like https://login.example.com`);
}

/** Errors land in logs, where the password of an address has no place. */
function hidden(address: string): string {
  return address.replace(/\/\/[^/@]*@/, '//…@');
}

function variable(name: OptionName): string {
  return `JOBWRIGHT_${name.toUpperCase().replaceAll('-', '_')}`;
}

function readFlag(name: OptionName, value: string | undefined): boolean {
  if (value === undefined || value === '' || value === '0' || value === 'false') return false;
  if (value === '1' || value === 'true') return true;
  throw new UsageError(`${variable(name)} is "${value}"; write 1 or 0`);
}

const LOG_LEVELS = ['silent', 'error', 'info', 'debug'];

function readLogLevel(value: string | undefined): string {
  if (value === undefined || value === '') return 'error';
  if (LOG_LEVELS.includes(value)) return value;
  throw new UsageError(`JOBWRIGHT_LOG_LEVEL is "${value}"; write one of ${LOG_LEVELS.join(', ')}`);
}
