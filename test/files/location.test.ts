// Where a photo was taken leaves it; the picture, how it is turned and every other particular stay byte for byte.
import { deflateSync, gunzipSync } from 'node:zlib';
import { gps, orientation } from 'exifr';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../src/domain/errors.ts';
import { problemForModel } from '../../src/printers/in-words.ts';
import type { FileTypeName } from '../../src/domain/file.ts';
import { withoutLocation } from '../../src/files/location.ts';
import { BUSY_PICTURES, LARGEST, pointing } from './busy.ts';
import {
  box,
  exifBlock,
  heic,
  jpeg,
  particulars,
  PICTURE_BYTES,
  png,
  pngChunk,
  webp,
  XMP_TEXT,
  eXIf,
  fixture,
} from './photos.ts';

/** What remains of a photo that had a location. */
function cleaned(type: FileTypeName, photo: Buffer): Buffer {
  const original = Buffer.from(photo);
  const clean = withoutLocation(type, photo, 'content');
  if (clean === null) throw new Error(`nothing was taken out of this ${type}`);
  expect(photo.equals(original), 'what was given is left alone').toBe(true);
  return Buffer.from(clean);
}

const iTXt = (xmp: string) => pngChunk('iTXt', Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${xmp}`, 'latin1'));
const TELLING = /30,16\.0N|97,44\.0W|-97\.73/;

describe('real photos', () => {
  it.each([
    ['jpeg', fixture('phone.jpg')],
    ['png', fixture('camera.png')],
    ['heic', gunzipSync(fixture('phone.heic.gz'))],
  ] as const)('%s', async (type, photo) => {
    const before = await particulars(photo);
    expect(before.places).toEqual(expect.arrayContaining(['GPSLatitude', 'GPSLongitude', 'latitude', 'longitude']));
    expect(Object.keys(before.rest).length).toBeGreaterThan(10);
    const clean = cleaned(type, photo);
    expect(await particulars(clean)).toEqual({ places: [], rest: before.rest });
    expect(clean.length).toBe(photo.length);
    expect(withoutLocation(type, clean, 'content')).toBeNull();
  });
});

describe('photos made by hand', () => {
  it.each([
    ['jpeg', jpeg()],
    ['jpeg', jpeg({ exif: exifBlock({ little: false }) })],
    ['heic', heic()],
    ['heic', heic({ exif: exifBlock({ little: false }) })],
    ['png', png(eXIf(exifBlock()), iTXt(XMP_TEXT))],
  ] as const)('%s', async (type, photo) => {
    const before = await particulars(photo);
    expect(before.places).toEqual(expect.arrayContaining(['GPSLatitude', 'latitude', 'longitude']));
    expect(photo.toString('latin1')).toMatch(TELLING);
    const clean = cleaned(type, photo);
    const { places, rest } = await particulars(clean);
    expect(places).toEqual([]);
    expect(rest).toEqual(before.rest);
    expect(rest).toMatchObject({ Make: 'Acme' });
    expect(rest['Orientation']).toBe('Rotate 90 CW');
    expect(clean.toString('latin1')).not.toMatch(TELLING);
    expect(clean.toString('latin1')).toContain('<dc:title>North slope, latitude unknown</dc:title>');
    expect(clean.length).toBe(photo.length);
  });

  it('webp, whose chunks are read one by one', async () => {
    const photo = webp();
    const clean = cleaned('webp', photo);
    expect(clean.length).toBe(photo.length);
    expect(clean.includes(PICTURE_BYTES)).toBe(true);
    expect(clean.toString('latin1')).not.toMatch(TELLING);
    const block = (bytes: Buffer) => bytes.subarray(bytes.indexOf('EXIF') + 8);
    expect((await gps(block(photo))).latitude).toBeCloseTo(30.267, 3);
    expect(await gps(block(clean))).toBeUndefined();
    expect(await orientation(block(clean))).toBe(6);
  });

  it('the picture itself stays', () => {
    for (const [type, photo] of [
      ['heic', heic()],
      ['png', png(eXIf(exifBlock()))],
    ] as const)
      expect(cleaned(type, photo).includes(PICTURE_BYTES)).toBe(true);
    const photo = jpeg();
    const picture = photo.subarray(photo.indexOf(Buffer.from([0xff, 0xda])));
    expect(cleaned('jpeg', photo).subarray(-picture.length).equals(picture)).toBe(true);
  });

  it('nothing is taken out of a photo that tells no place, nor of what is no photo', () => {
    const [exif, xmp] = [exifBlock({ gps: false }), '<x:xmpmeta><a dc:format="image/jpeg"/></x:xmpmeta>'];
    expect(withoutLocation('jpeg', jpeg({ exif, xmp }), 'content')).toBeNull();
    expect(withoutLocation('heic', heic({ exif, xmp }), 'content')).toBeNull();
    expect(withoutLocation('webp', webp({ exif, xmp }), 'content')).toBeNull();
    expect(withoutLocation('png', png(eXIf(exif), iTXt(xmp)), 'content')).toBeNull();
    expect(withoutLocation('pdf', jpeg(), 'content')).toBeNull();
  });
});

describe('hidden places', () => {
  it('an Exif block that lies in the picture file in two pieces', () => {
    const photo = heic({ inPieces: true });
    const bytesOfLatitude = exifBlock().subarray(160, 184);
    const whole = heic();
    expect(whole.includes(bytesOfLatitude)).toBe(true);
    expect(cleaned('heic', whole).includes(bytesOfLatitude)).toBe(false);
    const clean = cleaned('heic', photo);
    const changed = [...clean.keys()].filter((at) => clean[at] !== photo[at]).length;
    const cleanWhole = cleaned('heic', whole);
    expect(changed).toBe([...whole.keys()].filter((at) => cleanWhole[at] !== whole[at]).length);
  });

  it('a second picture behind the first, and the film that a phone appends', async () => {
    const film = Buffer.concat([
      box('ftyp', Buffer.from('mp42\0\0\0\0', 'latin1')),
      box('moov', box('udta', box('\u00a9xyz', Buffer.from('\0\x12\x15\xc7+30.26-097.74/', 'latin1')), box('name'))),
    ]);
    const photo = jpeg({ behind: Buffer.concat([jpeg(), film]) });
    const clean = cleaned('jpeg', photo);
    expect(clean.toString('latin1')).not.toMatch(TELLING);
    expect(clean.toString('latin1')).not.toContain('+30.26');
    expect(clean.toString('latin1')).toContain('name');
    const second = clean.subarray(clean.indexOf(Buffer.from([0xff, 0xd8]), 2));
    expect((await particulars(second)).places).toEqual([]);
  });

  it('a long XMP packet, cut in the middle of a position', () => {
    const name = 'http://ns.adobe.com/xmp/extension/\0';
    const at = XMP_TEXT.indexOf('30,16') + 3;
    const parts = [XMP_TEXT.slice(0, at), XMP_TEXT.slice(at)].map((text, index) => {
      const head = Buffer.alloc(8);
      head.writeUInt32BE(XMP_TEXT.length);
      head.writeUInt32BE(index === 0 ? 0 : at, 4);
      const body = Buffer.concat([Buffer.from(`${name}${'A'.repeat(32)}`), head, Buffer.from(text)]);
      const marker = Buffer.from([0xff, 0xe1, 0, 0]);
      marker.writeUInt16BE(body.length + 2, 2);
      return Buffer.concat([marker, body]);
    });
    const photo = jpeg({ exif: exifBlock({ gps: false }), xmp: '', behind: Buffer.concat(parts.toReversed()) });
    const text = cleaned('jpeg', photo).toString('latin1');
    expect(text).not.toMatch(/30,1|6\.0N|97,44/);
    expect(text).toContain('North slope, latitude unknown');
  });

  it('in a PNG: packed XMP, a profile in hexadecimal, and text chunks named after it', () => {
    const packed = deflateSync(Buffer.from(XMP_TEXT, 'latin1'));
    const profile = `\nexif\n     400\n${exifBlock().toString('hex')}\n`;
    const kept = pngChunk('tEXt', Buffer.from('Title\0Roof, latitude unknown'));
    const photo = png(
      pngChunk('iTXt', Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\x01\0\0\0', 'latin1'), packed])),
      pngChunk('zTXt', Buffer.concat([Buffer.from('Raw profile type exif\0\0', 'latin1'), deflateSync(profile)])),
      pngChunk('tEXt', Buffer.from('exif:GPSLatitude\x0030/1,16/1', 'latin1')),
      kept,
    );
    expect(cleaned('png', photo).equals(png(kept))).toBe(true);
    const plain = png(pngChunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync('latitude')])));
    expect(withoutLocation('png', plain, 'content')).toBeNull();
  });

  it('attributes and elements of an XMP packet however they are written', () => {
    const xmp = `<a x:GPSLatitude = '30,16.0N'\n Longitude="97,44.0W"><GpsLongitude x="1">97,44.0W</GpsLongitude><b:gps/></a>`;
    const text = cleaned('jpeg', jpeg({ exif: exifBlock({ gps: false }), xmp })).toString('latin1');
    expect(text).not.toMatch(TELLING);
    expect(text).toMatch(/<a {21,}\s {20,}> {30,}<\/a>/);
  });

  it('an XMP packet that is never closed is taken out whole', () => {
    const text = cleaned('jpeg', jpeg({ xmp: '<a><exif:GPSLatitude>30,16.0N and on' })).toString('latin1');
    expect(text).not.toContain('30,16');
  });
});

describe('damaged and hostile photos', () => {
  const PHOTOS = [
    ['jpeg', jpeg()],
    ['heic', heic()],
    ['webp', webp()],
    ['png', png(eXIf(exifBlock()), iTXt(XMP_TEXT))],
  ] as const;

  it('cut off or with bytes changed anywhere: never an error, and the rest stays', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PHOTOS),
        fc.nat(4000),
        fc.array(fc.tuple(fc.nat(4000), fc.nat(255)), { maxLength: 8 }),
        ([type, whole], cut, changes) => {
          const photo = Buffer.from(whole.subarray(0, Math.max(16, whole.length - cut)));
          for (const [at, value] of changes) photo[at % photo.length] = value;
          const clean = withoutLocation(type, photo, 'content');
          const length = clean?.length ?? photo.length;
          expect(length === photo.length || (type === 'png' && length < photo.length)).toBe(true);
        },
      ),
      { numRuns: 500, seed: 20_260_310 },
    );
  });

  it.each(BUSY_PICTURES)('%s (%s) keep the reader no longer than a moment: it ends or is refused', (_, type, make) => {
    const photo = make();
    const before = process.threadCpuUsage();
    const answer = attempt(() => withoutLocation(type, photo, 'content'));
    const { user, system } = process.threadCpuUsage(before);
    expect(answer).toMatch(/^(done|content: what stands in this picture beside the picture cannot be read through)/);
    expect((user + system) / 1000, `milliseconds for ${photo.length} bytes`).toBeLessThan(250);
  });

  it('a directory of positions that ends with its block, where a link to another would stand, is erased', () => {
    const block = Buffer.alloc(26 + 14);
    block.write('II*\0\x08\0\0\0\x01\0\x25\x88\x04\0\x01\0\0\0\x1a', 'latin1');
    block.write('\x01\0\x02\0\x02\0\x04\0\0\x0030N', 26, 'latin1');
    const clean = cleaned('png', png(eXIf(block)));
    expect(clean.includes('30N')).toBe(false);
  });

  it('a large photo as cameras write it is read through', () => {
    const behind = Buffer.alloc(LARGEST, 'picture');
    expect(attempt(() => withoutLocation('jpeg', jpeg({ behind }), 'content'))).toBe('done');
    expect(attempt(() => withoutLocation('jpeg', jpeg({ exif: pointing(2000, [0x010f]) }), 'content'))).toBe('done');
  });
});

function attempt(work: () => unknown): string {
  try {
    work();
    return 'done';
  } catch (error) {
    return error instanceof Problem ? problemForModel(error) : String(error);
  }
}
