// Left-over files go on the word of their own book alone, to the trash first, and come back from there when they are
// asked for. The book is opened as the program opens it.
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { openBook, type Opened } from '../../../src/commands/book.ts';
import { configOf, readCommandLine } from '../../../src/commands/command-line.ts';
import { callTool } from '../../../src/server.ts';
import { loadBytes } from '../../../src/services/site/files.ts';
import { sweepWhenDue } from '../../../src/services/site/file-sweep.ts';
import { listAccounts } from '../../../src/store/directory/accounts.ts';
import { copyBook, holdBook, plant, rowsOf } from '../../support/store.ts';
import { tempFolder } from '../../support/book.ts';
import { whenDone } from '../../support/ending.ts';
import type { Session } from '../../../src/server/session.ts';
import { refusalOf } from '../../support/refusal.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const GATE = 'Gate code 4411.';
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

type Desk = {
  readonly folder: string;
  readonly book: Session & Opened;
  /** What was said at the start. */
  readonly said: string;
  attach(text: string): Promise<void>;
  sweep(now: Date): Promise<string>;
  close(): Promise<void>;
};

async function open(folder = tempFolder(), argv: readonly string[] = []): Promise<Desk> {
  const lines: string[] = [];
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  const config = configOf(readCommandLine(['stdio', '--data', folder, '--no-samples', ...argv]), {}, folder);
  const book = await openBook(config).finally(() => stderr.mockRestore());
  let isOpen = true;
  const close = async () => {
    if (isOpen) await book.store.close();
    isOpen = false;
  };
  whenDone(close);
  const call = async (tool: string, args: object) => {
    const { content, isError } = await callTool(book, tool, args, { client: 'test 1.0', canAsk: false });
    if (isError === true) throw new Error(content.map(({ text }) => text).join());
  };
  if (lines.length === 0 && (await rowsOf({ folder }, 'select id from jobs')).length === 0)
    await call('create-job', { newCustomer: { name: 'Dana' }, name: 'Roof' });
  return {
    ...{ folder, book, close },
    said: lines.join(''),
    attach: async (text) =>
      await call('attach-file', {
        job: 'J-1',
        content: Buffer.from(text).toString('base64'),
        name: 'note.txt',
        allowDuplicate: true,
      }),
    sweep: async (now) => {
      const swept = await sweepWhenDue(book, { doubt: book.doubt, now, isEnding: () => false });
      return swept.step === 'sweep' ? `sweep ${swept.discarded} ${swept.emptied}` : swept.step;
    },
  };
}

const placeOf = ({ folder }: { folder: string }, hash: string) => join(folder, 'files', '1', hash.slice(0, 2), hash);
const markerOf = ({ folder }: { folder: string }) => join(folder, 'files', 'book.json');
const trashOf = ({ folder }: { folder: string }) => {
  const trash = join(folder, 'files', 'trash');
  return existsSync(trash) ? readdirSync(trash, { recursive: true }).map(String).toSorted() : [];
};

/** Bytes that no record names, put there three days ago. */
function leaveOver(desk: { folder: string }, text = 'left over'): string {
  const path = placeOf(desk, hashOf(text));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  age(path);
  return path;
}

function age(path: string): void {
  const then = new Date(Date.now() - 3 * DAY);
  utimesSync(path, then, then);
}

