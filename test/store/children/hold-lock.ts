// Another program that holds the book's write lock: hold-lock.ts FILE MILLISECONDS. Says `held`, then `released`.
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';

const [, , file = '', milliseconds = '0'] = process.argv;
const raw = new Sqlite(file, { timeout: 5000 });
raw.exec('begin immediate');
process.stdout.write('held\n');
await pause(Number(milliseconds));
raw.exec('commit');
process.stdout.write('released\n');
raw.close();
