import type { FileMessages } from '../../domain/messages/files.ts';
import type { Catalogue } from '../catalogue.ts';

export const fileMessages: Catalogue<FileMessages> = {
  'file.bytes-at-fault': ({ refs, hash, fault }) =>
    `${refs.length === 0 ? 'a file that an undo may need' : refs.join(', ')}: ${fault} (${hash}…)`,
  'file.bytes-of-other-size': ({ size, stored }) => `has ${size} bytes, not ${stored}`,
  'file.bytes-missing': () => 'its bytes are missing, or are not what was stored',
  'file.list-unread': () => 'which files are stored could not be read: the book is damaged there',
};
