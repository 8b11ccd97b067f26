// What a long command is at, on one line of a terminal that is rewritten in place. Where stderr is a file or a pipe,
// nothing of it is written.

type Terminal = { readonly isTTY?: boolean; readonly columns?: number; write(text: string): unknown };

/** Faster than this nobody reads. */
const BETWEEN_MS = 100;

export type ProgressLine = {
  /** `Checking jobs`, 12500 of 100000. */
  at(doing: string, done: number, of: number): void;
  /** Takes the line away, before anything else is written. */
  clear(): void;
};

export function progressLine(terminal: Terminal = process.stderr): ProgressLine {
  let written = Number.NEGATIVE_INFINITY;
  let isShown = false;
  return {
    at(doing, done, of) {
      if (terminal.isTTY !== true || performance.now() - written < BETWEEN_MS) return;
      written = performance.now();
      const much = of === 0 ? '' : ` ${count(done)} of ${count(of)}`;
      // Some terminals do not say how wide they are, or say 0. A line that wraps could not be rewritten.
      const columns = terminal.columns === undefined || terminal.columns < 1 ? 80 : terminal.columns;
      terminal.write(`\r\u001b[K${`${doing}${much}…`.slice(0, columns - 1)}`);
      isShown = true;
    },
    clear() {
      if (isShown) terminal.write('\r\u001b[K');
      isShown = false;
      written = Number.NEGATIVE_INFINITY;
    },
  };
}

function count(number: number): string {
  return number.toLocaleString('en-US');
}
