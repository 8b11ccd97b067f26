// What nobody needs any more, as it seemed, lies in `<folder>/trash/<day>/<account>/<name>` for a while: a book that was
// wrong about it can still be mended, and its bytes come back.
import { readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Discarded, Trash } from './file-store.ts';

const DAY = /^\d{4}-\d\d-\d\d$/;

export function trashPath(folder: string, { day, accountId, name }: Discarded): string {
  return join(folder, 'trash', day, String(accountId), name);
}

export function trashIn(folder: string): Trash {
  return {
    async list(accountId, before) {
      const found: Discarded[] = [];
      for (const day of (await daysOf(folder)).filter((each) => each < before))
        for (const name of await namesIn(join(folder, 'trash', day, String(accountId))))
          found.push({ day, accountId, name });
      return found;
    },
    async remove(item) {
      const path = trashPath(folder, item);
      await rm(path, { force: true });
      await dropEmpty(dirname(path));
    },
  };
}

/** Newest first. */
export async function daysOf(folder: string): Promise<string[]> {
  return (await namesIn(join(folder, 'trash')))
    .filter((name) => DAY.test(name))
    .toSorted()
    .toReversed();
}

async function namesIn(folder: string): Promise<string[]> {
  return await readdir(folder).catch(() => []);
}

/** The folder of an account on a day, and that of the day, where nothing is left in them. */
async function dropEmpty(folder: string): Promise<void> {
  await rmdir(folder).then(
    async () => await rmdir(dirname(folder)).catch(() => undefined),
    () => undefined,
  );
}
