// Looks at the book that a power cut left: whether all is well, and whether it holds what was acknowledged.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'rolldown';
import { afterAll, onTestFinished } from 'vitest';

export type Question = {
  /** The data folder. */
  readonly data: string;
  /** Acknowledged changes by number, and files by hash, that must be there. */
  readonly changes: readonly number[];
  readonly files: readonly string[];
  /** Nothing was acknowledged yet: there may be no book, but it must be possible to begin one. */
  readonly early: boolean;
  /** Whether the book is written to as well. */
  readonly writes: boolean;
};
export type Findings = { readonly faults: readonly string[] };

let bundled: Promise<string> | undefined;

afterAll(async () => {
  if (bundled !== undefined) rmSync(await bundled, { recursive: true, force: true });
});

async function bundle(): Promise<string> {
  // Within node_modules, so that the driver is found from there.
  const cache = join(import.meta.dirname, '../../node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const dir = mkdtempSync(join(cache, 'test-examiner-'));
  await build({
    input: join(import.meta.dirname, 'children/examine.ts'),
    platform: 'node',
    external: ['better-sqlite3', 'pdfkit', 'fontkit'],
    logLevel: 'silent',
    output: { dir },
  });
  return dir;
}

/** A process of its own that answers one question after another. */
export async function openExaminer(): Promise<(question: Question) => Promise<Findings>> {
  bundled ??= bundle();
  const child = spawn(process.execPath, [join(await bundled, 'examine.js')], { stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => {
    complaint += String(text);
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return async (question) => {
    child.stdin.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`the examiner ended: ${complaint}`);
    return JSON.parse(value) as Findings;
  };
}
