// Photos outlive the wrong book: whatever jobwright.db lies beside them, the program takes none of them away.
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { expect, test } from 'vitest';
import { home, legacy, run, start } from '../support/program.ts';
import { plant } from '../support/store.ts';

const THREE_DAYS_AGO = new Date(Date.now() - 3 * 86_400_000);
const photo = () =>
  Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'), randomBytes(5000)]).toString('base64');
const book = (folder: string) => join(folder, 'book', 'jobwright.db');

async function attachPhotos(folder: string, count: number): Promise<void> {
  const desk = await legacy(folder);
  for (let each = 0; each < count; each += 1)
    await desk.ask('attach-file', { job: 'J-1', name: `roof-${each}.jpg`, content: photo() });
  await desk.close();
}

async function openJob(folder: string, customer: string): Promise<void> {
  const made = await run(folder, [
    ...['call', '--no-samples', 'create-job'],
    JSON.stringify({ newCustomer: { name: customer }, name: 'Roof' }),
  ]);
  expect(made).toMatchObject({ code: 0 });
}

/** In their places, whatever else is in the folder. */
function photosOf(folder: string): string[] {
  return (
    readdirSync(join(folder, 'book', 'files', '1'), { recursive: true, withFileTypes: true })
      // What was found out about them lies beside them.
      .filter((entry) => entry.isFile() && !/\.(?:note|copy)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
  );
}

function putInPlace(folder: string, other: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${book(folder)}${end}`, { force: true });
  copyFileSync(other, book(folder));
}

/** Starts the server and ends it once it has looked for left-over files. @returns what it said */
async function servedUntilLooked(folder: string, argv: readonly string[]): Promise<string> {
  const child = start(folder, argv, { JOBWRIGHT_LOG_LEVEL: 'info' });
  let said = '';
  const looked = new Promise<void>((resolve) => {
    child.stderr.on('data', (text: Buffer) => {
      said += String(text);
      if (/left-over files/.test(said)) resolve();
    });
  });
  child.stdout.resume();
  await looked;
  const ended = new Promise((resolve) => {
    child.once('close', resolve);
  });
  child.kill('SIGTERM');
  await ended;
  return said;
}

const SERVERS = [['stdio'], ['http', '--no-auth', '--port', '0']];

test.each(SERVERS)('an older copy of the book in its place: %s leaves all eight photos', async (...argv) => {
  const folder = home();
  await openJob(folder, 'Dana');
  const older = join(folder, 'older.db');
  copyFileSync(book(folder), older);
  await attachPhotos(folder, 8);
  for (const path of photosOf(folder)) utimesSync(path, THREE_DAYS_AGO, THREE_DAYS_AGO);
  putInPlace(folder, older);
  const said = await servedUntilLooked(folder, argv);
  expect(photosOf(folder)).toHaveLength(8);
  expect(said).toMatch(/it is an older copy\. So no file is removed from .*files, and none is lost/);
  expect(said.match(/older copy/g)).toHaveLength(1);
  expect(said).toContain('left-over files: never');
});

test('the book of another business in its place: all eight photos are left, and every command says what is wrong', async () => {
  const folder = home();
  const elsewhere = home();
  await openJob(folder, 'Dana');
  await attachPhotos(folder, 8);
  for (const path of photosOf(folder)) utimesSync(path, THREE_DAYS_AGO, THREE_DAYS_AGO);
  await openJob(elsewhere, 'Erik');
  await attachPhotos(elsewhere, 1);
  putInPlace(folder, book(elsewhere));
  expect(await servedUntilLooked(folder, ['stdio'])).toContain('left-over files: never');
  expect(photosOf(folder)).toHaveLength(8);
  for (const argv of [['call', 'list-jobs'], ['accounts']])
    expect((await run(folder, argv)).err).toMatch(/another book\. So no file is removed/);
});

test('the control: beside its own book a file that nobody needs goes to the trash, and only that', async () => {
  const folder = home();
  await openJob(folder, 'Dana');
  await attachPhotos(folder, 1);
  const leftOver = join(folder, 'book', 'files', '1', 'ab', 'ab'.repeat(32));
  mkdirSync(dirname(leftOver), { recursive: true });
  writeFileSync(leftOver, 'left over');
  for (const path of photosOf(folder)) utimesSync(path, THREE_DAYS_AGO, THREE_DAYS_AGO);
  expect(await servedUntilLooked(folder, ['stdio'])).toContain('left-over files: begin');
  expect(photosOf(folder)).toHaveLength(2);
  const since = new Date(Date.now() - 2 * 3_600_000).toISOString();
  await plant({ folder: join(folder, 'book') }, 'update sweeping set since = ?', since);
  expect(await servedUntilLooked(folder, ['stdio'])).toContain('left-over files: sweep, moved to the trash: 1');
  expect(photosOf(folder)).toHaveLength(1);
  expect(readdirSync(join(folder, 'book', 'files', 'trash'))).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\d$/)]);
  expect((await run(folder, ['doctor'])).code).toBe(0);
});

const setsLimits = spawnSync('prlimit', ['--version']).status === 0;

test.skipIf(!setsLimits)('with no file left to open, keeping and reading say so, and go on once there is', async () => {
  const folder = home();
  await openJob(folder, 'Dana');
  const desk = await legacy(folder);
  await desk.ask('attach-file', { job: 'J-1', name: 'roof.jpg', content: photo() });
  const { transport } = desk.client;
  const pid = transport instanceof StdioClientTransport ? (transport.pid ?? 0) : 0;
  // The numbers below the limit are all taken: whatever is opened now takes them.
  const open = readdirSync(`/proc/${pid}/fd`).map(Number);
  const limit = (most: number) =>
    expect(spawnSync('prlimit', ['--pid', String(pid), `--nofile=${most}:`]).status).toBe(0);
  const [free = open.length] = Array.from({ length: open.length + 1 }, (_, each) => each).filter(
    (each) => !open.includes(each),
  );
  limit(free);
  const kept = await desk.call('attach-file', { job: 'J-1', name: 'wall.jpg', content: photo() });
  expect(kept).toMatchObject({ isError: true });
  expect(kept.text).toMatch(/^Too many files are open at once, so nothing was saved\. Try again in a moment/);
  const read = await desk.call('fetch', { id: 'F-1' });
  expect(read.text).toMatch(/F-1 roof\.jpg could not be read: too many files are open at once\. Try again in a moment/);
  limit(1024);
  await desk.ask('attach-file', { job: 'J-1', name: 'wall.jpg', content: photo() });
  await desk.ask('fetch', { id: 'F-1' });
  await desk.close();
  expect(photosOf(folder)).toHaveLength(2);
  expect(readdirSync(join(folder, 'book', 'files', 'parts'))).toEqual([]);
});
