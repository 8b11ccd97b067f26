// What is declared is parsed, shown and told by the README; what is not declared is refused.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { configOf, readCommandLine } from '../../src/commands/command-line.ts';
import { COMMAND_NAMES, declarationOf, heardBy, optionsOf, type CommandName } from '../../src/commands/commands.ts';
import { helpOf, helpOfAll } from '../../src/commands/help.ts';
import {
  isOption,
  isValueOption,
  OPTIONS,
  VALUES,
  variableOf,
  type OptionName,
  type ValueDeclaration,
} from '../../src/commands/options.ts';
import { UsageError } from '../../src/config.ts';

const EVERY = Object.keys(OPTIONS).filter(isOption);
const TAKEN = COMMAND_NAMES.flatMap((command) => optionsOf(command).map((option) => [command, option] as const));
const LEFT = COMMAND_NAMES.flatMap((command) =>
  EVERY.filter((option) => !optionsOf(command).includes(option)).map((option) => [command, option] as const),
);
/** Other than what stands where nothing is said. */
const OTHERS: Partial<Record<OptionName, string>> = {
  ...{ port: '9000', host: '127.0.0.2', 'address-limit': '600', days: '30' },
  ...{ template: 'solar', currency: 'EUR', fingerprint: '3f2a', every: '12h' },
};

const config = (argv: readonly string[], env: Record<string, string> = {}) =>
  configOf(readCommandLine(argv), env, '/books');

/** A command with no more than the words that an option of its needs. */
function typed(command: CommandName, option: OptionName): string[] {
  return option === 'all' ? [command, 'sign-out'] : [command];
}

function valueOf(option: OptionName): string | null {
  if (!isValueOption(option)) return null;
  const { form, like = form }: ValueDeclaration = VALUES[option];
  return OTHERS[option] ?? like;
}

