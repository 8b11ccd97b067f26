// Where the bytes of files are, as the options name it.
import { UsageError, type Config, type FilesPlace } from '../config.ts';
import type { FileStore } from '../files/file-store.ts';
import { localFolder } from '../files/local-folder.ts';
import type { Engine } from '../store/database.ts';
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

/** As a person knows it. */
export function nameOfFilesPlace(config: Placed): string {
  const place = filesPlaceOf(config);
  if (place.kind === 'bucket') return `the bucket ${place.bucket}`;
  return place.kind === 'folder' ? filesFolder(config) : 'the database';
}
