// Photos made by hand, byte by byte, each with a place, a way it is turned and a picture; and what a reader of such
// particulars finds in one.
import { crc32 } from 'node:zlib';
import { readFileSync } from 'node:fs';

/** An Exif block that says: turned by 90°, made by "Acme", taken at 30°16′N 97°44′W. */
export function exifBlock({ little = true, gps = true } = {}): Buffer {
  const out = Buffer.alloc(400);
  const u16 = (value: number, at: number) => (little ? out.writeUInt16LE(value, at) : out.writeUInt16BE(value, at));
  const u32 = (value: number, at: number) => (little ? out.writeUInt32LE(value, at) : out.writeUInt32BE(value, at));
  const entry = (at: number, tag: number, type: number, count: number, value: number) => {
    u16(tag, at);
    u16(type, at + 2);
    u32(count, at + 4);
    if (type === 3) u16(value, at + 8);
    else u32(value, at + 8);
  };
  out.write(little ? 'II' : 'MM', 0, 'latin1');
  u16(42, 2);
  u32(8, 4);
  u16(gps ? 4 : 3, 8);
  entry(10, 0x010f, 2, 5, 300);
  out.write('Acme\0', 300, 'latin1');
  entry(22, 0x0112, 3, 1, 6);
  if (gps) entry(34, 0x8825, 4, 1, 100);
  const last = gps ? 46 : 34;
  entry(last, 0x8769, 4, 1, 250);
  u32(0, last + 12);
  // The Exif directory: how long the shutter was open.
  u16(1, 250);
  entry(252, 0x9204, 10, 1, 320);
  u32(1, 320);
  u32(3, 324);
  if (!gps) return out;
  u16(4, 100);
  entry(102, 1, 2, 2, little ? 0x4e : 0x4e00_0000);
  entry(114, 2, 5, 3, 160);
  entry(126, 3, 2, 2, little ? 0x57 : 0x5700_0000);
  entry(138, 4, 5, 3, 184);
  for (const [index, value] of [30, 1, 16, 1, 0, 1, 97, 1, 44, 1, 0, 1].entries()) u32(value, 160 + index * 4);
  return out;
}

export const XMP_TEXT = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:drone-dji="http://www.dji.com/drone-dji/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" exif:GPSLatitude="30,16.0N" drone-dji:GpsLongtitude="-97.73" dc:format="image/jpeg"><exif:GPSLongitude>97,44.0W</exif:GPSLongitude><dc:title>North slope, latitude unknown</dc:title></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

/** What stands for the picture; it must survive. */
const PICTURE = Buffer.from(Array.from({ length: 500 }, (_, index) => (index * 37) % 251));

export function jpeg({ exif = exifBlock(), xmp = XMP_TEXT, behind = Buffer.alloc(0) } = {}): Buffer {
  const segment = (body: Buffer) => {
    const head = Buffer.from([0xff, 0xe1, 0, 0]);
    head.writeUInt16BE(body.length + 2, 2);
    return Buffer.concat([head, body]);
  };
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif])),
    segment(Buffer.from(`http://ns.adobe.com/xap/1.0/\0${xmp}`, 'latin1')),
    Buffer.from([0xff, 0xda, 0, 2]),
    PICTURE.map((byte) => (byte === 0xff ? 0 : byte)),
    Buffer.from([0xff, 0xd9]),
    behind,
  ]);
}

export function pngChunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([size, named, sum]);
}

export function png(...chunks: Buffer[]): Buffer {
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    pngChunk('IHDR', Buffer.from('00000001000000010800000000', 'hex')),
    ...chunks,
    pngChunk('IDAT', PICTURE),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

export function webp({ exif = exifBlock(), xmp = XMP_TEXT } = {}): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32LE(data.length, 4);
    return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
  };
  const body = Buffer.concat([
    Buffer.from('WEBP', 'latin1'),
    chunk('VP8X', Buffer.from('0c000000000000000000', 'hex')),
    chunk('VP8 ', PICTURE),
    chunk('EXIF', exif),
    chunk('XMP ', Buffer.from(xmp, 'latin1')),
  ]);
  return chunk('RIFF', body);
}

export function box(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
}

/** Item 1 is the picture, 2 the Exif block, in one piece or two, 3 the XMP packet in the box of its own data. */
export function heic({ exif = exifBlock(), xmp = XMP_TEXT, inPieces = false } = {}): Buffer {
  const hex = (digits: string) => Buffer.from(digits, 'hex');
  const item = (id: number, type: string, rest = '') =>
    box('infe', hex('02000000'), hex(`000${id}0000`), Buffer.from(`${type}\0${rest}`, 'latin1'));
  const block = Buffer.concat([hex('00000006'), Buffer.from('Exif\0\0', 'latin1'), exif]);
  const cut = inPieces ? 150 : 0;
  const make = (start: number): Buffer => {
    const u32 = (value: number) => {
      const out = Buffer.alloc(4);
      out.writeUInt32BE(value);
      return out;
    };
    const place = (id: number, method: number, pieces: [number, number][]) =>
      Buffer.concat([
        hex(`000${id}000${method}0000000${pieces.length}`),
        ...pieces.flatMap(([at, size]) => [u32(at), u32(size)]),
      ]);
    return Buffer.concat([
      box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1')),
      box(
        'meta',
        hex('00000000'),
        box('iinf', hex('000000000003'), item(1, 'hvc1'), item(2, 'Exif'), item(3, 'mime', 'application/rdf+xml\0')),
        box('idat', Buffer.from(xmp, 'latin1')),
        box(
          'iloc',
          hex('01000000'),
          hex('44000003'),
          place(1, 0, [[start, PICTURE.length]]),
          // The second piece lies before the first.
          place(
            2,
            0,
            [
              [start + PICTURE.length + block.length - cut, cut] as [number, number],
              [start + PICTURE.length, block.length - cut] as [number, number],
            ].filter(([, size]) => size > 0),
          ),
          place(3, 1, [[0, xmp.length]]),
        ),
      ),
      box('mdat', PICTURE, block.subarray(cut), block.subarray(0, cut)),
    ]);
  };
  return make(make(0).indexOf(PICTURE));
}

export const PICTURE_BYTES = PICTURE;

/** Every particular that a reader finds; its own name for a position, wherever it stands, in `places`. */
export async function particulars(bytes: Buffer): Promise<{ places: string[]; rest: Record<string, unknown> }> {
  const { parse } = await import('exifr');
  const found: unknown = await parse(bytes, { tiff: true, exif: true, gps: true, ifd1: true, xmp: true });
  const all = Object.entries(found ?? {});
  const isPlace = ([name]: [string, unknown]) => /gps|latitude|longt?itude/i.test(name);
  return {
    places: all.filter(isPlace).map(([name]) => name),
    rest: Object.fromEntries(all.filter((each) => !isPlace(each))),
  };
}

/** As it stands in a PNG. */
export const eXIf = (block: Buffer) => pngChunk('eXIf', block);

export const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url));
