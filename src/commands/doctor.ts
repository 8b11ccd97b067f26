import { setFlagsFromString } from 'node:v8';
import type { Config } from '../config.ts';
import { faultLine } from '../printers/terminal.ts';
import { checkFiles } from '../services/site/files.ts';
import { listAccounts } from '../store/directory/accounts.ts';
import { auditBooks } from '../store/audit/audit.ts';
import { closeApp, openToLook, type Opened } from './book.ts';
import { wrong } from './operator.ts';
import { progressLine, type ProgressLine } from './progress.ts';

const POOLED =
  'Its connections come from a pooler. That is well: no named statement is sent, and nothing is kept on a connection from one transaction to the next. What others change is heard of by asking now and then, where the pooler passes no notices on.\n';

/** Recomputes every stored figure and looks at every invariant of every account's books. Changes nothing. */
export async function doctor(config: Config): Promise<number> {
  const opened = await openToLook(config);
  try {
    const { schema, isCopy, isPooled } = opened;
    const version = isCopy ? ', of an earlier Jobwright: a copy was brought up to date and looked at' : '';
    process.stdout.write(`The book has version ${schema ?? 'none'}${version}.\n`);
    if (isPooled) process.stdout.write(POOLED);
    return await examine(opened);
  } finally {
    await closeApp(opened.app);
  }
}

/** Looks at everything in an opened house and says what is wrong. @returns what the command ends with: 1 for any fault */
export async function examine(opened: Opened, progress: ProgressLine = progressLine()): Promise<number> {
  // A whole book passes through, row by row, and is garbage at once. V8 would give it ever more room, a third of it all.
  setFlagsFromString('--semi-space-growth-factor=1');
  progress.at('Checking the file', 0, 0);
  const faults = await opened.app.store.check();
  const accounts = await opened.directory.read(listAccounts).catch((error: unknown) => {
    faults.push(`which accounts there are could not be read: ${faultLine(error)}`);
    return [];
  });
  for (const account of accounts) {
    const { looked, faults: found } = await examineAccount(opened, account.id, progress);
    progress.clear();
    if (looked !== '') process.stdout.write(`Account ${account.id} ${faultLine(account.name)}: looked at ${looked}.\n`);
    faults.push(...found.map((fault) => (accounts.length === 1 ? fault : `account ${account.id}: ${fault}`)));
  }
  if (opened.doubt !== null) faults.push(faultLine(opened.doubt.why));
  progress.clear();
  process.stdout.write('Looked at the file itself.\n');
  for (const fault of faults) process.stdout.write(`- ${fault}\n`);
  process.stdout.write(faults.length === 0 ? 'All is well.\n' : `${wrong(faults)}.\n`);
  return faults.length === 0 ? 0 : 1;
}

async function examineAccount({ app }: Opened, id: number, progress: ProgressLine) {
  const step = (what: string, done: number, of: number) => progress.at(`Checking ${what}`, done, of);
  try {
    const { looked, faults } = await app.store.look(id, async (scope) => await auditBooks(scope, step));
    const stored = await checkFiles({ ...app, accountId: id }, step);
    const seen = Object.entries({ ...looked, 'stored files': stored.looked });
    return {
      looked: seen.map(([what, count]) => `${count} ${what}`).join(', '),
      faults: [...faults, ...stored.faults].map(faultLine),
    };
  } catch (error) {
    return { looked: '', faults: [`its books could not be looked at: ${faultLine(error)}`] };
  }
}
