// One process for native code: it looks after its own memory, and a crash is its own.
import { fork } from 'node:child_process';
import type { WorkAnswer } from './messages.ts';
import type { End, Hand, Heard } from './thread.ts';

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
  child.on('message', (answer: WorkAnswer) => {
    rest();
    heard.answered(answer);
  });
  let isOver = false;
  const over = (why: End, error?: unknown) => {
    if (isOver) return;
    isOver = true;
    heard.ended(why, error);
  };
  // Who looks after its memory ends it in this way, as the system does.
  child.on('exit', (_, signal) => over(signal === 'SIGKILL' ? 'memory' : 'broke'));
  child.on('error', (error) => over('broke', error));
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
