// Reads what is typed behind `jobwright`: the options that a command declares, and no others.
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { readConfig, UsageError, type Config, type Environment, type Switch, type ValueOption } from '../config.ts';
import { editDistance } from '../domain/terms.ts';
import { COMMAND_NAMES, heardBy, isCommand, optionsOf, type CommandName } from './commands.ts';
import { exampleOf, isHeard, isOption, isSwitch, isValueOption, OPTIONS, VALUES, variableOf } from './options.ts';
import type { OptionName, ValueDeclaration } from './options.ts';

export type CommandLine = {
  readonly words: readonly string[];
  readonly values: ReadonlyMap<ValueOption, readonly string[]>;
  readonly switches: ReadonlySet<Switch>;
  readonly help: boolean;
  readonly version: boolean;
};

/** @throws UsageError for an option that the command does not take, or that lacks its value */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const [first = ''] = argv;
  if (isCommand(first)) return parse(argv, first);
  // Options may stand before the command as well: it is looked for past all that there are.
  const line = parse(argv, undefined);
  const [name = ''] = line.words;
  return isCommand(name) ? parse(argv, name) : line;
}

/** @param defaultDataFolder where the platform keeps data of programs */
export function configOf(
  { words: [command, ...operands], values, switches }: CommandLine,
  env: Environment,
  defaultDataFolder: string,
): Config {
  const told = environment(env, command !== undefined && isCommand(command) ? heardBy(command) : takenBy(command));
  const given = {
    ...{ command, operands },
    values: new Map([...told.values, ...values]),
    switches: new Set([...told.switches, ...switches]),
  };
  return readConfig(given, env['JOBWRIGHT_LOG_LEVEL'], defaultDataFolder);
}

/** All that there are, where no command is named. */
function takenBy(command: string | undefined): readonly OptionName[] {
  return command === undefined || !isCommand(command) ? Object.keys(OPTIONS).filter(isOption) : optionsOf(command);
}

function parse(argv: readonly string[], command: CommandName | undefined): CommandLine {
  const taken = takenBy(command);
  const values = new Map<ValueOption, readonly string[]>();
  const switches = new Set<Switch>();
  const about = new Set<string>();
  const words: string[] = [];
  // Not strictly: what is wrong is said in words of ours.
  const { tokens } = parseArgs({ args: [...argv], options: formsOf(taken), strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, value, inlineValue, index } = token;
    // Without what stands behind "=": it may be an address with a password.
    const [flag = ''] = argv[index]?.split(/[\s=]/) ?? [];
    const isTaken = Object.hasOwn(ABOUT, name) || (isOption(name) && taken.includes(name) && flag === `--${name}`);
    if (!isTaken) throw new UsageError(notTaken(flag, command));
    if (isValueOption(name)) values.set(name, [...(values.get(name) ?? []), checked(name, value, inlineValue)]);
    else if (inlineValue === true) throw new UsageError(`Option '${flag}' takes no value. ${more(command)}`);
    else if (isSwitch(name)) switches.add(name);
    else about.add(name);
  }
  return { words, values, switches, help: about.has('help'), version: about.has('version') };
}

const ABOUT = { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' } } as const;

function formsOf(options: readonly OptionName[]): ParseArgsOptionsConfig {
  const forms = options.map((name) => [name, { type: isValueOption(name) ? 'string' : 'boolean' }] as const);
  return { ...Object.fromEntries(forms), ...ABOUT };
}

/**
 * One that swallowed the next option has no value; what stands behind "=" is one. What begins with a figure is one as well:
 * its own check refuses "-1".
 */
function checked(name: ValueOption, value: string | undefined, isInline: boolean | undefined): string {
  if (value === undefined) throw new UsageError(withoutValue(name));
  if (value === '') throw new UsageError(`--${name} is empty; write --${name} ${exampleOf(name)}, or leave it out`);
  if (isInline !== true && /^-[^\d]/.test(value)) throw new UsageError(withoutValue(name));
  return value;
}

function withoutValue(name: ValueOption): string {
  return `Option '--${name}' needs a value: --${name} ${exampleOf(name)}. jobwright --help lists the options.`;
}

/** Why an option is not taken: with whom it goes, or which may have been meant. */
function notTaken(flag: string, command: CommandName | undefined): string {
  const name = flag.replace(/^--/, '');
  if (command !== undefined && isOption(name)) {
    const takers = COMMAND_NAMES.filter((each) => optionsOf(each).includes(name));
    return `${flag} goes with ${takers.join(', ')}, not with ${command}. ${more(command)}`;
  }
  const nearest = flag.startsWith('--') ? nearestTo(name, [...takenBy(command), ...Object.keys(ABOUT)]) : [];
  const meant = nearest.length > 1 ? `one of ${nearest.join(', ')}` : nearest.join('');
  return `Unknown option '${flag}'${meant === '' ? '.' : `; did you mean ${meant}?`} ${more(command)}`;
}

/** Those that differ least from what was typed: by three letters at most, and by fewer than are right. */
function nearestTo(typed: string, names: readonly string[]): string[] {
  const near = names
    .map((name) => ({ name, wrong: editDistance(typed, name), of: Math.max(typed.length, name.length) }))
    .filter(({ wrong, of }) => wrong <= 3 && wrong < 0.6 * of);
  const least = Math.min(...near.map(({ wrong }) => wrong));
  return near.flatMap(({ name, wrong }) => (wrong === least ? [`--${name}`] : [])).toSorted();
}

function more(command: CommandName | undefined): string {
  return `jobwright ${command === undefined ? '' : `${command} `}--help lists the options.`;
}

function environment(
  env: Environment,
  options: readonly OptionName[],
): { readonly values: readonly (readonly [ValueOption, readonly string[]])[]; readonly switches: readonly Switch[] } {
  const values: (readonly [ValueOption, readonly string[]])[] = [];
  const switches: Switch[] = [];
  for (const name of options) {
    const variable = variableOf(name);
    const value = variable === null ? undefined : env[variable];
    // An empty variable is one that was not set.
    if (variable === null || value === undefined || value === '' || !isHeard(name, value)) continue;
    if (isValueOption(name)) values.push([name, parts(VALUES[name], value)]);
    else if (isOn(variable, value)) switches.push(name);
  }
  return { values, switches };
}

function parts({ many }: ValueDeclaration, value: string): readonly string[] {
  return many === undefined ? [value] : value.split(many.apart).filter((part) => part !== '');
}

function isOn(variable: string, value: string): boolean {
  if (value === '0' || value === 'false') return false;
  if (value === '1' || value === 'true') return true;
  throw new UsageError(`${variable} is "${value}"; write 1 or 0`);
}
