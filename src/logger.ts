// The only importer of pino. Writes JSON lines to stderr, since stdout belongs to the protocol, and only the fields
// named here: no names, amounts, notes or arguments, which are the business's own.
import pino from 'pino';

type Fields = {
  readonly tool?: string;
  readonly ms?: number;
  readonly outcome?: 'ok' | 'refused' | 'failed';
  readonly errorId?: string;
  readonly stack?: string;
};
export type Logger = {
  info(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
};

export function createLogger(level: string): Logger {
  const log = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
  const allowed = ({ tool, ms, outcome, errorId, stack }: Fields = {}) => ({ tool, ms, outcome, errorId, stack });
  return {
    info: (message, fields) => log.info(allowed(fields), message),
    error: (message, fields) => log.error(allowed(fields), message),
  };
}
