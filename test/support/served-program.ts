// The built program as a company's server with sign-in: set up by its operator's commands, and asked over HTTP.
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { emailOf, passwordOf, PEOPLE, type Who } from './company.ts';
import type { Reached } from './oauth.ts';
import { run, start } from './program.ts';
import { freePort } from './port.ts';
import { rpcRequest, Visitor } from './site.ts';
import { until } from './time.ts';

async function does(folder: string, env: Record<string, string>, ...argv: string[]): Promise<string> {
  const { code, out, err } = await run(folder, argv, env);
  if (code !== 0) throw new Error(`jobwright ${argv.join(' ')}: ${err}`);
  return out;
}

/** Opens Lopez Roofing, with the samples of its trade, and asks Maria in. */
export async function setUp(
  folder: string,
  env: Record<string, string> = {},
): Promise<{ readonly token: string; readonly invitation: string }> {
  await does(folder, env, 'accounts', 'create', 'Lopez Roofing', '--template', 'roofing');
  const { name, role } = PEOPLE.maria;
  const asked = await does(folder, env, 'people', 'invite', emailOf('maria'), '--name', name, '--role', role);
  const [invitation = ''] = /\/invitation\/[\w-]{43}/.exec(asked) ?? [];
  const made = await does(folder, env, 'tokens', 'create', 'Cursor', '--person', emailOf('maria'));
  const [token = ''] = /jobwright_pat_[\w-]{43}/.exec(made) ?? [];
  return { token, invitation };
}

export type Program = Reached & {
  readonly child: ChildProcessWithoutNullStreams;
  readonly port: number;
  /** What it wrote to its log so far. */
  log(): string;
  rpc(token: string | null, method: string, params?: object, headers?: Record<string, string>): Promise<Response>;
  /** @returns the exit code, null where the signal itself was the end */
  end(signal: NodeJS.Signals): Promise<number | null>;
};

type Serving = {
  /** The public address; by default the one that it listens on. */
  readonly url?: string;
  readonly argv?: readonly string[];
  readonly env?: Record<string, string>;
};

export async function serve(folder: string, { url: given, argv = [], env = {} }: Serving = {}): Promise<Program> {
  const port = await freePort();
  const local = `http://localhost:${port}`;
  const url = given ?? local;
  const child = start(folder, ['http', '--port', String(port), '--url', url, ...argv], {
    JOBWRIGHT_LOG_LEVEL: 'info',
    ...env,
  });
  let log = '';
  child.stderr.on('data', (piece: Buffer) => (log += piece.toString()));
  await until(() => log.includes('listens on') || child.exitCode !== null);
  if (!log.includes('listens on')) throw new Error(`it does not listen: ${log}`);
  const get: Program['get'] = async (path, init) => await fetch(new URL(path, local), { redirect: 'manual', ...init });
  return {
    ...{ child, port, url, get, log: () => log },
    rpc: async (token, method, params = {}, headers = {}) =>
      await get('/mcp', rpcRequest(token, method, params, headers)),
    end: async (signal) => {
      const ended = child.exitCode !== null || child.signalCode !== null ? null : once(child, 'exit');
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}

/** Follows the invitation and chooses a password. @returns the browser, which is signed in then */
export async function moveIn({ url }: Pick<Reached, 'url'>, invitation: string, who: Who = 'maria'): Promise<Visitor> {
  const visitor = new Visitor(url);
  await visitor.open(invitation);
  await visitor.send({ password: passwordOf(who), again: passwordOf(who) });
  if (visitor.status !== 200) throw new Error(`the invitation led to ${visitor.status} ${visitor.at}`);
  return visitor;
}
