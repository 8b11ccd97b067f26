// The books of the quick tests lie in a folder of the run, which goes with it, whatever a test left there.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { isAlive } from './ending.ts';
import { quickFolder } from './quick-folder.ts';

const NAME = /^jobwright-quick-(\d+)$/;

/** Of this run, where it is not yet. */
export const folderOfRun = () => join(quickFolder(), `jobwright-quick-${process.pid}`);

/** Vitest's global setup, of a project whose TMPDIR is that folder. What a run left that was killed goes too. */
export function setup({ config }: TestProject): () => void {
  const folder = config.env['TMPDIR'] ?? folderOfRun();
  for (const name of readdirSync(dirname(folder))) {
    const [, of] = NAME.exec(name) ?? [];
    if (of !== undefined && !isAlive(Number(of))) rmSync(join(dirname(folder), name), { recursive: true, force: true });
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return () => rmSync(folder, { recursive: true, force: true });
}
