// Backups as a person makes them, with the built program: while others write, killed, on a full disk, elsewhere; and the
// ways that look like backups and are none.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BIN, environment, home, legacy, run } from '../support/program.ts';
import { SEED } from '../support/seed.ts';
import { copyBook, rowsOf } from '../support/store.ts';
import { letPass, until } from '../support/time.ts';

const BACKUPS = Number(process.env['JOBWRIGHT_BACKUPS'] ?? 8);
const KILLS = Number(process.env['JOBWRIGHT_BACKUP_KILLS'] ?? 15);
const PHOTOS = Number(process.env['JOBWRIGHT_PHOTOS'] ?? 300);
const COPIES = Number(process.env['JOBWRIGHT_COPIES'] ?? 3);

const archivesIn = (folder: string) => readdirSync(folder).filter((name) => name.endsWith('.tar'));
const modesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => {
    const mode = statSync(join(entry.parentPath, entry.name)).mode & 0o777;
    return `${entry.isDirectory() ? 'folder' : 'file'} ${mode.toString(8)}`;
  });
const call = async (folder: string, tool: string, args: object) => {
  const ended = await run(folder, ['call', tool, JSON.stringify(args), '--json']);
  expect(ended.err).toBe('');
  return JSON.parse(ended.out);
};
const attach = async (folder: string, name: string, words: string) => {
  const from = join(folder, 'home');
  writeFileSync(join(from, name), words);
  const given = JSON.stringify({ job: 'J-1', path: name });
  const ended = await run(folder, ['call', 'attach-file', given, '--files', from]);
  expect(ended).toMatchObject({ code: 0, err: '' });
};
/** Eight files of megabytes, so that there is a middle to be stopped in. */
const attachLongOnes = async (folder: string) => {
  for (let each = 0; each < 8; each += 1) await attach(folder, `${each}.txt`, `${each} `.repeat(1_500_000));
};
/** Dana's roof, with an invoice and a file. */
async function someBook(): Promise<string> {
  const folder = home();
  await run(folder, ['call', 'create-job', '{"newCustomer":{"name":"Dana"},"name":"Roof"}', '--no-samples']);
  await call(folder, 'create-invoice', { job: 'J-1', lines: [{ description: 'Work', quantity: 1, unitPrice: 100 }] });
  await attach(folder, 'permit.txt', 'The permit of the town.');
  return folder;
}
async function backedUp(folder: string, ...argv: string[]) {
  const ended = await run(folder, ['backup', '--to', join(folder, 'shelf'), '--json', ...argv]);
  expect([ended.code, ended.err]).toEqual([0, '']);
  return JSON.parse(ended.out);
}
async function broughtBack(folder: string, archive: string, to: string, ...argv: string[]) {
  const ended = await run(folder, ['restore', archive, '--data', to, '--last-invoice', 'none', '--json', ...argv]);
  expect([ended.code, ended.err]).toEqual([0, '']);
  return JSON.parse(ended.out);
}
const isWell = async (folder: string, data: string) =>
  expect(await run(folder, ['doctor', '--data', data])).toMatchObject({
    ...{ code: 0, err: '', out: expect.stringMatching(/All is well\.\n$/) },
  });
const leftIn = (folder: string) =>
  [
    ...readdirSync(join(folder, 'book')).filter((name) => name.startsWith('backup-')),
    ...(existsSync(join(folder, 'shelf')) ? readdirSync(join(folder, 'shelf')) : []).filter((n) => n.endsWith('.part')),
  ].toSorted();

