// The inside of a worker: does what it is told, one thing after the other, and answers.
import { enableCompileCache } from 'node:module';
import { constants, setPriority } from 'node:os';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { failure, packed, type WorkAnswer, type WorkMessage } from './messages.ts';

type Works = Readonly<Record<string, (input: never) => Promise<unknown>>>;
type Given = WorkMessage & { readonly input: never };

/** In a thread. @param works what it can do, by name */
export function serve(works: Works): void {
  const port = parentPort;
  if (port === null) throw new Error('this is started as a worker');
  const compiled: unknown = workerData;
  if (typeof compiled === 'string') enableCompileCache(compiled);
  // There a thread has a priority of its own; elsewhere it would be that of the whole server.
  if (process.platform === 'linux') giveWay();
  const answer = answering(works, (given) => {
    if (!('output' in given)) return port.postMessage(given);
    const { value, moved } = packed(given.output);
    port.postMessage({ output: value }, moved);
  });
  port.on('message', answer);
}

const LOOK_MS = 50;
/** Looks from a thread of its own: WebAssembly works on the one that it was called from, which sees nothing meanwhile. */
const WATCH = `
  const { workerData: { most, pause } } = require('node:worker_threads');
  setInterval(() => {
    if (process.memoryUsage.rss() > most) process.kill(process.pid, 'SIGKILL');
  }, pause);
`;

/** In a process of its own. @param most bytes that it may hold, after which it is gone */
export function serveInChild(works: Works, most: number): void {
  new Worker(WATCH, { eval: true, workerData: { most, pause: LOOK_MS } }).unref();
  process.on(
    'message',
    answering(works, (given) => process.send?.(given)),
  );
  // Whoever started it is gone.
  process.on('disconnect', () => process.exit(0));
}

/** Where there are few cores, whoever asks for little is not to wait behind what takes long anyway. */
function giveWay(): void {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
}

function answering(works: Works, post: (answer: WorkAnswer) => void): (given: Given) => void {
  const done = async ({ task, input }: Given): Promise<WorkAnswer> => {
    try {
      const work = works[task];
      if (work === undefined) throw new Error(`no worker can do ${task}`);
      return { output: await work(input) };
    } catch (error) {
      return failure(error);
    }
  };
  return (given) => void done(given).then(post);
}
