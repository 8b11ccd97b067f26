import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callTool } from '../../../src/server.ts';
import { getFile, loadBytes } from '../../../src/services/site/files.ts';
import { openBook, type TypedBook } from '../../support/answers.ts';
import { type BookOptions, tempFolder } from '../../support/book.ts';
import { roofBook, roof } from '../../support/roof.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';
import { exifBlock, jpeg, particulars, png } from '../../files/photos.ts';
import { inFullSight } from '../../support/book.ts';
import { base64 } from '../../support/bytes.ts';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\nstartxref\n9\n%%EOF');
const NOBODY = { client: 'test 1.0', canAsk: false };
/** Photos made by hand have particulars and no picture. */
const BROKEN = '; the picture is damaged and cannot be shown: attach it again, whole';

/** The roof with E-1, a permit. */
async function withRoof(options: BookOptions = {}): Promise<TypedBook> {
  const book = await openBook(options);
  await roof(book.ok);
  await book.ok('add-job-expense', { job: 'J-1', description: 'Permit', amount: 612.4, category: 'permit' });
  return book;
}

const bytesOf = async (book: TypedBook, ref: string) => {
  const file = await book.store.read(1, async (scope) => await getFile(inFullSight(scope), ref));
  return Buffer.from(await loadBytes(book.session, file));
};

test('"keep this photo of the ridge on the roof job": its location is taken out, and the answer says so', async () => {
  const book = await withRoof();
  const { answer, text } = await book.both('attach-file', {
    job: 'roof',
    content: base64(jpeg()),
    name: 'IMG_0012.png',
    caption: 'Ridge, before',
  });
  expect(answer.did).toBe(
    `Attached F-1 IMG_0012.jpg to J-1 Roof replacement, without the place where it was taken${BROKEN}`,
  );
  expect(answer).toMatchObject({
    locationRemoved: true,
    file: {
      ref: 'F-1',
      name: 'IMG_0012.jpg',
      kind: 'photo',
      mediaType: 'image/jpeg',
      caption: 'Ridge, before',
      customer: { ref: 'C-1' },
      job: { ref: 'J-1' },
      expense: null,
      addedOn: '2026-03-10',
    },
  });
  expectPlain(text, 500);
  const kept = await particulars(await bytesOf(book, 'F-1'));
  expect(kept.places).toEqual([]);
  expect(kept.rest['Orientation']).toBe('Rotate 90 CW');
  expect((await book.ok('get-job', { job: 'J-1' })).job.activity[0]).toMatchObject({
    entry: 'site',
    text: `F-1 IMG_0012.jpg attached to J-1 Roof replacement, without the place where it was taken${BROKEN}`,
  });
});

test('the location stays where that is asked for, and nothing is said of one that was not there', async () => {
  const book = await withRoof();
  const kept = await book.ok('attach-file', { job: 'J-1', content: base64(jpeg()), keepLocation: true });
  expect(kept).toMatchObject({ locationRemoved: false, file: { name: 'photo.jpg' } });
  expect((await bytesOf(book, 'F-1')).equals(jpeg())).toBe(true);
  const plain = jpeg({ exif: exifBlock({ gps: false }), xmp: '' });
  expect((await book.ok('attach-file', { job: 'J-1', content: base64(plain) })).locationRemoved).toBe(false);
  expect((await bytesOf(book, 'F-2')).equals(plain)).toBe(true);
});

test('on an expense it is the receipt, on its job and customer; on a customer a document', async () => {
  const book = await withRoof();
  const { file } = await book.ok('attach-file', { expense: 'permit', content: base64(png()) });
  expect(file).toMatchObject({ kind: 'receipt', expense: 'E-1', job: { ref: 'J-1' }, customer: { ref: 'C-1' } });
  expect((await book.ok('get-job', { job: 'J-1' })).job.expenses).toMatchObject([{ ref: 'E-1', receipt: 'F-1' }]);
  const signed = await book.ok('attach-file', { customer: 'Dana', content: base64(PDF), kind: 'estimate' });
  expect(signed.did).toBe('Attached F-2 document.pdf to C-1 Dana Henderson');
  expect(signed.file).toMatchObject({ kind: 'estimate', job: null, expense: null });
});

