// People, their passwords, and what they hold.
import { instantAt } from '../../../src/domain/dates.ts';
import { describe, expect, it } from 'vitest';
import { Problem } from '../../../src/domain/errors.ts';
import { problemForModel } from '../../../src/printers/in-words.ts';
import { endSession, personOfSession, startSession } from '../../../src/services/access/browser-sessions.ts';
import { hostSecret } from '../../../src/services/access/host-secrets.ts';
import { callOf, deferCall, spending } from '../../../src/services/shared/links.ts';
import { grantsOf, keepRecord } from '../../../src/services/access/oauth-records.ts';
import {
  acceptInvitation,
  inviteMember,
  listMembers,
  listSignIns,
  memberIn,
  membershipsOf,
  newInvitation,
  personOfInvitation,
  principalOf,
  removeMember,
  setRole,
  signIn,
  signOutEverybody,
  subjectOf,
} from '../../../src/services/access/people.ts';
import { sweepDirectory } from '../../../src/services/shared/sweep.ts';
import {
  accessTokenOf,
  createAccessToken,
  listAccessTokens,
  revokeAccessToken,
} from '../../../src/services/access/tokens.ts';
import { BEST, emailOf, LOPEZ, openCompany, passwordOf } from '../../support/company.ts';
import { refusalOf } from '../../support/refusal.ts';
import { bytesOf } from '../../support/store.ts';

const START = Date.parse('2026-03-10T17:00:00.000Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function clock() {
  const at = { ms: START };
  return { now: () => new Date(at.ms).toISOString(), pass: (ms: number) => void (at.ms += ms) };
}

async function refusal(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'was not refused',
    (error: unknown) => (error instanceof Problem ? problemForModel(error) : `not a Problem: ${String(error)}`),
  );
}

describe('an invitation', () => {
  it('opens once, for seven days, and the newest alone', async () => {
    const { now, pass } = clock();
    const { directory } = await openCompany({ now });
    const first = await newInvitation(directory, { email: emailOf('maria') });
    const second = await newInvitation(directory, { email: ' MARIA@example.com ' });
    expect(await personOfInvitation(directory, first.invitation)).toBeNull();
    expect(await personOfInvitation(directory, second.invitation)).toMatchObject({ name: 'Maria Lopez' });
    await acceptInvitation(directory, second.invitation, passwordOf('maria'));
    expect(await refusal(acceptInvitation(directory, second.invitation, passwordOf('maria')))).toContain(
      'used already',
    );
    const third = await newInvitation(directory, { email: emailOf('maria') });
    pass(7 * DAY + 1);
    expect(await personOfInvitation(directory, third.invitation)).toBeNull();
  });

  it.each(['short', 'Maria Lopez', 'maria@example.com', 'password1234', 'aaaaaaaaaaaa', '1234567890', 'abcabcabcabc'])(
    'takes no password like %s',
    async (password) => {
      const { directory } = await openCompany();
      const { invitation } = await newInvitation(directory, { email: emailOf('maria') });
      expect(await refusal(acceptInvitation(directory, invitation, password))).toMatch(/^password: /);
      expect(await personOfInvitation(directory, invitation)).not.toBeNull();
    },
  );

  it('signs its person out of every browser', async () => {
    const { directory, member } = await openCompany();
    const { personId } = member('maria');
    const { secret } = await startSession(directory, personId);
    expect(await personOfSession(directory, secret)).toMatchObject({ name: 'Maria Lopez' });
    const { invitation } = await newInvitation(directory, { email: emailOf('maria') });
    await acceptInvitation(directory, invitation, passwordOf('maria'));
    expect(await personOfSession(directory, secret)).toBeNull();
  });
});

