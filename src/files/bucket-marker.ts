// The note beside files in a bucket of whose they are: `book/<identity>/<write number>`. Each is an object of its own, of
// which the highest counts, so that it only rises, whichever of several processes writes it, on a server that keeps no
// condition on a write as well.
import type { Bucket } from './bucket-objects.ts';
import type { FilesMark, Marker } from './file-store.ts';
import { isBelow, parsedMark } from './marker.ts';

/** Another process may take away the newest that was listed, once it has written a newer one. */
const TRIES = 3;

const ROOT = 'book/';
const KEY = /^book\/[\da-f]{32}\/\d{16}$/;

function keyOf({ identity, writeNumber }: FilesMark): string {
  return `${ROOT}${identity}/${String(writeNumber).padStart(16, '0')}`;
}

export function markerInBucket(bucket: Bucket): Marker {
  const keys = async () => (await bucket.list(ROOT)).map(({ key }) => key).toSorted();
  const look: Marker['read'] = async () => {
    for (let tried = 1; tried <= TRIES; tried += 1) {
      const all = await keys();
      const [first = '', newest] = [all[0], all.at(-1)];
      if (newest === undefined) return 'none';
      // Of two books that came upon an empty bucket at once it is neither's.
      if (all.some((key) => !KEY.test(key) || whoseIs(key) !== whoseIs(first))) return 'unreadable';
      const bytes = await bucket.get(newest);
      if (bytes !== null) return markIn(await new Response(bytes).text(), newest);
    }
    return 'unreadable';
  };
  const read: Marker['read'] = async () => await look().catch((): 'unreadable' => 'unreadable');
  return {
    read,
    async raise(mark) {
      // What keeps us from looking is told, so that a note that was not raised is known of.
      if (!isBelow(await look(), mark)) return;
      await bucket.put(keyOf(mark), Buffer.from(JSON.stringify(mark)));
      for (const key of await keys()) if (whoseIs(key) === mark.identity && key < keyOf(mark)) await bucket.remove(key);
    },
  };
}

function markIn(text: string, key: string): FilesMark | 'unreadable' {
  try {
    const mark = parsedMark(text);
    return mark === null || keyOf(mark) !== key ? 'unreadable' : mark;
  } catch {
    return 'unreadable';
  }
}

function whoseIs(key: string): string {
  return key.slice(ROOT.length, key.lastIndexOf('/'));
}
