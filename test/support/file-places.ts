// Places for files, each opened anew for one test.
import { writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { bucketAt } from '../../src/files/bucket-objects.ts';
import { bucketFiles } from '../../src/files/bucket.ts';
import { databaseFiles } from '../../src/files/database.ts';
import type { FileStore } from '../../src/files/file-store.ts';
import { localFolder } from '../../src/files/local-folder.ts';
import { openAccount } from '../../src/services/account/account.ts';
import { keptFilesIn } from '../../src/store/books/kept-files.ts';
import { Store } from '../../src/store/scope.ts';
import { tempFolder } from './book.ts';
import { bucketServer } from './bucket-server.ts';
import { whenDone } from './ending.ts';

type Opening = { readonly isReadOnly?: boolean };
type Place = {
  readonly files: FileStore;
  /** The same place, as another program opens it. */
  readonly again: (options?: Opening) => Promise<FileStore>;
  /** As a disk that fails changes what is kept. @param bytes null where it is gone */
  readonly spoil: (account: number, hash: string, bytes: Uint8Array | null) => Promise<void>;
};

async function folder(): Promise<Place> {
  const at = join(tempFolder(), 'files');
  return {
    files: localFolder(at),
    again: async (options) => localFolder(at, options),
    spoil: async (account, hash, bytes) => {
      const path = join(at, String(account), hash.slice(0, 2), hash);
      if (bytes === null) rmSync(path);
      else writeFileSync(path, bytes);
    },
  };
}

async function database(): Promise<Place> {
  const { postgres } = await import('./engines/postgres.ts');
  const place = { folder: tempFolder() };
  const engine = await postgres.open(place);
  whenDone(async () => await engine.close());
  const store = new Store(engine);
  const opening = { template: 'roofing', currency: 'USD', timeZone: 'America/Chicago', plan: 'business' } as const;
  for (const id of [1, 2]) await openAccount(store, { id, ...opening, samples: false, actor: 'sam' });
  return {
    files: databaseFiles(keptFilesIn(engine)),
    again: async (options) => {
      const other = await postgres.open(place);
      whenDone(async () => await other.close());
      return databaseFiles(keptFilesIn(other), options);
    },
    spoil: async (_, hash, bytes) => await postgres.spoil(place, hash, bytes),
  };
}

async function bucket(): Promise<Place> {
  const { client, endpoint, name } = await bucketServer();
  const at = { bucket: name, prefix: 'books/', endpoint };
  return {
    files: bucketFiles(bucketAt(at)),
    again: async (options) => bucketFiles(bucketAt(at), options),
    spoil: async (account, hash, bytes) => {
      const object = { Bucket: name, Key: `books/${account}/${hash}` };
      if (bytes === null) await client.send(new DeleteObjectCommand(object));
      else await client.send(new PutObjectCommand({ ...object, Body: bytes }));
    },
  };
}

export const PLACES: readonly { readonly name: string; readonly open: () => Promise<Place> }[] = [
  { name: 'a folder', open: folder },
  { name: 'a bucket', open: bucket },
  // Where no server was started, the other engine's tests run.
  ...(process.env['JOBWRIGHT_TEST_ENGINE'] === 'postgres' ? [{ name: 'the database', open: database }] : []),
];
