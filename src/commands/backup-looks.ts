// While a server runs: is a backup due? Looked at by another process, so that no call ever waits for it. It may outlive
// a server that a client ends after minutes.
import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { constants, setPriority } from 'node:os';
import { text } from 'node:stream/consumers';
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
  const look = () => void backupIfDue(config, log);
  const timers = [setTimeout(look, FIRST_LOOK_MS).unref(), setInterval(look, NEXT_LOOK_MS).unref()];
  return () => {
    for (const timer of timers) clearTimeout(timer);
  };
}

/** Its result stands in the log; why one was not made is for whoever reads what the server says. */
async function backupIfDue(config: Config, log: Logger): Promise<void> {
  const [, program = ''] = process.argv;
  const child = spawn(process.execPath, [program, ...wordsFor(config)], {
    ...{ detached: true, windowsHide: true, stdio: ['ignore', 'pipe', 'pipe'] },
  });
  // Waited for while the server is there, and not a moment longer.
  child.unref();
  for (const pipe of [child.stdout, child.stderr]) if (pipe instanceof Socket) pipe.unref();
  try {
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    const [out, err, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve)),
    ]);
    process.stderr.write(err);
    if (out.includes('"made": true')) log.info(code === 0 ? 'backup made' : 'backup made without files that are gone');
    else if (code === 0) log.info('no backup is due');
    else log.error('backup not made; jobwright backup says why');
  } catch (error) {
    log.error(`backup not made: ${error instanceof Error ? error.name : 'unknown'}`);
  }
}

function wordsFor({ dataFolder, backup: { to = '', every = 0, keep, encryptTo } }: Config): string[] {
  return [
    ...['backup', '--json', '--data', dataFolder, '--to', to, '--every', `${every / 60_000}min`],
    ...(keep === undefined ? [] : ['--keep', keepInWords(keep)]),
    ...encryptTo.flatMap((key) => ['--encrypt-to', key]),
  ];
}

function keepInWords({ days, weeks, months }: NonNullable<Config['backup']['keep']>): string {
  const parts = [
    [days, 'd'],
    [weeks, 'w'],
    [months, 'm'],
  ] as const;
  return parts.flatMap(([count, unit]) => (count === 0 ? [] : [`${count}${unit}`])).join(',');
}