describe('beside its own book', () => {
  test('a left-over file goes after an hour, at most daily, to the trash of its day, and is gone for good after thirty days', async () => {
    const desk = await open();
    await desk.attach(GATE);
    const leftOver = leaveOver(desk);
    age(placeOf(desk, hashOf(GATE)));
    const start = Date.now();
    const at = (ms: number) => new Date(start + ms);
    expect(await desk.sweep(at(0))).toBe('begin');
    expect(await desk.sweep(at(HOUR - 1))).toBe('wait');
    expect(existsSync(leftOver)).toBe(true);
    expect(await desk.sweep(at(HOUR))).toBe('sweep 1 0');
    expect(existsSync(leftOver)).toBe(false);
    const day = at(HOUR).toISOString().slice(0, 10);
    expect(trashOf(desk)).toEqual([day, `${day}/1`, `${day}/1/${hashOf('left over')}`]);
    expect(statSync(join(desk.folder, 'files', 'trash', day)).mode & 0o777).toBe(0o700);
    expect(await desk.sweep(at(20 * HOUR))).toBe('wait');
    for (let days = 1; days <= 30; days += 1) expect(await desk.sweep(at(HOUR + days * DAY))).toBe('sweep 0 0');
    expect(trashOf(desk)).toHaveLength(3);
    expect(await desk.sweep(at(HOUR + 31 * DAY))).toBe('sweep 0 0');
    expect(await desk.sweep(at(HOUR + 32 * DAY))).toBe('sweep 0 1');
    expect(trashOf(desk)).toEqual([]);
    expect(readFileSync(placeOf(desk, hashOf(GATE)), 'utf8')).toBe(GATE);
  });

  test('a young file is left, as its write may be under way', async () => {
    const desk = await open();
    await desk.attach(GATE);
    const path = leaveOver(desk);
    const now = new Date();
    utimesSync(path, now, now);
    await desk.sweep(now);
    expect(await desk.sweep(new Date(now.getTime() + HOUR))).toBe('sweep 0 0');
    expect(await desk.sweep(new Date(now.getTime() + HOUR + DAY))).toBe('sweep 1 0');
  });

  test('what the journal ever named is left, even where the list of needed bytes has lost it', async () => {
    const desk = await open();
    await desk.attach(GATE);
    const author = { actor: 'sam', client: 'test', tool: 'test' };
    await desk.book.store.write(
      1,
      author,
      async ({ journal }) => await journal.remove('files', { id: 1 }),
      () => 'taken out',
    );
    await plant(desk, 'delete from stored_files');
    age(placeOf(desk, hashOf(GATE)));
    const now = new Date();
    await desk.sweep(now);
    expect(await desk.sweep(new Date(now.getTime() + HOUR))).toBe('sweep 0 0');
    expect(existsSync(placeOf(desk, hashOf(GATE)))).toBe(true);
    // Once the journal has forgotten it too, it is left over.
    await plant(desk, "delete from change_images where table_name = 'files'");
    expect(await desk.sweep(new Date(now.getTime() + HOUR + DAY))).toBe('sweep 1 0');
  });

  test('of several servers that look at once, one sweeps', async () => {
    const desk = await open();
    await desk.attach(GATE);
    leaveOver(desk);
    const others = await Promise.all([open(desk.folder), open(desk.folder), open(desk.folder)]);
    const now = new Date();
    await desk.sweep(now);
    const later = new Date(now.getTime() + HOUR);
    // None has its turn before all have looked.
    const letGo = await holdBook(desk);
    const sweeping = Promise.all([desk, ...others].map(async (each) => await each.sweep(later)));
    for (const each of [desk, ...others, desk, ...others]) {
      await each.book.files.marker?.read();
      await each.book.directory.read(listAccounts);
    }
    await letGo();
    const steps = await sweeping;
    expect(steps.toSorted()).toEqual(['sweep 1 0', 'wait', 'wait', 'wait']);
  });

  test('the hour begins anew where the folder was moved, or the clock was set back', async () => {
    const desk = await open();
    await desk.attach(GATE);
    const now = new Date();
    await desk.sweep(now);
    expect(await desk.sweep(new Date(now.getTime() - DAY))).toBe('begin');
    await desk.close();
    const moved = join(tempFolder(), 'moved');
    cpSync(desk.folder, moved, { recursive: true });
    const there = await open(moved);
    leaveOver(there);
    expect(there.said).toBe('');
    expect(await there.sweep(new Date(now.getTime() + DAY))).toBe('begin');
    expect(await there.sweep(new Date(now.getTime() + DAY + HOUR))).toBe('sweep 1 0');
  });

  test('a clock that is months ahead for a while empties no trash', async () => {
    const desk = await open();
    await desk.attach(GATE);
    leaveOver(desk);
    const now = new Date();
    const at = (ms: number) => new Date(now.getTime() + ms);
    await desk.sweep(now);
    expect(await desk.sweep(at(HOUR))).toBe('sweep 1 0');
    expect(await desk.sweep(at(90 * DAY))).toBe('sweep 0 0');
    expect(await desk.sweep(at(2 * HOUR))).toBe('begin');
    expect(trashOf(desk)).toHaveLength(3);
  });

  test('a sweep that waits for another program ends at once when the book is closed', async () => {
    const desk = await open();
    await desk.attach(GATE);
    const letGo = await holdBook(desk);
    const sweeping = refusalOf(desk.sweep(new Date()));
    // By then it mostly has its turn.
    for (let turn = 0; turn < 5; turn += 1) {
      await desk.book.files.marker?.read();
      await desk.book.directory.read(listAccounts);
    }
    const from = performance.now();
    await desk.close();
    expect(await sweeping).toMatch(/Another program is writing|not open/);
    expect(performance.now() - from).toBeLessThan(1000);
    await letGo();
  });

  test('a sweep that is told to end stops before the next file', async () => {
    const desk = await open();
    await desk.attach(GATE);
    for (let each = 0; each < 5; each += 1) leaveOver(desk, `left over ${each}`);
    const now = new Date();
    await desk.sweep(now);
    let asked = 0;
    const swept = await sweepWhenDue(desk.book, {
      doubt: null,
      now: new Date(now.getTime() + HOUR),
      isEnding: () => (asked += 1) > 4,
    });
    expect(swept.discarded).toBeGreaterThan(0);
    expect(swept.discarded).toBeLessThan(5);
  });
});

