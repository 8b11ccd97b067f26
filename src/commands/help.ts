// What `jobwright --help` prints, and `--help` behind each command: made of what is declared.
import { Argument, Command, Option, type Help } from 'commander';
import { COMMAND_NAMES, declarationOf, type CommandName } from './commands.ts';
import {
  isOption,
  isValueOption,
  OPTIONS,
  VALUES,
  variableOf,
  type OptionName,
  type ValueDeclaration,
} from './options.ts';

const WIDTH = 120;

/** What `jobwright --help` prints. */
export function helpOfAll(): string {
  const page = helpPage(['COMMAND [options]', 'COMMAND --help'], '').name('jobwright');
  page.description('Jobwright keeps the books of a small trades business and tells what each job really made.');
  for (const name of COMMAND_NAMES) {
    const { takes, summary } = declarationOf(name);
    page.addCommand(new Command(takes === undefined ? name : `${name} ${takes}`).summary(summary).helpOption(false));
  }
  page.addCommand(new Command('help').summary('print this; help COMMAND more of one').helpOption(false));
  for (const name of Object.keys(OPTIONS).filter(isOption)) page.addOption(shown(name, OPTIONS[name].group));
  page.addOption(new Option('--help, --version').helpGroup('Options:'));
  return `${printed(page)}\n\nJOBWRIGHT_LOG_LEVEL (silent, error, info, debug; default error) sets what goes to stderr.`;
}

/** What `--help` prints behind a command. */
export function helpOf(name: CommandName): string {
  const { usage, says, words = {}, required = [], options, more } = declarationOf(name);
  const page = helpPage(usage, name).description(says);
  for (const [word, meaning] of Object.entries(words)) page.addArgument(new Argument(`[${word}]`, meaning));
  for (const option of required) page.addOption(shown(option, 'Required:'));
  for (const option of options) page.addOption(shown(option, 'Options:'));
  if (more !== undefined) for (const option of more.options) page.addOption(shown(option, more.heading));
  return printed(page);
}

function helpPage(usage: readonly string[], command: string): Command {
  const lines = usage.map((line) => ['jobwright', command, line].filter((part) => part !== '').join(' '));
  return new Command()
    .helpOption(false)
    .helpCommand(false)
    .configureHelp({
      helpWidth: WIDTH,
      commandUsage: () => lines.join('\n       '),
      optionTerm: ({ flags }) => flags.replaceAll(/[<>]/g, ''),
      argumentTerm: (argument) => argument.name(),
      subcommandTerm: (each) => each.name(),
    } satisfies Partial<Help>);
}

function shown(name: OptionName, group: string): Option {
  const { says } = OPTIONS[name];
  const option = new Option(flagsOf(name), says).helpGroup(group);
  const declaration: ValueDeclaration | undefined = isValueOption(name) ? VALUES[name] : undefined;
  const often = declaration?.many === undefined ? says : `${says}; may be given several times`;
  option.description = often;
  if (declaration?.default !== undefined) option.default(declaration.default, String(declaration.default));
  const variable = variableOf(name);
  return variable === null ? option : option.env(variable);
}

/** The form of an option, as commander wants it: `--data <DIR>`. */
function flagsOf(name: OptionName): string {
  return isValueOption(name) ? `--${name} <${VALUES[name].form}>` : `--${name}`;
}

function printed(page: Command): string {
  return page.helpInformation().trimEnd();
}
