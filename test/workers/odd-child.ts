// A process that does what native code may do.
import { serveInChild } from '../../src/workers/serve.ts';
import { letPass } from '../support/time.ts';

const MOST = 256 * 1024 * 1024;
const held: Buffer[] = [];

serveInChild(
  {
    size: async ({ bytes }: { bytes: Uint8Array }) => ({ bytes: new Uint8Array(bytes.length + 1) }),
    pid: async () => process.pid,
    spin: async () => {
      for (;;) Math.sqrt(2);
    },
    fill: async () => {
      for (;;) {
        held.push(Buffer.alloc(16 * 1024 * 1024, 1));
        await letPass(1, 'it fills little by little, and hears meanwhile');
      }
    },
    crash: async () => process.abort(),
  },
  MOST,
);
