#!/usr/bin/env node
// The bin. Checks Node before anything else is loaded: on one that is too old it starts itself again under the
// checkout's own Node, or says what is needed. It imports nothing but node: statically, so that it runs on old ones too.
import { spawn } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync } from 'node:fs';
import module from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Set for the process started again, which must not start another. */
const GUARD = 'JOBWRIGHT_RELAUNCHED';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The Node-API that better-sqlite3 is built for; Node has it from 22.14 on. On an older one it crashes without a word. */
const NODE_API = 10;

if (Number(process.versions.napi) >= NODE_API) {
  const { [GUARD]: _, ...env } = process.env;
  keepCompiled();
  const { main } = await import('./main.ts');
  // Not process.exit(), which would cut off what stdout still holds.
  process.exitCode = await main(process.argv.slice(2), env);
} else {
  const own = fileURLToPath(
    new URL(`../node_modules/node/bin/node${process.platform === 'win32' ? '.exe' : ''}`, import.meta.url),
  );
  if (process.env[GUARD] === undefined && existsSync(own)) startAgain(own);
  else giveUp();
}

/**
 * What was compiled is kept for the next start, in a folder of this user alone: Node's own choice is one that everybody
 * shares, where another user of the machine could put code in its place.
 */
function keepCompiled(): void {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  const caches = process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
  const folder = join(LOCALAPPDATA ?? XDG_CACHE_HOME ?? caches, 'jobwright');
  try {
    if (!existsSync(folder)) mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { mode, uid } = lstatSync(folder);
    const isOurs = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
    if (isOurs) module.enableCompileCache(folder);
  } catch {
    // A user without a home compiles anew each time.
  }
}

function startAgain(node: string): void {
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit', env: { ...process.env, [GUARD]: '1' } });
  // A signal reaches this process alone; unforwarded it would leave the real one alive.
  const forward = (signal: NodeJS.Signals) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, forward);
  child.on('error', giveUp);
  child.on('exit', (code, signal) => {
    for (const name of SIGNALS) process.off(name, forward);
    if (signal === null) process.exitCode = code ?? 1;
    else process.kill(process.pid, signal);
  });
}

function giveUp(): void {
  process.stderr.write(
    `Jobwright needs Node 22.14 or newer; this is ${process.version}. Install it from nodejs.org and try again.\n`,
  );
  process.exitCode = 1;
}
