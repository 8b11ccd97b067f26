// What a model is shown of a picture: itself, a smaller copy, or words.
import { createRequire } from 'node:module';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test, vi } from 'vitest';
import { LARGEST_IN_ANSWER } from '../../src/domain/file.ts';
import { shownAs } from '../../src/files/picture.ts';
import { callTool } from '../../src/server.ts';
import type { TypedBook } from '../support/answers.ts';
import { roofBook } from '../support/roof.ts';
import { box, pngChunk, fixture } from './photos.ts';

/** Noise, which no format makes small. */
async function photo(width: number, height: number, format: 'png' | 'jpeg' | 'tiff' = 'jpeg'): Promise<Buffer> {
  const sharp: (options: object) => Record<'png' | 'jpeg' | 'tiff', () => { toBuffer(): Promise<Buffer> }> =
    createRequire(import.meta.url)('sharp');
  const noise = { type: 'gaussian', mean: 128, sigma: 60 };
  const made = sharp({ create: { width, height, channels: 3, background: '#888', noise } });
  return await made[format]().toBuffer();
}

/** The heading alone says how large it is. */
function claiming(bytes: Buffer, width: number, height: number): Buffer {
  const heading = Buffer.from(bytes.subarray(16, 29));
  heading.writeUInt32BE(width, 0);
  heading.writeUInt32BE(height, 4);
  return Buffer.concat([bytes.subarray(0, 8), pngChunk('IHDR', heading), bytes.subarray(33)]);
}

test('a small picture is shown as it is kept, and a large one as a copy that fits an answer', async () => {
  expect(await shownAs({ bytes: fixture('phone.jpg'), mediaType: 'image/jpeg' })).toEqual({ kind: 'whole' });
  const copy = await shownAs({ bytes: await photo(2400, 1800), mediaType: 'image/jpeg' });
  expect(copy).toMatchObject({ kind: 'copy', mediaType: 'image/jpeg', size: '1600 × 1200', of: '2400 × 1800' });
  expect(copy.kind === 'copy' ? copy.bytes.length : Infinity).toBeLessThanOrEqual(LARGEST_IN_ANSWER);
  const heavy = await photo(1200, 1200, 'png');
  expect(heavy.length).toBeGreaterThan(LARGEST_IN_ANSWER);
  expect(await shownAs({ bytes: heavy, mediaType: 'image/png' })).toMatchObject({ kind: 'copy', size: '1200 × 1200' });
});

test('what is cut off, no picture at all, or larger than any camera makes is never shown', async () => {
  const small = await photo(200, 200, 'png');
  const large = await photo(2000, 2000);
  for (const bytes of [small.subarray(0, small.length - 3000), large.subarray(0, large.length / 2), Buffer.alloc(100)])
    expect(await shownAs({ bytes, mediaType: 'image/png' })).toEqual({ kind: 'unseen', why: 'damaged' });
  expect(await shownAs({ bytes: claiming(small, 100_000, 100_000), mediaType: 'image/png' })).toEqual({
    kind: 'unseen',
    why: 'too-many-pixels',
  });
  expect(await shownAs({ bytes: claiming(small, 300, 300), mediaType: 'image/png' })).toEqual({
    kind: 'unseen',
    why: 'damaged',
  });
});

test('a large photo is fetched as a smaller copy, with words that say so, and kept as it came', async () => {
  const book = await roofBook();
  const whole = await photo(2000, 1500);
  await book.ok('attach-file', { job: 'J-1', name: 'Ridge.jpg', content: whole.toString('base64') });
  const { extras = [], structuredContent } = await book.call('fetch', { id: 'F-1' });
  expect(extras).toMatchObject([{ kind: 'image', mimeType: 'image/jpeg' }]);
  expect(extras[0]?.base64.length).toBeLessThanOrEqual((LARGEST_IN_ANSWER * 4) / 3 + 4);
  expect(structuredContent?.['text']).toContain(
    'Shown as a copy of 1600 × 1200 pixels; the whole has 2000 × 1500. The whole is the resource jobwright://files/F-1.',
  );
});