describe('backup, verify, restore', () => {
  test('say what they did, and the book that comes back goes on', async () => {
    const folder = await someBook();
    const shelf = join(folder, 'shelf');
    const made = await run(folder, ['backup', '--to', shelf]);
    expect(made).toMatchObject({ code: 0, err: '' });
    const [, archive = '', fingerprint = ''] =
      /^Backed up to (\S+\.tar) \([\d.]+ KB\): the book at write \d+ with 1 file, checked and read back\.\nSigned with the key ((?:[0-9a-f]{4}-){7}[0-9a-f]{4})\. Keep that elsewhere: verify and restore compare it with --fingerprint\.\n$/.exec(
        made.out,
      ) ?? [];
    expect(archivesIn(shelf)).toEqual([archive.slice(shelf.length + 1)]);
    const verified = await run(folder, ['verify', archive, '--fingerprint', fingerprint]);
    expect(verified).toMatchObject({ code: 0, err: '' });
    expect(verified.out).toMatch(
      /^Account 1 My business: up to change 3 of \d{4}-\d\d-\d\d \d\d:\d\d \(America\/Chicago\): Attached F-1 permit\.txt to J-1 Roof\.\nThe backup of \S+Z is whole: the database and 1 file, every byte as it was packed\. The books are clean\.\nSigned with the key /,
    );
    const back = join(folder, 'back');
    // There is nobody to ask which invoice was the last.
    const unsaid = await run(folder, ['restore', archive, '--data', back]);
    expect(unsaid).toMatchObject({ code: 1, out: '' });
    expect(unsaid.err).toMatch(
      /^jobwright: Say which invoice was the last one sent.+INV-1001.+--last-invoice none where.+\n$/,
    );
    expect(existsSync(back)).toBe(false);
    const restored = await run(folder, [
      ...['restore', archive, '--data', back, '--fingerprint', fingerprint, '--last-invoice', 'INV-1040'],
    ]);
    expect(restored).toMatchObject({ code: 0, err: '' });
    expect(restored.out).toContain('Account 1: the next invoice is INV-1041.\nEverybody signs in again');
    expect(readdirSync(folder).toSorted()).toEqual(['back', 'book', 'home', 'shelf']);
    expect(readdirSync(back).toSorted()).toEqual(['files', 'jobwright.db', 'jobwright.id']);
    await isWell(folder, back);
    const lines = '[{"description":"More","quantity":1,"unitPrice":50}]';
    const next = await run(folder, ['call', 'create-invoice', `{"job":"J-1","lines":${lines}}`, '--data', back]);
    expect(next.out).toContain('INV-1041');
    await isWell(folder, back);
    // Its own backup is signed by a key of its own.
    const again = await run(folder, ['backup', '--to', shelf, '--data', back, '--json']);
    expect(JSON.parse(again.out).fingerprint).not.toBe(fingerprint);
  });

  test('a restore overwrites nothing, whatever is there', async () => {
    const folder = await someBook();
    const { archive } = await backedUp(folder);
    const before = readFileSync(join(folder, 'book', 'jobwright.db'));
    for (const there of ['jobwright.db', 'jobwright.db-wal', 'jobwright.id', 'notes.txt']) {
      const taken = join(folder, `taken-${there}`);
      mkdirSync(taken);
      writeFileSync(join(taken, there), 'mine');
      const ended = await run(folder, ['restore', archive, '--data', taken, '--last-invoice', 'none']);
      expect(ended).toMatchObject({ code: 1, out: '' });
      expect(ended.err).toBe(
        `jobwright: ${taken} is not empty (${there}), and a restore overwrites nothing. Name a new folder with --data.\n`,
      );
      expect(readFileSync(join(taken, there), 'utf8')).toBe('mine');
    }
    expect((await run(folder, ['restore', archive, '--last-invoice', 'none'])).code).toBe(1);
    expect(readFileSync(join(folder, 'book', 'jobwright.db')).equals(before)).toBe(true);
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    await broughtBack(folder, archive, empty);
    await isWell(folder, empty);
  });

  test('encrypted: made for a key, checked as far as can be without it, opened with it, refused with another', async () => {
    const folder = await someBook();
    const keys: string[] = [];
    for (const name of ['mine', 'other']) {
      const secret = await generateX25519Identity();
      writeFileSync(join(folder, `${name}.txt`), `${secret}\n`);
      writeFileSync(join(folder, `${name}.pub`), `# ${name}\n${await identityToRecipient(secret)}\n`);
      keys.push(await identityToRecipient(secret));
    }
    const { archive, encrypted } = await backedUp(folder, '--encrypt-to', join(folder, 'mine.pub'));
    expect(encrypted).toBe(true);
    const envelope = await run(folder, ['verify', archive]);
    expect(envelope.code).toBe(0);
    expect(envelope.out).toMatch(
      /^Its outside is sound: .+What is encrypted in it was not opened; --identity FILE checks that too\.\n$/,
    );
    expect((await run(folder, ['verify', archive, '--identity', join(folder, 'mine.txt')])).out).toContain(
      'The books are clean.',
    );
    const other = await run(folder, ['verify', archive, '--identity', join(folder, 'other.txt')]);
    expect(other).toMatchObject({
      code: 1,
      err: 'jobwright: None of the keys in the --identity file opens this archive.\n',
    });
    const back = join(folder, 'back');
    const keyless = await run(folder, ['restore', archive, '--data', back, '--last-invoice', 'none']);
    expect(keyless).toMatchObject({
      code: 1,
      err: expect.stringContaining('This archive is encrypted: --identity FILE'),
    });
    await broughtBack(folder, archive, back, '--identity', join(folder, 'mine.txt'));
    await isWell(folder, back);
    const two = await backedUp(folder, '--encrypt-to', keys[0] ?? '', '--encrypt-to', keys[1] ?? '');
    expect((await run(folder, ['verify', two.archive, '--identity', join(folder, 'other.txt')])).code).toBe(0);
    expect(readdirSync(folder).toSorted()).toEqual([
      'back',
      'book',
      'home',
      'mine.pub',
      'mine.txt',
      'other.pub',
      'other.txt',
      'shelf',
    ]);
  });

  test('a file that is gone is named by all three, code 1 by the one that could still do something', async () => {
    const folder = await someBook();
    rmSync(join(folder, 'book', 'files', '1'), { recursive: true });
    const made = await run(folder, ['backup', '--to', join(folder, 'shelf'), '--json']);
    expect(made.code).toBe(1);
    expect(made.err).toMatch(
      /^- account 1: the file [0-9a-f]{12}… is missing, and so not in this backup\njobwright doctor says which records need them\. Nothing older was deleted\.\n$/,
    );
    const { archive, lost } = JSON.parse(made.out);
    expect(lost).toMatchObject([{ account: 1, is: 'missing' }]);
    const words = /1 file was missing or damaged already when it was made: [0-9a-f]{12}…\. The books are clean\./;
    const verified = await run(folder, ['verify', archive]);
    expect(verified).toMatchObject({ code: 0, err: '', out: expect.stringMatching(words) });
    expect((await broughtBack(folder, archive, join(folder, 'back'))).lost).toEqual(lost);
  });

  test.each([
    [['backup'], 2, 'backup needs --to DIR'],
    [['backup', 'x', '--to', 'y'], 2, 'backup takes options alone'],
    [
      ['backup', '--to', 'shelf', '--keep', 'all'],
      2,
      '--keep is "all"; write how many days, weeks and months, like --keep 7d,4w,12m',
    ],
    [
      ['backup', '--to', 'shelf', '--every', 'day'],
      2,
      '--every is "day"; write a number of h, d, w or min, like --every 24h',
    ],
    [['backup', '--to', 'shelf', '--encrypt-to', 'age1nothing'], 1, '--encrypt-to takes public keys of age'],
    [
      ['backup', '--to', 'shelf', '--encrypt-to', 'nowhere.pub'],
      1,
      '--encrypt-to: nowhere.pub cannot be read (ENOENT).',
    ],
    [['backup', '--to', 'shelf'], 1, 'There is no book in'],
    [['stdio', '--every', '24h'], 2, '--every needs --to DIR too'],
    [['http', '--no-auth', '--every', '24h'], 2, '--every needs --to DIR too'],
    [['stdio', '--every', '24h', '--to', 'shelf', '--encrypt-to', 'nowhere.pub'], 1, 'nowhere.pub cannot be read'],
    [['http', '--every', '24h', '--to', 'shelf', '--encrypt-to', 'age1nothing'], 1, '--encrypt-to takes public keys'],
    [['restore'], 2, 'restore takes one archive'],
    [['restore', 'a', 'b'], 2, 'restore takes one archive'],
    [['restore', 'nowhere.tar'], 1, 'nowhere.tar cannot be read (ENOENT).'],
    [['verify'], 2, 'verify takes one archive'],
    [['verify', 'nowhere.tar'], 1, 'nowhere.tar cannot be read (ENOENT).'],
    [['verify', BIN], 1, 'This archive is damaged or was altered: it does not begin with a manifest.json'],
    [['verify', BIN, '--identity', BIN], 1, '--identity takes a file with a secret key of age a line'],
  ])('%o is refused in one line, and nothing is made', async (argv, code, words) => {
    const folder = home();
    const ended = await run(folder, argv);
    expect(ended).toMatchObject({ code, out: '' });
    expect(ended.err).toMatch(/^jobwright: [^\n]+\n$/);
    expect(ended.err).toContain(words);
    expect(readdirSync(folder)).toEqual(['home']);
  });
});