describe('what lies in the trash', () => {
  async function discarded() {
    const desk = await open();
    await desk.attach(GATE);
    const path = placeOf(desk, hashOf(GATE));
    const aside = join(desk.folder, 'files', 'trash', '2026-01-02', '1', hashOf(GATE));
    mkdirSync(dirname(aside), { recursive: true });
    copyFileSync(path, aside);
    rmSync(path);
    return { desk, path, aside, file: { id: 1, name: 'note.txt', hash: hashOf(GATE) } };
  }

  test('comes back when it is asked for', async () => {
    const { desk, path, aside, file } = await discarded();
    expect(Buffer.from(await loadBytes(desk.book, file)).toString()).toBe(GATE);
    expect(readFileSync(path, 'utf8')).toBe(GATE);
    expect(existsSync(aside)).toBe(false);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('is answered from there where nothing may be written', async () => {
    const { desk, path, aside, file } = await discarded();
    await desk.close();
    const reading = await open(desk.folder, ['--read-only']);
    expect(Buffer.from(await loadBytes(reading.book, file)).toString()).toBe(GATE);
    expect([existsSync(path), existsSync(aside)]).toEqual([false, true]);
  });

  test('is no answer where it was altered', async () => {
    const { desk, aside, file } = await discarded();
    writeFileSync(aside, 'Gate code 4412.');
    expect(await refusalOf(loadBytes(desk.book, file))).toContain('missing or damaged');
  });

  test('comes back instead of being emptied where the books need it after all', async () => {
    const { desk, path, aside } = await discarded();
    const leftOver = join(dirname(aside), hashOf('left over'));
    writeFileSync(leftOver, 'left over');
    const elses = join(desk.folder, 'files', 'trash', '2026-01-02', '7', hashOf('left over'));
    mkdirSync(dirname(elses));
    writeFileSync(elses, 'left over');
    const now = new Date();
    for (const [ms, step] of [
      [0, 'begin'],
      [HOUR, 'sweep 0 0'],
      [HOUR + DAY, 'sweep 0 1'],
    ] as const)
      expect(await desk.sweep(new Date(now.getTime() + ms))).toBe(step);
    expect(readFileSync(path, 'utf8')).toBe(GATE);
    expect([existsSync(aside), existsSync(leftOver)]).toEqual([false, false]);
    // Of an account that is not in this book it knows nothing.
    expect(existsSync(elses)).toBe(true);
  });
});

describe('nothing is swept, now or later,', () => {
  /** A desk with one file, whose book is closed: for putting something else in its place. */
  async function closed() {
    const desk = await open();
    const older = { folder: tempFolder() };
    await desk.close();
    await copyBook(desk, older);
    const again = await open(desk.folder);
    await again.attach(GATE);
    for (let each = 0; each < 5; each += 1) await again.attach(`Early note ${each}.`);
    await again.close();
    age(placeOf(desk, hashOf(GATE)));
    return { folder: desk.folder, older };
  }

  async function expectLeft(desk: Desk): Promise<void> {
    const now = Date.now();
    for (const ms of [0, HOUR, 3 * DAY, 60 * DAY, 62 * DAY]) expect(await desk.sweep(new Date(now + ms))).toBe('never');
    expect(existsSync(placeOf(desk, hashOf(GATE)))).toBe(true);
  }

  test('on the word of an older copy of the book, also once it is written to', async () => {
    const { folder, older } = await closed();
    const marker = readFileSync(markerOf({ folder }), 'utf8');
    await copyBook(older, { folder });
    const desk = await open(folder);
    expect(desk.said).toMatch(
      /^Files were kept beside this book up to its write \d+, and it was found to end with write \d+: it is an older copy\. So no file is removed from /,
    );
    await desk.attach('Another note.');
    expect(readFileSync(markerOf(desk), 'utf8')).toBe(marker);
    for (let each = 0; each < 9; each += 1) await desk.attach(`Note ${each}.`);
    expect(readFileSync(markerOf(desk), 'utf8')).not.toBe(marker);
    await desk.close();
    const later = await open(folder);
    expect(later.book.doubt?.why).toMatchObject({ code: 'doubt.older-copy' });
    await expectLeft(later);
  });

  test('on the word of a copy of the book that went on by itself, further than the files know', async () => {
    const desk = await open();
    await desk.attach(GATE);
    await desk.close();
    const elsewhere = tempFolder();
    await copyBook(desk, { folder: elsewhere });
    const right = await open(desk.folder);
    await right.attach('Kept beside the right one alone.');
    await right.close();
    // The copy is written to somewhere else, and comes back with a higher number.
    const copy = await open(elsewhere);
    for (const name of ['Ortiz', 'Barker', 'Petrova'])
      await callTool(copy.book, 'create-customer', { name }, { client: 'test 1.0', canAsk: false });
    await copy.close();
    await copyBook({ folder: elsewhere }, desk);
    age(placeOf(desk, hashOf('Kept beside the right one alone.')));

    const wrong = await open(desk.folder);
    expect(wrong.said).toContain('Files were kept beside another copy of this book, which went on by itself');
    for (const days of [1, 2, 40]) expect(await wrong.sweep(new Date(Date.now() + days * DAY))).toBe('never');
    await wrong.attach('One more note.');
    expect(await wrong.sweep(new Date(Date.now() + 80 * DAY))).toBe('never');
    expect(existsSync(placeOf(desk, hashOf('Kept beside the right one alone.')))).toBe(true);
  });

  test('but not of a book whose first photos come at once: the bytes of one are there before its record', async () => {
    const desk = await open();
    await desk.book.files.put(1, hashOf('On its way.'), Buffer.from('On its way.'));
    await desk.attach('The first.');
    await desk.attach('On its way.');
    await desk.close();
    const later = await open(desk.folder);
    expect(later.book.doubt).toBeNull();
    expect(await later.sweep(new Date(Date.now() + DAY))).toBe('begin');
    await later.close();
  });

  test('where the note is gone and files are there that the book never knew', async () => {
    const desk = await open();
    await desk.attach(GATE);
    await desk.close();
    const earlier = { folder: tempFolder() };
    await copyBook(desk, earlier);
    const right = await open(desk.folder);
    await right.attach('Kept beside the right one alone.');
    await right.close();
    await copyBook(earlier, desk);
    rmSync(markerOf(desk));
    age(placeOf(desk, hashOf('Kept beside the right one alone.')));

    const wrong = await open(desk.folder);
    // A new note does not make them its own.
    await wrong.attach('One more note.');
    expect(await rowsOf(wrong, 'select withheld from sweeping')).toEqual([
      { withheld: expect.stringContaining('doubt.note-gone') },
    ]);
    for (const days of [1, 2, 40]) expect(await wrong.sweep(new Date(Date.now() + days * DAY))).toBe('never');
    expect(existsSync(placeOf(desk, hashOf('Kept beside the right one alone.')))).toBe(true);
  });

  test('on the word of another book', async () => {
    const { folder } = await closed();
    const elsewhere = await closed();
    await copyBook(elsewhere, { folder });
    rmSync(join(folder, 'jobwright.id'));
    const desk = await open(folder);
    expect(desk.said).toMatch(/^The files beside this book were found to be those of another book\./);
    const marker = readFileSync(markerOf(desk), 'utf8');
    await desk.attach('Another note.');
    expect(readFileSync(markerOf(desk), 'utf8')).toBe(marker);
    await expectLeft(desk);
  });

  test('where the data folder was made for another book', async () => {
    const { folder } = await closed();
    writeFileSync(join(folder, 'jobwright.id'), `${'ab'.repeat(16)}\n`);
    const desk = await open(folder);
    expect(desk.said).toMatch(/^The note jobwright\.id beside this book was found to name another book\./);
    await expectLeft(desk);
  });

  test('where the files of another book are put there while a server runs', async () => {
    const { folder } = await closed();
    const desk = await open(folder);
    expect([desk.said, await desk.sweep(new Date())]).toEqual(['', 'begin']);
    writeFileSync(markerOf(desk), JSON.stringify({ identity: 'cd'.repeat(16), writeNumber: 1 }));
    await expectLeft(desk);
    expect(await rowsOf(desk, 'select withheld from sweeping')).toEqual([
      { withheld: expect.stringContaining('doubt.files-of-other-book') },
    ]);
  });

  test.each(['', '{', '[]', '{"identity":7,"writeNumber":1}', '{"identity":"a","writeNumber":1.5}'])(
    'where the note of whose files they are says %j',
    async (text) => {
      const { folder } = await closed();
      writeFileSync(markerOf({ folder }), text);
      const desk = await open(folder);
      expect(desk.said).toMatch(/^The note book\.json in the folder of the files/);
      await desk.attach('Another note.');
      expect(readFileSync(markerOf(desk), 'utf8')).toBe(text);
      await expectLeft(desk);
    },
  );

  test('where another program holds the book at the start; it is noted once that is done', async () => {
    const { folder, older } = await closed();
    await copyBook(older, { folder });
    const letGo = await holdBook({ folder });
    const from = performance.now();
    const desk = await open(folder);
    expect(performance.now() - from).toBeLessThan(2000);
    expect(desk.said).toContain('it is an older copy');
    await desk.close();
    expect(await rowsOf(desk, 'select * from sweeping')).toEqual([]);
    await letGo();
    const again = await open(folder);
    await expectLeft(again);
    expect(await rowsOf(again, 'select withheld from sweeping')).toEqual([
      { withheld: JSON.stringify(again.book.doubt?.why) },
    ]);
  });

  test('with --read-only, and nothing is noted in the book', async () => {
    const { folder, older } = await closed();
    await copyBook(older, { folder });
    const desk = await open(folder, ['--read-only']);
    expect(desk.said).toContain('it is an older copy');
    expect(await rowsOf(desk, 'select * from sweeping')).toEqual([]);
  });

  test('until a file is kept, where the files are from before they were noted', async () => {
    const { folder } = await closed();
    rmSync(markerOf({ folder }));
    const desk = await open(folder);
    expect(desk.said).toBe('');
    await expectLeft(desk);
    await desk.attach('Another note.');
    expect(await desk.sweep(new Date())).toBe('begin');
  });
});

test('the note of whose files they are is for the owner alone, and one that cannot be written fails no write', async () => {
  const desk = await open();
  await desk.attach(GATE);
  const numbers = async () => await rowsOf(desk, 'select identity, write_number as writeNumber from book');
  expect([JSON.parse(readFileSync(markerOf(desk), 'utf8'))]).toMatchObject(await numbers());
  expect(statSync(markerOf(desk)).mode & 0o777).toBe(0o600);
  rmSync(markerOf(desk));
  mkdirSync(join(markerOf(desk), 'in the way'), { recursive: true });
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  await desk.attach('Another note.').finally(() => stderr.mockRestore());
  expect(await rowsOf(desk, 'select id from files')).toHaveLength(2);
});

test('a note that could not be read at the start alone holds up nothing later', async () => {
  const first = await open();
  await first.attach(GATE);
  await first.close();
  const note = readFileSync(markerOf(first));
  writeFileSync(markerOf(first), '{');
  const desk = await open(first.folder);
  expect(desk.book.doubt?.lasts).toBe(false);
  expect(await desk.sweep(new Date())).toBe('never');
  writeFileSync(markerOf(first), note);
  expect(await desk.sweep(new Date())).toBe('begin');
});
