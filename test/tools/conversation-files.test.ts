// A file that somebody gave their assistant in its conversation, as ChatGPT hands it over: fetched from the operator's
// hosts alone, and its address kept nowhere.
import { readdirSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callTool } from '../../src/server.ts';
import { listing } from '../../src/tools/listing.ts';
import { getFile, loadBytes } from '../../src/services/site/files.ts';
import { TOOLS_OF } from '../../src/tools/shown.ts';
import type { Fetching } from '../../src/transport/auth/client-documents.ts';
import { conversationFiles } from '../../src/transport/conversation-files.ts';
import { jpeg, png } from '../files/photos.ts';
import { openBook, type TypedBook } from '../support/answers.ts';
import { inFullSight, type BookOptions } from '../support/book.ts';
import { newDesk, oldDesk } from '../support/clients.ts';
import { openFileHost } from '../support/file-host.ts';
import { roofBook, roof } from '../support/roof.ts';
import { bytesOf } from '../support/store.ts';
import { expectHelpful, expectPlain } from '../support/words.ts';

const SIGNED = 'sig=Canary8kD3xq0JwZZtopSecret';
const ridge = (address = `https://files.example/file-1/raw?${SIGNED}`, more: object = {}) => ({
  download_url: address,
  file_id: 'file_00000000142872305d4f',
  mime_type: 'image/jpeg',
  file_name: 'ridge.jpg',
  ...more,
});

const sends: (bytes: Uint8Array) => RequestListener = (bytes) => (_, res) => void res.end(bytes);

/** The roof, served to an assistant whose host answers so. */
async function withHost(
  answers: RequestListener,
  { hosts = ['files.example'], effects = {}, ...options }: BookOptions & { hosts?: string[]; effects?: Fetching } = {},
) {
  const host = await openFileHost(answers);
  const conversation = conversationFiles(hosts, { ...host.outside, ...effects });
  const book = await openBook({ ...options, conversation });
  await roof(book.ok);
  return { book, asked: host.asked };
}

async function expectNothingKept({ ok, session }: TypedBook) {
  const { job } = await ok('get-job', { job: 'J-1' });
  expect(job.files).toEqual([]);
  expect(await session.files.list(1)).toEqual([]);
}