/** A book grows with its writes, and every look at it takes longer. */
const ROUNDS_A_BOOK = 10;

test(`${BACKUPS} backups while two servers write: each comes back clean, with every row that was acknowledged before`, {
  timeout: 60_000 + BACKUPS * 20_000,
}, async () => {
  let [writes, during] = [0, 0];
  for (let left = BACKUPS; left > 0; left -= ROUNDS_A_BOOK) {
    const one = await backedUpUnderWrites(Math.min(left, ROUNDS_A_BOOK));
    writes += one.writes;
    during += one.during;
  }
  process.stdout.write(`${BACKUPS} backups: ${writes} writes, ${during} of them while one was made\n`);
  // It looks only where they do write meanwhile.
  expect(during).toBeGreaterThan(BACKUPS);
});

async function backedUpUnderWrites(rounds: number) {
  const folder = await someBook();
  const acknowledged: string[] = [];
  const over = new AbortController();
  const write = async (lane: string) => {
    const desk = await legacy(folder);
    for (let index = 0; !over.signal.aborted; index += 1) {
      const what = `${lane}-${index}`;
      if (index % 3 === 0)
        await desk.ask('attach-file', {
          ...{
            job: 'J-1',
            name: `${what}.txt`,
            content: Buffer.from(`Seen: ${what}. `.repeat(500)).toString('base64'),
          },
        });
      else
        await desk.ask('add-job-expense', {
          job: 'J-1',
          description: what,
          amount: 10,
          category: 'other',
          allowDuplicate: true,
        });
      acknowledged.push(index % 3 === 0 ? `${what}.txt` : what);
    }
  };
  const writing = Promise.all([write('a'), write('b')]);
  let during = 0;
  for (let round = 0; round < rounds; round += 1) {
    const known = [...acknowledged];
    const { archive } = await backedUp(folder);
    during += acknowledged.length - known.length;
    const back = join(folder, `back-${round}`);
    const { faults, lost } = await broughtBack(folder, archive, back);
    expect([faults, lost]).toEqual([[], []]);
    await isWell(folder, back);
    const named = await rowsOf(
      { folder: back },
      'select description as name from expenses union select name from files',
    );
    const rows = new Set(named.map(({ name }) => name));
    expect(known.filter((what) => !rows.has(what))).toEqual([]);
    rmSync(back, { recursive: true });
    rmSync(archive);
  }
  over.abort();
  await writing;
  await isWell(folder, join(folder, 'book'));
  return { writes: acknowledged.length, during };
}