test('base64 in every form that there is', async () => {
  const book = await withRoof();
  const bytes = Buffer.from('%PDF-1.7\n??>>~~ÿÿ', 'latin1');
  const plain = base64(bytes);
  expect(plain).toMatch(/[+/]/);
  const forms = [
    plain,
    plain.replace(/=+$/, ''),
    bytes.toString('base64url'),
    `data:application/pdf;name=a.pdf;base64,${plain}`,
    plain.replace(/.{8}/g, '$&\r\n'),
  ];
  for (const [index, content] of forms.entries()) {
    const { file } = await book.ok('attach-file', { customer: 'C-1', content });
    expect((await bytesOf(book, file.ref)).equals(bytes), `form ${index}`).toBe(true);
  }
});

test('a receipt that breaks off, or that a password protects, is kept and said to be so', async () => {
  const book = await withRoof();
  const locked = Buffer.from('%PDF-1.7\n1 0 obj <<>> endobj\ntrailer << /Encrypt 2 0 R >>\nstartxref\n9\n%%EOF');
  const damaged = /^Attached F-1 receipt\.pdf to E-1 Permit; it is damaged, .*attach it again, whole/;
  const cut = await book.both('attach-file', {
    expense: 'E-1',
    name: 'receipt.pdf',
    content: base64(PDF.subarray(0, 9)),
  });
  for (const words of [cut.answer.did, cut.text]) expect(words).toMatch(damaged);
  const secret = await book.both('attach-file', { expense: 'E-1', name: 'bank.pdf', content: base64(locked) });
  for (const words of [secret.answer.did, secret.text])
    expect(words).toMatch(/a password protects it: .*attach a copy/);
  expectPlain(cut.text);
  const [newest] = (await book.ok('list-changes', { record: 'F-1' })).changes;
  expect(newest?.summary).toMatch(damaged);
});

test('a damaged file takes no place of a receipt; a whole one does, and the answer names the earlier one', async () => {
  const book = await withRoof();
  const cut = PDF.subarray(0, 9);
  const receipt = async () => (await book.ok('get-job', { job: 'J-1' })).job.expenses[0];
  await book.ok('attach-file', { expense: 'E-1', content: base64(cut) });
  expect(await receipt()).toMatchObject({ receipt: 'F-1', receiptFlaw: 'damaged' });
  expect(await book.text('get-job', { job: 'J-1' })).toContain('receipt F-1, the receipt is DAMAGED');
  const whole = await book.ok('attach-file', { expense: 'E-1', content: base64(PDF) });
  expect(whole.did).toBe('Attached F-2 document.pdf to E-1 Permit, its receipt now in place of F-1');
  for (const kind of [undefined, 'receipt'] as const) {
    const args = {
      expense: 'E-1',
      content: base64(cut),
      allowDuplicate: true,
      ...(kind === undefined ? {} : { kind }),
    };
    const broken = await book.ok('attach-file', args);
    expect(broken.did).toMatch(/it is damaged, .*; the receipt stays F-2$/);
    expect(broken.file).toMatchObject({ kind: 'document', expense: 'E-1' });
  }
  const kept = await receipt();
  expect(kept?.receipt).toBe('F-2');
  expect(kept).not.toHaveProperty('receiptFlaw');
});

