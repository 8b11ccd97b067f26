// One process for native code: it looks after its own memory, and a crash is its own.
import { fork } from 'node:child_process';
import type { Answer } from './messages.ts';
import type { Hand, Heard } from './thread.ts';

/** How it ends where it used up its memory. */
export const MEMORY_ENDED = 70;
const HEAP_MB = 128;

export function startChild(entry: URL, heard: Heard): Hand {
  const child = fork(entry, [], {
    // Bytes cross as they are; it is told what it works on and nothing else, and stdout belongs to the protocol.
    serialization: 'advanced',
    env: {},
    execArgv: [`--max-old-space-size=${HEAP_MB}`],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const rest = () => {
    child.unref();
    child.channel?.unref();
  };
  rest();
  child.on('message', (answer: Answer) => {
    rest();
    heard.answered(answer);
  });
  let isOver = false;
  const over = (code: number | null, error?: unknown) => {
    if (isOver) return;
    isOver = true;
    heard.ended(code === MEMORY_ENDED ? 'memory' : 'broke', error);
  };
  child.on('exit', over);
  child.on('error', (error) => over(null, error));
  return {
    give: (message) => {
      child.ref();
      child.channel?.ref();
      child.send(message);
    },
    buffers: async () => 0,
    end: () => void child.kill('SIGKILL'),
  };
}