/** As a shell starts it, which may limit or change what it gets from there. */
function shelled(
  folder: string,
  first: string,
  argv: readonly string[],
  env: Record<string, string> = {},
  as?: number,
) {
  const child = spawn('sh', ['-c', `${first}; exec "$0" "$@"`, process.execPath, BIN, ...argv], {
    env: environment(folder, env),
    ...(as === undefined ? {} : { uid: as, gid: as }),
  });
  child.stdin.end();
  return Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]).then(([out, err]) => ({
    ...{ code: child.exitCode, out, err },
  }));
}

test(`${KILLS} that are killed in the middle: never a broken archive, and the next one tidies up (seed ${SEED})`, {
  timeout: 60_000 + KILLS * 10_000,
}, async () => {
  const folder = await someBook();
  await attachLongOnes(folder);
  const shelf = join(folder, 'shelf');
  const began = performance.now();
  const first = await backedUp(folder);
  const took = performance.now() - began;
  let state = SEED;
  let leftOver = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const child = spawn(process.execPath, [BIN, 'backup', '--to', shelf], {
      env: environment(folder),
      stdio: 'ignore',
    });
    const closed = once(child, 'close');
    await letPass(took * (0.3 + 0.7 * (state / 2_147_483_648)), 'a kill falls into any moment');
    child.kill('SIGKILL');
    await closed;
    leftOver += leftIn(folder).length > 0 ? 1 : 0;
    for (const name of archivesIn(shelf)) expect((await run(folder, ['verify', join(shelf, name)])).code, name).toBe(0);
    if (kill % 3 !== 2) continue;
    await backedUp(folder);
    expect(leftIn(folder)).toEqual([]);
    for (const name of archivesIn(shelf)) if (join(shelf, name) !== first.archive) rmSync(join(shelf, name));
  }
  process.stdout.write(`${KILLS} killed backups: ${leftOver} left something half done, which the next took away\n`);
  expect(leftOver).toBeGreaterThan(KILLS / 5);
  await isWell(folder, join(folder, 'book'));
});

