// What an archive is, and that not one byte of it can be another one unseen.
import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { integer, sample } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readIdentities } from '../../src/backup/age.ts';
import { unpack, type Unpacking } from '../../src/backup/bring-back.ts';
import type { PlainManifest } from '../../src/backup/manifest.ts';
import { readArchive } from '../../src/backup/read.ts';
import { fingerprintOf, type SigningKey } from '../../src/backup/signing.ts';
import { headerOf, sizeIn } from '../../src/backup/tar.ts';
import { NEWEST_SCHEMA } from '../../src/store/engine/migrate.ts';
import { tempFolder } from '../support/book.ts';
import { fileOf } from '../support/engines/sqlite.ts';
import { plant, rowsOf } from '../support/store.ts';
import { archiveOf, backedUp, fileWith, partsOf, signedAnew, someBook, type Part } from './some-book.ts';
import { sha256 } from '../support/bytes.ts';
import { Problem } from '../../src/domain/errors.ts';
import { inWords as printed } from '../../src/printers/in-words.ts';
import { inWords } from '../support/refusal.ts';
import { SEED } from '../support/seed.ts';

const FLIPS = Number(process.env['JOBWRIGHT_FLIPS'] ?? 150);

async function ageKeys() {
  const secret = await generateX25519Identity();
  const file = join(tempFolder(), 'key.txt');
  writeFileSync(file, `# created: today\n${secret}\n`);
  return { recipient: await identityToRecipient(secret), file };
}

const look = async (archive: string, more: Partial<Unpacking> = {}) => {
  const found = await unpack(tempFolder(), archive, { progress: () => undefined, isOnlyLook: false, ...more });
  await found?.engine.close();
  return found;
};
const refusal = async (archive: string, more: Partial<Unpacking> = {}) =>
  await look(archive, more).then(
    () => 'nothing was wrong',
    (error: unknown) => (error instanceof Problem ? `Problem: ${inWords(error)}` : String(error)),
  );
const DAMAGED = /^Problem: This archive is damaged or was altered: .+\. Take another one\.$/;

describe('an archive', () => {
  test('is a tar that a person takes apart by hand: manifest, signature, database, files', async () => {
    const book = await someBook();
    const { archive, manifest } = await backedUp(book, book.shelf);
    expect(archive).toMatch(/jobwright-\d{4}-\d\d-\d\dT\d{6}Z-[0-9a-f]{8}\.tar$/);
    expect(statSync(archive).mode & 0o777).toBe(0o600);
    expect(statSync(book.shelf).mode & 0o777).toBe(0o700);
    const hashes = manifest.files.map(({ hash }) => `files/1/${hash.slice(0, 2)}/${hash}`);
    expect(hashes).toHaveLength(2);
    const listed = execFileSync('tar', ['tf', archive], { encoding: 'utf8' }).trim().split('\n');
    expect(listed).toEqual(['manifest.json', 'manifest.sig', 'jobwright.db', ...hashes]);
    const out = tempFolder();
    execFileSync('tar', ['xf', archive, '-C', out]);
    expect(await rowsOf({ folder: out }, 'select name from customers')).toEqual([{ name: 'Dana Henderson' }]);
    for (const name of hashes) expect(sha256(readFileSync(join(out, name)))).toBe(name.split('/')[3]);
    expect(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))).toMatchObject({
      ...{ format: 'jobwright-backup', formatVersion: 1, schema: NEWEST_SCHEMA, lost: [] },
      accounts: [{ account: 1, changeNumber: 4, lastInvoice: 1001 }],
    });
  });

  test('has the very bytes that its header promises, up to 8 GiB and beyond', () => {
    for (const size of [0, 1, 511, 512, 8 ** 11 - 1]) {
      const header = headerOf({ name: 'a', size }, new Date(1_700_000_000_000));
      expect([header.length, sizeIn(header, 'a'), sizeIn(header, 'b')]).toEqual([512, size, null]);
    }
    const big = headerOf({ name: 'content.age', size: 3 * 8 ** 11 }, new Date(0));
    // Its content is not there, which tar complains of once it has listed it.
    const { stdout } = spawnSync('tar', ['tvf', '-'], { input: big, encoding: 'utf8' });
    expect(stdout).toContain(`${3 * 8 ** 11}`);
  });

  test('does not have the key that it is signed with, not even as erased bytes', async () => {
    const book = await someBook();
    const { archive } = await backedUp(book, book.shelf);
    const [pem = ''] = (await rowsOf(book, "select value from host_secrets where name = 'backup-signing-key'")).map(
      ({ value }) => String(value),
    );
    expect(pem).toContain('PRIVATE KEY');
    const secret = pem.split('\n')[1] ?? '';
    expect(secret.length).toBeGreaterThan(60);
    expect(readFileSync(archive, 'latin1')).not.toContain(secret);
    // The control: without taking it out, it would be found by this.
    expect(readFileSync(join(book.folder, 'jobwright.db-wal'), 'latin1')).toContain(secret);
  });

  test('that is encrypted tells nothing of the books, and opens with its key alone, also by the second', async () => {
    const book = await someBook();
    const [mine, yours, wrong] = [await ageKeys(), await ageKeys(), await ageKeys()];
    const { archive } = await backedUp(book, book.shelf, { recipients: [mine.recipient, yours.recipient] });
    expect(partsOf(archive).map(({ name }) => name)).toEqual(['manifest.json', 'manifest.sig', 'content.age']);
    const text = readFileSync(archive, 'latin1');
    for (const word of ['Henderson', 'Tear-off', 'flashing', 'files/', 'accounts']) expect(text).not.toContain(word);
    for (const { file } of [mine, yours]) {
      const found = await look(archive, { keys: await readIdentities(file) });
      expect([found?.faults, found?.manifest.files.length]).toEqual([[], 2]);
    }
    expect(await refusal(archive, { keys: await readIdentities(wrong.file) })).toBe(
      'Problem: None of the keys in the --identity file opens this archive.',
    );
    // Its outside is checked without one.
    expect(await look(archive)).toBeNull();
  });
});

