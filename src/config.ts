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
    toolsets: text('toolsets')
      ?.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    readOnly: flag('read-only'),
    json: flag('json'),
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
