// Reads arguments and environment and picks the command. Each command is a file of its own, loaded when it is asked for.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readConfig, UsageError, type Config } from './config.ts';
import { Problem } from './domain/errors.ts';
import { HELP, USAGES } from './commands/help.ts';
import { VERSION } from './version.ts';

type Command = (config: Config) => Promise<number>;

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  stdio: async () => (await import('./commands/stdio.ts')).stdio,
  http: async () => (await import('./commands/http.ts')).http,
  accounts: async () => (await import('./commands/accounts.ts')).accounts,
  people: async () => (await import('./commands/people.ts')).people,
  tokens: async () => (await import('./commands/tokens.ts')).tokens,
  confirm: async () => (await import('./commands/confirm.ts')).confirm,
  call: async () => (await import('./commands/call.ts')).call,
  sample: async () => (await import('./commands/sample.ts')).sample,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  backup: async () => (await import('./commands/backup.ts')).backup,
  restore: async () => (await import('./commands/restore.ts')).restore,
  verify: async () => (await import('./commands/verify.ts')).verify,
};

/** They take options alone; a word more is a mistake that must not pass unseen. */
const WITHOUT_WORDS: ReadonlySet<string> = new Set(['stdio', 'http', 'sample', 'doctor', 'backup']);

/** @returns the exit code: 0 done, 1 refused or failed, 2 not understood */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const config = readConfig(argv, env, defaultDataFolder(env));
    if (config.version) return print(`jobwright ${VERSION}`);
    const { command: name = 'help' } = config;
    const isAsked = name === 'help';
    const about = isAsked ? config.operands[0] : name;
    if (about === undefined) return print(HELP);
    const load = Object.hasOwn(COMMANDS, about) ? COMMANDS[about] : undefined;
    if (load === undefined) {
      throw new UsageError(
        `there is no command "${about}". The commands are: ${Object.keys(COMMANDS).join(', ')}, help.`,
      );
    }
    if (isAsked || config.help) return print(USAGES.get(about) ?? HELP);
    checkWords(config);
    const command = await load();
    return await command(config);
  } catch (error) {
    if (error instanceof UsageError) return complain(error.message, 2);
    if (error instanceof Problem) return complain(error.message, 1);
    // It ends the process whatever is still open, and shows where it came from.
    process.stderr.write('jobwright: this is a fault of Jobwright itself. Please report it with the lines below.\n');
    throw error;
  }
}

function checkWords({ command = '', operands: [word] }: Config): void {
  if (word !== undefined && WITHOUT_WORDS.has(command))
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
