// Another program that holds the book's write lock: hold-lock.ts FILE MILLISECONDS. Says `held`, then `released`.
import Sqlite from 'better-sqlite3';
import { letPass } from '../../../support/time.ts';

const [, , file = '', milliseconds = '0'] = process.argv;
const raw = new Sqlite(file, { timeout: 5000 });
raw.exec('begin immediate');
process.stdout.write('held\n');
await letPass(Number(milliseconds), 'it is held for that long');
raw.exec('commit');
process.stdout.write('released\n');
raw.close();