describe('a password', () => {
  it('is the right one, however its letters are composed', async () => {
    const { directory } = await openCompany();
    const { invitation } = await newInvitation(directory, { email: emailOf('maria') });
    await acceptInvitation(directory, invitation, 'café au lait \u{1F980}'.normalize('NFD'));
    await expect(
      signIn(directory, { email: emailOf('maria'), password: 'café au lait \u{1F980}'.normalize('NFC') }),
    ).resolves.toMatchObject({});
  });

  it('wrong, unknown, never chosen and locked are one answer', async () => {
    const { directory } = await openCompany({ passwords: ['maria'] });
    const said = new Set<string>();
    for (const [email, password] of [
      [emailOf('maria'), 'wrong'],
      ['nobody@example.com', 'wrong'],
      [emailOf('olga'), 'wrong'],
    ] as const)
      said.add(await refusal(signIn(directory, { email, password })));
    for (let tries = 0; tries < 5; tries += 1)
      await refusal(signIn(directory, { email: emailOf('maria'), password: 'wrong' }));
    said.add(await refusal(signIn(directory, { email: emailOf('maria'), password: passwordOf('maria') })));
    expect(said.size).toBe(1);
  });

  it('five wrong ones lock it for a minute, more for longer; a right one clears that', {
    timeout: 60_000,
  }, async () => {
    const { now, pass } = clock();
    const { directory } = await openCompany({ now, passwords: ['maria'] });
    const right = { email: emailOf('maria'), password: passwordOf('maria') };
    const wrong = { ...right, password: 'wrong' };
    for (let tries = 0; tries < 5; tries += 1) await refusal(signIn(directory, wrong));
    expect(await refusal(signIn(directory, right))).toContain('not right');
    pass(MINUTE + 1);
    await refusal(signIn(directory, wrong));
    pass(MINUTE + 1);
    expect(await refusal(signIn(directory, right))).toContain('not right');
    pass(MINUTE);
    await expect(signIn(directory, right)).resolves.toBeDefined();
    await refusal(signIn(directory, wrong));
    await expect(signIn(directory, right)).resolves.toBeDefined();
  });

  it('is not found by trying many at once', { timeout: 60_000 }, async () => {
    const { directory } = await openCompany({ passwords: ['maria'] });
    const tries = Array.from(
      { length: 20 },
      async (_, index) =>
        await refusal(
          signIn(directory, {
            email: emailOf('maria'),
            password: index === 19 ? passwordOf('maria') : `guess ${index}`,
          }),
        ),
    );
    const ended = await Promise.all(tries);
    expect(ended.filter((said) => said === 'was not refused')).toEqual([]);
  });

  it('is nowhere in the book, nor is any secret', async () => {
    const company = await openCompany({ passwords: ['maria'] });
    const token = await company.token('maria');
    const { secret } = await startSession(company.directory, company.member('maria').personId);
    const { invitation } = await newInvitation(company.directory, { email: emailOf('olga') });
    const bytes = await bytesOf(company);
    expect(bytes).toContain(emailOf('maria'));
    for (const each of [passwordOf('maria'), token, token.slice(14), secret, invitation])
      expect(bytes).not.toContain(each);
  });
});

