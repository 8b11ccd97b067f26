// The inside of a worker: does what it is told, one thing after the other, and answers.
import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { failure, packed, type Message } from './messages.ts';

type Work = (input: never) => Promise<unknown>;

/** @param works what it can do, by name */
export function serve(works: Readonly<Record<string, Work>>): void {
  const port = parentPort;
  if (port === null) throw new Error('this is started as a worker');
  const compiled: unknown = workerData;
  if (typeof compiled === 'string') enableCompileCache(compiled);
  port.on('message', ({ task, input }: Message & { readonly input: never }) => void answer(task, input));
  const answer = async (task: string, input: never) => {
    try {
      const work = works[task];
      if (work === undefined) throw new Error(`no worker can do ${task}`);
      const { value, moved } = packed(await work(input));
      port.postMessage({ output: value }, moved);
    } catch (error) {
      port.postMessage(failure(error));
    }
  };
}