test('told to end in the middle, all three leave nothing', async () => {
  const folder = await someBook();
  await attachLongOnes(folder);
  const { archive } = await backedUp(folder);
  const [shelf, home] = [join(folder, 'shelf'), join(folder, 'home')];
  for (const [argv, place, begun] of [
    [['backup', '--to', shelf], shelf, '.part'],
    [['restore', archive, '--data', join(folder, 'back'), '--last-invoice', 'none'], folder, '.back.restoring-'],
    [['verify', archive], home, 'jobwright-verify-'],
  ] as const) {
    const child = spawn(process.execPath, [BIN, ...argv], { env: environment(folder, { TMPDIR: home }) });
    const err = text(child.stderr);
    const closed = once(child, 'close');
    await until(() => child.exitCode !== null || readdirSync(place).some((name) => name.includes(begun)), { every: 1 });
    child.kill('SIGTERM');
    await closed;
    expect([child.exitCode, await err]).toEqual([1, 'jobwright: Stopped. What was half done was taken away again.\n']);
    expect(leftIn(folder)).toEqual([]);
    expect(readdirSync(folder).toSorted()).toEqual(['book', 'home', 'shelf']);
    expect(readdirSync(home).filter((name) => name.startsWith('jobwright-'))).toEqual([]);
    expect(archivesIn(shelf)).toHaveLength(1);
  }
});

test('a restore that is killed leaves nothing or all, and the next one takes away what it left', async () => {
  const folder = await someBook();
  await attachLongOnes(folder);
  const { archive } = await backedUp(folder);
  const back = join(folder, 'back');
  const child = spawn(process.execPath, [BIN, 'restore', archive, '--data', back, '--last-invoice', 'none'], {
    ...{ env: environment(folder), stdio: 'ignore' },
  });
  const closed = once(child, 'close');
  await until(() => readdirSync(folder).some((name) => name.startsWith('.back')), { every: 1 });
  await letPass(20, 'a kill falls into the middle of it');
  child.kill('SIGKILL');
  await closed;
  expect(existsSync(back)).toBe(false);
  expect(readdirSync(folder).filter((name) => name.startsWith('.back'))).toHaveLength(1);
  await broughtBack(folder, archive, back);
  expect(readdirSync(folder).toSorted()).toEqual(['back', 'book', 'home', 'shelf']);
  await isWell(folder, back);
});