function refusal(argv: readonly string[]): string {
  try {
    readCommandLine(argv);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error(`${argv.join(' ')} was expected to be refused`);
}

/** The flags at the beginnings of lines of a help. */
function flagsIn(help: string): string[] {
  return help
    .split('\n')
    .flatMap((line) => /^ {2}(?:-h, )?(--[\w-]+)/.exec(line)?.slice(1) ?? [])
    .filter((flag) => flag !== '--help');
}

describe('an option that a command declares', () => {
  test('there are as many as there should be', () => {
    expect(COMMAND_NAMES).toHaveLength(14);
    expect(TAKEN.length).toBeGreaterThan(90);
    expect(new Set(TAKEN.map(([, option]) => option))).toEqual(new Set(EVERY));
    for (const name of COMMAND_NAMES) expect(new Set(optionsOf(name)).size).toBe(optionsOf(name).length);
  });

  test.each(TAKEN)('%s --%s changes what it does, in any place and form', (command, option) => {
    const words = typed(command, option);
    const value = valueOf(option);
    const said = value === null ? [[`--${option}`]] : [[`--${option}`, value], [`--${option}=${value}`]];
    for (const flags of said) {
      const behind = config([...words, ...flags]);
      expect(behind).not.toEqual(config(words));
      expect(config([...flags, ...words])).toEqual(behind);
    }
  });

  test.each(TAKEN)('%s: the variable of --%s does the same, but for what is said of one call', (command, option) => {
    const words = typed(command, option);
    const variable = variableOf(option);
    const value = valueOf(option) ?? '1';
    const flags = isValueOption(option) ? [`--${option}`, value] : [`--${option}`];
    const own = `JOBWRIGHT_${option.toUpperCase().replaceAll('-', '_')}`;
    const env = { [variable ?? own]: value };
    expect(variable === null || variable === own).toBe(option !== 'database');
    const isHeard = variable !== null && heardBy(command).includes(option);
    expect(config(words, env)).toEqual(config([...words, ...(isHeard ? flags : [])]));
  });

  test('the variable that others use too is heard where it names a PostgreSQL', () => {
    const told = (url: string) => config(['stdio'], { DATABASE_URL: url }).database;
    expect(told('postgres://one/books')).toBe('postgres://one/books');
    expect(told('postgresql://one/books')).toBe('postgresql://one/books');
    expect(told('mysql://one/books')).toBeUndefined();
  });

  test('no password of an address is said, whatever is in it', () => {
    for (const url of ['mysql://a:secret@one/books', 'a:secret@one', 'postgres:/a:s@e/c@secret@one'])
      expect(() => config(['stdio', '--database', url])).toThrow(
        /^--database is not the address of a PostgreSQL database, like \S+$/,
      );
    for (const url of ['https://a:se@c/ret@one', 'a:secret@one'])
      expect(() => config(['http', '--url', url])).toThrow(/^--url "(?:https:\/\/)?…@one" is not/);
  });

  test.each(COMMAND_NAMES)('%s --help shows each with its form, its default and its variable, and no other', (name) => {
    const help = helpOf(name);
    expect(flagsIn(help).toSorted()).toEqual(
      optionsOf(name)
        .map((option) => `--${option}`)
        .toSorted(),
    );
    const flowing = help.replaceAll(/\s+/g, ' ');
    for (const option of optionsOf(name)) expect(flowing).toContain(shownAs(option));
    for (const [word, meaning] of Object.entries(declarationOf(name).words ?? {}))
      expect(flowing).toContain(`${word} ${meaning}`);
    expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  test('jobwright --help shows all of them, and every command', () => {
    const help = helpOfAll();
    expect(flagsIn(help).toSorted()).toEqual(EVERY.map((option) => `--${option}`).toSorted());
    for (const name of COMMAND_NAMES)
      expect(help).toMatch(new RegExp(`^  ${name} .*${escaped(declarationOf(name).summary)}$`, 'm'));
  });
});

function shownAs(option: OptionName): string {
  const { form, default: usual }: Partial<ValueDeclaration> = isValueOption(option) ? VALUES[option] : {};
  const variable = variableOf(option);
  const about = [usual === undefined ? [] : `default: ${usual}`, variable === null ? [] : `env: ${variable}`].flat();
  const many = isValueOption(option) && 'many' in VALUES[option] ? '; may be given several times' : '';
  const behind = about.length === 0 ? '' : ` (${about.join(', ')})`;
  return `--${option}${form === undefined ? '' : ` ${form}`} ${OPTIONS[option].says}${many}${behind}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

describe('an option that a command does not declare', () => {
  test.each(LEFT)('%s --%s is refused, with those that take it', (command, option) => {
    const [takes = ''] = COMMAND_NAMES.filter((name) => optionsOf(name).includes(option));
    const message = refusal([command, `--${option}`, ...(isValueOption(option) ? ['x'] : [])]);
    expect(message).toContain(`--${option} goes with `);
    expect(message).toContain(takes);
    expect(message).toContain(`jobwright ${command} --help lists the options.`);
  });

  test('its variable says nothing to it', () => {
    expect(config(['doctor'], { JOBWRIGHT_URL: 'nowhere', JOBWRIGHT_READ_ONLY: '1' })).toEqual(config(['doctor']));
  });

  test.each(EVERY)('with one letter wrong, --%s is the one that is named', (option) => {
    const [command = 'stdio'] = COMMAND_NAMES.filter((name) => optionsOf(name).includes(option));
    const wrong = `--${option}x`;
    expect(refusal([command, wrong])).toMatch(new RegExp(`^Unknown option '${wrong}'; did you mean .*--${option}\\b`));
  });

  test('what stands behind it is not told: it may be a password', () => {
    for (const wrong of ['--isuer=https://a:climbs@x.example', '--no-auth=climbs'])
      expect(refusal(['http', wrong])).not.toContain('climbs');
    expect(refusal(['http', '--no-auth=1'])).toContain("Option '--no-auth' takes no value.");
  });

  test('one that is like none is refused without a guess', () => {
    expect(refusal(['stdio', '--zzzzzzzzzzzz'])).toBe(
      "Unknown option '--zzzzzzzzzzzz'. jobwright stdio --help lists the options.",
    );
  });
});

describe('the README', () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, section = ''] = /\n## Commands and options\n([\s\S]*?)\n## /.exec(readme) ?? [];
  const tables = section.split('\n').filter((line) => line.startsWith('| `'));
  const options = tables.filter((line) => line.startsWith('| `--')).map((line) => line.split('|')[1] ?? '');

  test('has every command in its table', () => {
    const named = tables.flatMap((line) => [...line.matchAll(/`(?:jobwright )?([a-z]+)[ `]/g)].map(([, name]) => name));
    expect(COMMAND_NAMES.filter((name) => !named.includes(name))).toEqual([]);
    const first = tables.flatMap((line) => /^\| `jobwright ([a-z]+)/.exec(line)?.slice(1) ?? []);
    expect(
      first.filter((name) => !Object.hasOwn(Object.fromEntries(COMMAND_NAMES.map((each) => [each, 1])), name)),
    ).toEqual([]);
  });

  test('has every option in its table, as it is declared, with its variable where it names one', () => {
    const written = options.flatMap((cell) => [...cell.matchAll(/`--([\w-]+)(?: ([^`]+))?`(?: \(`(\w+)`\))?/g)]);
    for (const [, name = '', form, variable] of written) {
      expect(isOption(name), name).toBe(true);
      if (!isOption(name)) continue;
      expect(form, name).toBe(isValueOption(name) ? VALUES[name].form : undefined);
      expect(variable ?? variableOf(name), name).toBe(variableOf(name));
    }
    const named = written.map(([, name = '']) => name);
    expect(named.toSorted()).toEqual(EVERY.toSorted());
  });

  test('writes no option anywhere that is none', () => {
    const of = readme
      .split('\n')
      .filter((line) => /jobwright (?:stdio|http|people|accounts|tokens|call|backup|restore|verify)\b/.test(line));
    const written = of.flatMap((line) => [...line.matchAll(/(?<![\w-])--([a-z][\w-]*)/g)].map(([, name = '']) => name));
    expect(written.length).toBeGreaterThan(15);
    expect(written.filter((name) => !isOption(name) && !['help', 'transport', 'header', 'env'].includes(name))).toEqual(
      [],
    );
  });
});
