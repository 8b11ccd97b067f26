// What the program did to its disk, in order, as shim.c wrote it down.
import { readFileSync } from 'node:fs';

const KINDS = ['create', 'write', 'truncate', 'sync', 'rename', 'unlink', 'mkdir', 'rmdir', 'link', 'said'] as const;
const HEAD = 32;

export type Done = {
  readonly kind: (typeof KINDS)[number];
  /** Where in the log it stands, in bytes: what stands before was done before. */
  readonly at: number;
  readonly pid: number;
  readonly path: string;
  /** The other name of a rename or link. */
  readonly to: string;
  /** Of a write, where in the file; of a sync, where in the log it began. */
  readonly offset: number;
  /** Of a truncation: the new size. */
  readonly size: number;
  /** What was written, or said on stdout. */
  readonly bytes: Buffer;
};

export function readLog(file: string): Done[] {
  const log = readFileSync(file);
  const all: Done[] = [];
  for (let at = 0; at < log.length; ) {
    const kind = KINDS[log.readUInt32LE(at) - 1];
    if (kind === undefined) throw new Error(`the log makes no sense at ${at}`);
    const [pathLength, toLength, pid] = [4, 8, 12].map((place) => log.readUInt32LE(at + place)) as [
      number,
      number,
      number,
    ];
    const size = Number(log.readBigUInt64LE(at + 24));
    const path = at + HEAD;
    const to = path + pathLength;
    const start = to + toLength;
    const end = start + (kind === 'write' || kind === 'said' ? size : 0);
    all.push({
      ...{ kind, at, pid, size },
      path: log.toString('utf8', path, to),
      to: log.toString('utf8', to, start),
      offset: Number(log.readBigUInt64LE(at + 16)),
      bytes: log.subarray(start, end),
    });
    at = end;
  }
  return all;
}
