// What a long command is at, on one line of a terminal that is rewritten in place. Where stderr is a file or a pipe,
// nothing of it is written.
import type { Progress, Step } from '../backup/progress.ts';

type Terminal = { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };

/** Faster than this nobody reads. */
const BETWEEN_MS = 100;

export type ProgressLine = {
  /** `Checking jobs`, 12500 of 100000. */
  at(doing: string, done: number, of: number): void;
  /** `Writing`, and behind it how much is done. */
  show(doing: string, much: string): void;
  /** Takes the line away, before anything else is written. */
  clear(): void;
};

const STEPS: Readonly<Record<Step, string>> = {
  copy: 'Copying the book',
  check: 'Checking the book',
  'check-files': 'Checking files',
  write: 'Writing',
  'read-back': 'Reading back',
  read: 'Reading the archive',
};

/** The line for work that tells its share. */
export function sharesOn(line: ProgressLine = progressLine()): Progress {
  return (doing, share) => {
    if (doing === null) line.clear();
    else line.show(STEPS[doing], share === undefined ? '' : ` ${Math.floor(share * 100)} %`);
  };
}

export function progressLine(terminal: Terminal = process.stderr): ProgressLine {
  let written = Number.NEGATIVE_INFINITY;
  let last = '';
  let isShown = false;
  return {
    at(doing, done, of) {
      this.show(doing, of === 0 ? '' : ` ${count(done)} of ${count(of)}`);
    },
    show(doing, much) {
      // What begins is said at once: it may be long before there is more to say.
      if (terminal.isTTY !== true || (doing === last && performance.now() - written < BETWEEN_MS)) return;
      [last, written] = [doing, performance.now()];
      // Some terminals do not say how wide they are, or say 0. A line that wraps could not be rewritten.
      const columns = terminal.columns === undefined || terminal.columns < 1 ? 80 : terminal.columns;
      terminal.write(`\r\u001b[K${`${doing}${much}…`.slice(0, columns - 1)}`);
      isShown = true;
    },
    clear() {
      if (isShown) terminal.write('\r\u001b[K');
      isShown = false;
      last = '';
    },
  };
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}
