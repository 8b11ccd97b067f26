// What a model is shown of a picture: itself, a smaller copy, or words.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LARGEST_IN_ANSWER } from '../../src/domain/file.ts';
import { shownAs } from '../../src/files/picture.ts';
import { openBook } from '../support/answers.ts';
import { roof } from '../support/roof.ts';
import { pngChunk } from './photos.ts';

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url));

/** Noise, which no format makes small. */
async function photo(width: number, height: number, format: 'png' | 'jpeg' = 'jpeg'): Promise<Buffer> {
  const sharp: (options: object) => Record<'png' | 'jpeg', () => { toBuffer(): Promise<Buffer> }> = createRequire(
    import.meta.url,
  )('sharp');
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
  expect(await shownAs({ bytes: fixture('phone.jpg') })).toEqual({ kind: 'whole' });
  const copy = await shownAs({ bytes: await photo(2400, 1800) });
  expect(copy).toMatchObject({ kind: 'copy', mediaType: 'image/jpeg', size: '1600 × 1200', of: '2400 × 1800' });
  expect(copy.kind === 'copy' ? copy.bytes.length : Infinity).toBeLessThanOrEqual(LARGEST_IN_ANSWER);
  const heavy = await photo(1200, 1200, 'png');
  expect(heavy.length).toBeGreaterThan(LARGEST_IN_ANSWER);
  expect(await shownAs({ bytes: heavy })).toMatchObject({ kind: 'copy', size: '1200 × 1200' });
});

test('what is cut off, no picture at all, or larger than any camera makes is never shown', async () => {
  const small = await photo(200, 200, 'png');
  const large = await photo(2000, 2000);
  for (const bytes of [small.subarray(0, small.length - 3000), large.subarray(0, large.length / 2), Buffer.alloc(100)])
    expect(await shownAs({ bytes })).toEqual({ kind: 'unseen', why: 'damaged' });
  expect(await shownAs({ bytes: claiming(small, 100_000, 100_000) })).toEqual({
    kind: 'unseen',
    why: 'too many pixels',
  });
  expect(await shownAs({ bytes: claiming(small, 300, 300) })).toEqual({ kind: 'unseen', why: 'damaged' });
});

test('a large photo is fetched as a smaller copy, with words that say so, and kept as it came', async () => {
  const book = await openBook();
  await roof(book.ok);
  const whole = await photo(2000, 1500);
  await book.ok('attach-file', { job: 'J-1', name: 'Ridge.jpg', content: whole.toString('base64') });
  const { extras = [], structuredContent } = await book.call('fetch', { id: 'F-1' });
  expect(extras).toMatchObject([{ kind: 'image', mimeType: 'image/jpeg' }]);
  expect(extras[0]?.base64.length).toBeLessThanOrEqual((LARGEST_IN_ANSWER * 4) / 3 + 4);
  expect(structuredContent?.['text']).toContain('Shown as a copy of 1600 × 1200 pixels; the whole has 2000 × 1500.');
});

test('a photo that is cut off is kept, but told in words and not shown', async () => {
  const book = await openBook();
  await roof(book.ok);
  const cut = (await photo(400, 300)).subarray(0, 5000);
  await book.ok('attach-file', { job: 'J-1', name: 'Ridge.jpg', content: cut.toString('base64') });
  const { extras, structuredContent } = await book.call('fetch', { id: 'F-1' });
  expect(extras).toBeUndefined();
  expect(structuredContent?.['text']).toContain('The photo F-1 is damaged and cannot be shown. It is kept as it came;');
});