describe('a disk without room', () => {
  test('a file that may not grow: said in words, nothing is left, and the earlier one stays', async () => {
    const folder = await someBook();
    await attach(folder, 'long.txt', 'x'.repeat(3_000_000));
    const { archive } = await backedUp(folder);
    // Blocks of 512 bytes: the database still goes into one file, database and files do not.
    const ended = await shelled(folder, 'ulimit -f 4000', ['backup', '--to', join(folder, 'shelf')]);
    expect(ended).toMatchObject({ code: 1, out: '' });
    expect(ended.err).toMatch(
      /^jobwright: No backup was made, and the earlier ones were left alone\. A file has reached the largest size[^\n]+\n$/,
    );
    expect(leftIn(folder)).toEqual([]);
    expect(archivesIn(join(folder, 'shelf'))).toEqual([archive.slice(join(folder, 'shelf').length + 1)]);
    const back = await shelled(folder, 'ulimit -f 4000', [
      ...['restore', archive, '--data', join(folder, 'back'), '--last-invoice', 'none'],
    ]);
    expect(back).toMatchObject({ code: 1, out: '' });
    expect(back.err).toMatch(/^jobwright: A file has reached the largest size[^\n]+\n$/);
    expect(readdirSync(folder).toSorted()).toEqual(['book', 'home', 'shelf']);
  });

  test('a full one is told before a byte is written', async () => {
    const folder = await someBook();
    await attach(folder, 'long.txt', 'x'.repeat(3_000_000));
    const small = join(folder, 'small');
    mkdirSync(small);
    // Only whoever may mount can make one; for the others the test before stands.
    const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', small]).status === 0;
    if (isMounted) onTestFinished(() => void spawnSync('umount', [small]));
    const { code, err } = await run(folder, ['backup', '--to', small]);
    const full = /^jobwright: There is no room in \S+small: [\d.]+ MB are needed and [\d.]+ MB are free\. [^\n]+\n$/;
    expect(code).toBe(isMounted ? 1 : 0);
    expect(err).toMatch(isMounted ? full : /^$/);
    expect(readdirSync(small)).toHaveLength(isMounted ? 0 : 1);
  });
});

test('elsewhere: another zone, another umask, another user; nobody else may read any of it', async () => {
  const folder = await someBook();
  chmodSync(folder, 0o777);
  const shelf = join(folder, 'shelf');
  const made = await shelled(folder, 'umask 000', ['backup', '--to', shelf], { TZ: 'Pacific/Kiritimati' });
  expect([made.code, made.err]).toEqual([0, '']);
  expect(statSync(shelf).mode & 0o777).toBe(0o700);
  expect(modesIn(shelf)).toEqual(['file 600']);
  const [name = ''] = archivesIn(shelf);
  const there = join(folder, 'there.tar');
  copyFileSync(join(shelf, name), there);
  chmodSync(there, 0o644);
  // Only root can become another user; and that one must be able to reach the program.
  const nobody = 65_534;
  const isOther =
    process.getuid?.() === 0 &&
    spawnSync(process.execPath, ['-e', `require('fs').readFileSync(${JSON.stringify(BIN)})`], { uid: nobody })
      .status === 0;
  for (const umask of ['000', '077']) {
    const back = join(folder, `back-${umask}`);
    const env = { TZ: 'America/Los_Angeles', HOME: folder };
    const as = isOther ? nobody : undefined;
    const argv = ['restore', there, '--data', back, '--last-invoice', 'none'];
    const restored = await shelled(folder, `umask ${umask}`, argv, env, as);
    expect([restored.code, restored.err]).toEqual([0, '']);
    expect(restored.out).toMatch(/\(America\/Chicago\): Attached F-1/);
    expect([...new Set(modesIn(back))].toSorted()).toEqual(['file 600', 'folder 700']);
    expect(statSync(back)).toMatchObject({ mode: 0o40700, uid: as ?? process.getuid?.() });
    expect((await shelled(folder, `umask ${umask}`, ['doctor', '--data', back], env, as)).out).toContain(
      'All is well.',
    );
  }
});

