import type { ArchiveFault, BackupMessages, FolderFault, PartFault } from '../../domain/messages/backup.ts';
import type { Catalogue } from '../catalogue.ts';

const NOT_MADE = 'No backup was made, and the earlier ones were left alone.';

const MANIFEST = 'manifest.json';
const ARCHIVE: Readonly<Record<ArchiveFault, string>> = {
  'ends-early': 'it ends too early',
  'goes-on': 'it goes on after its end',
  'encrypted-part': 'what is encrypted in it does not open',
  'other-length': 'it has not the length that it was to have',
  'unknown-manifest': `its ${MANIFEST} is not one of Jobwright's`,
  'files-out-of-order': `its ${MANIFEST} names a file twice or out of order`,
  'begins-otherwise': `it does not begin with a ${MANIFEST}, as a backup does`,
  unsigned: `its ${MANIFEST} is not what was signed`,
  empty: 'there is nothing in it',
  'encrypted-twice': 'it is encrypted twice',
  'other-inside': 'what is encrypted in it is of another book or moment than its outside',
};
const PART: Readonly<Record<PartFault, string>> = {
  changed: 'changed while it was packed',
  'other-content': 'is not what was packed',
  'other-place': 'does not stand in it as it was packed',
};
const FOLDER: Readonly<Record<FolderFault, string>> = {
  'not-allowed': 'is not for this user to write to',
  'read-only': 'is on a disk that cannot be written to',
  'file-there': 'cannot be made: a file is there',
  'below-a-file': 'lies below a file, not below a folder',
  'not-made': 'cannot be made',
};

function damaged(what: string): string {
  return `This archive is damaged or was altered: ${what}. Take another one.`;
}

export const backupMessages: Catalogue<BackupMessages> = {
  'backup.not-made': ({ why }) => `${NOT_MADE} ${why}`,
  'backup.of-damaged-book': ({ first, more }) =>
    `The book is damaged (${first}${more === 0 ? '' : ` and ${more} more`}), so no backup was made of it; the earlier ones were left alone. jobwright doctor says all that is wrong.`,
  'backup.under-way': () => 'A backup of this book is under way. Wait until it is done, then try again.',
  'backup.in-data-folder': ({ to }) =>
    `--to ${to} lies in the data folder itself, so what loses the book would lose its backups too. Name a folder elsewhere, best on another disk.`,
  'backup.to-a-file': ({ to }) => `${NOT_MADE} ${to} is a file, not a folder.`,
  'backup.no-folder': ({ to, fault }) => `${NOT_MADE} The folder ${to} ${FOLDER[fault]}.`,
  'backup.no-room': ({ folder, needed, free }) =>
    `There is no room in ${folder}: ${needed} are needed and ${free} are free. Nothing was written; free some space and try again.`,
  'backup.folder-gone': ({ folder }) => `The folder ${folder} is not there. Make it, or name another.`,
  'backup.place-taken': ({ place }) =>
    `${place} was taken by something else meanwhile. Nothing was changed there; name another folder.`,
  'backup.stopped': () => 'Stopped. What was half done was taken away again.',
  'archive.damaged': ({ fault }) => damaged(ARCHIVE[fault]),
  'archive.damaged-part': ({ name, fault }) => damaged(`${name} ${PART[fault]}`),
  'archive.of-newer': () => 'This archive was made by a newer Jobwright. Update Jobwright, then try again.',
  'archive.unread': ({ path, code }) => `${path} cannot be read (${code || 'unknown'}).`,
  'archive.other-key': () =>
    'This archive is signed by another key than the one of that --fingerprint: it is not a backup of that book, or was forged.',
  'archive.no-key-opens': () => 'None of the keys in the --identity file opens this archive.',
  'archive.lacks-file': ({ account, hash }) => `account ${account}: the file ${hash}… is not in the archive`,
  'archive.other-change': ({ account }) =>
    `account ${account}: its newest change is not the one that the manifest names`,
  'age.no-recipient': ({ said }) =>
    `--encrypt-to takes public keys of age, like age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p, or a file with one a line; "${said}" is none.`,
  'age.no-identity': ({ file }) =>
    `--identity takes a file with a secret key of age a line (AGE-SECRET-KEY-…), as age-keygen writes it; ${file} has something else in it.`,
  'age.file-unread': ({ option, file, code }) => `${option}: ${file} cannot be read (${code || 'unknown'}).`,
  'age.file-empty': ({ option, file }) => `${option}: there is no key in ${file}.`,
  'restore.no-new-folder': ({ target, is }) =>
    `${target} is a ${is}, and a book takes its place as a whole folder. Name a new folder with --data.`,
  'restore.onto-volume': ({ target, like }) =>
    `${target} is a disk or volume of its own, and a book takes its place as a whole folder. Name a folder in it, like ${like}.`,
  'restore.not-empty': ({ target, some, more }) =>
    `${target} is not empty (${some.join(', ')}${more ? ', …' : ''}), and a restore overwrites nothing. Name a new folder with --data.`,
  'restore.last-invoice': ({ said, why }) => `--last-invoice ${said}: ${why}.`,
  'restore.no-such-account': ({ account }) => `there is no account ${account} in this backup`,
  'restore.which-account': ({ count, like }) => `there are ${count} accounts; say which, like ${like}`,
  'restore.no-invoice-number': () => 'it is the number of an issued invoice, like INV-1050, or none',
  'restore.has-later-invoice': ({ last }) => `this backup already has INV-${last}`,
  'restore.far-off': ({ count }) => `that is ${count} invoices after the last in this backup; is it a slip of the key`,
  'restore.say-last-invoice': ({ accounts, isOnly, like }) => {
    const all = accounts.map(({ account, last }) => {
      const words = last === null ? 'none yet' : `INV-${last}`;
      return isOnly ? words : `${words} (account ${account})`;
    });
    return `Say which invoice was the last one sent, so that no number is given out twice. The last one in this backup: ${all.join(', ')}. Add --last-invoice ${like} with the number of the last one sent, or --last-invoice none where none was sent since.`;
  },
  'doctor.fault': ({ about, why }) => `${about}: ${why}`,
};
