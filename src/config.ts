// Turns what was given into one frozen Config. Pure: values in, a Config out, every error with the option's name and its
// right form.

/** Where the bytes of files are kept: in the data folder, beside the rows that name them, or in a bucket that speaks S3. */
export type FilesPlace = { readonly kind: 'folder' | 'database' } | BucketAddress;
export type BucketAddress = {
  readonly kind: 'bucket';
  readonly bucket: string;
  /** In front of every key; empty, or ending in a slash. */
  readonly prefix: string;
  /** Of whoever is not Amazon. */
  readonly endpoint: string | undefined;
  readonly region: string | undefined;
};

export type Config = {
  readonly command: string | undefined;
  readonly operands: readonly string[];
  readonly dataFolder: string;
  /** The address of a database with the books, instead of a file in the data folder. */
  readonly database: string | undefined;
  /** The same database as the owner of its tables, who brings them up to date. */
  readonly migrateUrl: string | undefined;
  /** Undefined: with the books, in their database or their folder. */
  readonly filesPlace: FilesPlace | undefined;
  readonly template: string;
  readonly plan: string | undefined;
  readonly currency: string;
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
    readonly host: string;
    readonly port: number;
    /** The public address, as scheme, host and port. */
    readonly url: string | undefined;
    readonly auth: boolean;
    /** Pages of these origins may call it, besides its own. */
    readonly origins: readonly string[];
    /** How many proxies of ours stand in front, each adding an address to X-Forwarded-For. */
    readonly proxies: number;
    /** Requests a minute that one address may send. */
    readonly addressLimit: number;
    /** An outside provider of sign-in, instead of our own. */
    readonly issuer: string | undefined;
    readonly registration: boolean;
    readonly clientDocuments: boolean;
  };
  /** `accounts`, `people`, `tokens`: whom and what a command is about. */
  readonly about: {
    /** Who works at this machine, by name. */
    readonly me: string | undefined;
    readonly account: number | undefined;
    readonly person: string | undefined;
    readonly role: string | undefined;
    readonly name: string | undefined;
    readonly scopes: string | undefined;
    readonly days: number;
    /** With `people sign-out`: everybody. */
    readonly all: boolean;
  };
  /** `backup`, and the looks that `stdio` and `http` take at it. */
  readonly backup: {
    /** The folder that archives are put in. */
    readonly to: string | undefined;
    /** `move`: where an unfinished move went that is given up. */
    readonly insteadOf: string | undefined;
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
  readonly logLevel: string;
};

/** An option that cannot be used as written. */
export class UsageError extends Error {}

/** What a command does not do, in words: whoever typed it reads them in their terminal, and no other reader gets them. */
export class Refusal extends Error {}

/** The options that take a value. */
export type ValueOption =
  | (
      | 'data'
      | 'database'
      | 'migrate-url'
      | 'files-store'
      | 'account'
      | 'me'
      | 'plan'
      | 'files'
      | 'file-hosts'
      | 'toolsets'
      | 'save'
    )
  | ('port' | 'host' | 'url' | 'origins' | 'proxies' | 'address-limit' | 'issuer')
  | ('name' | 'role' | 'person' | 'scopes' | 'days')
  | ('to' | 'instead-of' | 'every' | 'keep' | 'encrypt-to' | 'identity' | 'fingerprint' | 'last-invoice')
  | ('template' | 'currency' | 'time-zone');
/** Those that are given or not. */
export type Switch =
  | ('read-only' | 'json' | 'all' | 'keep-access' | 'no-samples')
  | ('no-auth' | 'no-registration' | 'no-client-documents');

/** What was said, by options or by variables; nothing in it is empty. */
export type GivenOptions = {
  readonly command: string | undefined;
  readonly operands: readonly string[];
  readonly values: ReadonlyMap<ValueOption, readonly string[]>;
  readonly switches: ReadonlySet<Switch>;
};

/** What stands where nothing is said. */
export const DEFAULTS = {
  host: '127.0.0.1',
  port: 8420,
  proxies: 0,
  addressLimit: 1200,
  days: 90,
  template: 'roofing',
  currency: 'USD',
  plan: 'business',
} as const;

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @param level what goes to stderr, as the environment has it
 * @param defaultDataFolder where the platform keeps data of programs
 */
