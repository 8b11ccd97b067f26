import type { BackupMessages } from '../../domain/messages/backup.ts';
import type { Catalogue } from '../catalogue.ts';

export const backupMessages: Catalogue<BackupMessages> = {
  'backup.not-made': ({ why }) => `No backup was made, and the earlier ones were left alone. ${why}`,
};
