import type { Message, NoFacts } from '../message.ts';

/** What a disk can refuse, by what is wrong with it. */
export type DiskFault =
  | 'full'
  | 'quota'
  | 'file-too-large'
  | 'read-only'
  | 'not-allowed'
  | 'files-open'
  | 'files-open-on-machine'
  | 'error';

/** What is said of disks, and of the files and folders on them. */
export type DiskMessages = {
  'disk.not-saved': { readonly fault: DiskFault };
  'disk.not-known-whether-saved': { readonly fault: DiskFault };
  /** `file` as a person knows it. */
  'disk.file-unread': { readonly fault: DiskFault; readonly file: string };
  'disk.book-unopened': { readonly fault: DiskFault };
  'disk.data-folder-read-only': NoFacts;
  'disk.files-folder-gone': NoFacts;
  /** No `why` where the folder is not there. */
  'disk.no-temporary-copy': { readonly folder: string; readonly why: Message | null };
};
