import type { Logger } from '../logger.ts';

/** A log whose writer is loaded with its first line: most starts write none. */
export function lateLog(level: string): Logger {
  const writer = async () => (await import('../logger.ts')).createLogger(level);
  return {
    info: (...line) => void writer().then((log) => log.info(...line)),
    error: (...line) => void writer().then((log) => log.error(...line)),
  };
}