describe('a book that came out of an archive', () => {
  test('is the one that went in, row by row and file by file', async () => {
    const book = await someBook();
    const { archive, manifest } = await backedUp(book, book.shelf);
    const folder = tempFolder();
    const found = await unpack(folder, archive, { progress: () => undefined, isOnlyLook: false });
    await found?.engine.close();
    expect(found?.faults).toEqual([]);
    expect(found?.accounts.map(({ newest }) => newest?.number)).toEqual([4]);
    for (const { hash } of manifest.files)
      expect(sha256(readFileSync(join(folder, 'files', '1', hash.slice(0, 2), hash)))).toBe(hash);
    for (const table of ['changes', 'customers', 'jobs', 'invoices', 'files', 'stored_files', 'requests'])
      expect(await rowsOf({ folder }, `select * from ${table}`)).toEqual(await rowsOf(book, `select * from ${table}`));
  });
});

describe('bytes that are not as they were written', () => {
  const samples = (length: number, important: readonly number[]) => [
    ...new Set([...important, ...sample(integer({ min: 0, max: length - 1 }), { numRuns: FLIPS, seed: SEED })]),
  ];

  test.each(['plain', 'encrypted'])(
    `one flipped bit anywhere is found in one that is %s (seed ${SEED})`,
    async (kind) => {
      const book = await someBook();
      const { recipient } = await ageKeys();
      const { archive } = await backedUp(book, book.shelf, { recipients: kind === 'plain' ? [] : [recipient] });
      const bytes = readFileSync(archive);
      const copy = fileWith(bytes);
      await readArchive(copy);
      // Each kind of place: header, manifest, padding, signature, contents, the end.
      const important = [
        0,
        100,
        150,
        300,
        500,
        512,
        700,
        1000,
        1536,
        1600,
        bytes.length - 1,
        bytes.length - 1024,
        bytes.length - 1025,
      ];
      const found: number[] = [];
      const all = samples(bytes.length, important);
      for (const at of all) {
        const flipped = Buffer.from(bytes);
        flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << (at % 8)), at);
        writeFileSync(copy, flipped);
        await readArchive(copy).catch(() => found.push(at));
      }
      expect(found).toEqual(all);
    },
  );

  test('cut off anywhere, or with more behind it, it is found, by its reader and by who looks for the last good one', async () => {
    const book = await someBook();
    const { archive } = await backedUp(book, book.shelf);
    const bytes = readFileSync(archive);
    const copy = fileWith(bytes);
    for (const length of [0, 1, 511, 512, 600, bytes.length - 1024, bytes.length - 1, ...samples(bytes.length, [])]) {
      writeFileSync(copy, bytes.subarray(0, length));
      expect(await refusal(copy), String(length)).toMatch(DAMAGED);
    }
    writeFileSync(copy, Buffer.concat([bytes, Buffer.alloc(1)]));
    expect(await refusal(copy)).toMatch(/it goes on after its end/);
  });

  test('members in another order, under another name, doubled, left out or added are found', async () => {
    const book = await someBook();
    const { archive, manifest } = await backedUp(book, book.shelf);
    const parts = partsOf(archive);
    const at = new Date(manifest.madeAt);
    expect(archiveOf(parts, at).equals(readFileSync(archive))).toBe(true);
    const [head, sig, db, one, two] = parts as [Part, Part, Part, Part, Part];
    const named = (part: Part, name: string) => ({ ...part, name });
    for (const [what, members] of Object.entries({
      'other order': [head, sig, db, two, one],
      'files before the database': [head, sig, one, two, db],
      doubled: [head, sig, db, one, one, two],
      'left out': [head, sig, db, two],
      added: [head, sig, db, one, two, named(one, 'extra')],
      'signature first': [sig, head, db, one, two],
      up: [head, sig, db, named(one, '../../outside'), two],
      absolute: [head, sig, db, named(one, '/tmp/outside'), two],
      'instead of the book': [head, sig, named(db, 'jobwright.db-wal'), one, two],
    }))
      expect(await refusal(fileWith(archiveOf(members, at))), what).toMatch(DAMAGED);
  });

  test('links, devices, long names and folders are refused, and nothing is written', async () => {
    const book = await someBook();
    const { archive, manifest } = await backedUp(book, book.shelf);
    const bytes = readFileSync(archive);
    const at = bytes.indexOf('files/1/');
    const name = bytes.toString('latin1', at, at + 100).replace(/\0+$/, '');
    for (const type of ['1', '2', '3', '5', 'x', 'L', 'g']) {
      const header = headerOf({ name, size: manifest.files[0]?.size ?? 0 }, new Date(manifest.madeAt));
      header.write(type, 156);
      header.write('/etc/passwd', 157);
      header.write(' '.repeat(8), 148);
      header.write(
        `${header
          .reduce((sum, byte) => sum + byte, 0)
          .toString(8)
          .padStart(6, '0')}\0 `,
        148,
      );
      const hostile = Buffer.from(bytes);
      header.copy(hostile, at);
      const folder = tempFolder();
      const said = await unpack(folder, fileWith(hostile), { progress: () => undefined, isOnlyLook: false }).catch(
        (error: unknown) => `Problem: ${inWords(error)}`,
      );
      expect(said, type).toMatch(DAMAGED);
      expect(existsSync(join(folder, 'files'))).toBe(false);
    }
  });

  test('what is no archive at all is refused in one line', async () => {
    for (const bytes of ['', 'Dear diary', Buffer.alloc(100_000), Buffer.alloc(2048, 0xff)])
      expect(await refusal(fileWith(bytes))).toMatch(DAMAGED);
    expect(await refusal('/nowhere/at/all.tar')).toBe('Problem: /nowhere/at/all.tar cannot be read (ENOENT).');
  });
});

