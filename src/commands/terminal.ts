// Somebody at a terminal, who is asked and answers.
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import { STOPPED } from './until-told.ts';

export function isAnswering(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** @throws Problem where they go away instead of answering */
export async function ask(question: string, signal: AbortSignal): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const gone = once(lines, 'close', { signal });
  try {
    return await Promise.race([lines.question(question, { signal }), gone.then(() => Promise.reject(STOPPED))]);
  } catch {
    throw STOPPED;
  } finally {
    lines.close();
  }
}
