// Takes out where a photo was taken, and nothing else: the picture, how it is turned and all other particulars stay byte
// for byte.
import { FILE_TYPES, isPicture, type FileTypeName } from '../domain/file.ts';
import { eraseFromBoxes } from './boxes.ts';
import { eraseFromJpeg } from './jpeg.ts';
import { withoutLocationInPng } from './png.ts';
import { eraseFromWebp } from './webp.ts';

/** @returns the photo without its location; null where it had none, or is no photo */
export function withoutLocation(type: FileTypeName, bytes: Uint8Array): Uint8Array | null {
  if (!isPicture(FILE_TYPES[type].mediaType)) return null;
  const copy = Buffer.from(bytes);
  if (type === 'png') return withoutLocationInPng(copy);
  if (type === 'jpeg') return eraseFromJpeg(copy) ? copy : null;
  if (type === 'webp') return eraseFromWebp(copy) ? copy : null;
  if (type === 'heic') return eraseFromBoxes(copy) ? copy : null;
  return null;
}