export function readConfig(given: GivenOptions, level: string | undefined, defaultDataFolder: string): Config {
  const text = (name: ValueOption) => given.values.get(name)?.at(-1);
  const flag = (name: Switch) => given.switches.has(name);
  return Object.freeze({
    command: given.command,
    operands: given.operands,
    dataFolder: text('data') ?? defaultDataFolder,
    database: readDatabase('database', text('database')),
    migrateUrl: readDatabase('migrate-url', text('migrate-url')),
    filesPlace: Object.freeze(readFilesPlace(text('files-store'))),
    template: text('template') ?? DEFAULTS.template,
    plan: text('plan'),
    currency: text('currency') ?? DEFAULTS.currency,
    timeZone: text('time-zone'),
    folders: given.values.get('files') ?? [],
    fileHosts: (list(text('file-hosts')) ?? []).map(readFileHost),
    samples: !flag('no-samples'),
    toolsets: list(text('toolsets')),
    readOnly: flag('read-only'),
    json: flag('json'),
    http: ofHttp(text, flag),
    about: Object.freeze({
      me: text('me'),
      account: whole('account', text('account'), { least: 1, most: 999_999_999 }),
      person: text('person'),
      role: text('role'),
      name: text('name'),
      scopes: text('scopes'),
      days: whole('days', text('days'), { least: 1, most: 3650 }) ?? DEFAULTS.days,
      all: readAll(given),
    }),
    backup: Object.freeze({
      to: text('to'),
      insteadOf: text('instead-of'),
      every: readAge(text('every')),
      keep: readKeep(text('keep')),
      encryptTo: given.values.get('encrypt-to') ?? [],
    }),
    archive: Object.freeze({
      identity: text('identity'),
      fingerprint: text('fingerprint'),
      keepAccess: flag('keep-access'),
      lastInvoices: given.values.get('last-invoice') ?? [],
    }),
    saveFolder: text('save'),
    logLevel: readLogLevel(level),
  });
}

function ofHttp(text: (name: ValueOption) => string | undefined, flag: (name: Switch) => boolean): Config['http'] {
  const url = text('url');
  const issuer = text('issuer');
  const limit = whole('address-limit', text('address-limit'), { least: 60, most: 999_999_999 });
  return Object.freeze({
    host: text('host') ?? DEFAULTS.host,
    port: whole('port', text('port'), { least: 0, most: 65_535 }) ?? DEFAULTS.port,
    url: url === undefined ? undefined : readUrl(url),
    auth: !flag('no-auth'),
    origins: (list(text('origins')) ?? []).map(readOrigin),
    proxies: whole('proxies', text('proxies'), { least: 0, most: 9 }) ?? DEFAULTS.proxies,
    addressLimit: limit ?? DEFAULTS.addressLimit,
    issuer: issuer === undefined ? undefined : readIssuer(issuer),
    registration: !flag('no-registration'),
    clientDocuments: !flag('no-client-documents'),
  });
}

function list(given: string | undefined): readonly string[] | undefined {
  return given
    ?.split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function whole(
  name: ValueOption,
  given: string | undefined,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined {
  if (given === undefined) return undefined;
  const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`--${name} is "${given}"; write a whole number from ${least} to ${most}`);
}

/** Of the only command that takes it, one part alone. */
function readAll({ switches, operands: [what] }: GivenOptions): boolean {
  const all = switches.has('all');
  if (all && what !== 'sign-out')
    throw new UsageError('--all goes with people sign-out alone: jobwright people sign-out --all');
  return all;
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

function readDatabase(name: ValueOption, given: string | undefined): string | undefined {
  if (given === undefined || /^postgres(?:ql)?:\/\/./.test(given)) return given;
  throw new UsageError(
    // Not even in part: where it is no address, nothing says where its password ends.
    `--${name} is not the address of a PostgreSQL database, like postgres://jobwright@db.example.com/books`,
  );
}

const BUCKET_LIKE = 's3://bucket/prefix?endpoint=https://s3.example.com&region=eu-west-1';

function readFilesPlace(given: string | undefined): FilesPlace | undefined {
  if (given === undefined) return undefined;
  return given === 'folder' || given === 'database' ? { kind: given } : readBucket(given);
}

/** The address of a bucket. Nothing of it is repeated where it is none: a key may stand in it. */
function readBucket(given: string): BucketAddress {
  const wrong = (what: string) =>
    new UsageError(`--files-store ${what}; write folder, database, or a bucket like ${BUCKET_LIKE}`);
  const url = URL.parse(given);
  if (url?.protocol !== 's3:' || !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(url.hostname) || url.port !== '')
    throw wrong('names no place for files');
  if (url.username !== '' || url.password !== '')
    throw wrong('takes no keys: they stand in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  if ([...url.searchParams.keys()].some((key) => key !== 'endpoint' && key !== 'region') || url.hash !== '')
    throw wrong('takes endpoint and region behind the question mark, and nothing else');
  const path = url.pathname.replace(/^\/|\/$/g, '');
  if (!/^[\w.!*'()/-]*$/.test(path)) throw wrong('has a prefix of other signs than letters, figures and - _ . /');
  const endpoint = url.searchParams.get('endpoint') ?? undefined;
  const address = endpoint === undefined ? undefined : bareAddress(endpoint);
  if (address === null || (address !== undefined && !/^https?:$/.test(address.protocol)))
    throw wrong('has an endpoint that is not scheme, host and port');
  return {
    ...{ kind: 'bucket', bucket: url.hostname, prefix: path === '' ? '' : `${path}/` },
    ...{ endpoint: address?.origin, region: url.searchParams.get('region') ?? undefined },
  };
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
  return address.replace(/^([a-z][a-z\d+.-]*:\/\/)?.*@/is, '$1…@');
}

const LOG_LEVELS = ['silent', 'error', 'info', 'debug'];

function readLogLevel(value: string | undefined): string {
  if (value === undefined || value === '') return 'error';
  if (LOG_LEVELS.includes(value)) return value;
  throw new UsageError(`JOBWRIGHT_LOG_LEVEL is "${value}"; write one of ${LOG_LEVELS.join(', ')}`);
}
