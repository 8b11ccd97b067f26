// Reads arguments and environment and picks the command. Each command is a file of its own, loaded when it is asked for.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Refusal, UsageError, type Config } from './config.ts';
import { Problem } from './domain/errors.ts';
import { configOf, readCommandLine } from './commands/command-line.ts';
import { COMMAND_NAMES, declarationOf, isCommand, type CommandName } from './commands/commands.ts';
import { VERSION } from './version.ts';

type Command = (config: Config) => Promise<number>;

const COMMANDS: Readonly<Record<CommandName, () => Promise<Command>>> = {
  stdio: async () => (await import('./commands/stdio.ts')).stdio,
  http: async () => (await import('./commands/http.ts')).http,
  accounts: async () => (await import('./commands/accounts.ts')).accounts,
  people: async () => (await import('./commands/people.ts')).people,
  tokens: async () => (await import('./commands/tokens.ts')).tokens,
  confirm: async () => (await import('./commands/confirm.ts')).confirm,
  call: async () => (await import('./commands/call.ts')).call,
  sample: async () => (await import('./commands/sample.ts')).sample,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  cluster: async () => (await import('./commands/cluster.ts')).cluster,
  backup: async () => (await import('./commands/backup.ts')).backup,
  restore: async () => (await import('./commands/restore.ts')).restore,
  move: async () => (await import('./commands/move.ts')).move,
  verify: async () => (await import('./commands/verify.ts')).verify,
};

/** @returns the exit code: 0 done, 1 refused or failed, 2 not understood */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const line = readCommandLine(argv);
    // What it does where its answers are heard no more, stdio knows itself.
    if (line.words[0] !== 'stdio') process.stdout.on('error', unheard);
    if (line.version) return print(`jobwright ${VERSION}`);
    const [name = 'help', ...words] = line.words;
    const about = name === 'help' ? words[0] : name;
    if (about === undefined) return print((await import('./commands/help.ts')).helpOfAll());
    if (!isCommand(about))
      throw new UsageError(`there is no command "${about}". The commands are: ${COMMAND_NAMES.join(', ')}, help.`);
    if (name === 'help' || line.help) return print((await import('./commands/help.ts')).helpOf(about));
    checkWords(about, words);
    const config = configOf(line, env, defaultDataFolder(env));
    const command = await COMMANDS[about]();
    return await command(config);
  } catch (error) {
    if (error instanceof UsageError) return complain(error.message, 2);
    if (error instanceof Refusal) return complain(error.message, 1);
    if (error instanceof Problem) return complain((await import('./printers/terminal.ts')).problemInTerminal(error), 1);
    // It ends the process whatever is still open, and shows where it came from.
    process.stderr.write('jobwright: this is a fault of Jobwright itself. Please report it with the lines below.\n');
    throw error;
  }
}

/** Whoever reads may have enough of it (`| head`): what the command did and found stands. A full disk is said. */
function unheard(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  complain(`what it prints could not be written: ${error.message}`, 1);
  process.once('exit', () => (process.exitCode = 1));
}

/** A word more is a mistake that must not pass unseen. */
function checkWords(command: CommandName, [word]: readonly string[]): void {
  if (word !== undefined && declarationOf(command).words === undefined)
    throw new UsageError(`${command} takes options alone, not "${word}". jobwright ${command} --help says which.`);
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function complain(message: string, code: number): number {
  process.stderr.write(`jobwright: ${message}\n`);
  return code;
}

function defaultDataFolder(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Jobwright');
  if (process.platform === 'win32') return join(env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Jobwright');
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'jobwright');
}
