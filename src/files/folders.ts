// Files of this machine, from the folders that its owner allows and from nowhere else.
import { visibleLine } from '../domain/text.ts';
import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import { invalid, quoted, refused } from '../domain/errors.ts';
import { says } from '../domain/message.ts';
import { checkSize } from './size.ts';

/**
 * @param said a whole path, or one that starts in an allowed folder
 * @throws Problem where it leads out of the folders, by a link too, or to no file
 */
export async function readAllowed(
  said: string,
  folders: readonly string[],
  field: string,
): Promise<{ name: string; bytes: Uint8Array }> {
  if (folders.length === 0) {
    throw refused(says('file.none-of-this-machine'), field);
  }
  const path = await allowedPath(said, folders, field);
  // Not waiting for a pipe, and not following a link put there since.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null);
  if (file === null) throw invalid(field, says('file.path-unread', { said: quoted(said) }));
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw invalid(field, says('file.path-no-file', { said: quoted(said) }));
    checkSize(stats.size, field);
    const bytes = await file.readFile();
    checkSize(bytes.length, field);
    return { name: visibleName(path), bytes };
  } finally {
    await file.close();
  }
}

/** Without control and direction-changing characters, which hide what a name says. */
function visibleName(path: string): string {
  return visibleLine(basename(path));
}

/** Where it really is, every link followed, if that is inside one of the folders. */
async function allowedPath(said: string, folders: readonly string[], field: string): Promise<string> {
  const missing = (path: string) => realpath(path).catch(() => null);
  const roots = (await Promise.all(folders.map(missing))).filter((root) => root !== null);
  const isInside = (path: string) =>
    roots.some((root) => {
      const way = relative(root, path);
      return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
    });
  for (const start of isAbsolute(said) ? [''] : folders) {
    const path = await missing(resolve(start, said));
    if (path !== null && isInside(path)) return path;
  }
  // The same words whether something is there or not: what lies outside is not for telling.
  throw refused(says('file.path-elsewhere', { said: quoted(said), folders }), field);
}
