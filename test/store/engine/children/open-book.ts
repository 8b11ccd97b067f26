// A program of its own that opens a book, for tests that need a second one, or one that dies in the middle.
//   open-book.ts FILE [--careful-until N | --careless-until N | --count]
// It says `ready` once loaded, opens at the first line on stdin, says `open`, and closes when stdin ends.
import { once } from 'node:events';
import Sqlite from 'better-sqlite3';
import { openSqlite } from '../../../../src/store/engine/sqlite.ts';

const [, , file = '', mode = '', until = '0'] = process.argv;
const say = (line: string) => process.stdout.write(`${line}\n`);

/** Counts statements as they reach SQLite; the one that is reached last is never run. */
let statements = 0;
function reached(): void {
  statements += 1;
  if (mode.endsWith('-until') && statements > Number(until)) process.kill(process.pid, 'SIGKILL');
}
const driver = Object.getOwnPropertyDescriptors(Sqlite.prototype);
Sqlite.prototype.prepare = function counted(this: Sqlite.Database, sql: string) {
  reached();
  return driver.prepare.value?.call(this, sql);
} as typeof Sqlite.prototype.prepare;
Sqlite.prototype.exec = function counted(this: Sqlite.Database, sql: string) {
  reached();
  // What a migrator without a transaction does, to see that the test would notice.
  const isLeftOut = mode === '--careless-until' && /^(begin|commit)/.test(sql);
  return isLeftOut ? this : (driver.exec.value?.call(this, sql) ?? this);
};

process.umask(0);
say('ready');
await once(process.stdin, 'data');
const engine = await openSqlite(file);
say(mode === '--count' ? `open ${statements}` : 'open');
process.stdin.resume();
await once(process.stdin, 'end');
await engine.close();
say('closed');
