// Pages of lists: how long one may be, and the cursor that leads to the next.
import { invalid } from '../domain/errors.ts';

export const DEFAULT_PAGE = 20;

/** A cursor names the list it belongs to and where its last page ended; it is opaque to callers. */
export function makeCursor(list: string, place: readonly (number | null)[]): string {
  return Buffer.from(JSON.stringify([list, ...place])).toString('base64url');
}

/** @throws Problem where the cursor is not one that this list gave out */
export function readCursor(list: string, cursor: string | undefined, length: number): (number | null)[] | null {
  if (cursor === undefined) return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parsed) && parsed.length === length + 1 && parsed[0] === list) {
      const place = parsed.slice(1);
      if (place.every((part): part is number | null => part === null || Number.isSafeInteger(part))) return place;
    }
  } catch {
    // Falls through to the one answer for every bad cursor.
  }
  throw invalid(
    'cursor',
    "this is not a cursor of this list in this order. Use the last answer's nextCursor, or leave it out to start over.",
  );
}

/** One row more than the page is loaded, to know whether another page follows. */
export function cutPage<T>(
  rows: readonly T[],
  limit: number,
  cursorOf: (last: T) => string,
): { page: T[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { page, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
