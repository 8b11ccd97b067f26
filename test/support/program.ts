// The built program, started as a person or a client starts it, on a data folder of the test's own.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Client as ModernClient } from '@modelcontextprotocol/client';
import { StdioClientTransport as ModernTransport } from '@modelcontextprotocol/client/stdio';
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as LegacyTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { expect, onTestFinished } from 'vitest';
import type { Answers, ToolName } from './answers.ts';

export const BIN = fileURLToPath(new URL('../../dist/launch.js', import.meta.url));

/** A folder for one test, in which the program has its home and its book. */
export function home(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-e2e-'));
  mkdirSync(join(folder, 'home'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The environment of a machine that has never seen Jobwright. */
export function environment(folder: string, extra: Record<string, string> = {}): Record<string, string> {
  const { PATH = '', TMPDIR } = process.env;
  return {
    PATH,
    HOME: join(folder, 'home'),
    ...(TMPDIR === undefined ? {} : { TMPDIR }),
    JOBWRIGHT_DATA: join(folder, 'book'),
    JOBWRIGHT_TIME_ZONE: 'America/Chicago',
    ...extra,
  };
}

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs a command to its end. */
export async function run(folder: string, argv: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [BIN, ...argv], { env: environment(folder, env) });
  child.stdin.end();
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, out, err };
}

/** Starts the server with bare pipes, for looking at every byte. */
export function start(
  folder: string,
  argv: readonly string[] = ['stdio'],
  env: Record<string, string> = {},
): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [BIN, ...argv], { env: environment(folder, env) });
  // A test that fails in the middle leaves a pipe with nobody at its other end.
  child.stdin.on('error', () => undefined);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

/** What every client of the tests can do, whichever SDK and era it is of. */
export type Connection = {
  readonly name: string;
  instructions(): string;
  tools(): Promise<{ name: string; inputSchema: object; outputSchema?: object | undefined }[]>;
  /** The structured answer; fails where the tool answers with an error, or with what its schema does not allow. */
  ask<T extends ToolName>(tool: T, args?: object): Promise<Answers[T]>;
  call(tool: string, args?: object): Promise<{ text: string; isError: boolean }>;
  close(): Promise<void>;
};

type Answered = { content?: unknown; structuredContent?: unknown; isError?: unknown };

function wordsOf({ content }: Answered): string {
  const parts = Array.isArray(content) ? (content as { type: string; text?: string }[]) : [];
  return parts.map((part) => part.text ?? '').join('\n');
}

function connection(
  name: string,
  client: {
    getInstructions(): string | undefined;
    listTools(): Promise<{ tools: { name: string; inputSchema: object; outputSchema?: object | undefined }[] }>;
    close(): Promise<void>;
  },
  callTool: (tool: string, args: Record<string, unknown>) => Promise<object>,
): Connection {
  onTestFinished(async () => await client.close());
  return {
    name,
    instructions: () => client.getInstructions() ?? '',
    tools: async () => (await client.listTools()).tools,
    ask: async (tool, args = {}) => {
      const answered: Answered = await callTool(tool, { ...args });
      expect(answered.isError ?? false, `${tool}: ${wordsOf(answered)}`).toBe(false);
      expect(wordsOf(answered)).not.toBe('');
      return answered.structuredContent as never;
    },
    call: async (tool, args = {}) => {
      const answered: Answered = await callTool(tool, { ...args });
      return { text: wordsOf(answered), isError: answered.isError === true };
    },
    close: async () => await client.close(),
  };
}

/** The person at the client, who says yes unless told otherwise, or whom the client cannot ask. */
type Person = 'says yes' | 'says no' | 'looks away' | 'cannot be asked';
type Starting = {
  readonly argv?: readonly string[];
  readonly env?: Record<string, string>;
  readonly person?: Person;
  /** What the person was asked is added to this. */
  readonly asked?: string[];
};

function reply(person: Person) {
  if (person === 'looks away') return { action: 'cancel' as const };
  return { action: 'accept' as const, content: { yes: person === 'says yes' } };
}

const capabilitiesOf = (person: Person) => (person === 'cannot be asked' ? {} : { elicitation: {} });

/** A client of the 1.x SDK: the era before 2026-07-28. */
export async function legacy(
  folder: string,
  { argv = [], env = {}, person = 'says yes', asked = [] }: Starting = {},
): Promise<Connection & { readonly client: LegacyClient }> {
  const client = new LegacyClient({ name: 'old-desk', version: '1.2.3' }, { capabilities: capabilitiesOf(person) });
  if (person !== 'cannot be asked') {
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
      asked.push(params.message);
      return reply(person);
    });
  }
  await client.connect(
    new LegacyTransport({ command: process.execPath, args: [BIN, 'stdio', ...argv], env: environment(folder, env) }),
  );
  await client.listTools();
  return {
    ...connection('old-desk 1.2.3', client, async (name, args) => await client.callTool({ name, arguments: args })),
    client,
  };
}

export const MODERN_MODES = ['auto', 'legacy', { pin: '2026-07-28' }] as const;

/** A client of the 2.x SDK in one of its ways of agreeing on a version. */
export async function modern(
  folder: string,
  mode: (typeof MODERN_MODES)[number],
  { argv = [], env = {}, person = 'says yes', asked = [] }: Starting = {},
): Promise<Connection & { readonly client: ModernClient }> {
  const client = new ModernClient(
    { name: 'new-desk', title: 'New Desk', version: '4.5.6' },
    { versionNegotiation: { mode }, capabilities: capabilitiesOf(person) },
  );
  if (person !== 'cannot be asked') {
    client.setRequestHandler('elicitation/create', ({ params }) => {
      asked.push(params.message);
      return reply(person);
    });
  }
  await client.connect(
    new ModernTransport({ command: process.execPath, args: [BIN, 'stdio', ...argv], env: environment(folder, env) }),
  );
  await client.listTools();
  return {
    ...connection('New Desk 4.5.6', client, async (name, args) => await client.callTool({ name, arguments: args })),
    client,
  };
}
