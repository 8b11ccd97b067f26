// Files that are made to keep a reader busy, of at most 10 MB.
import { deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { zipSync } from 'fflate';
import type { FileTypeName } from '../../src/domain/file.ts';
import { heic, jpeg, png, pngChunk, webp, eXIf } from './photos.ts';
export const LARGEST = 10 * 1024 * 1024;

/** A directory whose entries all point to one place: to directories of positions, or to further ones. */
export function pointing(entries: number, tags: readonly number[], { count = 1, to = 8 } = {}): Buffer {
  const block = Buffer.alloc(10 + entries * 12 + 4);
  block.write('II*\0\x08\0\0\0', 'latin1');
  block.writeUInt16LE(Math.min(entries, 65_535), 8);
  for (let entry = 0; entry < entries; entry += 1) {
    const at = 10 + entry * 12;
    block.writeUInt16LE(tags[entry % tags.length] ?? 0, at);
    block.writeUInt16LE(4, at + 2);
    block.writeUInt32LE(count, at + 4);
    block.writeUInt32LE(to + (count === 1 ? 0 : (entry * 8) % 60_000), at + 8);
  }
  return block;
}

/** Every few bytes a segment begins that goes on over those behind it. */
const overlapping = (size: number) =>
  Buffer.concat([
    Buffer.from('ffd8', 'hex'),
    ...Array.from({ length: Math.floor(size / 10) }, () => Buffer.from('ffe1ffff457869660000', 'hex')),
    pointing(4000, [0x8825]),
  ]);

const zeros = deflateSync(Buffer.alloc(LARGEST));
export const BUSY_PICTURES: readonly (readonly [string, FileTypeName, () => Buffer])[] = [
  ['a picture whose 65,535 places are one', 'png', () => png(eXIf(pointing(65_535, [0x8825])))],
  ['sixteen thousand places', 'png', () => png(eXIf(pointing(16_000, [0x8825])))],
  ['many such blocks', 'png', () => png(...Array.from({ length: 150 }, () => eXIf(pointing(5000, [0x8825]))))],
  ['segments over segments', 'jpeg', () => overlapping(250_000)],
  ['ten megabytes of segments over segments', 'jpeg', () => overlapping(LARGEST)],
  [
    'directories of directories',
    'jpeg',
    () => {
      const block = pointing(5000, [0x8825, 0x014a, 0x02bc], { count: 16_000 });
      return Buffer.concat(Array.from({ length: 160 }, () => jpeg({ exif: block, xmp: '' })));
    },
  ],
  ['words that name places', 'webp', () => webp({ xmp: 'gps'.repeat(LARGEST / 3) })],
  ['elements never closed', 'webp', () => webp({ xmp: '<a:gps>'.repeat(LARGEST / 7) })],
  ['attributes never closed', 'webp', () => webp({ xmp: '<gps a="'.repeat(LARGEST / 8) })],
  ['chunks of nothing', 'webp', () => Buffer.concat([webp(), Buffer.alloc(LARGEST)])],
  ['boxes within boxes', 'heic', () => Buffer.from('\0\0\x20\0moov'.repeat(LARGEST / 8), 'latin1')],
  ['boxes of nothing', 'heic', () => Buffer.from('\0\0\0\x08free'.repeat(LARGEST / 8), 'latin1')],
  ['attributes of nothing', 'heic', () => heic({ xmp: 'latitude='.repeat(LARGEST / 9) })],
  ['chunks of nothing', 'png', () => png(...Array.from({ length: 60_000 }, () => pngChunk('tEXt', Buffer.alloc(0))))],
  [
    'packed text',
    'png',
    () =>
      png(
        ...Array.from({ length: 200 }, () =>
          pngChunk('zTXt', Buffer.concat([Buffer.from('Raw profile type exif\0\0'), zeros])),
        ),
      ),
  ],
];

/** Archives and office files, with the names that they come by. */
export const BUSY_ARCHIVES: readonly (readonly [string, string, () => Buffer])[] = [
  ['a workbook whose list of parts becomes 256 MB', 'bomb.xlsx', () => bomb('[Content_Types].xml')],
  ['a letter whose list of parts becomes 256 MB', 'bomb.pages', () => bomb('Index/Document.iwa')],
  ['an archive that claims four billion parts', 'endless.zip', endlessZip],
  ['an archive of a hundred thousand parts', 'parts.zip', manyParts],
  ['an OLE container of nothing but its list', 'list.doc', oleList],
  ['ten megabytes of beginnings of tags', 'tags.txt', () => Buffer.from('<s'.repeat(LARGEST / 2))],
  ['ten megabytes of comments', 'comments.txt', () => Buffer.from('<!-- -->'.repeat(LARGEST / 8))],
];

function bomb(part: string): Buffer {
  return Buffer.from(zipSync({ [part]: Buffer.alloc(256 * 1024 * 1024, ' ') }, { level: 9 }));
}

/** Ends as a large archive does, whose list has more parts than the file has bytes. */
function endlessZip(): Buffer {
  const whole = Buffer.from(zipSync({ 'a.txt': Buffer.from('x') }));
  const [parts, ending] = [whole.subarray(0, -22), Buffer.from(whole.subarray(-22))];
  ending.fill(0xff, 8, 20);
  const large = Buffer.alloc(56 + 20);
  large.writeUInt32LE(0x06064b50, 0);
  large.writeUInt32LE(0xffffffff, 24);
  large.writeUInt32LE(0xffffffff, 32);
  large.writeUInt32LE(0x07064b50, 56);
  large.writeUInt32LE(parts.length, 64);
  return Buffer.concat([parts, large, ending]);
}

function manyParts(): Buffer {
  const nothing = Buffer.alloc(0);
  return Buffer.from(zipSync(Object.fromEntries(Array.from({ length: 60_000 }, (_, part) => [`${part}`, nothing]))));
}

/** Every sector is one of the list of contents, and each entry names the next two. */
function oleList(): Buffer {
  const file = Buffer.alloc(LARGEST);
  file.write('d0cf11e0a1b11ae1', 'hex');
  file.writeUInt16LE(9, 30);
  const sectors = LARGEST / 512 - 1;
  for (let table = 0; table < 109; table += 1) file.writeUInt32LE(table, 76 + table * 4);
  for (let sector = 0; sector < 109 * 128; sector += 1) file.writeUInt32LE((sector + 1) % sectors, 512 + sector * 4);
  file.writeUInt32LE(109, 48);
  for (let entry = 0; (entry + 1) * 128 + 110 * 512 <= LARGEST; entry += 1) {
    const at = 110 * 512 + entry * 128;
    file.write('Workbook', at, 'utf16le');
    file.writeUInt16LE(18, at + 64);
    for (const place of [68, 72, 76]) file.writeUInt32LE(entry + 1, at + place);
  }
  return file;
}

/** Directories, segments and chunks of the same kinds, in numbers, sizes and places that nobody chose. */
export function busyPictures(count: number, seed: number): Buffer[] {
  const directory = fc
    .tuple(
      fc.integer({ min: 1, max: 65_535 }),
      fc.array(fc.constantFrom(0x8825, 0x014a, 0x02bc, 0x8769), { minLength: 1 }),
    )
    .chain(([entries, tags]) =>
      fc
        .record({ count: fc.constantFrom(1, 2, 16_000, 65_000), to: fc.nat(65_000) })
        .map((where) => pointing(entries, tags, where)),
    );
  const picture = fc.oneof(
    fc.array(directory, { minLength: 1, maxLength: 12 }).map((blocks) => png(...blocks.map(eXIf))),
    fc
      .tuple(directory, fc.integer({ min: 1, max: 150 }))
      .map(([exif, times]) =>
        Buffer.concat(Array.from({ length: times }, () => jpeg({ exif: exif.subarray(0, 60_000), xmp: '' }))),
      ),
    fc
      .tuple(fc.constantFrom('<a:gps>', 'gps="', 'latitude=', '<gps a="'), fc.integer({ min: 1, max: 1_000_000 }))
      .map(([words, times]) => webp({ xmp: words.repeat(times) })),
    fc
      .array(fc.constantFrom('\0\0\x20\0moov', '\0\0\0\x08free', '\0\0\0\x10trak', '\0\0\0\x01meta'), {
        minLength: 1,
        maxLength: 8,
      })
      .chain((boxes) =>
        fc
          .integer({ min: 1, max: 100_000 })
          .map((times) => Buffer.concat([heic(), Buffer.from(boxes.join('').repeat(times), 'latin1')])),
      ),
  );
  return fc.sample(
    picture.filter(({ length }) => length <= LARGEST),
    { numRuns: count, seed },
  );
}
