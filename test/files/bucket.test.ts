// What is of a bucket alone: it may be away, refuse us or answer what it likes, and several programs note whose files
// they are.
import { createServer } from 'node:http';
import { createHash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, test, vi } from 'vitest';
import { bucketAt } from '../../src/files/bucket-objects.ts';
import { bucketFiles } from '../../src/files/bucket.ts';
import { markerInBucket } from '../../src/files/bucket-marker.ts';
import { openBook } from '../support/book.ts';
import { bucketServer } from '../support/bucket-server.ts';
import { whenDone } from '../support/ending.ts';
import { freePort } from '../support/port.ts';
import { refusalOf } from '../support/refusal.ts';

const BYTES = Buffer.from('a receipt');
const HASH = createHash('sha256').update(BYTES).digest('hex');
const IDENTITY = 'ab'.repeat(16);
const ATTACHED = { job: 'J-1', content: BYTES.toString('base64'), name: 'receipt.txt' };

async function opened() {
  const server = await bucketServer();
  const at = (place: object = {}) =>
    bucketFiles(bucketAt({ bucket: server.name, prefix: '', endpoint: server.endpoint, ...place }));
  return { ...server, at, files: at() };
}

/** A server of which every answer is this one. */
async function answering(status: number, body = ''): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(status).end(body));
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  whenDone(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${port}`;
}

test('a bucket that is away is said in words; no record is made, and it is done when it is asked again', async () => {
  const first = await opened();
  const book = await openBook({ samples: false });
  await book.ok('create-job', { newCustomer: { name: 'Dana' }, name: 'Roof' });
  await first.stop();
  Object.assign(book.session, { files: first.files });
  const said = await book.error('attach-file', ATTACHED);
  expect(said).toBe('The bucket of the files cannot be reached. Nothing was saved; try again in a moment.');
  expect((await book.ok('get-job', { job: 'J-1', section: 'files' })).job.files).toEqual([]);
  Object.assign(book.session, { files: (await opened()).files });
  await book.ok('attach-file', ATTACHED);
  Object.assign(book.session, { files: first.files });
  // Nothing is known of the bytes: they are not said to be lost.
  expect(await book.error('fetch', { id: 'F-1' })).toContain('cannot be reached');
});

describe('what is wrong with a bucket is said without its keys:', () => {
  test('it is not there', async () => {
    expect(await refusalOf((await opened()).at({ bucket: 'other' }).put(1, HASH, BYTES))).toContain('no such bucket');
  });

  test('no keys are set', async () => {
    const { files } = await opened();
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'HOME', 'AWS_PROFILE'])
      vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    for (const name of ['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE']) vi.stubEnv(name, '/dev/null');
    expect(await refusalOf(files.put(1, HASH, BYTES))).toContain('Set AWS_ACCESS_KEY_ID');
  });

  test.each([
    [403, 'refuses these keys'],
    [503, 'cannot be reached'],
    [301, 'Which region'],
  ])('it answers %i', async (status, why) => {
    const endpoint = await answering(status, '<Error><Code>Other</Code><Message>key of the tests</Message></Error>');
    const said = await refusalOf((await opened()).at({ endpoint }).put(1, HASH, BYTES));
    expect(said).toContain(why);
    expect(said).not.toContain('of the tests');
  });

  test('what was written does not come back the same', async () => {
    const endpoint = await answering(200, 'other bytes');
    expect(await refusalOf((await opened()).at({ endpoint }).put(1, HASH, BYTES))).toContain('not read back the same');
  });
});

test('a large account is listed whole, page by page, without what is beside its files and without another account', async () => {
  const { files, client, name } = await opened();
  const hashes = Array.from({ length: 1010 }, (_, index) => index.toString(16).padStart(64, '0'));
  for (const hash of hashes) await client.send(new PutObjectCommand({ Bucket: name, Key: `1/${hash}`, Body: 'x' }));
  await files.beside.put(1, hashes[0] ?? '', 'note', BYTES);
  await files.put(11, HASH, BYTES);
  expect((await files.list(1)).map((each) => each.name)).toEqual(hashes);
});

describe('the note of whose they are', () => {
  test('only rises, whichever of several programs writes it, and that of another book stays', async () => {
    const { at, files } = await opened();
    const numbers = Array.from({ length: 12 }, (_, index) => ((index * 7) % 12) + 1);
    expect(await files.marker?.read()).toBe('none');
    const keptBy = { account: 1, change: 2, hash: 'a' };
    await Promise.all(
      numbers.map(async (writeNumber) => await at().marker?.raise({ identity: IDENTITY, writeNumber, keptBy })),
    );
    expect(await files.marker?.read()).toEqual({ identity: IDENTITY, writeNumber: 12, keptBy });
    await files.marker?.raise({ identity: IDENTITY, writeNumber: 11 });
    await files.marker?.raise({ identity: 'cd'.repeat(16), writeNumber: 99 });
    expect(await files.marker?.read()).toMatchObject({ identity: IDENTITY, writeNumber: 12 });
  });

  test.each(['{', '{"identity":7,"writeNumber":1}', '[]'])(
    'is not taken at its word where it says %s',
    async (text) => {
      const { files, client, name } = await opened();
      await client.send(new PutObjectCommand({ Bucket: name, Key: `book/${IDENTITY}/0000000000000007`, Body: text }));
      expect(await files.marker?.read()).toBe('unreadable');
      await files.marker?.raise({ identity: IDENTITY, writeNumber: 8 });
      expect(await files.marker?.read()).toBe('unreadable');
    },
  );

  test('is unreadable, and fails no start, where the bucket is away', async () => {
    const { files, stop } = await opened();
    await stop();
    expect(await files.marker?.read()).toBe('unreadable');
    // Raising it then is no success: whoever kept a file is told.
    expect(await refusalOf(files.marker?.raise({ identity: IDENTITY, writeNumber: 8 }) ?? Promise.resolve())).toContain(
      'cannot be reached',
    );
  });

  test('is looked for again where another program has just put a newer one in its place', async () => {
    const { server, bucket } = await objects();
    const [mine, theirs] = [markerInBucket(bucket), markerInBucket(server)];
    await theirs.raise({ identity: IDENTITY, writeNumber: 5 });
    bucket.meanwhile = async () => await theirs.raise({ identity: IDENTITY, writeNumber: 6 });
    await mine.raise({ identity: IDENTITY, writeNumber: 7 });
    expect(await theirs.read()).toEqual({ identity: IDENTITY, writeNumber: 7 });
  });
});

test('a file stays in its place until its copy in the trash was read back', async () => {
  const { bucket } = await objects();
  const files = bucketFiles({ ...bucket, copy: async () => {} });
  await files.put(1, HASH, BYTES);
  const later = new Date(Date.now() + 60_000);
  expect(await files.discard(1, HASH, later, '2026-11-28')).toBe(false);
  expect(Buffer.from(await files.get(1, HASH))).toEqual(BYTES);
});

/** A bucket, and one in which something happens between a list and what is read by it. */
async function objects() {
  const { name, endpoint } = await opened();
  const server = bucketAt({ bucket: name, prefix: '', endpoint });
  const bucket = {
    ...server,
    meanwhile: async () => {},
    async list(start: string) {
      const all = await server.list(start);
      const { meanwhile } = bucket;
      bucket.meanwhile = async () => {};
      await meanwhile();
      return all;
    },
  };
  return { server, bucket };
}
