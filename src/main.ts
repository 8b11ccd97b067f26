// Reads arguments and environment and picks the command. Each command is a file of its own, loaded when it is asked for.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readConfig, UsageError, type Config } from './config.ts';
import { Problem } from './domain/errors.ts';
import { HELP } from './commands/help.ts';
import { VERSION } from './version.ts';

type Command = (config: Config) => Promise<number>;

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  stdio: async () => (await import('./commands/stdio.ts')).stdio,
  http: async () => (await import('./commands/http.ts')).http,
  accounts: async () => (await import('./commands/accounts.ts')).accounts,
  people: async () => (await import('./commands/people.ts')).people,
  tokens: async () => (await import('./commands/tokens.ts')).tokens,
  call: async () => (await import('./commands/call.ts')).call,
  sample: async () => (await import('./commands/sample.ts')).sample,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
};

/** @returns the exit code: 0 done, 1 refused or failed, 2 not understood */
export async function main(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  try {
    const config = readConfig(argv, env, defaultDataFolder(env));
    if (config.version) return print(`jobwright ${VERSION}`);
    if (config.help || config.command === undefined) return print(HELP);
    const load = Object.hasOwn(COMMANDS, config.command) ? COMMANDS[config.command] : undefined;
    if (load === undefined) {
      throw new UsageError(
        `there is no command "${config.command}". The commands are: ${Object.keys(COMMANDS).join(', ')}.`,
      );
    }
    const command = await load();
    return await command(config);
  } catch (error) {
    if (error instanceof UsageError) return complain(error.message, 2);
    if (error instanceof Problem) return complain(error.message, 1);
    throw error;
  }
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