test('a photo that is cut off is kept, but told in words and not shown', async () => {
  const book = await roofBook();
  const cut = (await photo(400, 300)).subarray(0, 5000);
  await book.ok('attach-file', { job: 'J-1', name: 'Ridge.jpg', content: cut.toString('base64') });
  const { extras, structuredContent } = await book.call('fetch', { id: 'F-1' });
  expect(extras).toBeUndefined();
  expect(structuredContent?.['text']).toContain('The photo F-1 is damaged and cannot be shown. It is kept as it came;');
});

const PHONE = gunzipSync(fixture('phone.heic.gz'));
const GARDEN = fixture('garden.heic');

test('a photo of a phone and a scan come as JPEG for models', async () => {
  expect(await shownAs({ bytes: PHONE, mediaType: 'image/heic' })).toMatchObject({
    ...{ kind: 'copy', mediaType: 'image/jpeg', size: '1600 × 1200', of: '4032 × 3024' },
  });
  const garden = await shownAs({ bytes: GARDEN, mediaType: 'image/heic' });
  expect(garden).toMatchObject({ kind: 'copy', mediaType: 'image/jpeg', size: '320 × 240', of: '320 × 240' });
  const scan = await shownAs({ bytes: await photo(300, 200, 'tiff'), mediaType: 'image/tiff' });
  expect(scan).toMatchObject({ kind: 'copy', mediaType: 'image/jpeg', size: '300 × 200', of: '300 × 200' });
  const copies = [garden, scan].map((copy) => (copy.kind === 'copy' ? copy.bytes : Buffer.alloc(0)));
  for (const bytes of copies) expect(await shownAs({ bytes, mediaType: 'image/jpeg' })).toEqual({ kind: 'whole' });
});

test('a photo of a phone that is cut off, or says that it is larger than it is, is not decoded', async () => {
  const saying = (width: number, height: number) => {
    const bytes = Buffer.from(GARDEN);
    const at = bytes.indexOf('ispe') + 8;
    bytes.writeUInt32BE(width, at);
    bytes.writeUInt32BE(height, at + 4);
    return bytes;
  };
  for (const [bytes, why] of [
    [GARDEN.subarray(0, 600), 'damaged'],
    [GARDEN.subarray(0, GARDEN.length - 100), 'damaged'],
    [Buffer.alloc(200), 'damaged'],
    [saying(6000, 6000), 'damaged'],
    [saying(30_000, 30_000), 'too-many-pixels'],
    [saying(4_000_000_000, 4_000_000_000), 'damaged'],
  ] as const)
    expect(await shownAs({ bytes, mediaType: 'image/heic' })).toEqual({ kind: 'unseen', why });
});

test('the photos of many phones, one after the other, take the room of one', async () => {
  const large = Buffer.concat([GARDEN, box('free', Buffer.alloc(8 * 1024 * 1024))]);
  await shownAs({ bytes: large, mediaType: 'image/heic' });
  const before = process.memoryUsage().rss;
  for (let count = 0; count < 50; count += 1)
    expect(await shownAs({ bytes: large, mediaType: 'image/heic' })).toMatchObject({ kind: 'copy' });
  expect((process.memoryUsage().rss - before) / 1024 / 1024).toBeLessThan(200);
});

test('a photo for which there was no memory is not called damaged or too large, and is shown another time', async () => {
  onTestFinished(() => void vi.unstubAllGlobals());
  vi.stubGlobal('Uint8ClampedArray', function full() {
    throw new RangeError('Array buffer allocation failed');
  });
  const hard = await shownAs({ bytes: GARDEN, mediaType: 'image/heic' });
  expect(hard).toEqual({ kind: 'unseen', why: 'too hard' });
  vi.unstubAllGlobals();
  const book = await roofBook();
  const real = book.session.workers.for(1);
  const workers = Object.assign(Object.create(book.session.workers), {
    for: () => async (task: 'look-at-file' | 'show picture', input: never) =>
      task === 'show picture' ? hard : await real(task, input),
  });
  const args = { job: 'J-1', content: GARDEN.toString('base64') };
  await callTool({ ...book.session, workers }, 'attach-file', args, { client: 'test 1.0', canAsk: false });
  expect((await book.call('fetch', { id: 'F-1' })).extras).toMatchObject([{ kind: 'image' }]);
});

/** A book on whose machine nothing is decoded any more. */
async function fetchedWithoutDecoding(book: TypedBook, id: string) {
  const workers = Object.assign(Object.create(book.session.workers), {
    for: () => async (task: string) => await Promise.reject(new Error(`asked to ${task}`)),
  });
  return await callTool({ ...book.session, workers }, 'fetch', { id }, { client: 'test 1.0', canAsk: false });
}

