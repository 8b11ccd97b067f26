// Reads what is typed behind `jobwright`: the options that a command declares, and no others.
import { Command, CommanderError, Option } from 'commander';
import { readConfig, UsageError, type Config, type Environment, type Switch, type ValueOption } from '../config.ts';
import { COMMAND_NAMES, isCommand, optionsOf, type CommandName } from './commands.ts';
import { exampleOf, isOption, isValueOption, OPTIONS, VALUES, variableOf } from './options.ts';
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
  const told = environment(env, takenBy(command));
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

/** The form of an option, as the parser wants it: `--data <DIR>`. */
export function flagsOf(name: OptionName): string {
  return isValueOption(name) ? `--${name} <${VALUES[name].form}>` : `--${name}`;
}

function parse(argv: readonly string[], command: CommandName | undefined): CommandLine {
  const values = new Map<ValueOption, readonly string[]>();
  const switches = new Set<Switch>();
  const about = new Set<'help' | 'version'>();
  const parser = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  parser.helpOption(false).allowExcessArguments();
  for (const name of takenBy(command)) {
    parser.addOption(new Option(flagsOf(name)));
    if (isValueOption(name))
      parser.on(`option:${name}`, (value: string) => {
        values.set(name, [...(values.get(name) ?? []), checked(name, value)]);
      });
    else parser.on(`option:${name}`, () => switches.add(name));
  }
  for (const [name, flags] of [
    ['help', '-h, --help'],
    ['version', '--version'],
  ] as const)
    parser.addOption(new Option(flags)).on(`option:${name}`, () => about.add(name));
  try {
    parser.parse(argv, { from: 'user' });
  } catch (error) {
    throw error instanceof CommanderError ? new UsageError(inOurWords(error, command)) : error;
  }
  return { words: parser.args, values, switches, help: about.has('help'), version: about.has('version') };
}

/** One that swallowed the next option has no value. What begins with a figure is one: its own check refuses "-1". */
function checked(name: ValueOption, value: string): string {
  if (value === '') throw new UsageError(`--${name} is empty; write --${name} ${exampleOf(name)}, or leave it out`);
  if (/^-[^\d]/.test(value)) throw new UsageError(withoutValue(name));
  return value;
}

function withoutValue(name: ValueOption): string {
  return `Option '--${name}' needs a value: --${name} ${exampleOf(name)}. jobwright --help lists the options.`;
}

/** What the parser complains of, with the option's right form, or the option that may have been meant. */
function inOurWords({ code, message }: CommanderError, command: CommandName | undefined): string {
  // Without what stands behind "=": it may be an address with a password.
  const [, flag = '', name = ''] = /option '((?:--)?([^\s=']*))/.exec(message) ?? [];
  const more = `jobwright ${command === undefined ? '' : `${command} `}--help lists the options.`;
  if (isOption(name) && takenBy(command).includes(name)) {
    if (code === 'commander.optionMissingArgument' && isValueOption(name)) return withoutValue(name);
    return `Option '${flag}' takes no value. ${more}`;
  }
  if (command !== undefined && isOption(name)) {
    const takers = COMMAND_NAMES.filter((each) => optionsOf(each).includes(name));
    return `${flag} goes with ${takers.join(', ')}, not with ${command}. ${more}`;
  }
  const [, nearest = ''] = /\(Did you mean (?:one of )?(.*)\?\)/.exec(message) ?? [];
  return `Unknown option '${flag}'${nearest === '' ? '.' : `; did you mean ${nearest}?`} ${more}`;
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
    if (variable === null || value === undefined || value === '') continue;
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
