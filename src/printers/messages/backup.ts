import type { BackupMessages } from '../../domain/messages/backup.ts';
import type { Catalogue } from '../catalogue.ts';

export const backupMessages: Catalogue<BackupMessages> = {
  'backup.not-made': ({ why }) => `No backup was made, and the earlier ones were left alone. ${why}`,
  'backup.of-damaged-book': ({ first, more }) =>
    `The book is damaged (${first}${more === 0 ? '' : ` and ${more} more`}), so no backup was made of it; the earlier ones were left alone. jobwright doctor says all that is wrong.`,
  'doctor.fault': ({ about, why }) => `${about}: ${why}`,
};
