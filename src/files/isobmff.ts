// Where a photo was taken, in a HEIC picture or a film beside one (ISO base media: boxes within boxes): the Exif and XMP
// items of a picture, and the position in the particulars of a film.
import { eraseAcross } from './pieces.ts';
import { eraseFromTiff } from './tiff.ts';
import type { Work } from './work.ts';
import { eraseFromXmp } from './xmp.ts';

/** Boxes that hold boxes and nothing else. */
const HOLDING = new Set(['moov', 'trak', 'mdia', 'udta']);
/** A position in the particulars of a film, as phones and cameras write it. */
const POSITIONS = new Set(['\u00a9xyz', 'loci']);
const XMP_BOX = Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex');
/** No real picture comes near these; a file made to keep a reader busy does. */
const MOST_BOXES = 10_000;
const DEEPEST = 8;
const MOST_PIECES = 20_000;
const MOST_ITEMS = 32;
const STEPS_PER_BOX = 500;

type Box = { readonly type: string; readonly at: number; readonly start: number; readonly end: number };

/** @param bytes a file, or what stands at the end of one @returns whether there was a location @throws TooMuchWork */
export function eraseFromBoxes(bytes: Buffer, work: Work): boolean {
  return eraseWithin(bytes, { from: 0, to: bytes.length, depth: 0 }, work);
}

type Within = { readonly from: number; readonly to: number; readonly depth: number };

function eraseWithin(bytes: Buffer, { from, to, depth }: Within, work: Work): boolean {
  let erased = false;
  for (const { type, at, start, end } of boxes(bytes, from, to, work)) {
    const inner = { from: start, to: end, depth: depth + 1 };
    if (HOLDING.has(type) && depth < DEEPEST && eraseWithin(bytes, inner, work)) erased = true;
    if (type === 'meta' && eraseFromItems(bytes, { from: start, to: end, depth }, work)) erased = true;
    if (type === 'uuid' && bytes.subarray(start, start + 16).equals(XMP_BOX))
      erased = eraseFromXmp(bytes.subarray(start + 16, end), work) || erased;
    if (!POSITIONS.has(type)) continue;
    // Players pass over free space; the boxes behind it stay where they are.
    bytes.write('free', at + 4, 'latin1');
    bytes.fill(0, start, end);
    erased = true;
  }
  return erased;
}

function boxes(bytes: Buffer, from: number, to: number, work: Work): Box[] {
  const found: Box[] = [];
  for (let at = from; at + 8 <= to && found.length < MOST_BOXES; ) {
    work.spend(STEPS_PER_BOX);
    const short = bytes.readUInt32BE(at);
    const long = short === 1 && at + 16 <= to;
    const size = long ? Number(bytes.readBigUInt64BE(at + 8)) : short === 0 ? to - at : short;
    const start = at + (long ? 16 : 8);
    if (size < start - at) break;
    const end = Math.min(at + size, to);
    found.push({ type: bytes.toString('latin1', at + 4, at + 8), at, start, end });
    at = end;
  }
  return found;
}

/** Exif and XMP are items of a picture, listed in one box and placed by another. */
function eraseFromItems(bytes: Buffer, { from: start, to: end }: Within, work: Work): boolean {
  // Past version and flags, which films leave out.
  const inner = boxes(bytes, start + 4, end, work);
  const part = (type: string) => inner.find((box) => box.type === type);
  const [names, places, own] = [part('iinf'), part('iloc'), part('idat')];
  if (names === undefined || places === undefined) return false;
  const kinds = kindsOf(bytes, names, work);
  const telling = placesOf(bytes, { box: places, own }, work).filter(({ item }) =>
    /^(Exif|mime)$/.test(kinds.get(item) ?? ''),
  );
  let erased = false;
  for (const { item, pieces } of telling.slice(0, MOST_ITEMS)) {
    const kind = kinds.get(item);
    if (pieces.reduce((sum, piece) => sum + piece.length, 0) > bytes.length) continue;
    if (kind === 'Exif' && eraseAcross(pieces, eraseFromExifItem, work)) erased = true;
    if (kind === 'mime' && eraseAcross(pieces, eraseFromXmp, work)) erased = true;
  }
  return erased;
}

/** Begins with how far ahead the TIFF block stands. */
function eraseFromExifItem(item: Buffer, work: Work): boolean {
  return item.length > 4 && eraseFromTiff(item.subarray(4 + item.readUInt32BE(0)), work);
}

function kindsOf(bytes: Buffer, { start, end }: Box, work: Work): Map<number, string> {
  const head = bytes[start] === 0 ? 6 : 8;
  return new Map(
    boxes(bytes, start + head, end, work).flatMap((box): [number, string][] => {
      const wide = bytes[box.start] === 3;
      const at = box.start + (wide ? 10 : 8);
      if (box.type !== 'infe' || at + 4 > box.end) return [];
      const item = wide ? bytes.readUInt32BE(box.start + 4) : bytes.readUInt16BE(box.start + 4);
      return [[item, bytes.toString('latin1', at, at + 4)]];
    }),
  );
}

type Place = { readonly item: number; readonly pieces: readonly Buffer[] };

/** Where the bytes of each item are: pieces of the file, or of the box of their own data. */
function placesOf(bytes: Buffer, { box, own }: { box: Box; own: Box | undefined }, work: Work): Place[] {
  let at = box.start;
  const read = (size: number) => {
    if (at + size > box.end) throw new RangeError('the places of the items end too early');
    at += size;
    return size === 8 ? Number(bytes.readBigUInt64BE(at - 8)) : size === 0 ? 0 : bytes.readUIntBE(at - size, size);
  };
  const found: Place[] = [];
  try {
    const version = read(1);
    read(3);
    const [offsets, lengths] = nibbles(read(1));
    const [bases, indexes] = nibbles(read(1));
    const count = read(version < 2 ? 2 : 4);
    for (let index = 0, left = MOST_PIECES; index < count && left > 0; index += 1) {
      work.spend(STEPS_PER_BOX);
      const item = read(version < 2 ? 2 : 4);
      const isOwn = version > 0 && (read(2) & 0xf) === 1;
      read(2);
      const base = read(bases) + (isOwn ? (own?.start ?? bytes.length) : 0);
      const pieces: Buffer[] = [];
      for (let extents = read(2); extents > 0 && left > 0; extents -= 1, left -= 1) {
        work.spend(STEPS_PER_BOX);
        if (version > 0) read(indexes);
        const from = base + read(offsets);
        pieces.push(bytes.subarray(from, from + read(lengths)));
      }
      found.push({ item, pieces });
    }
  } catch (error) {
    // A damaged list: what it still told is used.
    if (!(error instanceof RangeError)) throw error;
  }
  return found;
}

function nibbles(byte: number): [number, number] {
  return [byte >> 4, byte & 0xf];
}