describe('a photo from a conversation', () => {
  it.each(['owner', 'crew'] as const)('is asked of a host as %s sees the tool: by the name of the input', (role) => {
    const tool = TOOLS_OF[role].find(({ name }) => name === 'attach-file');
    if (tool === undefined) throw new Error('there is no attach-file');
    const { _meta: meta, inputSchema } = listing(tool);
    expect(meta).toEqual({ 'openai/fileParams': ['file'] });
    expect((inputSchema as unknown as { properties: Record<string, unknown> }).properties['file']).toEqual({
      type: 'object',
      properties: Object.fromEntries(
        ['download_url', 'file_id', 'mime_type', 'file_name'].map((name) => [name, { type: 'string' }]),
      ),
      required: ['download_url', 'file_id'],
      additionalProperties: false,
    });
  });

  it.each([
    ['a client of the earlier era', oldDesk],
    ['a client of today', newDesk],
  ] as const)('is offered to %s', async (_, connect) => {
    const { tools } = await (await connect((await openBook()).session)).listTools();
    const declaring = tools.filter(({ _meta: meta }) => meta !== undefined);
    expect(declaring.map(({ name, _meta: meta }) => [name, meta])).toEqual([
      ['attach-file', { 'openai/fileParams': ['file'] }],
    ]);
  });

  it('is attached under its own name, without where it was taken', async () => {
    const { book, asked } = await withHost(sends(jpeg()));
    const { answer, text } = await book.both('attach-file', { job: 'roof', file: ridge(), caption: 'Ridge, before' });
    expect(answer).toMatchObject({
      did: expect.stringMatching(
        /^Attached F-1 ridge\.jpg to J-1 Roof replacement, without the place where it was taken/,
      ),
      file: { name: 'ridge.jpg', mediaType: 'image/jpeg', caption: 'Ridge, before' },
    });
    expectPlain(text, 400);
    expect(asked).toEqual([`files.example/file-1/raw?${SIGNED}`]);
    const file = await book.store.read(1, async (scope) => await getFile(inFullSight(scope), 'F-1'));
    expect((await loadBytes(book.session, file)).length).toBe(file.size);
  });

  it('is what its bytes are, whatever it is said to be; the object may come as text, with nothing said as null', async () => {
    const { book } = await withHost(sends(png()));
    const file = JSON.stringify(ridge(undefined, { mime_type: null, file_name: 'permit.pdf' }));
    expect((await book.ok('attach-file', { job: 'J-1', file })).file).toMatchObject({
      name: 'permit.png',
      mediaType: 'image/png',
    });
  });

  it('is fetched from a host below one that is named, and not from that one itself', async () => {
    const { book, asked } = await withHost(sends(png()), { hosts: ['*.chat.example'] });
    await book.ok('attach-file', { job: 'J-1', file: ridge('https://a.chat.example/1') });
    for (const host of ['chat.example', 'evilchat.example', 'a.chat.example.evil.example', 'a.chat.example.'])
      expect(await book.error('attach-file', { job: 'J-1', file: ridge(`https://${host}/1`) })).toContain(
        'files are not fetched from',
      );
    expect(asked).toEqual(['a.chat.example/1']);
  });

  it('is not fetched for a preview, which says what would be', async () => {
    const { book, asked } = await withHost(sends(jpeg()));
    const { answer, text } = await book.both('attach-file', { job: 'roof', file: ridge(), preview: true });
    expect(answer).toMatchObject({ preview: true, change: null, file: null });
    expect(text).toMatch(/^Preview, nothing was saved\. .*ridge\.jpg to J-1 Roof replacement/);
    expect(await book.error('attach-file', { job: 'J-9', file: ridge(), preview: true })).toMatch(/no job matches/);
    expect(
      await book.error('attach-file', { job: 'J-1', file: ridge('https://evil.example/'), preview: true }),
    ).toContain('files are not fetched from "evil.example"');
    expect(asked).toEqual([]);
    await expectNothingKept(book);
  });

  it('that comes again is told by its bytes, from another address or as content, and is attached again when meant', async () => {
    const { book } = await withHost(sends(jpeg()), { repeats: 'noticed' });
    await book.ok('attach-file', { job: 'J-1', file: ridge() });
    const again = await book.both('attach-file', {
      job: 'J-1',
      file: ridge('https://files.example/another?sig=2', { file_id: 'file_2', file_name: 'IMG_2.jpg' }),
    });
    expect(again.answer).toMatchObject({ change: null, file: { ref: 'F-1', name: 'ridge.jpg' } });
    expect(again.text).toMatch(
      /^F-1 ridge\.jpg on J-1 .* is the very same file\. Nothing was written\. allowDuplicate: true/,
    );
    const content = jpeg().toString('base64');
    expect((await book.ok('attach-file', { job: 'J-1', content })).change).toBeNull();
    expect((await book.ok('attach-file', { customer: 'C-1', content })).file.ref).toBe('F-2');
    expect((await book.ok('attach-file', { job: 'J-1', file: ridge(), allowDuplicate: true })).file.ref).toBe('F-3');
  });

  it('that is sent again under its request id, from another address, is answered as it was', async () => {
    const { book } = await withHost(sends(jpeg()));
    const first = await book.ok('attach-file', { job: 'J-1', file: ridge(), requestId: 'ridge' });
    const renewed = ridge('https://files.example/renewed?sig=3');
    expect(await book.ok('attach-file', { job: 'J-1', file: renewed, requestId: 'ridge' })).toEqual(first);
  });

  it('leaves its address in no byte of the data folder, nor of the log', async () => {
    const { book } = await withHost(sends(jpeg()), { repeats: 'noticed' });
    const lines: string[] = [];
    const log = (message: string, fields?: object) => void lines.push(JSON.stringify([message, fields]));
    const logging = { ...book.session, log: { info: log, error: log } };
    for (const file of [ridge(), ridge(`https://evil.example/file-1/raw?${SIGNED}`), ridge(`http://?${SIGNED}`)])
      await callTool(logging, 'attach-file', { job: 'J-1', file }, { client: 'test 1.0', canAsk: false });
    expect(lines).toHaveLength(3);
    expect(lines.join()).not.toMatch(/Canary|example|file-1/);
    await book.ok('attach-file', { job: 'J-1', file: ridge(), requestId: 'a' });
    await book.ok('attach-file', { job: 'J-1', file: ridge() });
    await book.ok('attach-file', { job: 'J-1', file: ridge(), preview: true });
    await book.error('attach-file', { job: 'J-9', file: ridge() });
    const files = readdirSync(book.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const bytes = files.map((entry) => readFileSync(join(entry.parentPath, entry.name)));
    const ofBook = await bytesOf(book);
    const kept = (words: string) => ofBook.includes(words) || bytes.some((each) => each.includes(words));
    expect(kept('ridge.jpg')).toBe(true);
    for (const words of [SIGNED, 'files.example', 'file-1/raw']) expect(kept(words), words).toBe(false);
  });

  it('goes with no other way of giving a file', async () => {
    const { book, asked } = await withHost(sends(jpeg()));
    const both = { job: 'J-1', file: ridge(), content: 'UGVybWl0Cg==' };
    expect(await book.error('attach-file', both)).toMatch(/^file: does not go with content or path/);
    expect(asked).toEqual([]);
  });
});

describe('nothing is attached where', () => {
  const endless: RequestListener = (_, res) => {
    res.on('error', () => undefined);
    const more = () => {
      while (!res.destroyed && res.write(Buffer.alloc(1024 * 1024)));
    };
    res.on('drain', more);
    more();
  };
  it.each<[string, string, RequestListener]>([
    [
      'its host sends us elsewhere',
      'sends us elsewhere',
      (_, res) => void res.writeHead(302, { location: 'https://files.example/2' }).end(),
    ],
    [
      'its address has ended',
      'did not give it (403). Attach it to the conversation again',
      (_, res) => void res.writeHead(403).end('Expired'),
    ],
    ['its host breaks off', 'could not be reached', (_, res) => void res.destroy()],
    ['it is longer than a file may be, and never ends', 'is too large: a file may have 10 MB', endless],
    ['it is empty', 'must not be an empty file', sends(Buffer.alloc(0))],
    ['it is no file that is kept', 'this is an HTML page', sends(Buffer.from('<!doctype html><p>Sign in'))],
  ])('%s', async (_, words, answers) => {
    const { book, asked } = await withHost(answers);
    const error = await book.error('attach-file', { job: 'J-1', file: ridge() });
    expect(error).toContain(words);
    expect(error).toMatch(/^file: /);
    expect(error).not.toMatch(/Canary|file-1/);
    expectHelpful(error);
    expect(asked).toHaveLength(1);
    await expectNothingKept(book);
  });

  it('its host sends it drop by drop: there is a time until which all of it is there', async () => {
    const drops: RequestListener = (_, res) => {
      const dropping = setInterval(() => res.write('a'), 20);
      res.on('close', () => clearInterval(dropping));
    };
    const { book } = await withHost(drops, { effects: { patienceMs: 300 } });
    const started = Date.now();
    expect(await book.error('attach-file', { job: 'J-1', file: ridge() })).toContain('its host was too slow');
    expect(Date.now() - started).toBeLessThan(3000);
    await expectNothingKept(book);
  });

  it.each([
    ['http://files.example/1', 'must be an https address without a port'],
    ['https://files.example:8443/1', 'must be an https address without a port'],
    ['https://me:pass@files.example/1', 'must be an https address without a port'],
    ['ftp://files.example/1', 'must be an https address without a port'],
    ['file:///etc/passwd', 'must be an https address without a port'],
    ['not an address', 'must be an https address without a port'],
    ['https://evil.example/1', 'files are not fetched from "evil.example", but from files.example'],
    ['https://files.example.evil.example/1', 'files are not fetched from "files.example.evil.example"'],
    ['https://evil.example/?files.example', 'files are not fetched from "evil.example"'],
    ['https://127.0.0.1/1', 'files are not fetched from "127.0.0.1"'],
    ['https://[::1]/1', 'files are not fetched from "[::1]"'],
  ])('%s is where it stands', async (address, words) => {
    const { book, asked } = await withHost(sends(jpeg()));
    const error = await book.error('attach-file', { job: 'J-1', file: ridge(address) });
    expect(error).toContain(words);
    expectHelpful(error);
    expect(asked).toEqual([]);
    await expectNothingKept(book);
  });

  it.each([['10.0.0.7'], ['127.0.0.1'], ['169.254.169.254'], ['93.184.215.14', '192.168.1.1']])(
    'the name of its host leads inside, to %s',
    async (...addresses) => {
      const resolve = async () => addresses.map((address) => ({ address, family: 4 }));
      const { book, asked } = await withHost(sends(jpeg()), { effects: { resolve } });
      expect(await book.error('attach-file', { job: 'J-1', file: ridge() })).toContain('has no public address');
      expect(asked).toEqual([]);
      await expectNothingKept(book);
    },
  );

  it('the operator named no host: it says how, and what to do until then', async () => {
    const book = await roofBook();
    for (const preview of [false, true]) {
      const error = await book.error('attach-file', { job: 'J-1', file: ridge(), preview });
      expect(error).toMatch(/--file-hosts '\*\.oaiusercontent\.com' \(JOBWRIGHT_FILE_HOSTS\).*give content or path/);
      expectHelpful(error);
    }
    await expectNothingKept(book);
  });

  it('others of the account are being fetched already: four at once', async () => {
    const { book, asked } = await withHost(() => undefined, { effects: { patienceMs: 1500 } });
    const all = Array.from({ length: 6 }, async (_, index) =>
      book.error('attach-file', { job: 'J-1', file: ridge(`https://files.example/${index}`) }),
    );
    const errors = await Promise.all(all);
    expect(errors.filter((error) => error.startsWith('Other files are being fetched'))).toHaveLength(2);
    expect(asked).toHaveLength(4);
    expect(await book.error('attach-file', { job: 'J-1', file: ridge() })).toContain('too slow');
  });
});