/** The most memory that a process had, in megabytes, by what the system counts. */
async function measured(folder: string, argv: readonly string[]) {
  const began = performance.now();
  const child = spawn(process.execPath, [BIN, ...argv], {
    env: environment(folder),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let most = 0;
  const looking = setInterval(() => {
    try {
      const [, peak = '0'] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid ?? 0}/status`, 'utf8')) ?? [];
      most = Math.max(most, Number(peak) / 1000);
    } catch {
      // It has ended, or this system has no such file.
    }
  }, 10);
  const err = await text(child.stderr);
  if (child.exitCode === null) await once(child, 'exit');
  clearInterval(looking);
  expect([child.exitCode, err]).toEqual([0, '']);
  return { seconds: (performance.now() - began) / 1000, megabytes: Math.round(most) };
}

test(`${PHOTOS} small photos: backed up, verified and brought back in bounded memory`, {
  timeout: 60_000 + PHOTOS * 60,
}, async () => {
  const folder = await someBook();
  const desk = await legacy(folder);
  // As many bytes as a phone's picture that was made small, and no two alike.
  const photo = (index: number) => Buffer.from(`${index} `.repeat(4000));
  for (let index = 0; index < PHOTOS; index += 1)
    await desk.ask('attach-file', { job: 'J-1', name: `${index}.txt`, content: photo(index).toString('base64') });
  await desk.close();
  const shelf = join(folder, 'shelf');
  const figures = { backup: await measured(folder, ['backup', '--to', shelf]) };
  const [name = ''] = archivesIn(shelf);
  const archive = join(shelf, name);
  const verify = await measured(folder, ['verify', archive]);
  const back = join(folder, 'back');
  const restore = await measured(folder, ['restore', archive, '--data', back, '--last-invoice', 'none']);
  const all = { ...figures, verify, restore };
  process.stdout.write(`${PHOTOS} photos, ${Math.round(statSync(archive).size / 1e6)} MB: ${JSON.stringify(all)}\n`);
  for (const { megabytes } of Object.values(all)) expect(megabytes).toBeLessThan(350);
  await isWell(folder, back);
});

describe('a server that is told to', () => {
  test.each([['stdio'], ['http']])(
    '%s makes one some seconds after its start, and none while the last is young',
    {
      timeout: 60_000,
    },
    async (command) => {
      const folder = await someBook();
      const shelf = join(folder, 'shelf');
      const looks = ['--every', '24h', '--to', shelf, '--keep', '7d,4w'];
      const argv =
        command === 'http'
          ? ['http', '--no-auth', '--port', '0', '--url', 'http://localhost:1', ...looks]
          : ['stdio', ...looks];
      for (const said of ['backup made', 'no backup is due']) {
        const server = spawn(process.execPath, [BIN, ...argv], {
          env: environment(folder, { JOBWRIGHT_LOG_LEVEL: 'info' }),
        });
        onTestFinished(() => void server.kill('SIGKILL'));
        const closed = once(server, 'close');
        let log = '';
        for await (const piece of server.stderr) {
          log += String(piece);
          if (/backup/.test(log)) break;
        }
        expect(log).toContain(`"msg":"${said}"`);
        server.kill('SIGTERM');
        await closed;
        expect(archivesIn(shelf)).toHaveLength(1);
      }
      expect((await run(folder, ['verify', join(shelf, archivesIn(shelf)[0] ?? '')])).code).toBe(0);
    },
  );
});

describe(`what looks like a backup and is none (${COPIES} of each)`, () => {
  test('a copy of the files that was taken before the one of the database', async () => {
    let failed = 0;
    for (let copy = 0; copy < COPIES; copy += 1) {
      const folder = await someBook();
      const plain = join(folder, 'plain');
      cpSync(join(folder, 'book', 'files'), join(plain, 'files'), { recursive: true });
      await attach(folder, 'late.txt', `Attached while the copy was made: ${copy}`);
      await copyBook({ folder: join(folder, 'book') }, { folder: plain });
      const { out } = await run(folder, ['doctor', '--data', plain]);
      failed += /F-2: its bytes are missing/.test(out) ? 1 : 0;
      // The other way round it is whole.
      rmSync(join(plain, 'files'), { recursive: true });
      cpSync(join(folder, 'book', 'files'), join(plain, 'files'), { recursive: true });
      await isWell(folder, plain);
    }
    expect(failed).toBe(COPIES);
  });

  test('a copy of jobwright.db without its log, which has lost rows and does not show it', {
    timeout: 60_000,
  }, async () => {
    let unseen = 0;
    for (let copy = 0; copy < COPIES; copy += 1) {
      const folder = await someBook();
      const desk = await legacy(folder);
      await desk.ask('create-customer', { name: 'Marta Ortiz' });
      mkdirSync(join(folder, 'plain'));
      copyFileSync(join(folder, 'book', 'jobwright.db'), join(folder, 'plain', 'jobwright.db'));
      cpSync(join(folder, 'book', 'files'), join(folder, 'plain', 'files'), { recursive: true });
      const { out } = await run(folder, ['call', 'list-customers', '{}', '--data', join(folder, 'plain')]);
      const doctor = await run(folder, ['doctor', '--data', join(folder, 'plain')]);
      unseen += !out.includes('Marta') && doctor.out.includes('All is well.') ? 1 : 0;
      await desk.close();
    }
    expect(unseen).toBe(COPIES);
  });
});