describe('a member', () => {
  it('goes by one name in an account, which no other takes', async () => {
    const { directory } = await openCompany();
    const other = { accountId: LOPEZ, email: 'maria2@example.com', name: 'lopez, MARIA', role: 'crew' as const };
    expect(await refusal(inviteMember(directory, other))).toContain('knows somebody as Maria Lopez');
    expect(await refusal(inviteMember(directory, { ...other, email: emailOf('maria') }))).toContain('already');
    expect(await refusal(inviteMember(directory, { ...other, email: 'no address' }))).toMatch(/^email: /);
  });

  it('who is there already is sent a new link; who is not is named with the account', async () => {
    const { directory, member } = await openCompany();
    const again = { accountId: LOPEZ, email: emailOf('maria'), name: 'Maria Lopez', role: 'owner' as const };
    expect(await refusal(inviteMember(directory, again))).toContain('jobwright people link maria@example.com');
    const { personId } = member('maria');
    expect(await refusal(setRole(directory, { personId, accountId: BEST, role: 'crew' }))).toContain(
      'maria@example.com is not in account 2 (Best Painting). jobwright people invite',
    );
  });

  it('is listed with how they stand with their sign-in', { timeout: 60_000 }, async () => {
    const { now, pass } = clock();
    const { directory, member } = await openCompany({ now, passwords: ['maria', 'olga'] });
    for (let tries = 0; tries < 5; tries += 1)
      await refusal(signIn(directory, { email: emailOf('olga'), password: 'wrong' }));
    await removeMember(directory, member('nina'));
    const standing = async () =>
      (await listSignIns(directory, LOPEZ))
        .map(({ name, hasPassword, linkEndsAt, lockedUntil }) => ({ name, hasPassword, linkEndsAt, lockedUntil }))
        .toSorted((a, b) => a.name.localeCompare(b.name));
    const maria = { name: 'Maria Lopez', hasPassword: true, linkEndsAt: null, lockedUntil: null };
    const olga = { ...maria, name: 'Olga Petrova' };
    const tom = { ...maria, name: 'Tom Reyes', hasPassword: false };
    expect(await standing()).toEqual([
      maria,
      { ...olga, lockedUntil: new Date(START + MINUTE).toISOString() },
      { ...tom, linkEndsAt: new Date(START + 7 * DAY).toISOString() },
    ]);
    pass(7 * DAY + 1);
    expect(await standing()).toEqual([maria, olga, tom]);
  });

  it('of every account is signed out at once, those who left too; tokens stay', async () => {
    const company = await openCompany();
    const { directory, member } = company;
    const token = await company.token('maria');
    const sessions = await Promise.all(
      (['maria', 'nina', 'boris'] as const).map(async (who) => await startSession(directory, member(who).personId)),
    );
    const subject = subjectOf(member('maria'));
    await keepRecord(directory, {
      ...{ model: 'Grant', id: 'of maria', payload: '{}', subject, grantId: null, uid: null, userCode: null },
      lastsSeconds: 60,
    });
    expect(await grantsOf(directory, subject)).toEqual(['of maria']);
    for (const account of [LOPEZ, BEST]) await removeMember(directory, member('nina', account));
    expect(await signOutEverybody(directory)).toBe(5);
    for (const { secret } of sessions) expect(await personOfSession(directory, secret)).toBeNull();
    expect(await grantsOf(directory, subject)).toEqual([]);
    expect(await accessTokenOf(directory, token)).not.toBeNull();
  });

  it('who leaves loses the account, not the other, and comes back under the same name', async () => {
    const company = await openCompany();
    const { directory } = company;
    const token = await company.token('nina');
    const left = await removeMember(directory, company.member('nina'));
    expect(await memberIn(directory, left)).toBeNull();
    expect(await accessTokenOf(directory, token)).toBeNull();
    expect((await membershipsOf(directory, left.personId)).map(({ accountId }) => accountId)).toEqual([BEST]);
    const again = { accountId: LOPEZ, email: emailOf('nina'), role: 'crew' as const };
    expect(await refusal(inviteMember(directory, { ...again, name: 'N. Berg' }))).toContain(
      'come back under that name',
    );
    await inviteMember(directory, { ...again, name: 'Nina Berg' });
    expect((await listMembers(directory, LOPEZ)).find(({ name }) => name === 'Nina Berg')?.role).toBe('crew');
    expect(await accessTokenOf(directory, token)).toBeNull();
  });

  it('the last owner stays', async () => {
    const { directory, member } = await openCompany();
    expect(await refusal(removeMember(directory, member('maria')))).toContain('only owner');
    expect(await refusal(setRole(directory, { ...member('maria'), role: 'office' }))).toContain('only owner');
    await setRole(directory, { ...member('olga'), role: 'owner' });
    expect(await setRole(directory, { ...member('maria'), role: 'crew' })).toMatchObject({ role: 'crew' });
    expect(principalOf({ ...member('maria'), role: 'crew' }, ['books:read', 'costs:read']).scopes).toEqual(
      new Set(['books:read']),
    );
  });
});

