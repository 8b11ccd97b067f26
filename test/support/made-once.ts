// What is dear to make: made once by the test files of a process, and copied for each test.
import { openBook, type TypedBook } from './answers.ts';
import { type BookOptions, tempFolder } from './book.ts';
import { type Company, companyIn } from './company.ts';
import type { Place } from './engines/engine.ts';
import { keep } from './kept.ts';

/** @param make called at most once. @returns what opens one more book like it, with its files, in a folder of its own */
export function madeOnce(make: () => Promise<Place>): (options?: Omit<BookOptions, 'folder'>) => Promise<TypedBook> {
  let kept: ReturnType<typeof keep> | undefined;
  return async (options = {}) => {
    kept ??= make().then(keep);
    const { layInto } = await kept;
    const folder = tempFolder();
    await layInto({ folder });
    return await openBook({ ...options, folder });
  };
}

/** One for each that it is asked for with. @param make called at most once with the same arguments, which are plain data */
export function madeAlike<A extends readonly unknown[]>(
  make: (...asked: A) => Promise<Place>,
): (...asked: A) => Promise<TypedBook> {
  const all = new Map<string, ReturnType<typeof madeOnce>>();
  return async (...asked) => {
    const key = JSON.stringify(asked);
    const open = all.get(key) ?? madeOnce(async () => await make(...asked));
    all.set(key, open);
    return await open();
  };
}

/** The same of a company, whose clock is the real one. */
export function companyMadeOnce(make: () => Promise<Company>): () => Promise<Company> {
  const all = async () => {
    const company = await make();
    return { ...(await keep(company)), members: company.members };
  };
  let kept: ReturnType<typeof all> | undefined;
  return async () => {
    kept ??= all();
    const { layInto, members } = await kept;
    const folder = tempFolder();
    await layInto({ folder });
    return await companyIn(folder, members);
  };
}
