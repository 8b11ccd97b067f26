// Reads a book's file and the log beside it (`-wal`) as bytes, before SQLite does: SQLite replays any log that is whole,
// whether or not it belongs to this file. Knows the file format (sqlite.org/fileformat2.html) and one row: the book's
// identity and write number, which every commit writes anew on a page of its own.
import { closeSync, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Problem } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';

/** What the page of the book's one row says. */
export type MarkPage = { readonly identity: string; readonly writeNumber: number };

export type BookBytes = {
  /** No file, one without a byte in it, or one whose first page a power cut kept from the disk: its room is there, in zeros. */
  readonly isEmpty: boolean;
  readonly hasLog: boolean;
  /** Whether the file begins as SQLite's do, in every particular that it would not open another way. */
  readonly isSqlite: boolean;
  /** Names in the file's own list of tables. */
  readonly tables: ReadonlySet<string>;
  /** As the file itself has it; null in a book from before there were marks, or in one that is not made yet. */
  readonly own: MarkPage | null;
  /** False where a power cut tore what would tell: the log has it again. */
  readonly isOwnKnown: boolean;
  /** Of each whole transaction in the log that has one, oldest first. */
  readonly logged: readonly MarkPage[];
  /** Whole transactions in the log. */
  readonly transactions: number;
  /** The newest mark behind where the log can be read no further. */
  readonly beyond: MarkPage | null;
  /** Whether the log's own beginning is whole: without it SQLite takes nothing of it. */
  readonly hasBeginning: boolean;
};

export function readBookBytes(file: string): BookBytes {
  // The log first: it is never there before the file has its first page.
  const log = readLog(`${file}-wal`, usualPageSize(file));
  const bytes = existsSync(file) ? open(file) : null;
  try {
    const size = bytes?.size ?? 0;
    const header = bytes === null ? Buffer.alloc(0) : bytes.read(0, 100);
    const isSqlite = isHeader(header);
    const roots = bytes !== null && isSqlite ? rootsIn(bytes, pageSizeOf(header)) : new Map<string, number>();
    const root = roots.get('book');
    const own = bytes === null || root === undefined ? null : markOn(pageAt(bytes, pageSizeOf(header), root));
    return {
      isEmpty: bytes === null || size === 0 || isUnwritten(bytes),
      isSqlite,
      hasLog: log.size > 0,
      tables: new Set(roots.keys()),
      own,
      isOwnKnown: root === undefined ? roots.size > 0 || size <= pageSizeOf(header) : own !== null,
      logged: log.marks,
      transactions: log.transactions,
      beyond: log.beyond,
      hasBeginning: log.hasBeginning,
    };
  } finally {
    bytes?.close();
  }
}

const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');
const TABLE_INNER = 5;
const TABLE_LEAF = 13;
const INDEX_LEAF = 10;
/** More pages than any book's list of tables and indexes has. */
const MOST_SCHEMA_PAGES = 1000;

type Bytes = { readonly size: number; read(offset: number, length: number): Buffer; close(): void };

/** @throws Problem where it is no file: a pipe would never be done with */
function open(path: string): Bytes {
  if (!statSync(path).isFile()) throw new Problem('unavailable', says('book.no-file', { name: basename(path) }));
  const handle = openSync(path, 'r');
  return {
    size: fstatSync(handle).size,
    read(offset, length) {
      const buffer = Buffer.alloc(length);
      return buffer.subarray(0, readSync(handle, buffer, 0, length, offset));
    },
    close: () => closeSync(handle),
  };
}

/** No more than one page of SQLite's at its largest, which is all that a file has before it is a database. */
function isUnwritten(bytes: Bytes): boolean {
  return bytes.size <= 65_536 && bytes.read(0, bytes.size).every((byte) => byte === 0);
}

function pageSizeOf(header: Buffer): number {
  const size = header.length < 18 ? 0 : header.readUInt16BE(16);
  return size === 1 ? 65_536 : size;
}

/** As SQLite itself looks at one (sqlite.org/fileformat2.html, 1.3). */
function isHeader(header: Buffer): boolean {
  if (header.length < 100 || !header.subarray(0, 16).equals(MAGIC)) return false;
  const size = pageSizeOf(header);
  const [writing, reading] = [header[18] ?? 0, header[19] ?? 0];
  const format = header.readUInt32BE(44);
  return (
    size >= 512 &&
    (size & (size - 1)) === 0 &&
    [writing, reading].every((version) => version === 1 || version === 2) &&
    header.subarray(21, 24).equals(FRACTIONS) &&
    format <= 4
  );
}

