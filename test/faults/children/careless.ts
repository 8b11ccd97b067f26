// Preloaded into the program: its database answers before the disk has what it wrote, as the driver would by itself.
import Sqlite from 'better-sqlite3';

const driver = Object.getOwnPropertyDescriptors(Sqlite.prototype);
Sqlite.prototype.pragma = function careless(this: Sqlite.Database, text: string, options?: Sqlite.PragmaOptions) {
  return driver.pragma.value?.call(this, text.replace(/synchronous\s*=\s*full/i, 'synchronous = normal'), options);
};
