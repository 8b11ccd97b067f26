// The only importer of pino. Writes JSON lines to stderr, since stdout belongs to the protocol, and only the fields
// named here: no names, amounts, notes or arguments, which are the business's own.
import { AsyncLocalStorage } from 'node:async_hooks';
import pino from 'pino';

type Fields = {
  /** Of the request that this was done for, and of the trace that it is part of. */
  readonly requestId?: string;
  readonly traceId?: string;
  readonly method?: string;
  /** A path as it is declared, never as it was asked for. */
  readonly route?: string;
  readonly status?: number;
  /** By their numbers; a name or an address is never written. */
  readonly account?: number;
  readonly person?: string;
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

/** Where an error came from, without what its message quotes: a folder of the owner's, or words of the books. */
export function stackOf(error: unknown): Pick<Fields, 'stack'> {
  if (!(error instanceof Error) || error.stack === undefined) return {};
  const { message } = error;
  return { stack: error.stack.replace(message, () => message.replace(/(["'`]).*\1/gs, '…')) };
}

const context = new AsyncLocalStorage<Fields>();

/** What the work logs carries these fields too. */
export function loggedWith<T>(fields: Fields, work: () => T): T {
  return context.run({ ...context.getStore(), ...fields }, work);
}

export function createLogger(level: string): Logger {
  const log = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
  const allowed = (fields: Fields = {}) => {
    const { requestId, traceId, method, route, status, account, person, ...rest } = {
      ...context.getStore(),
      ...fields,
    };
    const { tool, ms, outcome, errorId, stack } = rest;
    return { requestId, traceId, account, person, method, route, status, tool, ms, outcome, errorId, stack };
  };
  const isTold = log.isLevelEnabled('info');
  return {
    info: (message, fields) => {
      if (isTold) log.info(allowed(fields), message);
    },
    error: (message, fields) => log.error(allowed(fields), message),
  };
}