const FRACTIONS = Buffer.from([64, 32, 32]);

function usualPageSize(file: string): number {
  if (!existsSync(file)) return 4096;
  const bytes = open(file);
  try {
    const header = bytes.read(0, 100);
    return isHeader(header) ? pageSizeOf(header) : 4096;
  } finally {
    bytes.close();
  }
}

/** Empty where the file has no such page, as damaged ones name. */
function pageAt(bytes: Bytes, pageSize: number, number: number): Buffer {
  const at = (number - 1) * pageSize;
  return number < 1 || at + pageSize > bytes.size ? Buffer.alloc(0) : bytes.read(at, pageSize);
}

/** The tables of the file's own list, and the page that each begins on. */
function rootsIn(bytes: Bytes, pageSize: number): Map<string, number> {
  const roots = new Map<string, number>();
  const waiting = [1];
  for (let looked = 0; waiting.length > 0 && looked < MOST_SCHEMA_PAGES; looked += 1) {
    const number = waiting.pop() ?? 1;
    const page = pageAt(bytes, pageSize, number);
    const start = number === 1 ? 100 : 0;
    if (page.length < pageSize) continue;
    if (page[start] === TABLE_INNER) waiting.push(...childrenOf(page, start));
    if (page[start] !== TABLE_LEAF) continue;
    for (const cell of cellsOf(page, start, 8)) {
      const [name, root] = tableAt(page, cell);
      if (root > 0) roots.set(name, root);
    }
  }
  return roots;
}

function cellsOf(page: Buffer, start: number, headerLength: number): number[] {
  const count = page.readUInt16BE(start + 3);
  const room = Math.floor((page.length - start - headerLength) / 2);
  return Array.from({ length: Math.min(count, room) }, (_, index) =>
    page.readUInt16BE(start + headerLength + 2 * index),
  );
}

function childrenOf(page: Buffer, start: number): number[] {
  const children = cellsOf(page, start, 12).flatMap((cell) =>
    cell + 4 <= page.length ? [page.readUInt32BE(cell)] : [],
  );
  return [...children, page.readUInt32BE(start + 8)];
}

/** The table that this row of the list is of, and the page that it begins on; 0 where it is of something else. */
function tableAt(page: Buffer, cell: number): [name: string, root: number] {
  const length = varint(page, cell);
  const row = varint(page, cell + length.width);
  const [type, name, , root] = recordAt(page, cell + length.width + row.width, 4);
  return type === 'table' && typeof name === 'string' && typeof root === 'number' ? [name, root] : ['', 0];
}

/** The book's one row, where this page holds it and nothing else. */
function markOn(page: Buffer): MarkPage | null {
  if (page.length < 12 || page[0] !== INDEX_LEAF || page.readUInt16BE(3) !== 1) return null;
  const [cell = 0] = cellsOf(page, 0, 8);
  const [id, identity, writeNumber] = recordAt(page, cell + varint(page, cell).width, 3);
  if (id !== 1 || typeof identity !== 'string' || !/^[0-9a-f]{32}$/.test(identity)) return null;
  return typeof writeNumber === 'number' ? { identity, writeNumber } : null;
}

type Value = string | number | null;

/** The first columns of a record; fewer where the bytes are none. */
function recordAt(page: Buffer, at: number, columns: number): Value[] {
  const header = varint(page, at);
  const end = at + header.value;
  const values: Value[] = [];
  let place = end;
  for (let next = at + header.width; next < end && values.length < columns; ) {
    const type = varint(page, next);
    next += type.width;
    const length = lengthOf(type.value);
    if (place + length > page.length) return values;
    values.push(valueOf(page.subarray(place, place + length), type.value));
    place += length;
  }
  return values;
}

function lengthOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][type] ?? 0;
}

function valueOf(bytes: Buffer, type: number): Value {
  if (type === 8 || type === 9) return type - 8;
  if (type >= 13 && type % 2 === 1) return bytes.toString('utf8');
  if (type >= 1 && type <= 5) return bytes.readIntBE(0, bytes.length);
  return type === 6 ? Number(bytes.readBigInt64BE(0)) : null;
}

