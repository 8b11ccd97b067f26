// Where a photo was taken, in a PNG: its eXIf chunk, and what programs write into text chunks. Each chunk ends with a
// checksum, which follows what was erased.
import { crc32, inflateSync } from 'node:zlib';
import { eraseFromTiff } from './tiff.ts';
import type { Work } from './work.ts';
import { eraseFromXmp } from './xmp.ts';

const SIGNATURE = 8;
const AROUND = 12;
const XMP = 'XML:com.adobe.xmp';
/** Of packed text; programs write one such chunk, and short. */
const MOST_INFLATED = 1024 * 1024;
const MOST_PACKED = 16;
const STEPS_PER_CHUNK = 4000;
const STEPS_PER_LETTER = 4;

/** @returns the picture without its location; null where it had none @throws TooMuchWork */
export function withoutLocationInPng(bytes: Buffer, work: Work): Buffer | null {
  const kept: Buffer[] = [bytes.subarray(0, SIGNATURE)];
  let erased = false;
  let packed = 0;
  let at = SIGNATURE;
  while (at + AROUND <= bytes.length) {
    const end = at + AROUND + bytes.readUInt32BE(at);
    if (end > bytes.length) break;
    const chunk = bytes.subarray(at, end);
    work.spend(STEPS_PER_CHUNK);
    if (isPacked(chunk)) packed += 1;
    const was = packed > MOST_PACKED ? 'telling' : eraseFromChunk(chunk, work);
    if (was !== 'untouched') erased = true;
    if (was !== 'telling') kept.push(chunk);
    at = end;
  }
  return erased ? Buffer.concat([...kept, bytes.subarray(at)]) : null;
}

/** `telling`: packed or named so that only taking the whole chunk out helps. */
function eraseFromChunk(chunk: Buffer, work: Work): 'untouched' | 'erased' | 'telling' {
  const type = chunk.toString('latin1', 4, 8);
  const data = chunk.subarray(8, -4);
  if (type === 'eXIf') return eraseFromTiff(data, work) ? resealed(chunk) : 'untouched';
  if (!['tEXt', 'zTXt', 'iTXt'].includes(type)) return 'untouched';
  const keyword = data.toString('latin1', 0, Math.max(data.indexOf(0), 0));
  if (/gps|latitude|longitude/i.test(keyword)) return 'telling';
  const text = textOf(chunk, data.subarray(keyword.length + 1));
  if (keyword === XMP && !isPacked(chunk)) return eraseFromXmp(text, work) ? resealed(chunk) : 'untouched';
  const copy = Buffer.from(text);
  if (keyword === XMP) return eraseFromXmp(copy, work) ? 'telling' : 'untouched';
  return /^Raw profile type (exif|app1|xmp)$/i.test(keyword) && tells(copy, work) ? 'telling' : 'untouched';
}

/** The text behind the keyword; in an international one two names of languages stand before it. */
function textOf(chunk: Buffer, data: Buffer): Buffer {
  const type = chunk.toString('latin1', 4, 8);
  let start = type === 'tEXt' ? 0 : type === 'zTXt' ? 1 : 2;
  if (type === 'iTXt') for (let names = 0; names < 2; names += 1) start = data.indexOf(0, start) + 1;
  return isPacked(chunk) ? inflated(data.subarray(start)) : data.subarray(start);
}

function isPacked(chunk: Buffer): boolean {
  const type = chunk.toString('latin1', 4, 8);
  return type === 'zTXt' || (type === 'iTXt' && chunk[chunk.indexOf(0, 8) + 1] === 1);
}

/** Empty where it cannot be unpacked, since then nobody reads it. */
function inflated(packed: Buffer): Buffer {
  try {
    return inflateSync(packed, { maxOutputLength: MOST_INFLATED });
  } catch {
    return Buffer.alloc(0);
  }
}

/** A block in hexadecimal, after its name and length, as ImageMagick writes it. */
function tells(profile: Buffer, work: Work): boolean {
  work.spend(STEPS_PER_LETTER * profile.length);
  const [, hex = ''] = /^\s*\w+\s+\d+\s+([\da-f\s]*)/i.exec(profile.toString('latin1')) ?? [];
  const block = Buffer.from(hex.replace(/\s+/g, ''), 'hex');
  const start = block.indexOf('Exif\0\0', 0, 'latin1');
  return eraseFromTiff(block.subarray(start < 0 ? 0 : start + 6), work) || eraseFromXmp(block, work);
}

function resealed(chunk: Buffer): 'erased' {
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4);
  return 'erased';
}
