import { readRecipients } from '../backup/age.ts';
import { makeBackup, type Made, type NotMade } from '../backup/make.ts';
import { sizeText } from '../backup/room.ts';
import { Refusal, UsageError, type Config, type FilesPlace } from '../config.ts';
import { onBook } from './book.ts';
import { filesPlaceOf } from './files-place.ts';
import { bookFile, refuseNoBook } from './data-folder.ts';
import { counted } from '../printers/format.ts';
import { print } from './operator.ts';
import { sharesOn } from './progress.ts';
import { untilTold } from './until-told.ts';

/** One archive with the database and the files as they are at one moment, while others go on writing to them. */
export async function backup(config: Config): Promise<number> {
  const { to, every, keep, encryptTo } = config.backup;
  if (to === undefined) throw new UsageError('backup needs --to DIR: the folder for archives, best on another disk');
  const recipients = await readRecipients(encryptTo);
  if (config.database !== undefined) throw new UsageError(byItsOwnTools(config));
  refuseNoBook(config);
  outlive(process.stdout, process.stderr);
  return await onBook(config, async ({ app, directory, moved }) => {
    if (app.store.isReadOnly && moved === null)
      throw new Refusal(
        `${config.dataFolder} cannot be written to, and a backup needs room there for a copy of the database. Copy the whole folder instead, while nothing writes to it.`,
      );
    const source = { dataFolder: config.dataFolder, bookFile: bookFile(config), directory, files: app.files };
    const progress = sharesOn();
    const wish = { to, every, keep, recipients, now: new Date(), progress };
    const result = await untilTold(async (signal) => await makeBackup(source, { ...wish, signal }));
    return result.made ? say(config, result) : sayNotMade(config, result);
  });
}

/** Bytes after the rows that name them: what came in between is missing nowhere. */
const WITH_FILES: Readonly<Record<FilesPlace['kind'], string>> = {
  database: '; the files are in it',
  folder: ', and the folder files/ of --data after it',
  bucket: ', and the bucket of the files after it',
};

function byItsOwnTools(config: Config): string {
  return `these books are in a database (--database, DATABASE_URL): back it up with its own tools, like pg_dump${WITH_FILES[filesPlaceOf(config).kind]}. Leave --database out for the book in --data`;
}

/** A server that started this may be gone before it is done; the backup is made all the same. */
function outlive(...streams: NodeJS.WriteStream[]): void {
  for (const stream of streams) stream.on('error', () => undefined);
}

function sayNotMade(config: Config, { last }: NotMade): number {
  const why =
    last === null ? 'A backup of this book is under way.' : `The last backup is of ${last}, so none is due yet.`;
  print(config, { made: false, last }, why);
  return 0;
}

function say(config: Config, made: Made): number {
  const { archive, size, manifest, fingerprint, encrypted, removed } = made;
  const { book, madeAt, writeNumber, files, lost } = manifest;
  const older = removed === 0 ? '' : ` ${counted(removed, 'older one')} ${removed === 1 ? 'was' : 'were'} deleted.`;
  print(
    config,
    {
      ...{ made: true, archive, size, book, madeAt, writeNumber, files: files.length },
      ...{ lost, fingerprint, encrypted, removed },
    },
    `Backed up to ${archive} (${sizeText(size)}${encrypted ? ', encrypted' : ''}): the book at write ${writeNumber} with ${counted(files.length, 'file')}, checked and read back.${older}
Signed with the key ${fingerprint}. Keep that elsewhere: verify and restore compare it with --fingerprint.`,
  );
  if (lost.length === 0) return 0;
  for (const { account, hash, is } of lost)
    process.stderr.write(`- account ${account}: the file ${hash.slice(0, 12)}… is ${is}, and so not in this backup\n`);
  process.stderr.write('jobwright doctor says which records need them. Nothing older was deleted.\n');
  return 1;
}
