// A book that came back is a book of its own: nobody is signed in to it, and its invoice numbers go on after those sent.
import { instant } from '../../src/domain/dates.ts';
import { describe, expect, test } from 'vitest';
import { makeItsOwn, unpack } from '../../src/backup/bring-back.ts';
import { checkLastInvoice, readLastInvoices, requireLastInvoices } from '../../src/backup/last-invoices.ts';
import { personOfSession, startSession } from '../../src/services/access/browser-sessions.ts';
import { hostSecret } from '../../src/services/access/host-secrets.ts';
import { callOf, deferCall } from '../../src/services/shared/links.ts';
import { inviteMember, personOfInvitation } from '../../src/services/access/people.ts';
import { accessTokenOf, createAccessToken } from '../../src/services/access/tokens.ts';
import { auditBooks } from '../../src/store/audit/audit.ts';
import { Directory } from '../../src/store/directory/directory.ts';
import { keepOAuthRecord, oauthRecord } from '../../src/store/directory/oauth-records.ts';
import { openBook, tempFolder, type Book } from '../support/book.ts';
import { openEngine, rowsOf } from '../support/store.ts';
import { backedUp, someBook } from './some-book.ts';
import { refusal } from '../support/refusal.ts';

const LATER = instant('2099-01-01T00:00:00.000Z');

async function inDirectory<T>(folder: string, work: (directory: Directory) => Promise<T>): Promise<T> {
  const engine = await openEngine({ folder });
  try {
    return await work(new Directory(engine));
  } finally {
    await engine.close();
  }
}

/** Maria, and everything that lets her or her assistants in. */
async function letIn(directory: Directory) {
  const { member, invitation } = await inviteMember(directory, {
    ...{ accountId: 1, email: 'maria@example.com', name: 'Maria', role: 'owner' },
  });
  const scopes = ['books:read'] as const;
  await directory.write(
    async (scope) =>
      await keepOAuthRecord(scope, {
        ...{ model: 'RefreshToken', id: 'refresh', payload: '{}', subject: member.personId, expiresAt: LATER },
        ...{ grantId: null, uid: null, userCode: null },
      }),
  );
  await hostSecret(directory, 'jwks', async () => 'the old key');
  return {
    invitation: invitation ?? '',
    session: (await startSession(directory, member.personId)).secret,
    token: (await createAccessToken(directory, { member, name: 'laptop', scopes, expiresAt: null })).secret,
    link: await deferCall(directory, {
      ...{
        purpose: 'file',
        accountId: 1,
        personId: member.personId,
        scopes: new Set(scopes),
        client: 'test',
        tool: 'get-job',
        args: {},
      },
    }),
  };
}

/** Which of it still does. */
async function stillIn(directory: Directory, given: Awaited<ReturnType<typeof letIn>>): Promise<string[]> {
  const refresh = { model: 'RefreshToken', by: 'id', value: 'refresh' } as const;
  const found = {
    invitation: await personOfInvitation(directory, given.invitation),
    session: await personOfSession(directory, given.session),
    token: await accessTokenOf(directory, given.token),
    link: await callOf(directory, given.link),
    refresh: await directory.read(async (scope) => await oauthRecord(scope, refresh)),
    key: (await hostSecret(directory, 'jwks', async () => 'a new key')) === 'the old key' ? true : null,
  };
  return Object.entries(found).flatMap(([what, value]) => (value === null ? [] : [what]));
}

const EVERYTHING = ['invitation', 'session', 'token', 'link', 'refresh', 'key'];

/** As restore does, short of its place. */
async function broughtBack(book: Book & { shelf: string }, isAccessKept: boolean, last: [number, number][] = []) {
  const { archive } = await backedUp(book, book.shelf);
  const folder = tempFolder();
  const found = await unpack(folder, archive, { progress: () => undefined, isOnlyLook: false });
  if (found === null) throw new Error('it is not encrypted');
  const identity = await makeItsOwn(found, { lastInvoices: new Map(last), isAccessKept, actor: 'sam' });
  await found.engine.close();
  return { folder, identity };
}

