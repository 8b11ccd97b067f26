// One worker thread. Its heap is limited by Node; buffers are not part of that heap, so somebody has to look at them.
import { getCompileCacheDir } from 'node:module';
import { Worker } from 'node:worker_threads';
import { packed, type WorkAnswer, type WorkMessage } from './messages.ts';

/** Why a worker is gone: it used up its memory, or it broke. */
export type End = 'memory' | 'broke';
export type Heard = {
  answered(answer: WorkAnswer): void;
  /** Once, after which nothing more is heard. */
  ended(why: End, error: unknown): void;
};

/** Somebody who does one thing at a time. */
export type Hand = {
  /** Keeps the process alive until it is answered. */
  give(message: WorkMessage): void;
  /** Bytes that it holds outside of its heap. */
  buffers(): Promise<number>;
  end(): void;
};

const YOUNG_MB = 32;

/** @param heapMb what its heap may grow to */
export function startThread(entry: URL, heapMb: number, heard: Heard): Hand {
  const worker = new Worker(entry, {
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: YOUNG_MB },
    workerData: getCompileCacheDir(),
    // It is told what it works on and nothing else; and stdout belongs to the protocol.
    env: {},
    execArgv: [],
    stdout: true,
  });
  worker.stdout.resume();
  worker.unref();
  let why: End = 'broke';
  let error: unknown;
  worker.on('message', (answer: WorkAnswer) => {
    worker.unref();
    heard.answered(answer);
  });
  worker.on('error', (thrown: unknown) => {
    error = thrown;
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_WORKER_OUT_OF_MEMORY') why = 'memory';
  });
  worker.on('exit', () => heard.ended(why, error));
  return {
    give: ({ task, input }) => {
      const { value, moved } = packed(input);
      worker.ref();
      worker.postMessage({ task, input: value }, moved);
    },
    // Earlier Nodes do not tell; there what it is given bounds what it takes.
    buffers: async () => {
      if (!('getHeapStatistics' in worker)) return 0;
      return await worker.getHeapStatistics().then(
        ({ external_memory }) => external_memory,
        () => 0,
      );
    },
    end: () => void worker.terminate(),
  };
}
