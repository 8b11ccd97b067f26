// Where a photo was taken, in its Exif block (a TIFF): the GPS directory is taken out in place, so that every other
// byte stays where it is. The block may be damaged or hostile; nothing outside of it is touched.
import type { Work } from './work.ts';
import { eraseFromXmp } from './xmp.ts';

const GPS = 0x8825;
const GPS_VERSION = 0;
const XMP = 0x02bc;
/** Tags that point to further directories: the Exif directory, and previews of raw photos. */
const POINTERS = new Set([0x8769, 0x014a]);
const ENTRY = 12;
const STEPS_PER_ENTRY = 200;
/** Bytes of one value, by type. */
const SIZES = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];
/** A camera writes about five directories. */
const MOST_DIRECTORIES = 64;
/** Places looked into; a file made to keep a reader busy has thousands. */
const MOST_PLACES = 16;
const LONGEST_VALUE = 4096;

type Entry = { readonly at: number; readonly tag: number; readonly dataAt: number; readonly dataEnd: number };

/** @returns whether there was a location @throws TooMuchWork */
export function eraseFromTiff(block: Uint8Array, work: Work): boolean {
  if (block.length < 8) return false;
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const little = view.getUint16(0) === 0x4949;
  if (!(little || view.getUint16(0) === 0x4d4d) || view.getUint16(2, little) !== 42) return false;
  const seen = new Set<number>();
  const waiting = [view.getUint32(4, little)];
  let places = 0;
  let erased = false;
  for (const at of waiting) {
    if (seen.has(at)) continue;
    seen.add(at);
    const entries = entriesOf(view, at, little, work);
    const next = at + 2 + entries.length * ENTRY;
    const telling: Entry[] = [];
    for (const entry of entries) {
      if (entry.tag === GPS) {
        const gpsAt = view.getUint32(entry.at + 8, little);
        if (saysNothing(view, gpsAt, little)) continue;
        if (places < MOST_PLACES && !seen.has(gpsAt)) blank(view, block, { directory: gpsAt, little }, work);
        telling.push(entry);
        places += 1;
      } else if (entry.tag === XMP) {
        const wasErased = places < MOST_PLACES && eraseFromXmp(block.subarray(entry.dataAt, entry.dataEnd), work);
        if (wasErased) erased = true;
        places += 1;
      } else if (POINTERS.has(entry.tag)) {
        for (let each = entry.dataAt; each + 4 <= entry.dataEnd && waiting.length < MOST_DIRECTORIES; each += 4)
          waiting.push(view.getUint32(each, little));
      }
    }
    if (next + 4 <= block.length && waiting.length < MOST_DIRECTORIES) waiting.push(view.getUint32(next, little));
    if (telling.length === 0) continue;
    takeOut(view, block, { directory: at, entries, telling }, little);
    erased = true;
  }
  return erased;
}

/** The entries of a directory that lie within the block. */
function entriesOf(view: DataView, directory: number, little: boolean, work: Work): Entry[] {
  if (directory < 8 || directory + 2 > view.byteLength) return [];
  const fitting = Math.floor((view.byteLength - directory - 2) / ENTRY);
  const count = Math.min(view.getUint16(directory, little), fitting);
  work.spend(count * STEPS_PER_ENTRY);
  return Array.from({ length: count }, (_, index) => {
    const at = directory + 2 + index * ENTRY;
    const size = (SIZES[view.getUint16(at + 2, little)] ?? 0) * view.getUint32(at + 4, little);
    const dataAt = size <= 4 ? at + 8 : view.getUint32(at + 8, little);
    return { at, tag: view.getUint16(at, little), dataAt, dataEnd: Math.min(dataAt + size, view.byteLength) };
  });
}

/** Cameras without a receiver still write which version of the standard they would have used. */
function saysNothing(view: DataView, directory: number, little: boolean): boolean {
  // The count and one entry: a block that names a thousand such directories is read through all the same.
  return (
    directory >= 8 &&
    directory + 2 + ENTRY <= view.byteLength &&
    view.getUint16(directory, little) === 1 &&
    view.getUint16(directory + 2, little) === GPS_VERSION
  );
}

/** Overwrites a directory and what its entries point to. */
function blank(
  view: DataView,
  block: Uint8Array,
  { directory, little }: { directory: number; little: boolean },
  work: Work,
): void {
  const entries = entriesOf(view, directory, little, work);
  for (const { dataAt, dataEnd } of entries) {
    const end = Math.min(dataEnd, dataAt + LONGEST_VALUE);
    work.spend(Math.max(end - dataAt, 0));
    block.fill(0, dataAt, end);
  }
  // The link to the next directory may be missing.
  const end = Math.min(directory + 2 + entries.length * ENTRY + 4, block.length);
  if (entries.length > 0) block.fill(0, directory, end);
}

/** Takes entries out of their directory; those behind them, and the link to the next directory, move up. */
function takeOut(
  view: DataView,
  block: Uint8Array,
  { directory, entries, telling }: { directory: number; entries: readonly Entry[]; telling: readonly Entry[] },
  little: boolean,
): void {
  const gone = new Set(telling);
  const end = Math.min(directory + 2 + entries.length * ENTRY + 4, block.length);
  let to = directory + 2;
  for (const entry of entries) {
    if (gone.has(entry)) continue;
    block.copyWithin(to, entry.at, entry.at + ENTRY);
    to += ENTRY;
  }
  block.copyWithin(to, directory + 2 + entries.length * ENTRY, end);
  block.fill(0, end - telling.length * ENTRY, end);
  view.setUint16(directory, entries.length - telling.length, little);
}
