// The Nodes to start the built program under. All but our own come from the package.json beside this file, installed
// at the first run and kept: as dependencies of the project they would be in every checkout, and in node_modules/.bin.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('./nodes/', import.meta.url));
const executable = (name: string) =>
  `${FOLDER}node_modules/${name}/bin/node${process.platform === 'win32' ? '.exe' : ''}`;

export const TOO_OLD = executable('node20');
export const SUPPORTED = { '22.14': executable('node22'), own: process.execPath, '26': executable('node26') };

/** Vitest's global setup. */
export function setup(): void {
  if ([TOO_OLD, ...Object.values(SUPPORTED)].every((node) => existsSync(node))) return;
  execFileSync('npm', ['install', '--no-package-lock', '--no-audit', '--no-fund'], {
    cwd: FOLDER,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}
