// A disk that fails in the midst of it: what is not known is not said, each fault has words of its own, and nothing is
// booked twice or lost.
import { describe, expect, it } from 'vitest';
import { randomInt } from 'node:crypto';
import { ON_LINUX, type Rule } from '../../faults/shim.ts';
import { random as randomOf } from '../../faults/random.ts';
import { jpeg } from '../../faults/session.ts';
import { expectOwnWords, expense, troubled, type Troubled } from '../../faults/troubled.ts';

const JOB = { newCustomer: { name: 'Dana' }, name: 'Roof' };
const KNOWS_NOTHING_SAVED = /nothing was (saved|changed|done|booked)/i;
const photo = () => ({
  job: 'J-1',
  name: 'roof.jpg',
  content: jpeg(randomOf(randomInt(2 ** 31)), 2000).toString('base64'),
});

async function opened() {
  const book = troubled();
  const desk = await book.open();
  await desk.ask('create-job', JOB);
  return { ...book, desk };
}

describe.skipIf(!ON_LINUX)('a disk that does not take what was booked (Linux alone)', () => {
  const COMMIT = { operation: 'sync', how: 'EIO', name: 'jobwright.db-wal' } as const;

  it.each(['after the server is closed and starts again', 'after it is killed and starts again'])(
    'leaves open whether it did, and the same request is answered truly, once: %s',
    async (when) => {
      const { desk, faults, open, expenses, isWell } = await opened();
      const args = expense('Nails', { requestId: 'r-1' });
      faults.set(COMMIT);
      const said = expectOwnWords(await desk.call('add-job-expense', args));
      expect(faults.hits().length).toBeGreaterThan(0);
      expect(said).not.toMatch(KNOWS_NOTHING_SAVED);
      await (when.includes('killed') ? desk.kill() : desk.close());
      faults.lift();
      const again = await open();
      await again.ask('add-job-expense', args);
      await again.ask('add-job-expense', args);
      await again.ask('add-job-expense', expense('Screws'));
      expect(await again.close()).toBe(0);
      expect(await expenses()).toBe(2);
      await isWell();
    },
  );

  it('is known to have saved nothing once the next write has taken its place, also where the power goes then', async () => {
    const { desk, faults, open, expenses, isWell } = await opened();
    const args = expense('Nails', { requestId: 'r-1' });
    faults.set({ ...COMMIT, times: 1 });
    expect(expectOwnWords(await desk.call('add-job-expense', args))).toMatch(KNOWS_NOTHING_SAVED);
    expect(faults.hits()).toHaveLength(1);
    await desk.kill();
    faults.lift();
    expect(await expenses()).toBe(0);
    const again = await open();
    await again.ask('add-job-expense', args);
    await again.ask('add-job-expense', args);
    expect(await again.close()).toBe(0);
    expect(await expenses()).toBe(1);
    await isWell();
  });

  it('is told from one that takes nothing at all, where nothing was saved', async () => {
    const { desk, faults, expenses } = await opened();
    faults.set({ operation: 'write', how: 'EIO', name: 'jobwright.db-wal' });
    expectOwnWords(await desk.call('add-job-expense', expense('Nails')));
    await desk.ask('get-job', { job: 'J-1' });
    expect(faults.hits().length).toBeGreaterThan(0);
    faults.lift();
    await desk.ask('add-job-expense', expense('Nails'));
    expect(await desk.close()).toBe(0);
    expect(await expenses()).toBe(1);
  });
});

describe.skipIf(!ON_LINUX)('files on a disk that fails (Linux alone)', () => {
  const HOW = ['EACCES', 'EMFILE', 'EIO', 'ENOSPC'] as const;

  it('are refused in words for each fault, and leave nothing half written', async () => {
    const { desk, faults, isWell } = await opened();
    const words: string[] = [];
    for (const how of HOW) {
      faults.set({ operation: 'create', how, name: '/files/' });
      words.push(expectOwnWords(await desk.call('attach-file', photo())));
    }
    expect(new Set(words).size).toBe(HOW.length);
    expect(faults.hits()).toHaveLength(HOW.length);
    faults.lift();
    await desk.ask('attach-file', photo());
    expect(await desk.close()).toBe(0);
    await isWell();
  });

  it.each<[string, Rule]>([
    ['a folder for it cannot be made', { operation: 'mkdir', how: 'EACCES', name: '/files' }],
    ['its bytes cannot be written', { operation: 'write', how: 'EIO', name: '/files/' }],
    ['its bytes cannot be synced', { operation: 'sync', how: 'EIO', name: '/files/' }],
    ['it cannot be given its name', { operation: 'rename', how: 'EIO', name: '/files/' }],
    ['its folder cannot be synced', { operation: 'sync-folder', how: 'EIO', name: '/files/' }],
  ])('are not kept where %s, and nothing half written is left', async (_, rule) => {
    const { desk, faults, isWell } = await opened();
    faults.set(rule);
    expectOwnWords(await desk.call('attach-file', photo()));
    expect(faults.hits().length).toBeGreaterThan(0);
    faults.lift();
    await desk.ask('attach-file', photo());
    expect(await desk.close()).toBe(0);
    await isWell();
  });

  it.each(['EACCES', 'EMFILE', 'EIO'] as const)(
    'are not said to be missing or damaged where they cannot be read just now: %s',
    async (how) => {
      const { desk, faults } = await opened();
      await desk.ask('attach-file', photo());
      faults.set({ operation: 'open', how, name: '/files/' });
      const said = expectOwnWords(await desk.call('fetch', { id: 'F-1' }));
      expect(faults.hits().length).toBeGreaterThan(0);
      expect(said).not.toMatch(/missing|damaged|restore/i);
      faults.lift();
      await desk.ask('fetch', { id: 'F-1' });
    },
  );
});

/** What a command that cannot do its work says: one line. */
async function refusal(run: Troubled['run'], argv: readonly string[]): Promise<string> {
  const { code, err } = await run(...argv);
  expect([1, 2], `${argv.join(' ')}: ${err}`).toContain(code);
  expect(err).not.toMatch(/fault of Jobwright itself|\bat \S+ \(|SQLITE|node:/);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
  return err;
}

describe.skipIf(!ON_LINUX)('a book that cannot be opened (Linux alone)', () => {
  const HOW = ['EACCES', 'EMFILE', 'EIO'] as const;
  const NAMES = ['jobwright.db', 'jobwright.db-wal', 'jobwright.db-shm'];

  it.each(NAMES)('is refused in one line for each fault: %s', async (name) => {
    const { desk, faults, run } = await opened();
    // A kill leaves the three files there, to be opened.
    await desk.kill();
    const words: string[] = [];
    for (const how of HOW) {
      faults.set({ operation: 'open', how, name: `/${name}` });
      const said = new Set<string>();
      for (const argv of [['stdio'], ['doctor'], ['call', 'list-jobs']]) said.add(await refusal(run, argv));
      words.push(...said);
    }
    // Never the same for two faults.
    expect(new Set(words).size).toBe(words.length);
    faults.lift();
    expect((await run('doctor')).out).toContain('All is well.');
  });

  it.each([['doctor'], ['call', 'list-jobs']])(
    'is refused in one line where it cannot be read: %s',
    async (...argv) => {
      const { desk, faults, run } = await opened();
      expect(await desk.close()).toBe(0);
      faults.set({ operation: 'read', how: 'EIO', name: '/jobwright.db' });
      expect(await refusal(run, argv)).toMatch(/disk/i);
      expect(faults.hits().length).toBeGreaterThan(0);
      faults.lift();
      expect((await run('doctor')).out).toContain('All is well.');
    },
  );
});