describe('a book that came back', () => {
  test('lets nobody in that was let in before, and has an identity of its own', async () => {
    const book = await someBook();
    const given = await inDirectory(book.folder, letIn);
    expect(await inDirectory(book.folder, async (directory) => await stillIn(directory, given))).toEqual(EVERYTHING);
    const { folder, identity } = await broughtBack(book, false);
    expect(await inDirectory(folder, async (directory) => await stillIn(directory, given))).toEqual([]);
    // Maria is still who she was, and the first book goes on as it was.
    expect(await rowsOf({ folder }, 'select email from people')).toEqual([{ email: 'maria@example.com' }]);
    expect(await inDirectory(book.folder, async (directory) => await stillIn(directory, given))).toEqual(EVERYTHING);
    expect(await rowsOf({ folder }, 'select identity from book')).toEqual([{ identity }]);
    expect(await rowsOf(book, 'select identity from book')).not.toEqual([{ identity }]);
    const secret = 'select value from secrets';
    expect(await rowsOf({ folder }, secret)).not.toEqual(await rowsOf(book, secret));
  });

  test('with --keep-access lets in whoever was, and is still another book', async () => {
    const book = await someBook();
    const given = await inDirectory(book.folder, letIn);
    const { folder, identity } = await broughtBack(book, true);
    expect(await inDirectory(folder, async (directory) => await stillIn(directory, given))).toEqual(EVERYTHING);
    expect(await rowsOf(book, 'select identity from book')).not.toEqual([{ identity }]);
  });

  test('gives out the number after the last that was sent, tells so in its history, and is clean', async () => {
    const book = await someBook();
    const { folder } = await broughtBack(book, false, [[1, 1050]]);
    const back = await openBook({ folder });
    const lines = [{ description: 'Ridge vent', quantity: 1, unitPrice: 300 }];
    expect((await back.ok('create-invoice', { job: 'J-1', lines })).invoice.ref).toBe('INV-1051');
    expect(await back.text('list-changes', {})).toContain(
      'Invoice numbers go on after INV-1050, since this book came back from a backup',
    );
    expect(await back.error('undo-change', { change: 5 })).toMatch(/5/);
    expect([await back.store.check(), (await back.store.read(1, auditBooks)).faults]).toEqual([[], []]);
    // The control: the audit does see a gap that nobody passed over on purpose.
    const { folder: other } = await broughtBack(book, false);
    const gapped = await openBook({ folder: other });
    await inDirectory(other, async (directory) => {
      await directory.write(async ({ db }) => {
        await db.updateTable('counters').set({ value: 1050 }).where('kind', '=', 'invoice_number').execute();
      });
    });
    await gapped.ok('create-invoice', { job: 'J-1', lines });
    expect((await gapped.store.read(1, auditBooks)).faults).not.toEqual([]);
  });

  test('that was as far already writes nothing of numbers', async () => {
    const book = await someBook();
    const { folder } = await broughtBack(book, false, [[1, 1001]]);
    expect(await rowsOf({ folder }, 'select count(*) as jumps from number_jumps')).toEqual([{ jumps: 0 }]);
    expect(await rowsOf({ folder }, 'select change_number from accounts')).toEqual([{ change_number: 4 }]);
  });
});

describe('--last-invoice', () => {
  const read = (given: string[], accounts = [1]) => [...readLastInvoices(given, accounts)];
  test('is an invoice, of an account where there are several, or none', () => {
    expect(read(['INV-1050'])).toEqual([[1, 1050]]);
    expect(read(['inv 1050'])).toEqual([[1, 1050]]);
    expect(read(['1050'])).toEqual([[1, 1050]]);
    expect(read(['none'])).toEqual([[1, null]]);
    expect(read(['1=INV-7', '2=none'], [1, 2])).toEqual([
      [1, 7],
      [2, null],
    ]);
    expect(read(['none'], [1, 2])).toEqual([
      [1, null],
      [2, null],
    ]);
    expect(read([])).toEqual([]);
  });

  test.each([
    ['DRAFT-5', [1], 'the number of an issued invoice, like INV-1050, or none'],
    ['INV-S1', [1], 'the number of an issued invoice'],
    ['Q-5', [1], 'the number of an issued invoice'],
    ['', [1], 'the number of an issued invoice'],
    ['INV-123456789', [1], 'the number of an issued invoice'],
    ['3=INV-5', [1, 2], 'there is no account 3 in this backup'],
    ['INV-5', [1, 2], 'there are 2 accounts; say which, like 1=INV-5'],
  ])('"%s" is not', (given, accounts, why) => {
    expect(refusal(() => read([given], accounts))).toContain(why);
  });

  test('must be said of every account, also of one whose first invoice may have been sent since', () => {
    const accounts = [
      { account: 1, lastInvoice: 1049 },
      { account: 2, lastInvoice: null },
    ];
    expect(refusal(() => requireLastInvoices(new Map(), accounts))).toBe(
      'Say which invoice was the last one sent, so that no number is given out twice. The last one in this backup: INV-1049 (account 1), none yet (account 2). Add --last-invoice 1=INV-1049 with the number of the last one sent, or --last-invoice none where none was sent since.',
    );
    expect(refusal(() => requireLastInvoices(new Map([[1, 1050]]), accounts))).toContain('none yet (account 2)');
    const said = new Map([
      [1, 1050],
      [2, null],
    ]);
    expect(() => requireLastInvoices(said, accounts)).not.toThrow();
  });

  test.each([
    [1048, 1049, 'this backup already has INV-1049'],
    [5, 1049, 'this backup already has INV-1049'],
    [99_999_999, 1049, 'is it a slip of the key'],
    [99_999_999, null, 'is it a slip of the key'],
  ])('%i is refused where the backup ends with %s', (said, last, why) => {
    expect(refusal(() => checkLastInvoice(said, last))).toContain(why);
  });

  test.each([
    [1049, 1049],
    [1050, 1049],
    [1001, null],
    [null, 1049],
  ])('%s is taken where the backup ends with %s', (said, last) => {
    expect(() => checkLastInvoice(said, last)).not.toThrow();
  });
});
