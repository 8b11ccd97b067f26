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
  readonly samples: boolean;
  readonly toolsets: readonly string[] | undefined;
  readonly readOnly: boolean;
  readonly json: boolean;
  /** `http`: where it listens, and how the outside reaches it. */
  readonly http: {
    readonly host: string | undefined;
    readonly port: number | undefined;
    /** The public address, without a path. */
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
  save: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;
type OptionName = keyof typeof OPTIONS;

type Environment = Readonly<Record<string, string | undefined>>;

/** @param defaultDataFolder where the platform keeps data of programs */
export function readConfig(argv: readonly string[], env: Environment, defaultDataFolder: string): Config {
  const { values, positionals } = parse(argv);
  const text = (name: OptionName) => {
    const given = values[name] ?? env[variable(name)];
    if (given === undefined || given === '') return undefined;
    if (typeof given !== 'string') throw new UsageError(`--${name} takes a value`);
    return given;
  };
  const flag = (name: OptionName) => values[name] === true || readFlag(name, env[variable(name)]);
  const list = (name: OptionName) =>
    text(name)
      ?.split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '');
  const whole = (name: OptionName, least: number, most: number) => {
    const given = text(name);
    if (given === undefined) return undefined;
    const value = /^\d{1,9}$/.test(given) ? Number(given) : Number.NaN;
    if (value >= least && value <= most) return value;
    throw new UsageError(`--${name} is "${given}"; write a whole number from ${least} to ${most}`);
  };
  const [command, ...operands] = positionals;
  return Object.freeze({
    command,
    operands,
    dataFolder: text('data') ?? defaultDataFolder,
    template: text('template'),
    plan: text('plan'),
    currency: text('currency'),
    timeZone: text('time-zone'),
    folders: (values.files ?? (env[variable('files')] ?? '').split(delimiter)).filter((folder) => folder !== ''),
    samples: !flag('no-samples'),
    toolsets: list('toolsets'),
    readOnly: flag('read-only'),
    json: flag('json'),
    http: Object.freeze({
      host: text('host'),
      port: whole('port', 0, 65_535),
      url: text('url'),
      auth: !flag('no-auth'),
      origins: list('origins') ?? [],
      proxies: whole('proxies', 0, 9) ?? 0,
      addressLimit: whole('address-limit', 60, 999_999_999),
      issuer: text('issuer'),
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
    }),
    saveFolder: text('save'),
    help: values.help === true,
    version: values.version === true,
    logLevel: readLogLevel(env['JOBWRIGHT_LOG_LEVEL']),
  });
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    const message = error instanceof Error ? error.message.split(/\.\s/)[0] : String(error);
    throw new UsageError(`${message}. jobwright --help lists the options.`);
  }
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
