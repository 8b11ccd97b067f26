// A day's work at the real server, every step to the disk written down: what it did, and what it acknowledged when.
import { mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from 'vitest';
import { home } from '../support/program.ts';
import { openDesk, type Desk } from './desk.ts';
import { Disk } from './disk.ts';
import { readLog, type Done } from './log.ts';
import type { Random } from './random.ts';
import { faultsOn, filesUnder, type Rule } from './shim.ts';
import { sha256 } from '../support/bytes.ts';

const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex');

export type Session = {
  /** The folder that is the disk, and the data folder on it. */
  readonly root: string;
  readonly data: string;
  readonly done: readonly Done[];
  readonly acknowledged: readonly Acknowledged[];
  /** An empty disk, with what was there before the work. */
  disk(): Disk;
};

export type Acknowledged = {
  /** Where in the log it was said. */
  readonly at: number;
  readonly change: number;
  /** Of an attached file. */
  readonly hash: string | null;
};

export type Working = {
  readonly random: Random;
  readonly env?: Record<string, string>;
  readonly rules?: readonly Rule[];
  /** Of the data folder under the disk; what is not safe beforehand the program makes. */
  readonly data?: string;
  readonly safe?: readonly string[];
  readonly work: (work: Work) => Promise<void>;
};

export type Work = {
  readonly random: Random;
  readonly open: () => Promise<Desk>;
  /** The arguments of attach-file for new bytes. */
  readonly photo: (bytes?: Buffer) => object;
};

export function jpeg(random: Random, length: number): Buffer {
  return Buffer.concat([JPEG, Buffer.from(Uint8Array.from({ length }, () => random.below(256)))]);
}

export async function workDown({
  random,
  env = {},
  rules = [],
  data = 'book',
  safe = ['book'],
  work,
}: Working): Promise<Session> {
  const folder = home();
  const root = join(realpathSync(folder), 'disk');
  for (const path of ['', ...safe]) mkdirSync(join(root, path), { recursive: true, mode: 0o700 });
  const log = join(folder, 'log');
  const faults = faultsOn(root, { log });
  faults.set(...rules);
  const hashes = new Map<string, string>();
  const desks: Desk[] = [];
  await work({
    random,
    open: async () => {
      const desk = await openDesk(folder, { env: { ...faults.env, ...env, JOBWRIGHT_DATA: join(root, data) } });
      desks.push(desk);
      return desk;
    },
    photo: (bytes = jpeg(random, 500 + random.below(9000))) => {
      const name = `photo-${hashes.size}.jpg`;
      hashes.set(name, sha256(bytes));
      return { job: 'J-1', name, content: bytes.toString('base64') };
    },
  });
  if (rules.length > 0) expect(faults.hits().length, 'the planted fault was met').toBeGreaterThan(0);
  // One that was left running looks for left-over files by itself: the disk would change while it is compared.
  for (const desk of desks) await desk.kill();
  const done = readLog(log);
  const disk = () =>
    new Disk(
      root,
      safe.map((path) => join(root, path)),
    );
  checkLog(root, disk(), done);
  return { root, data: join(root, data), done, acknowledged: acknowledgedIn(done, hashes), disk };
}

/** The log leaves nothing out: played back whole, it comes to what is really there. */
function checkLog(root: string, disk: Disk, done: readonly Done[]): void {
  for (const each of done) disk.do(each);
  // Shared memory is written to past the disk, and made anew at every start.
  const isLasting = (path: string) => !path.endsWith('-shm');
  const played = [...disk.files()].filter(([path]) => isLasting(path));
  const real = filesUnder(root).filter(isLasting);
  expect(real.map((path) => relative(root, path)).toSorted()).toEqual(played.map(([path]) => path).toSorted());
  for (const [path, bytes] of played)
    expect(readFileSync(join(root, path)).equals(bytes), `${path} as played back`).toBe(true);
}

function acknowledgedIn(done: readonly Done[], hashes: ReadonlyMap<string, string>): Acknowledged[] {
  const said = new Map<number, string>();
  const found: Acknowledged[] = [];
  for (const { kind, pid, at, bytes } of done) {
    if (kind !== 'said') continue;
    const lines = `${said.get(pid) ?? ''}${bytes.toString('utf8')}`.split('\n');
    said.set(pid, lines.pop() ?? '');
    for (const line of lines) {
      const { result } = JSON.parse(line) as {
        result?: { isError?: boolean; structuredContent?: Record<string, any> };
      };
      const { change, file } = result?.structuredContent ?? {};
      if (result?.isError === true || typeof change !== 'number') continue;
      found.push({ at, change, hash: hashes.get(String(file?.name)) ?? null });
    }
  }
  return found;
}

type Calls = (random: Random, index: number) => readonly [tool: string, args: object];
const LINE = { description: 'Work', quantity: 1, unitPrice: 10 };
const CALLS: readonly Calls[] = [
  (_, index) => ['create-customer', { name: `Customer ${index}` }],
  (_, index) => ['create-job', { customer: 'C-1', name: `Job ${index}` }],
  (_, index) => ['add-job-expense', { job: 'J-1', description: `Nails ${index}`, amount: 10, category: 'materials' }],
  (_, index) => ['create-invoice', { job: 'J-1', lines: [{ ...LINE, description: `Work ${index}` }] }],
  (_, index) => [
    'create-quote',
    { customer: 'C-1', title: `Gutters ${index}`, lines: [{ ...LINE, description: `Gutter ${index}` }] },
  ],
  (_, index) => ['record-payment', { invoice: 'INV-1001', amount: 1 + index }],
  (_, index) => ['update-job', { job: 'J-1', note: `Gate code ${index}` }],
  (random, index) => [
    'schedule-appointment',
    {
      job: 'J-1',
      title: `Visit ${index}`,
      starts: `2031-0${1 + random.below(9)}-1${random.below(9)}T09:0${index % 10}`,
    },
  ],
];

/** Writes of every kind, several at once and photos among them, in a server that ends in one way or another, and again. */
export async function ordinaryWork({ random, open, photo }: Work, { runs = 2, photosAtOnce = 3 } = {}): Promise<void> {
  let index = 0;
  for (let run = 0; run < runs; run += 1) {
    const desk = await open();
    if (run === 0) {
      await desk.ask('create-job', { newCustomer: { name: 'Dana' }, name: 'Roof' });
      await desk.ask('create-invoice', { job: 'J-1', lines: [{ ...LINE, unitPrice: 500_000 }] });
    }
    const rounds = 4 + random.below(8);
    for (let round = 0; round < rounds; round += 1) {
      const calls = Array.from({ length: 1 + random.below(4) }, () => random.pick(CALLS)(random, (index += 1)));
      const photos = Array.from({ length: round % 2 === 0 ? 1 + random.below(photosAtOnce) : 0 }, () => photo());
      await Promise.all([
        ...calls.map(async ([tool, args]) => await desk.ask(tool, args)),
        ...photos.map(async (args) => await desk.ask('attach-file', args)),
      ]);
    }
    // The last ones are cut off by a kill, or not.
    if (random.next() < 0.5) await desk.close();
    else {
      const last = desk.call(...random.pick(CALLS)(random, (index += 1)));
      await Promise.all([last, desk.kill()]);
    }
  }
}
