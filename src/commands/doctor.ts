import { existsSync } from 'node:fs';
import type { Config } from '../config.ts';
import { checkFiles } from '../services/files.ts';
import { auditBooks } from '../store/audit.ts';
import { listAccounts } from '../store/accounts.ts';
import { openToLook } from './book.ts';
import { bookFile, refuseLostBook } from './data-folder.ts';

/** Recomputes every stored figure and looks at every invariant of every account's books. Changes nothing. */
export async function doctor(config: Config): Promise<number> {
  // Looking must not make a book where there is none, and says where one was lost.
  refuseLostBook(config);
  if (!existsSync(bookFile(config))) {
    process.stderr.write(`There is no book in ${config.dataFolder}. --data says where it is.\n`);
    return 1;
  }
  const { house, directory, schema, isCopy } = await openToLook(config);
  try {
    const version = isCopy ? ', of an earlier Jobwright: a copy was brought up to date and looked at' : '';
    process.stdout.write(`The book has version ${schema ?? 'none'}${version}.\n`);
    const all = await house.store.check();
    const accounts = await directory.read(listAccounts);
    for (const { id, name } of accounts) {
      const whose = accounts.length === 1 ? '' : `account ${id}: `;
      const { looked, faults } = await house.store.read(id, auditBooks);
      const stored = await checkFiles({ ...house, accountId: id });
      const seen = Object.entries({ ...looked, 'stored files': stored.looked }).map(
        ([what, count]) => `${count} ${what}`,
      );
      process.stdout.write(`Account ${id} ${name}: looked at ${seen.join(', ')}.\n`);
      all.push(...[...faults, ...stored.faults].map((fault) => `${whose}${fault}`));
    }
    process.stdout.write('Looked at the file itself.\n');
    for (const fault of all) process.stdout.write(`- ${fault}\n`);
    process.stdout.write(
      all.length === 0 ? 'All is well.\n' : `${all.length} thing${all.length === 1 ? ' is' : 's are'} wrong.\n`,
    );
    return all.length === 0 ? 0 : 1;
  } finally {
    await house.store.close();
  }
}
