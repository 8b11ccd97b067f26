// A folder for a copy of a book that is looked at and thrown away.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeOf, diskMessage } from '../../domain/disk.ts';
import { Problem } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';

export type Temporary = { readonly folder: string; readonly drop: () => void };

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * What ends the process takes the folder along, unless it is a kill.
 * @param work drops it when the copy is closed
 * @throws Problem that names the folder for temporary files, where no copy finds room or place in it
 */
export async function inTemporary<T>(work: (temporary: Temporary) => Promise<T> | T): Promise<T> {
  let folder: string | null = null;
  const remove = () => {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  };
  const ended = (signal: NodeJS.Signals) => {
    remove();
    // Where nobody else heeds it, it does what it always does.
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  };
  const drop = () => {
    remove();
    process.off('exit', remove);
    for (const signal of SIGNALS) process.off(signal, ended);
  };
  process.once('exit', remove);
  for (const signal of SIGNALS) process.once(signal, ended);
  try {
    folder = mkdtempSync(join(tmpdir(), 'jobwright-'));
    return await work({ folder, drop });
  } catch (error) {
    drop();
    const isGone = codeOf(error) === 'ENOENT';
    const why = isGone ? null : diskMessage(codeOf(error));
    if (why === null && !isGone) throw error;
    throw new Problem('unavailable', says('disk.no-temporary-copy', { folder: tmpdir(), why }));
  }
}
