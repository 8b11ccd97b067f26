// Files of this machine, from the folders that its owner allows and from nowhere else.
import { visibleLine } from '../domain/text.ts';
import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { basename, isAbsolute, relative, resolve, sep } from 'node:path';
import { invalid, quoted, refused } from '../domain/errors.ts';
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
    throw refused(
      'files of this machine are not allowed here. Give the bytes as content, or have the owner start Jobwright with --files FOLDER (JOBWRIGHT_FILES).',
      field,
    );
  }
  const path = await allowedPath(said, folders, field);
  // Not waiting for a pipe, and not following a link put there since.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null);
  if (file === null) throw invalid(field, `${quoted(said)} cannot be read. Check who may read it, or give content.`);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw invalid(field, `${quoted(said)} is not a file. Give the path of one file.`);
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
  throw refused(
    `there is no file ${quoted(said)} inside the allowed folders (${folders.join(', ')}). Put it there, give content instead, or have the owner start Jobwright with another --files FOLDER (JOBWRIGHT_FILES).`,
    field,
  );
}