describe('a personal access token', () => {
  it('ends on its day, or when it is revoked', async () => {
    const { now, pass } = clock();
    const { directory, member } = await openCompany({ now });
    const terms = { member: member('maria'), name: 'Cursor', scopes: ['books:read'] as const };
    const short = await createAccessToken(directory, { ...terms, expiresAt: instantAt(START + DAY) });
    const long = await createAccessToken(directory, { ...terms, expiresAt: null });
    expect(await accessTokenOf(directory, short.secret)).toMatchObject({ scopes: ['books:read'], name: 'Cursor' });
    pass(DAY + 1);
    expect(await accessTokenOf(directory, short.secret)).toBeNull();
    expect(await accessTokenOf(directory, long.secret)).not.toBeNull();
    await revokeAccessToken(directory, { accountId: LOPEZ, id: long.id });
    expect(await accessTokenOf(directory, long.secret)).toBeNull();
    expect(await refusal(revokeAccessToken(directory, { accountId: LOPEZ, id: long.id }))).toBe(
      'token 2 of account 1 was revoked already.',
    );
    expect(await refusal(revokeAccessToken(directory, { accountId: LOPEZ, id: 9 }))).toContain('has no token 9');
    const listed = await listAccessTokens(directory, LOPEZ);
    expect(listed.map(({ id, revokedAt, lastUsedAt }) => [id, revokedAt === null, lastUsedAt === null])).toEqual([
      [1, true, false],
      [2, false, false],
    ]);
  });

  it('of crew sees no costs', async () => {
    const { directory, member } = await openCompany();
    const terms = { member: member('tom'), name: 'phone', scopes: ['costs:read'] as const, expiresAt: null };
    expect(await refusal(createAccessToken(directory, terms))).toContain('cannot have costs:read');
  });
});

it('a name is kept as it is seen', async () => {
  const { directory } = await openCompany({});
  const given = { accountId: LOPEZ, role: 'office' as const };
  const { member } = await inviteMember(directory, {
    ...{ ...given, email: 'wa\u200blt@example.com', name: ' Walt\u0007 \u202eNo\u200brris\n\u{e0041} ' },
  });
  expect(member).toMatchObject({ name: 'Walt Norris', email: 'walt@example.com' });
  expect(
    await refusalOf(inviteMember(directory, { ...given, email: 'x@example.com', name: '\u200b\u202e' })),
  ).toContain('with letters in it');
  const scopes = ['books:read'] as const;
  await createAccessToken(directory, { member, name: 'Cur\u001b[31msor\u200d', scopes, expiresAt: null });
  expect((await listAccessTokens(directory, LOPEZ)).map(({ name }) => name)).toEqual(['Cur[31msor']);
});

it('a link is spent by one of many, and works again where its call came to nothing', async () => {
  const { directory, member } = await openCompany();
  const call = {
    purpose: 'file' as const,
    accountId: LOPEZ,
    personId: member('maria').personId,
    scopes: new Set(['books:read'] as const),
    client: 'test',
    tool: 'fetch',
    args: { id: 'F-1' },
  };
  const secret = await deferCall(directory, call);
  expect(await callOf(directory, secret)).toEqual(call);
  expect(await spending(directory, secret, async () => undefined)).toEqual({ done: undefined });
  const all = await Promise.all(
    Array.from({ length: 20 }, async () => await spending(directory, secret, async () => 'bytes')),
  );
  expect(all.filter((each) => each !== null)).toEqual([{ done: 'bytes' }]);
  expect(await callOf(directory, secret)).toBeNull();
});

it('a key of the server is made once, also by two at once', async () => {
  const { directory } = await openCompany();
  let made = 0;
  const make = async () => `key ${(made += 1)}`;
  const both = await Promise.all([hostSecret(directory, 'a', make), hostSecret(directory, 'a', make)]);
  expect(new Set(both).size).toBe(1);
  expect(await hostSecret(directory, 'a', make)).toBe(both[0]);
});

it('what has ended is swept, and nothing else', async () => {
  const { now, pass } = clock();
  const { directory, member } = await openCompany({ now });
  const { secret } = await startSession(directory, member('maria').personId);
  await sweepDirectory(directory);
  pass(20 * DAY);
  const kept = await startSession(directory, member('maria').personId);
  pass(11 * DAY);
  expect(await sweepDirectory(directory)).toBeGreaterThan(0);
  expect(await personOfSession(directory, secret)).toBeNull();
  expect(await personOfSession(directory, kept.secret)).not.toBeNull();
  await endSession(directory, kept.secret);
  expect(await personOfSession(directory, kept.secret)).toBeNull();
});