/** At most nine bytes; what no book has in these places is as good as nothing. */
function varint(page: Buffer, at: number): { readonly value: number; readonly width: number } {
  let value = 0;
  for (let width = 1; width <= 9; width += 1) {
    const byte = page[at + width - 1] ?? 0;
    value = width === 9 ? value * 256 + byte : value * 128 + (byte & 0x7f);
    if (byte < 0x80 || width === 9) return { value, width };
  }
  return { value, width: 9 };
}

type Log = Pick<BookBytes, 'transactions' | 'beyond' | 'hasBeginning'> & {
  readonly size: number;
  readonly marks: readonly MarkPage[];
};

const LOG_HEADER = 32;
const FRAME_HEADER = 24;

/**
 * Every transaction of the log that SQLite would replay: whole, of one beginning, and with the right checksums. A log whose
 * own beginning is damaged holds none for it.
 */
function readLog(path: string, usual: number): Log {
  const nothing = { size: 0, marks: [], transactions: 0, beyond: null, hasBeginning: false };
  if (!existsSync(path)) return nothing;
  const bytes = open(path);
  try {
    const header = bytes.read(0, LOG_HEADER);
    if (header.length < LOG_HEADER) return { ...nothing, size: bytes.size };
    const blind = () => ({
      ...nothing,
      size: bytes.size,
      beyond: newestBeyond(bytes, null, LOG_HEADER, FRAME_HEADER + usual),
    });
    const isBigEndian = (header.readUInt32BE(0) & 1) === 1;
    const sum = checksum(header.subarray(0, 24), [0, 0], isBigEndian);
    const pageSize = header.readUInt32BE(8);
    if (sum[0] !== header.readUInt32BE(24) || sum[1] !== header.readUInt32BE(28) || pageSize !== usual) return blind();
    return { size: bytes.size, hasBeginning: true, ...framesOf(bytes, header, isBigEndian, sum) };
  } finally {
    bytes.close();
  }
}

function framesOf(bytes: Bytes, header: Buffer, isBigEndian: boolean, start: Sum): Omit<Log, 'size' | 'hasBeginning'> {
  const length = FRAME_HEADER + header.readUInt32BE(8);
  const marks: MarkPage[] = [];
  let transactions = 0;
  let pending: MarkPage | null = null;
  let sum = start;
  let at = LOG_HEADER;
  for (; at + length <= bytes.size; at += length) {
    const frame = bytes.read(at, length);
    if (!isOf(frame, header)) break;
    const page = frame.subarray(FRAME_HEADER);
    sum = checksum(page, checksum(frame.subarray(0, 8), sum, isBigEndian), isBigEndian);
    if (sum[0] !== frame.readUInt32BE(16) || sum[1] !== frame.readUInt32BE(20)) break;
    pending = markOn(page) ?? pending;
    if (frame.readUInt32BE(4) === 0) continue;
    transactions += 1;
    if (pending !== null) marks.push(pending);
    pending = null;
  }
  return { marks, transactions, beyond: newestBeyond(bytes, header, at, length) };
}

/** The same beginning of the log wrote this frame: SQLite takes other numbers each time it begins it anew. */
function isOf(frame: Buffer, header: Buffer): boolean {
  return frame.subarray(8, 16).equals(header.subarray(16, 24));
}

/** @param header null: that of the log is damaged, and any frame counts */
function newestBeyond(bytes: Bytes, header: Buffer | null, start: number, length: number): MarkPage | null {
  let newest: MarkPage | null = null;
  for (let at = start; at + length <= bytes.size; at += length) {
    const frame = bytes.read(at, length);
    const mark = header === null || isOf(frame, header) ? markOn(frame.subarray(FRAME_HEADER)) : null;
    if (mark !== null && mark.writeNumber > (newest?.writeNumber ?? 0)) newest = mark;
  }
  return newest;
}

type Sum = readonly [number, number];

/** As SQLite adds up its log, eight bytes at a time. */
function checksum(bytes: Buffer, start: Sum, isBigEndian: boolean): Sum {
  let [first, second] = start;
  for (let at = 0; at < bytes.length; at += 8) {
    first = (first + (isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + second) >>> 0;
    second = (second + (isBigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + first) >>> 0;
  }
  return [first, second];
}
