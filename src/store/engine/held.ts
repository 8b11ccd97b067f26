// What is said to whom somebody else keeps from the book.
import { Problem } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';

export function held(): Problem {
  return new Problem('busy', says('book.held'));
}

export function shuttingDown(): Problem {
  return new Problem('unavailable', says('book.closing'));
}