test.each([
  [{ content: 'JVBERi0xLjcK!' }, /^content: must be base64.*other characters/],
  [{ content: 'JVBER' }, /^content: must be base64.*cut off: 5 characters/],
  [{ content: 'data:text/plain,hello' }, /^content: must be base64.*this data: URL is not/],
  [{ content: '  ' }, /^content: must not be an empty file/],
  [{}, /^content: is missing\. Give the bytes in base64, or path/],
  [{ content: base64(PDF), path: 'a.pdf' }, /^path: does not go with content/],
  [{ path: '/etc/passwd' }, /^path: files of this machine are not allowed here.*--files FOLDER \(JOBWRIGHT_FILES\)/],
  [
    { content: base64(Buffer.from('<!doctype html><p>Hi')), name: 'photo.jpg' },
    /^content: this is an HTML page\. What is kept: PDF, Word, .*HEIC and ZIP/,
  ],
  [{ content: base64(Buffer.from('<svg xmlns="x"/>')) }, /^content: this is an SVG picture/],
  [{ content: base64(PDF), job: 'J-9' }, /^job: no job matches "J-9"/],
  [{ content: base64(PDF), customer: 'C-2' }, /^customer: C-2 is not the customer J-1 is for/],
  [{ content: base64(PDF), expense: 'E-1', customer: 'C-2' }, /^customer: C-2 is not what E-1 is on: that is C-1/],
  [{ content: base64(PDF), kind: 'x-ray' }, /^kind: .*photo, receipt, estimate, document/],
])('%o is refused and nothing is written', async (args, words) => {
  const book = await withRoof();
  await book.ok('create-customer', { name: 'Marcus Oyelaran' });
  const error = await book.error('attach-file', { job: 'J-1', ...args });
  expectHelpful(error);
  expect(error).toMatch(words);
  await book.ok('attach-file', { job: 'J-1', content: base64(PDF) });
  expect((await book.ok('get-job', { job: 'J-1' })).job.activity.filter(({ entry }) => entry === 'site')).toHaveLength(
    1,
  );
});

test('nobody to keep it for is asked after', async () => {
  const book = await withRoof();
  expect(await book.error('attach-file', { content: base64(PDF) })).toMatch(/^job: say what it belongs to/);
});

test('10 MB are kept, and a byte more is refused with both numbers', async () => {
  const book = await withRoof();
  const largest = Buffer.alloc(10 * 1024 * 1024, 'a');
  expect((await book.ok('attach-file', { job: 'J-1', content: base64(largest) })).file.size).toBe(largest.length);
  const content = base64(Buffer.concat([largest, Buffer.alloc(200_000, 'a')]));
  expect(await book.error('attach-file', { job: 'J-1', content })).toMatch(
    /^content: is too large: 10\.19 MB, and a file may have 10 MB/,
  );
});

test('a path inside an allowed folder, and no way out of it', async () => {
  const folder = tempFolder();
  const outside = tempFolder();
  mkdirSync(join(folder, 'photos'));
  writeFileSync(join(folder, 'photos', 'ridge.png'), png());
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  symlinkSync(outside, join(folder, 'link'));
  symlinkSync(join(outside, 'secret.txt'), join(folder, 'photos', 'link.txt'));
  symlinkSync(join(folder, 'photos', 'ridge.png'), join(folder, 'same.png'));
  const book = await withRoof({ folders: [join(folder, 'not-there'), folder] });
  for (const path of [join(folder, 'photos', 'ridge.png'), 'photos/ridge.png', 'link/../photos/ridge.png', 'same.png'])
    expect((await book.ok('attach-file', { job: 'J-1', path })).file.name).toBe('ridge.png');
  for (const path of [
    join(outside, 'secret.txt'),
    'link/secret.txt',
    'photos/link.txt',
    '../secret.txt',
    `photos/../../${outside.split('/').at(-1)}/secret.txt`,
    '/etc/passwd',
    'nowhere.png',
    '.',
    folder,
    `${folder}-2/a.png`,
  ]) {
    const error = await book.error('attach-file', { job: 'J-1', path });
    expect(error, path).toMatch(/^path: there is no file .* inside the allowed folders .*--files FOLDER/);
    expectHelpful(error);
  }
  expect(await book.error('attach-file', { job: 'J-1', path: 'photos\0/ridge.png' })).toMatch(/^path: has a NUL/);
  expect(await book.error('attach-file', { job: 'J-1', path: 'photos' })).toMatch(/^path: "photos" is not a file/);
});

