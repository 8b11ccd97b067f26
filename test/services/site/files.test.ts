// Bytes and records together: stored before the record, found again, missed when gone.
import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkFiles, getFile, loadBytes } from '../../../src/services/site/files.ts';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import type { TypedBook } from '../../support/answers.ts';
import { roofBook } from '../../support/roof.ts';
import { inFullSight, tempFolder } from '../../support/book.ts';
import { forModel } from '../../../src/printers/in-words.ts';
import { refusalOf } from '../../support/refusal.ts';
import { base64 } from '../../support/bytes.ts';
import { spoilFile } from '../../support/store.ts';
import { localFolder } from '../../../src/files/local-folder.ts';

const NOTE = Buffer.from('Gate code 4411.');

const recordOf = async (opened: TypedBook, file: string) =>
  await opened.store.read(1, async (scope) => await getFile(inFullSight(scope), file));
const faultsOf = async (opened: TypedBook) => [
  ...(await opened.store.read(1, auditBooks)).faults,
  ...(await checkFiles(opened.session)).faults.map((fault) => forModel(fault)),
];

test('what was attached is read back, by number and by words, and two of the same take the room of one', async () => {
  const opened = await roofBook();
  await opened.ok('attach-file', { job: 'J-1', content: base64(NOTE), name: 'gate.txt' });
  await opened.ok('attach-file', { customer: 'C-1', content: base64(NOTE), name: 'code.txt' });
  const file = await recordOf(opened, 'gate');
  expect(file).toMatchObject({ id: 1, name: 'gate.txt', size: NOTE.length, job: { id: 1 } });
  expect(Buffer.from(await loadBytes(opened.session, file)).equals(NOTE)).toBe(true);
  expect((await recordOf(opened, 'F-2')).hash).toBe(file.hash);
  expect(await opened.session.files.list(1)).toHaveLength(1);
  expect(await checkFiles(opened.session)).toEqual({ looked: 1, faults: [] });
});

test('a preview stores nothing', async () => {
  const opened = await roofBook();
  await opened.ok('attach-file', { job: 'J-1', content: base64(NOTE), preview: true });
  expect(await opened.session.files.list(1)).toEqual([]);
});

test('bytes that are gone or altered: the check names the files, and reading says what to do', async () => {
  const opened = await roofBook();
  await opened.ok('attach-file', { job: 'J-1', content: base64(NOTE), name: 'gate.txt' });
  await opened.ok('attach-file', { job: 'J-1', content: base64(NOTE), name: 'code.txt' });
  await opened.ok('attach-file', { job: 'J-1', content: base64(Buffer.from('Other.')) });
  expect(await faultsOf(opened)).toEqual([]);
  const file = await recordOf(opened, 'F-1');
  await spoilFile(opened, file.hash, Buffer.from('Gate code 4412.'));
  expect(await faultsOf(opened)).toEqual([
    expect.stringMatching(/^F-1, F-2: its bytes are missing, or are not what was stored/),
  ]);
  expect(await refusalOf(loadBytes(opened.session, file))).toMatch(
    /^the bytes of F-1 gate\.txt are missing or damaged.*Restore them from a backup/,
  );
  await spoilFile(opened, file.hash, null);
  expect(await faultsOf(opened)).toHaveLength(1);
});

test('bytes that are there but cannot be read are not said to be missing', async () => {
  const opened = await roofBook();
  await opened.ok('attach-file', { job: 'J-1', content: base64(NOTE), name: 'gate.txt' });
  const file = await recordOf(opened, 'F-1');
  const folder = tempFolder();
  const files = localFolder(folder);
  await files.put(1, file.hash, NOTE);
  const path = join(folder, '1', file.hash.slice(0, 2), file.hash);
  rmSync(path);
  // Links in a circle: the system fails where even root would read.
  symlinkSync(path, path);
  expect(await refusalOf(loadBytes({ ...opened.session, files }, file))).toMatch(
    /^F-1 gate\.txt could not be read: the disk reported an error\. Try again/,
  );
});

test('a record whose bytes nobody registered, or of another size, is found by the audit', async () => {
  const opened = await roofBook();
  await opened.ok('attach-file', { job: 'J-1', content: base64(NOTE) });
  const change = async (patch: object) =>
    await opened.store.write(
      1,
      { actor: 'sam', client: 'test', tool: 'test' },
      async ({ journal }) => await journal.update('files', { id: 1 }, patch),
      () => 'a fault',
    );
  await change({ size: 3 });
  expect(await faultsOf(opened)).toEqual(['F-1: its size is not that of its bytes']);
  await change({ hash: 'ab'.repeat(32) });
  expect(await faultsOf(opened)).toEqual(['F-1: its bytes are not known as needed, and could be swept away']);
});
