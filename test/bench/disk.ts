// What one expense leaves on the disk: the pages that its commit writes into SQLite's log, and the bytes that stay in the
// file, table by table with their indexes. No time is measured: on any machine it comes to the same.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { SCOPES } from '../../src/domain/access.ts';
import { TOOLSETS } from '../../src/domain/toolsets.ts';
import { localFolder } from '../../src/files/local-folder.ts';
import { createLogger } from '../../src/logger.ts';
import { callTool } from '../../src/server.ts';
import type { Session } from '../../src/server/session.ts';
import { openSqlite } from '../../src/store/engine/sqlite.ts';
import { Store } from '../../src/store/scope.ts';
import { Workers } from '../../src/workers/workers.ts';

/** The pages of one in so many are counted. */
const COUNTED = 50;

type Kept = { readonly name: string; readonly bytes: number };

/** @returns pages a commit, and the bytes that each table and index grew by, both for one expense */
export async function diskOfExpenses(
  folder: string,
  { jobs, expenses }: { readonly jobs: number; readonly expenses: number },
): Promise<{ readonly pages: number; readonly kept: readonly Kept[] }> {
  const file = join(folder, 'jobwright.db');
  const store = new Store(await openSqlite(file));
  const session = sessionOf(store, file);
  const log = new Sqlite(file);
  try {
    await store.renew(1);
    for (let receipt = 0; receipt < 20; receipt += 1) await expense(session, receipt, jobs);
    const before = bytesIn(log);
    let pages = 0;
    for (let receipt = 20; receipt < 20 + expenses; receipt += 1) {
      const isCounted = receipt % COUNTED === 0;
      if (isCounted) log.pragma('wal_checkpoint(truncate)');
      await expense(session, receipt, jobs);
      if (isCounted) pages += pagesIn(`${file}-wal`);
    }
    const grown = ([name, bytes]: [string, number]) => ({ name, bytes: (bytes - (before.get(name) ?? 0)) / expenses });
    const kept = [...bytesIn(log)].map(grown).filter(({ bytes }) => bytes >= 1);
    return { pages: (pages * COUNTED) / expenses, kept: kept.sort((left, right) => right.bytes - left.bytes) };
  } finally {
    log.close();
    await store.close();
  }
}

/** A log has a head of 32 bytes, and each page in it one of 24. */
function pagesIn(log: string): number {
  return (statSync(log).size - 32) / (4096 + 24);
}

function bytesIn(db: Sqlite.Database): Map<string, number> {
  const rows = db
    .prepare<[], { name: string; bytes: number }>('select name, pgsize as bytes from dbstat where aggregate = true')
    .all();
  return new Map(rows.map(({ name, bytes }) => [name, bytes]));
}

async function expense(session: Session, receipt: number, jobs: number): Promise<void> {
  // As in the calls over stdio: a day's receipts are of many jobs.
  const job = `J-${1 + ((receipt * 7919) % jobs)}`;
  const args = { job, description: `Nails ${receipt}`, amount: 12.5, category: 'materials' };
  const { isError, content } = await callTool(session, 'add-job-expense', args, { client: 'bench', canAsk: false });
  if (isError === true) throw new Error(content[0]?.text);
}

function sessionOf(store: Store, file: string): Session {
  return {
    ...{ store, accountId: 1, toolsets: TOOLSETS, readOnly: false, actor: 'bench', siteUrl: null },
    ...{ role: 'owner', scopes: new Set(SCOPES), personId: null, deferCall: null, conversation: null },
    ...{ files: localFolder(`${file}-files`), workers: new Workers(createLogger('error')), folders: [] },
    ...{ log: createLogger('error'), inFlight: new Set() },
  };
}
