// Whether a book is still of the schema that this program writes.
import { Problem } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import { NEWEST_SCHEMA } from './migrate.ts';

/** @throws Problem where another version of the program has changed the schema since this one opened the book */
export function checkSchema(schema: string): void {
  if (schema === NEWEST_SCHEMA) return;
  if (schema < NEWEST_SCHEMA) throw new Problem('unavailable', says('book.altered'));
  throw new Problem('unavailable', says('book.newer-meanwhile'));
}
