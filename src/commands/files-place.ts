// Where the bytes of files are, as the options name it.
import { Refusal, UsageError, type Config, type FilesPlace } from '../config.ts';
import type { FileStore } from '../files/file-store.ts';
import { localFolder } from '../files/local-folder.ts';
import { markerIn } from '../files/marker.ts';
import type { Engine } from '../store/database.ts';
import { listAccounts } from '../store/directory/accounts.ts';
import { Directory } from '../store/directory/directory.ts';
import { bookMark } from '../store/engine/book.ts';
import { filesFolder } from './data-folder.ts';

type Placed = Pick<Config, 'filesPlace' | 'database' | 'dataFolder'>;

/** With the books, where nothing else was said. @throws UsageError where a book in a folder is to have its files elsewhere */
export function filesPlaceOf({ filesPlace, database }: Omit<Placed, 'dataFolder'>): FilesPlace {
  if (filesPlace === undefined) return { kind: database === undefined ? 'folder' : 'database' };
  if (database !== undefined || filesPlace.kind === 'folder') return filesPlace;
  throw new UsageError(
    '--files-store goes with --database, where the books are in PostgreSQL: a book in the data folder has its files there. Leave it out, or write --files-store folder',
  );
}

/** Loaded where it is asked for: most files are in a folder. */
export async function openFiles(engine: Engine, config: Placed & Pick<Config, 'readOnly'>): Promise<FileStore> {
  const isReadOnly = engine.isReadOnly || config.readOnly;
  const place = filesPlaceOf(config);
  if (place.kind === 'folder') return localFolder(filesFolder(config), { isReadOnly });
  if (place.kind === 'bucket') {
    const [{ bucketFiles }, { bucketAt }] = await Promise.all([
      import('../files/bucket.ts'),
      import('../files/bucket-objects.ts'),
    ]);
    return bucketFiles(bucketAt(place), { isReadOnly });
  }
  const [{ databaseFiles }, { keptFilesIn }] = await Promise.all([
    import('../files/database.ts'),
    import('../store/books/kept-files.ts'),
  ]);
  return databaseFiles(keptFilesIn(engine), { isReadOnly });
}

/**
 * An early version kept the files of a database in the data folder unless something else was said.
 * @throws Refusal where they lie there still, of this book, and none is where they are looked for now
 */
export async function refuseFilesLeft(engine: Engine, config: Placed & Pick<Config, 'readOnly'>): Promise<void> {
  if (config.database === undefined || config.filesPlace !== undefined) return;
  const note = await markerIn(filesFolder(config)).read();
  if (typeof note === 'string' || note.identity !== (await engine.read(bookMark)).identity) return;
  const files = await openFiles(engine, config);
  for (const { id } of await new Directory(engine).read(listAccounts)) if ((await files.list(id)).length > 0) return;
  throw new Refusal(
    `The files of this book are in ${filesFolder(config)}, and none is in the database, where they are looked for unless something else is said. Nothing was changed. Write --files-store folder to go on with those in the folder (every command that opens these books needs it), or --files-store database if they are not needed any more.`,
  );
}

/** As a person knows it. */
export function nameOfFilesPlace(config: Placed): string {
  const place = filesPlaceOf(config);
  if (place.kind === 'bucket') return `the bucket ${place.bucket}`;
  return place.kind === 'folder' ? filesFolder(config) : 'the database';
}
