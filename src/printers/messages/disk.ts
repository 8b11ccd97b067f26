import type { DiskFault, DiskMessages } from '../../domain/messages/disk.ts';
import type { Catalogue } from '../catalogue.ts';

type ByFault = Readonly<Record<DiskFault, string>>;

const WHAT: ByFault = {
  full: 'The disk is full',
  quota: 'The disk space that this user may take is used up',
  'file-too-large': 'A file has reached the largest size that this system allows',
  'read-only': 'The disk cannot be written to: it is read-only',
  'not-allowed': 'This user may not write there',
  'files-open': 'Too many files are open at once',
  'files-open-on-machine': 'Too many files are open on this machine',
  error: 'The disk reported an error',
};

const FREE_SPACE = 'Free some space and try again; reading still works.';
const ALLOW_FILES = 'Try again in a moment; if it stays, allow more open files (ulimit -n).';
const ALLOW_FILES_ON_MACHINE = 'Try again in a moment; if it stays, allow more open files on this machine.';

const NEXT: ByFault = {
  full: FREE_SPACE,
  quota: FREE_SPACE,
  'file-too-large': 'Move the data folder to a disk without that limit; reading still works.',
  'read-only': 'Make it writable and try again; reading still works.',
  'not-allowed': 'Give this user the right to write to the data folder and try again; reading still works.',
  'files-open': ALLOW_FILES,
  'files-open-on-machine': ALLOW_FILES_ON_MACHINE,
  error: 'Check the disk, and look whether there is a recent backup.',
};

const UNREADABLE =
  'the disk reported an error. Try again; if it stays, check the disk, and look whether there is a recent backup.';
const UNREAD: ByFault = {
  full: UNREADABLE,
  quota: UNREADABLE,
  'file-too-large': UNREADABLE,
  'read-only': UNREADABLE,
  'not-allowed': 'this user may not read it. Give this user the right to read the data folder.',
  'files-open': `too many files are open at once. ${ALLOW_FILES}`,
  'files-open-on-machine': `too many files are open on this machine. ${ALLOW_FILES_ON_MACHINE}`,
  error: UNREADABLE,
};

export const diskMessages: Catalogue<DiskMessages> = {
  'disk.not-saved': ({ fault }) => `${WHAT[fault]}, so nothing was saved. ${NEXT[fault]}`,
  'disk.not-known-whether-saved': ({ fault }) => ({
    says: `${WHAT[fault]} while this was being saved. Whether it was saved is not known yet: look at the records before doing it again, and check the disk.`,
    next: 'The same requestId answers truly.',
  }),
  'disk.file-unread': ({ fault, file }) => `${file} could not be read: ${UNREAD[fault]}`,
  'disk.book-unopened': ({ fault }) => `The book could not be opened: ${UNREAD[fault]}`,
  'disk.data-folder-read-only': () =>
    'The data folder cannot be written to, so nothing was saved. Make it writable and start Jobwright again; reading still works.',
  'disk.files-folder-gone': () =>
    'The folder where files are kept is not there, so nothing was saved. Look whether the disk that it leads to is there, and try again.',
  'disk.no-temporary-copy': ({ folder, why }) =>
    `This book is looked at through a copy in the folder for temporary files, ${folder}: ${why ?? 'it is not there.'} The variable TMPDIR names another.`,
};
