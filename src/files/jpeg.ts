// Where a photo was taken, in a JPEG: its Exif and XMP segments, those of further pictures behind it, and the film that
// phones append.
import { eraseFromBoxes } from './isobmff.ts';
import { eraseAcross } from './pieces.ts';
import { eraseFromTiff } from './tiff.ts';
import type { Work } from './work.ts';
import { eraseFromXmp } from './xmp.ts';

const EXIF = 'Exif\0\0';
const XMP = 'http://ns.adobe.com/xap/1.0/\0';
/** A long XMP packet goes on in segments of this kind, each with a digest, the whole length and its own place. */
const MORE_XMP = 'http://ns.adobe.com/xmp/extension/\0';
const MORE_XMP_HEAD = 32 + 4 + 4;
const STEPS_PER_SEGMENT = 1000;

/** @returns whether there was a location @throws TooMuchWork */
export function eraseFromJpeg(bytes: Buffer, work: Work): boolean {
  let erased = false;
  for (const block of segments(bytes, EXIF, work)) if (eraseFromTiff(block, work)) erased = true;
  for (const packet of segments(bytes, XMP, work)) if (eraseFromXmp(packet, work)) erased = true;
  if (eraseFromMoreXmp(bytes, work)) erased = true;
  const film = bytes.indexOf('ftyp') - 4;
  return (film > 0 && eraseFromBoxes(bytes.subarray(film), work)) || erased;
}

/**
 * Segments are found by how they begin, wherever they stand. A walk from segment to segment would end at the first
 * damaged byte, which other readers may step over.
 */
function* segments(bytes: Buffer, signature: string, work: Work): Generator<Buffer> {
  for (let at = bytes.indexOf(signature, 4, 'latin1'); at >= 0; at = bytes.indexOf(signature, at + 1, 'latin1')) {
    work.spend(STEPS_PER_SEGMENT);
    if (at >= 4 && bytes.readUInt16BE(at - 4) === 0xffe1)
      yield bytes.subarray(at + signature.length, at - 2 + bytes.readUInt16BE(at - 2));
  }
}

/** The segments are one text: a position may begin in one and end in the next. */
function eraseFromMoreXmp(bytes: Buffer, work: Work): boolean {
  const parts = [...segments(bytes, MORE_XMP, work)]
    .filter((part) => part.length > MORE_XMP_HEAD)
    .map((part) => ({ key: part.toString('latin1', 0, 32), place: part.readUInt32BE(36), text: part.subarray(40) }));
  let erased = false;
  for (const same of Map.groupBy(parts, ({ key }) => key).values()) {
    const texts = same.toSorted((one, other) => one.place - other.place).map(({ text }) => text);
    if (eraseAcross(texts, eraseFromXmp, work)) erased = true;
  }
  return erased;
}
