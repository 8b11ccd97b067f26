// Where a photo was taken, in a WebP: its EXIF and XMP chunks.
import { eraseFromTiff } from './tiff.ts';
import type { Work } from './work.ts';
import { eraseFromXmp } from './xmp.ts';

const STEPS_PER_CHUNK = 1000;

/** @returns whether there was a location @throws TooMuchWork */
export function eraseFromWebp(bytes: Buffer, work: Work): boolean {
  let erased = false;
  for (let at = 12; at + 8 <= bytes.length; ) {
    work.spend(STEPS_PER_CHUNK);
    const type = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const data = bytes.subarray(at + 8, at + 8 + size);
    // Some programs write the heading that a JPEG has.
    const block = data.toString('latin1', 0, 6) === 'Exif\0\0' ? data.subarray(6) : data;
    if (type === 'EXIF' && eraseFromTiff(block, work)) erased = true;
    if (type === 'XMP ' && eraseFromXmp(data, work)) erased = true;
    at += 8 + size + (size % 2);
  }
  return erased;
}
