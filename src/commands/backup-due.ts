// One look of a server whether a backup is due. Loaded with the first look: most starts are over before.
import { spawn } from 'node:child_process';
import { Socket } from 'node:net';
import { constants, setPriority } from 'node:os';
import { text } from 'node:stream/consumers';
import type { Config } from '../config.ts';
import type { Logger } from '../logger.ts';

/** Its result stands in the log; why one was not made is for whoever reads what the server says. */
export async function backupIfDue(config: Config, log: Logger): Promise<void> {
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
