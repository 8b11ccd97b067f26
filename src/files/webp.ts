// Where a photo was taken, in a WebP: its EXIF and XMP chunks.
import { eraseFromTiff } from './tiff.ts';
import { eraseFromXmp } from './xmp.ts';

/** @returns whether there was a location */
export function eraseFromWebp(bytes: Buffer): boolean {
  let erased = false;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const type = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const data = bytes.subarray(at + 8, at + 8 + size);
    // Some programs write the heading that a JPEG has.
    const block = data.toString('latin1', 0, 6) === 'Exif\0\0' ? data.subarray(6) : data;
    if (type === 'EXIF' && eraseFromTiff(block)) erased = true;
    if (type === 'XMP ' && eraseFromXmp(data)) erased = true;
    at += 8 + size + (size % 2);
  }
  return erased;
}
