import type { Message, NoFacts } from '../message.ts';

/** What is wrong with an archive. */
export type ArchiveFault =
  | 'ends-early'
  | 'goes-on'
  | 'encrypted-part'
  | 'other-length'
  | 'unknown-manifest'
  | 'files-out-of-order'
  | 'begins-otherwise'
  | 'unsigned'
  | 'empty'
  | 'encrypted-twice'
  | 'other-inside';
/** What is wrong with one part of it. */
export type PartFault = 'changed' | 'other-content' | 'other-place';
/** Why a folder takes no backup. */
export type FolderFault = 'not-allowed' | 'read-only' | 'file-there' | 'below-a-file' | 'not-made';

/** What is said of backups, and where books are looked at. */
export type BackupMessages = {
  'backup.not-made': { readonly why: Message };
  'backup.of-damaged-book': { readonly first: Message | string; readonly more: number };
  'backup.under-way': NoFacts;
  'backup.in-data-folder': { readonly to: string };
  'backup.to-a-file': { readonly to: string };
  'backup.no-folder': { readonly to: string; readonly fault: FolderFault };
  /** As people read sizes. */
  'backup.no-room': { readonly folder: string; readonly needed: string; readonly free: string };
  'backup.folder-gone': { readonly folder: string };
  'backup.place-taken': { readonly place: string };
  'backup.stopped': NoFacts;
  'archive.damaged': { readonly fault: ArchiveFault };
  'archive.damaged-part': { readonly name: string; readonly fault: PartFault };
  'archive.of-newer': NoFacts;
  'archive.unread': { readonly path: string; readonly code: string };
  'archive.other-key': NoFacts;
  'archive.no-key-opens': NoFacts;
  'archive.lacks-file': { readonly account: number; readonly hash: string };
  'archive.other-change': { readonly account: number };
  'age.no-recipient': { readonly said: string };
  'age.no-identity': { readonly file: string };
  'age.file-unread': { readonly option: string; readonly file: string; readonly code: string };
  'age.file-empty': { readonly option: string; readonly file: string };
  'restore.no-new-folder': { readonly target: string; readonly is: 'link' | 'file' };
  'restore.onto-volume': { readonly target: string; readonly like: string };
  'restore.not-empty': { readonly target: string; readonly some: readonly string[]; readonly more: boolean };
  'restore.last-invoice': { readonly said: string; readonly why: Message };
  'restore.no-such-account': { readonly account: number };
  'restore.which-account': { readonly count: number; readonly like: string };
  'restore.no-invoice-number': NoFacts;
  'restore.has-later-invoice': { readonly last: number };
  'restore.far-off': { readonly count: number };
  /** `last` is the number of the last invoice of each account in the backup; null where it has none. */
  'restore.say-last-invoice': {
    readonly accounts: readonly { readonly account: number; readonly last: number | null }[];
    readonly isOnly: boolean;
    readonly like: string;
  };
  /** What doctor finds, and what a rule of the books has against it. */
  'doctor.fault': { readonly about: string; readonly why: Message | string };
};