describe('a manifest that somebody wrote anew', () => {
  const stranger = (): SigningKey => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    return { privateKey, publicKey: publicKey.export({ format: 'jwk' }).x ?? '' };
  };

  test('is refused without a new signature, and under a new one by the fingerprint that was noted down', async () => {
    const book = await someBook();
    const { archive, fingerprint } = await backedUp(book, book.shelf);
    const parts = partsOf(archive);
    const [head, ...rest] = parts;
    const text = head?.bytes.toString() ?? '';
    const unsigned = [
      { name: 'manifest.json', bytes: Buffer.from(text.replace('"lastInvoice": 1001', '"lastInvoice": 1002')) },
      ...rest,
    ];
    expect(await refusal(fileWith(archiveOf(unsigned, new Date())))).toMatch(/manifest\.json is not what was signed/);
    const key = stranger();
    const forged = fileWith(signedAnew(parts, key, (manifest) => ({ ...manifest, publicKey: key.publicKey })));
    // Whole in itself: nothing but the fingerprint tells it from a real one.
    expect(await refusal(forged)).toBe('nothing was wrong');
    expect(fingerprintOf(key.publicKey)).not.toBe(fingerprint);
    expect(await refusal(forged, { fingerprint })).toMatch(/signed by another key than the one of that --fingerprint/);
    for (const said of [fingerprint, fingerprint.toUpperCase(), fingerprint.replaceAll('-', ' ')])
      expect(await refusal(archive, { fingerprint: said })).toBe('nothing was wrong');
    for (const said of ['', fingerprint.slice(0, 9), `${fingerprint}0`])
      expect(await refusal(archive, { fingerprint: said })).toMatch(/signed by another key/);
  });

  const hash = 'a'.repeat(64);
  test.each<[string, (manifest: PlainManifest) => unknown]>([
    ['a path for a hash', (m) => ({ ...m, files: [{ account: 1, hash: `../../${hash}`.slice(0, 64), size: 1 }] })],
    ['an account that is a path', (m) => ({ ...m, files: [{ account: '1/../..', hash, size: 1 }] })],
    ['a length below nothing', (m) => ({ ...m, files: [{ account: 1, hash, size: -1 }] })],
    ['a file twice', (m) => ({ ...m, files: [m.files[0], m.files[0], m.files[1]] })],
    ['files out of order', (m) => ({ ...m, files: m.files.toReversed() })],
    ['more than belongs there', (m) => ({ ...m, extra: true })],
    ['a moment that is none', (m) => ({ ...m, madeAt: 'yesterday' })],
  ])('with %s is refused before a byte of the rest is read', async (_, change) => {
    const book = await someBook();
    const { archive } = await backedUp(book, book.shelf);
    const key = stranger();
    const forged = signedAnew(partsOf(archive), key, (manifest) => ({
      ...(change({ ...manifest, publicKey: key.publicKey }) as PlainManifest),
    }));
    expect(await refusal(fileWith(forged))).toMatch(DAMAGED);
  });

  test('of a newer form or of a book of a newer program is refused in those words', async () => {
    const book = await someBook();
    const { archive } = await backedUp(book, book.shelf);
    const key = stranger();
    const parts = partsOf(archive);
    const newer = signedAnew(parts, key, (m) => ({ ...m, publicKey: key.publicKey, formatVersion: 2 as 1 }));
    expect(await refusal(fileWith(newer))).toMatch(/^Problem: This archive was made by a newer Jobwright/);
    const folder = tempFolder();
    writeFileSync(fileOf({ folder }), parts[2]?.bytes ?? '');
    await plant({ folder }, "insert into migrations (name, applied_at) values ('9999-future', '2030-01-01')");
    const bytes = readFileSync(fileOf({ folder }));
    const swapped = parts.map((part) => (part.name === 'jobwright.db' ? { ...part, bytes } : part));
    const future = signedAnew(swapped, key, (m) => ({
      ...{ ...m, publicKey: key.publicKey, database: { size: bytes.length, sha256: sha256(bytes) } },
    }));
    expect(await refusal(fileWith(future))).toMatch(
      /^Problem: This book was written by a newer Jobwright \(it has 9999-future\)/,
    );
  });

  test('whose book needs a file that is not there, or has other changes, is named as such', async () => {
    const book = await someBook();
    const { archive } = await backedUp(book, book.shelf);
    const key = stranger();
    const parts = partsOf(archive);
    const fewer = signedAnew(parts.slice(0, -1), key, (m) => ({
      ...{ ...m, publicKey: key.publicKey, files: m.files.slice(0, 1) },
      accounts: [{ ...m.accounts[0], changeNumber: 9 }],
    }));
    expect((await look(fileWith(fewer)))?.faults.map((fault) => printed(fault))).toEqual([
      expect.stringMatching(/^account 1: the file [0-9a-f]{12}… is not in the archive$/),
      'account 1: its newest change is not the one that the manifest names',
    ]);
  });

  test('of an encrypted one must agree with what is inside', async () => {
    const book = await someBook();
    const { recipient, file } = await ageKeys();
    const { archive } = await backedUp(book, book.shelf, { recipients: [recipient] });
    const key = stranger();
    const forged = fileWith(signedAnew(partsOf(archive), key, (m) => ({ ...m, publicKey: key.publicKey })));
    expect(await refusal(forged)).toBe('nothing was wrong');
    expect(await refusal(forged, { keys: await readIdentities(file) })).toMatch(
      /is of another book or moment than its outside/,
    );
  });
});