test('a name that a file has on the machine hides nothing', async () => {
  const folder = tempFolder();
  const path = 'permit\u202Efdp.\u001B[31m\ntwo.txt';
  writeFileSync(join(folder, path), 'Gate code 4411.');
  const book = await withRoof({ folders: [folder] });
  expect((await book.ok('attach-file', { job: 'J-1', path })).file.name).toBe('permitfdp.[31m two.txt');
});

test('what the plan or the template refuses leaves no bytes behind', async () => {
  const free = await openBook({ plan: 'pro' });
  await roof(free.ok);
  expect(await free.error('attach-file', { job: 'J-1', content: base64(PDF) })).toContain('Business plan');
  expect(await free.session.files.list(1)).toEqual([]);
  const deals = await openBook({ template: 'sales-pipeline' });
  expect(await deals.error('attach-file', { job: 'J-1', content: base64(PDF) })).toContain('there are no jobs');
  expect(await deals.session.files.list(1)).toEqual([]);
});

test('a disk that is full is logged without naming the folder', async () => {
  const book = await withRoof();
  const logged: string[] = [];
  const full = async () =>
    await Promise.reject(new Error("ENOSPC: no space left on device, open '/home/sam's/books/1'"));
  const host = {
    ...book.session,
    files: { ...book.session.files, put: full },
    log: { info: () => 0, error: (message: string, fields?: object) => logged.push(JSON.stringify([message, fields])) },
  };
  const answer = await callTool(host, 'attach-file', { job: 'J-1', content: base64(PDF) }, NOBODY);
  expect(answer.content[0]?.text).toMatch(/^Something went wrong inside Jobwright/);
  expect(logged).toEqual([expect.stringContaining('ENOSPC: no space left on device, open …')]);
  expect(logged.join()).not.toMatch(/sam|books/);
});

test('files need the business plan, which the refusal names', async () => {
  const book = await openBook({ plan: 'pro' });
  await roof(book.ok);
  expect(await book.error('attach-file', { job: 'J-1', content: base64(PDF) })).toBe(
    'Keeping photos, receipts and documents needs the Business plan ($39 a month); this account is on Pro. Whoever runs this Jobwright can change the plan.',
  );
});

test('the same file is attached to one place once, whoever sends it, unless it is meant twice', async () => {
  const book = await openBook({ repeats: 'noticed' });
  await roof(book.ok);
  const permit = { job: 'J-1', content: base64(PDF), kind: 'receipt' };
  await book.ok('attach-file', permit);
  const again = await book.both('attach-file', { ...permit, name: 'scan.pdf', kind: 'document' });
  expect(again.answer).toMatchObject({ change: null, file: { ref: 'F-1', kind: 'receipt' } });
  expect(again.text).toMatch(
    /^F-1 document\.pdf on J-1 .* is the very same file\. Nothing was written\. allowDuplicate: true/,
  );
  expect((await book.ok('attach-file', { ...permit, preview: true })).file.ref).toBe('F-1');
  expect((await book.ok('attach-file', { customer: 'C-1', content: base64(PDF) })).file.ref).toBe('F-2');
  // To whom receipts are not shown, none is told of.
  const host = { ...book.session, scopes: new Set(['books:read', 'books:write'] as const) };
  expect((await callTool(host, 'attach-file', permit, NOBODY)).structuredContent).toMatchObject({
    file: { ref: 'F-3' },
  });
  expect((await book.ok('attach-file', { ...permit, allowDuplicate: true })).file.ref).toBe('F-4');
});

test('only a picture is a photo', async () => {
  const book = await roofBook();
  const content = Buffer.from('Two layers to tear off').toString('base64');
  const note = { job: 'J-1', name: 'note.txt', content };
  expect(await book.error('attach-file', { ...note, kind: 'photo' })).toBe(
    'kind: note.txt is no picture. Leave kind out, or use receipt, estimate or document.',
  );
  expect((await book.ok('attach-file', note)).file).toMatchObject({ kind: 'document' });
});
