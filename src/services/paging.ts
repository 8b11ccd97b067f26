// Pages of lists: how long one may be, and the cursor that leads to the next.
import { invalid, type Problem } from '../domain/errors.ts';

export const DEFAULT_PAGE = 20;

/** A cursor names the list it belongs to and where its last page ended; it is opaque to callers. */
export function makeCursor(list: string, place: readonly (number | null)[]): string {
  return Buffer.from(JSON.stringify([list, ...place])).toString('base64url');
}

/** @throws Problem where the cursor is not one that this list gave out */
export function readCursor(list: string, cursor: string | undefined, length: number): (number | null)[] | null {
  const place = placeIn(list, cursor, length);
  if (place === null) return null;
  if (place.every((part): part is number | null => part === null || Number.isSafeInteger(part))) return place;
  throw notOfThisList();
}

/** The same where the last page ended at sums over many records, which may be beyond what a number holds. */
export function makeSumCursor(list: string, place: readonly (number | bigint)[]): string {
  return Buffer.from(JSON.stringify([list, ...place.map(String)])).toString('base64url');
}

/** @throws Problem where the cursor is not one that this list gave out */
export function readSumCursor(list: string, cursor: string | undefined, length: number): bigint[] | null {
  const place = placeIn(list, cursor, length);
  if (place === null) return null;
  if (place.every((part) => typeof part === 'string' && /^-?\d{1,18}$/.test(part)))
    return place.map((part) => BigInt(String(part)));
  throw notOfThisList();
}

function placeIn(list: string, cursor: string | undefined, length: number): unknown[] | null {
  if (cursor === undefined) return null;
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (isPlace(parsed) && parsed.length === length + 1 && parsed[0] === list) return parsed.slice(1);
  } catch {
    // Falls through to the one answer for every bad cursor.
  }
  throw notOfThisList();
}

function isPlace(parsed: unknown): parsed is unknown[] {
  return Array.isArray(parsed);
}

function notOfThisList(): Problem {
  return invalid(
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
