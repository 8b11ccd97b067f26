import { existsSync } from 'node:fs';
import type { Config } from '../config.ts';
import { checkFiles } from '../services/files.ts';
import { auditBooks } from '../store/audit.ts';
import { bookFile, openBook } from './book.ts';

/** Recomputes every stored figure and looks at every invariant of the books. Changes nothing. */
export async function doctor(config: Config): Promise<number> {
  // Looking must not make a book where there is none.
  if (!existsSync(bookFile(config))) {
    process.stderr.write(`There is no book in ${config.dataFolder}. --data says where it is.\n`);
    return 1;
  }
  const host = await openBook(config);
  try {
    const fileFaults = await host.store.check();
    const { looked, faults } = await host.store.read(host.accountId, auditBooks);
    const stored = await checkFiles(host);
    const all = [...fileFaults, ...faults, ...stored.faults];
    const seen = Object.entries({ ...looked, 'stored files': stored.looked }).map(
      ([what, count]) => `${count} ${what}`,
    );
    process.stdout.write(`Looked at ${seen.join(', ')}, and at the file itself.\n`);
    for (const fault of all) process.stdout.write(`- ${fault}\n`);
    process.stdout.write(
      all.length === 0 ? 'All is well.\n' : `${all.length} thing${all.length === 1 ? ' is' : 's are'} wrong.\n`,
    );
    return all.length === 0 ? 0 : 1;
  } finally {
    await host.store.close();
  }
}