test('a phone’s photo is decoded once, when it is attached; the original stays as it came', async () => {
  const book = await roofBook();
  const args = { job: 'J-1', name: 'Garden.heic', content: GARDEN.toString('base64') };
  const { did } = await book.ok('attach-file', args);
  expect(did).toBe('Attached F-1 Garden.heic to J-1 Roof replacement');
  const { extras = [], structuredContent } = await fetchedWithoutDecoding(book, 'F-1');
  expect(extras).toMatchObject([{ kind: 'image', mimeType: 'image/jpeg' }]);
  expect(structuredContent?.['text']).toContain(
    `Shown as a copy of 320 × 240 pixels; the whole has 320 × 240. Whole, in a terminal: jobwright call fetch '{"id":"F-1"}' --save .`,
  );
  const whole = await callTool(
    book.session,
    'fetch',
    { id: 'F-1' },
    { client: 'call', canAsk: false, wantsWhole: true },
  );
  expect(Buffer.from(whole.extras?.[0]?.base64 ?? '', 'base64').equals(GARDEN)).toBe(true);
  // What lies beside it was altered: it is made anew.
  const kept = readdirSync(join(book.folder, 'files', '1'), { recursive: true, encoding: 'utf8' });
  const copy = kept.find((name) => name.endsWith('.copy')) ?? '';
  writeFileSync(join(book.folder, 'files', '1', copy), 'no picture');
  expect((await fetchedWithoutDecoding(book, 'F-1')).isError).toBe(true);
  expect((await book.call('fetch', { id: 'F-1' })).extras).toMatchObject([{ kind: 'image' }]);
  expect((await fetchedWithoutDecoding(book, 'F-1')).extras).toMatchObject([{ kind: 'image' }]);
});

test('without the library a phone’s photo is kept, and one line says what to install', async () => {
  const book = await roofBook();
  const real = book.session.workers.for(1);
  const workers = Object.assign(Object.create(book.session.workers), {
    for: () => async (task: 'look-at-file' | 'show picture', input: never) =>
      task === 'show picture' ? { kind: 'no library', library: 'libheif-js' } : await real(task, input),
  });
  const call = async (tool: string, args: object) =>
    await callTool({ ...book.session, workers }, tool, args, { client: 'test 1.0', canAsk: false });
  const attached = await call('attach-file', { job: 'J-1', content: GARDEN.toString('base64') });
  expect(attached.structuredContent).toMatchObject({
    did: expect.stringContaining('; it is kept, and models see it once a library is installed: npm install libheif-js'),
  });
  const { extras, structuredContent } = await call('fetch', { id: 'F-1' });
  expect(extras).toBeUndefined();
  expect(structuredContent?.['text']).toContain('npm install libheif-js\nWhole, in a terminal:');
});

test('a broken photo and a cut PDF are told when they are attached, when they are fetched, and in the list of files', async () => {
  const book = await roofBook();
  const photoCut = (await photo(400, 300)).subarray(0, 5000).toString('base64');
  const pdfCut = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Cat').toString('base64');
  for (const [content, said] of [
    [photoCut, '; the picture is damaged and cannot be shown: attach it again, whole'],
    [pdfCut, '; it is damaged, it breaks off before its end: attach it again, whole'],
  ] as const) {
    const { did, file } = await book.ok('attach-file', { job: 'J-1', content });
    expect(did).toContain(said);
    expect(file).toMatchObject({ flaw: 'damaged' });
    expect((await book.ok('fetch', { id: file.ref })).text).toMatch(/is damaged/);
  }
  for (const [tool, args] of [
    ['get-job', { job: 'J-1' }],
    ['get-job', { job: 'J-1', section: 'files' }],
    ['get-customer', { customer: 'C-1' }],
  ] as const) {
    const { answer, text } = await book.both(tool, args);
    expect(text.match(/- F-[12] .*, DAMAGED\)/g), tool).toHaveLength(2);
    const page = 'job' in answer ? answer.job : answer.customer;
    expect(page.files.map(({ flaw }) => flaw)).toEqual(['damaged', 'damaged']);
  }
});
