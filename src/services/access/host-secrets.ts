// Keys of the whole server. They are made on first use and kept with the books, so that they outlive a restart and are
// the same for every process.
import type { Directory } from '../../store/directory/directory.ts';
import { keepHostSecret, readHostSecret } from '../../store/directory/sign-in.ts';

/** @param make runs where there is none yet; of two programs that start at once, both get the first one's */
export async function hostSecret(directory: Directory, name: string, make: () => Promise<string>): Promise<string> {
  const kept = await directory.read(async (scope) => await readHostSecret(scope, name));
  if (kept !== null) return kept;
  const made = await make();
  return await directory.write(async (scope) => {
    await keepHostSecret(scope, name, made);
    return (await readHostSecret(scope, name)) ?? made;
  });
}
