import type { Logger } from '../logger.ts';

type LateLog = Logger & {
  /** Resolves when the lines until now are with their writer. */
  readonly written: () => Promise<void>;
};

/** A log whose writer is loaded with its first line: most starts write none. */
export function lateLog(level: string): LateLog {
  let lines: Promise<Logger> | null = null;
  const write = (say: (log: Logger) => void) => {
    const before = lines ?? import('../logger.ts').then(({ createLogger }) => createLogger(level));
    lines = before.then((log) => {
      say(log);
      return log;
    });
    // A log that cannot be written ends no server.
    lines.catch(() => undefined);
  };
  return {
    info: (...line) => write((log) => log.info(...line)),
    error: (...line) => write((log) => log.error(...line)),
    written: async () => void (await lines?.catch(() => null)),
  };
}
