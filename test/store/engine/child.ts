// Starts another program on the same book and talks with it line by line.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'rolldown';
import { afterAll, onTestFinished } from 'vitest';

const PROGRAMS = ['open-book', 'hold-lock'] as const;

export type Child = {
  readonly process: ChildProcessWithoutNullStreams;
  readonly heard: readonly string[];
  /** Waits until it says a line that begins so; false where it ended before. */
  says(word: string): Promise<boolean>;
  tell(line: string): void;
  /** Waits for its end: its exit code, or the signal that ended it. */
  ends(): Promise<number | NodeJS.Signals | null>;
  complaint(): string;
};

export async function startChild(program: (typeof PROGRAMS)[number], ...args: readonly string[]): Promise<Child> {
  const child = spawn(process.execPath, [join(await programs(), `${program}.js`), ...args], { stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  const heard: string[] = [];
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => {
    complaint += String(text);
  });
  // A child that was killed no longer listens.
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => heard.push(line));
  const ended = once(child, 'close').then(
    ([code, signal]: (number | NodeJS.Signals | null)[]) => signal ?? code ?? null,
  );
  return {
    process: child,
    heard,
    complaint: () => complaint,
    tell: (line) => void child.stdin.write(`${line}\n`),
    ends: async () => await ended,
    says: async (word) => {
      const isSaid = () => heard.some((line) => line.startsWith(word));
      while (!isSaid()) {
        const more = once(lines, 'line').then(() => true);
        if (!(await Promise.race([more, ended.then(() => false)]))) return isSaid();
      }
      return true;
    },
  };
}

let bundled: Promise<string> | undefined;

/** The folder with the programs, bundled once per test file: started from source each takes four times as long. */
async function programs(): Promise<string> {
  bundled ??= bundle();
  return await bundled;
}

afterAll(async () => {
  if (bundled !== undefined) rmSync(await bundled, { recursive: true, force: true });
});

async function bundle(): Promise<string> {
  // Within node_modules, so that the driver is found from there.
  const cache = join(import.meta.dirname, '../../../node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const dir = mkdtempSync(join(cache, 'test-children-'));
  await build({
    input: PROGRAMS.map((program) => join(import.meta.dirname, 'children', `${program}.ts`)),
    platform: 'node',
    external: ['better-sqlite3'],
    logLevel: 'silent',
    output: { dir },
  });
  return dir;
}
