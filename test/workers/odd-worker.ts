// A worker that does what no worker should.
import { Problem } from '../../src/domain/errors.ts';
import { says } from '../../src/domain/message.ts';
import { serve } from '../../src/workers/serve.ts';
import { threadId } from 'node:worker_threads';
import { letPass } from '../support/time.ts';

const held: unknown[] = [];

serve({
  echo: async (input: unknown) => ({ input, threadId }),
  size: async ({ bytes }: { bytes: Uint8Array }) => ({ bytes: new Uint8Array(bytes.length + 1) }),
  rest: async (ms: number) => {
    await letPass(ms, 'work that takes that long');
    return 'rested';
  },
  spin: async () => {
    for (;;) Math.sqrt(2);
  },
  'fill heap': async () => {
    for (;;) held.push(Array.from({ length: 1000 }, (_, index) => `${index}`));
  },
  'fill buffers': async () => {
    for (let left = 2000; left > 0; left -= 1) held.push(new Uint8Array(1024 * 1024).fill(1));
    for (;;) Math.sqrt(2);
  },
  refuse: async () => {
    throw new Problem('invalid', says('file.empty'), 'content');
  },
  fail: async () => {
    throw new TypeError('a fault of ours');
  },
  break: async () => process.exit(3),
  'throw later': async () => {
    setImmediate(() => {
      throw new Error('nobody waits for this');
    });
    await new Promise(() => {});
  },
  print: async () => process.stdout.write('this must not reach stdout\n'),
});
