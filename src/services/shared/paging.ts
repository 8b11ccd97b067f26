// Pages of lists and parts of long texts: how long one may be, and the cursor that leads to the next.
import type { CalendarDate } from '../../domain/dates.ts';
import { invalid, type Problem } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import { fitting, PAGE_ROOM, partEnd, SHORT_ROOM } from '../../domain/room.ts';
import { dayNumber, dayOfNumber } from './days.ts';

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
  return invalid('cursor', says('page.not-a-cursor'));
}

/**
 * One row more than the page is loaded, to know whether another page follows. Rows with many words make shorter pages.
 * @param room of all rows, in characters, and what is shown of one text
 */
export function cutPage<T>(
  rows: readonly T[],
  limit: number,
  cursorOf: (last: T) => string,
  { room = PAGE_ROOM, longest }: { room?: number; longest?: number } = {},
): { page: T[]; nextCursor: string | null } {
  const page = rows.slice(0, Math.min(limit, fitting(rows, room, longest)));
  const last = page.at(-1);
  return { page, nextCursor: rows.length > page.length && last !== undefined ? cursorOf(last) : null };
}

/** As a list is asked for. */
export type PageAsked = { readonly limit?: number | undefined; readonly cursor?: string | undefined };

/** A page of a list in which the newest number stands first. @param load from below `before`, as many as `limit` */
export async function newestFirst<T extends { readonly id: number }>(
  list: string,
  { limit = DEFAULT_PAGE, cursor }: PageAsked,
  load: (page: { limit: number; before: number | null }) => Promise<readonly T[]>,
): Promise<{ page: T[]; nextCursor: string | null }> {
  const [before = null] = readCursor(list, cursor, 1) ?? [];
  return cutPage(await load({ limit: limit + 1, before }), limit, (last) => makeCursor(list, [last.id]));
}

/** The same where newest means a day. @param load from behind `after`, as many as `limit` */
export async function newestDayFirst<T extends { readonly id: number }>(
  list: string,
  { limit = DEFAULT_PAGE, cursor }: PageAsked,
  dayOf: (row: T) => CalendarDate,
  load: (page: { limit: number; after: { day: CalendarDate; id: number } | null }) => Promise<readonly T[]>,
): Promise<{ page: T[]; nextCursor: string | null }> {
  const place = readCursor(list, cursor, 2);
  const after = place === null ? null : { day: dayOfNumber(place[0] ?? 0), id: place[1] ?? 0 };
  const rows = await load({ limit: limit + 1, after });
  return cutPage(rows, limit, (last) => makeCursor(list, [dayNumber(dayOf(last)), last.id]));
}

/** Which rows of a record that is there whole are shown, from the first up to the last, and what leads on. */
export type Excerpt = { readonly from: number; readonly to: number; readonly nextCursor: string | null };

/** A page of them. @param besides characters that go with every page */
export function excerptOf(
  list: string,
  rows: readonly unknown[],
  { cursor, besides = 0 }: { cursor?: string | undefined; besides?: number },
): Excerpt {
  const from = placeWithin(list, cursor, rows.length);
  const to = from + fitting(rows.slice(from), Math.max(PAGE_ROOM - besides, SHORT_ROOM), Infinity);
  return { from, to, nextCursor: to < rows.length ? makeCursor(list, [to]) : null };
}

/** What a write answers with: it says what it changed, and shows the first of them. */
export function firstOf(rows: readonly unknown[]): Excerpt {
  return { from: 0, to: fitting(rows, SHORT_ROOM, Infinity), nextCursor: null };
}

/** A part of a text that is longer than an answer may be. */
export type TextPart = { readonly text: string; readonly isFirst: boolean; readonly nextCursor: string | null };

export function partOf(list: string, text: string, cursor: string | undefined): TextPart {
  const from = placeWithin(list, cursor, text.length);
  const end = partEnd(text, from);
  const nextCursor = end < text.length ? makeCursor(list, [end]) : null;
  return { text: text.slice(from, end).trimEnd(), isFirst: from === 0, nextCursor };
}

function placeWithin(list: string, cursor: string | undefined, length: number): number {
  const [place = null] = readCursor(list, cursor, 1) ?? [];
  if (place !== null && (place < 0 || place > length)) throw notOfThisList();
  return place ?? 0;
}
