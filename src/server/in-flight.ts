// A call while it is in flight: an orderly end waits for it, and the log says how it went.
import { Problem } from '../domain/errors.ts';
import type { Session } from './session.ts';

/** @param name no word of anybody's: the log keeps it */
export async function inFlight<T>(session: Session, name: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const call = Symbol(name);
  session.inFlight.add(call);
  const log = (outcome: 'ok' | 'refused') =>
    session.log.info('call', { tool: name, ms: Math.round(performance.now() - started), outcome });
  try {
    const result = await work();
    log('ok');
    return result;
  } catch (error) {
    if (error instanceof Problem) log('refused');
    throw error;
  } finally {
    session.inFlight.delete(call);
  }
}
