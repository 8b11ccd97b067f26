// While a server runs: is a backup due? Looked at by another process, so that no call ever waits for it. It may outlive
// a server that a client ends after minutes.
import { UsageError, type Config } from '../config.ts';
import type { Logger } from '../logger.ts';

const FIRST_LOOK_MS = 5000;
const NEXT_LOOK_MS = 60 * 60 * 1000;

/**
 * What would fail at every look is said at the start, where somebody reads it.
 * @throws UsageError where it is said when and not where to, or where to and not when; Problem where a key is none
 */
export async function checkLooks({ backup: { to, every, keep, encryptTo }, database }: Config): Promise<void> {
  if (every !== undefined && database !== undefined)
    throw new UsageError(
      '--every is for a book in --data; books in a database are backed up with its own tools, like pg_dump. Leave one of them out',
    );
  if (every === undefined && (to !== undefined || keep !== undefined || encryptTo.length > 0))
    throw new UsageError('--to, --keep and --encrypt-to of a server go with --every: how often, like --every 24h');
  if (every !== undefined && to === undefined)
    throw new UsageError('--every needs --to DIR too: the folder for archives, best on another disk');
  if (encryptTo.length === 0) return;
  // Loaded where it is needed alone: most servers start without.
  const { readRecipients } = await import('../backup/age.ts');
  await readRecipients(encryptTo);
}

/** @returns what ends the looking; a backup that is under way goes on */
export function lookForBackups(config: Config, log: Logger): () => void {
  if (config.backup.every === undefined) return () => undefined;
  const look = () => void import('./backup-due.ts').then(async ({ backupIfDue }) => await backupIfDue(config, log));
  const timers = [setTimeout(look, FIRST_LOOK_MS).unref(), setInterval(look, NEXT_LOOK_MS).unref()];
  return () => {
    for (const timer of timers) clearTimeout(timer);
  };
}
