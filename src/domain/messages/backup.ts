import type { Message } from '../message.ts';

/** What is said of backups. */
export type BackupMessages = {
  'backup.not-made': { readonly why: Message };
};
