import type { Message } from '../message.ts';

/** What is said of backups, and where books are looked at. */
export type BackupMessages = {
  'backup.not-made': { readonly why: Message };
  'backup.of-damaged-book': { readonly first: Message | string; readonly more: number };
  /** What doctor finds, and what a rule of the books has against it. */
  'doctor.fault': { readonly about: string; readonly why: Message | string };
};
