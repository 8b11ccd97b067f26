// Files that are still there after a power cut, once they are under their name: written out before they are moved there.
import { open } from 'node:fs/promises';

/** Makes a file, for its owner's eyes only, and writes it out. @throws Error where one is there already */
export async function writeThrough(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}
