import { setFlagsFromString } from 'node:v8';
import { UsageError, type Config } from '../config.ts';
import { localFolder } from '../files/local-folder.ts';
import { intoDatabase, placeOf } from '../move/into-database.ts';
import { intoFolder } from '../move/into-folder.ts';
import { moveBook, type Place, type MoveResult } from '../move/move.ts';
import { counted } from '../printers/format.ts';
import { faultLine } from '../printers/terminal.ts';
import { closeApp, openToMove } from './book.ts';
import { bookFile, filesFolder, noteIdentity, refuseNoBook } from './data-folder.ts';
import { folderFault } from './faults.ts';
import { openFiles } from './files-place.ts';
import { print } from './operator.ts';
import { progressLine } from './progress.ts';
import { untilTold } from './until-told.ts';

/** The whole book to another engine, after which it is read here and written to there. */
export async function move(given: Config): Promise<number> {
  // A whole book passes through, row by row, and is garbage at once. V8 would give it ever more room.
  setFlagsFromString('--semi-space-growth-factor=1');
  const { to } = given.backup;
  if (to === undefined) throw new UsageError('move needs --to: postgres://… or a new folder');
  const config = sourceOf(given, to);
  if (config.database === undefined) refuseNoBook(config);
  const opened = await openToMove(config);
  const line = progressLine();
  try {
    const { engine, directory, app } = opened;
    const source = {
      ...{ engine, directory, files: app.files },
      isFilesPlaceAssumed: config.database !== undefined && config.filesPlace === undefined,
    };
    const place = placeFor(given, to);
    const wish = {
      step: (...done: Parameters<typeof line.at>) => line.at(...done),
      now: new Date(),
      insteadOf: given.backup.insteadOf,
    };
    const result = await untilTold(async (signal) => await moveBook(source, place, { ...wish, signal }));
    line.clear();
    return say(config, place, result);
  } finally {
    line.clear();
    await closeApp(opened.app);
  }
}

function isDatabase(to: string): boolean {
  return /^postgres(?:ql)?:\/\/./.test(to);
}

/** A move goes from one engine to the other. */
function sourceOf(config: Config, to: string): Config {
  // Where the books are served from next, the environment may say already.
  if (isDatabase(to) && (config.database === undefined || placeOf(config.database) === placeOf(to)))
    return { ...config, database: undefined, filesPlace: { kind: 'folder' } };
  if (!isDatabase(to) && config.database !== undefined) return config;
  throw new UsageError(
    isDatabase(to)
      ? 'move takes the book in --data to --to postgres://…, and here --database (DATABASE_URL) names another database. Leave it out; from one database to another, its own tools move books, like pg_dump'
      : 'move --to DIR takes the books of a database into a new folder: say which with --database postgres://…. From one folder to another a book comes by jobwright backup and restore',
  );
}

function placeFor(config: Config, to: string): Place {
  if (isDatabase(to))
    return intoDatabase({
      ...{ url: to, migrateUrl: config.migrateUrl },
      filesOf: async (engine) => await openFiles(engine, { ...config, database: to }),
    });
  const place = intoFolder({
    folder: to,
    bookFile: (dataFolder) => bookFile({ dataFolder }),
    filesOf: (dataFolder) => localFolder(filesFolder({ dataFolder })),
    noteIdentity: async (dataFolder, identity) => await noteIdentity({ dataFolder }, identity),
  });
  const begin: Place['begin'] = async (...of) => {
    try {
      return await place.begin(...of);
    } catch (error) {
      throw folderFault(error, to);
    }
  };
  return { ...place, begin };
}

function say(config: Config, { name }: Place, { identity, accounts, lost }: MoveResult): number {
  const here = config.database === undefined ? config.dataFolder : placeOf(config.database);
  print(
    config,
    { to: name, from: here, book: identity, accounts, lost },
    [
      ...accounts.map(
        ({ id, name: whose, rows, files, change, digest }) =>
          `Account ${id} ${faultLine(whose)}: ${counted(rows, 'row')} and ${counted(files, 'file')}, up to change ${change} (${digest.slice(0, 12)}…): the same on both sides, and in order.`,
      ),
      `The book is in ${name} now. In ${here} it can still be read, and is not written to any more.`,
    ].join('\n'),
  );
  if (lost.length === 0) return 0;
  for (const { account, hash, is } of lost)
    process.stderr.write(
      `- account ${account}: the file ${hash.slice(0, 12)}… is ${is}, and so it is not there either\n`,
    );
  process.stderr.write('jobwright doctor says which records need them.\n');
  return 1;
}
