// A client of the built server over bare pipes, that takes what comes: several calls at once, answers in any order, an end
// in the middle.
import { createInterface } from 'node:readline';
import { start } from '../support/program.ts';

export type Answer = {
  readonly text: string;
  readonly isError: boolean;
  readonly structured: Record<string, unknown>;
  /** From the call to its answer. */
  readonly ms: number;
};

export type Desk = {
  /** Null where the server ended before it answered. */
  call(tool: string, args?: object): Promise<Answer | null>;
  /** Fails where the tool answers with an error, or not at all. */
  ask(tool: string, args?: object): Promise<Answer>;
  /** Ends the input, as a client that goes away does: the exit code. */
  close(): Promise<number | null>;
  kill(): Promise<void>;
  /** All that it wrote to its log. */
  log(): string;
};

const HELLO = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bare', version: '0' } };

type Message = { id?: number; result?: Record<string, unknown>; error?: { message: string } };

/** @param folder of the test's own (`home()`) */
export async function openDesk(
  folder: string,
  { argv = ['--no-samples'], env = {} }: { argv?: readonly string[]; env?: Record<string, string> } = {},
): Promise<Desk> {
  const child = start(folder, ['stdio', ...argv], env);
  const waiting = new Map<number, (message: Message) => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = JSON.parse(line) as Message;
    if (message.id !== undefined) waiting.get(message.id)?.(message);
  });
  let log = '';
  child.stderr.on('data', (text: Buffer) => {
    log += String(text);
  });
  const ended = new Promise<null>((resolve) => {
    child.once('close', () => resolve(null));
  });
  let last = 0;
  const send = async (method: string, params: object): Promise<Message | null> => {
    last += 1;
    const id = last;
    const answered = new Promise<Message>((resolve) => {
      waiting.set(id, resolve);
    });
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return await Promise.race([answered, ended]);
  };
  const call = async (tool: string, args: object = {}): Promise<Answer | null> => {
    const began = performance.now();
    const message = await send('tools/call', { name: tool, arguments: args });
    if (message === null) return null;
    const {
      content = [],
      isError = false,
      structuredContent = {},
    } = (message.result ?? {}) as {
      content?: { text?: string }[];
      isError?: boolean;
      structuredContent?: Record<string, unknown>;
    };
    return {
      text: message.error?.message ?? content.map(({ text = '' }) => text).join('\n'),
      isError: isError || message.error !== undefined,
      structured: structuredContent,
      ms: performance.now() - began,
    };
  };
  if ((await send('initialize', HELLO)) === null) throw new Error(`the server did not start: ${log}`);
  child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`);
  return {
    call,
    ask: async (tool, args) => {
      const answer = await call(tool, args);
      if (answer === null || answer.isError) throw new Error(`${tool}: ${answer?.text ?? 'no answer'}\n${log}`);
      return answer;
    },
    close: async () => {
      child.stdin.end();
      await ended;
      return child.exitCode;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    log: () => log,
  };
}
