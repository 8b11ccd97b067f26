// Takes out where a photo was taken, and nothing else: the picture, how it is turned and all other particulars stay byte
// for byte.
import { refused } from '../domain/errors.ts';
import { says } from '../domain/message.ts';
import { FILE_TYPES, isPicture, type FileTypeName } from '../domain/file.ts';
import { eraseFromBoxes } from './isobmff.ts';
import { eraseFromJpeg } from './jpeg.ts';
import { withoutLocationInPng } from './png.ts';
import { eraseFromTiff } from './tiff.ts';
import { eraseFromWebp } from './webp.ts';
import { TooMuchWork, Work } from './work.ts';

/**
 * @returns the photo without its location; null where it had none, or is no photo
 * @throws Problem where its particulars go on and on, as no camera writes them
 */
export function withoutLocation(type: FileTypeName, bytes: Uint8Array, field: string): Uint8Array | null {
  if (!isPicture(FILE_TYPES[type].mediaType)) return null;
  try {
    return erased(type, Buffer.from(bytes), new Work(bytes.length));
  } catch (error) {
    if (!(error instanceof TooMuchWork)) throw error;
    throw refused(says('file.too-much-in-picture'), field);
  }
}

function erased(type: FileTypeName, copy: Buffer, work: Work): Uint8Array | null {
  if (type === 'png') return withoutLocationInPng(copy, work);
  if (type === 'jpeg') return eraseFromJpeg(copy, work) ? copy : null;
  if (type === 'webp') return eraseFromWebp(copy, work) ? copy : null;
  if (type === 'tiff') return eraseFromTiff(copy, work) ? copy : null;
  if (type === 'heic') return eraseFromBoxes(copy, work) ? copy : null;
  return null;
}
