// What assistants call themselves.
import { beginning, visibleLine } from '../../domain/text.ts';

/** What a client calls itself is its own word: one short line of it. */
export function nameOf(given: unknown, clientId: string): string {
  const name = typeof given === 'string' ? beginning(visibleLine(given), 60) : '';
  return name === '' ? (URL.parse(clientId)?.host ?? 'An assistant') : name;
}
