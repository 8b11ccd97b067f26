// What the directory decides, asked of two programs at once that have the same books.
import { expect, it } from 'vitest';
import { instantAt } from '../../../src/domain/dates.ts';
import { Problem } from '../../../src/domain/errors.ts';
import { startSession } from '../../../src/services/access/browser-sessions.ts';
import { consumeRecord, keepRecord, spendOnce } from '../../../src/services/access/oauth-records.ts';
import {
  acceptInvitation,
  inviteMember,
  listMembers,
  newInvitation,
  personOfInvitation,
  removeMember,
  setRole,
  signIn,
} from '../../../src/services/access/people.ts';
import { attemptsIn } from '../../../src/services/access/attempts.ts';
import { createAccessToken } from '../../../src/services/access/tokens.ts';
import { deferCall, spending } from '../../../src/services/shared/links.ts';
import { sweepDirectory } from '../../../src/services/shared/sweep.ts';
import { takeTurn } from '../../../src/store/directory/turns.ts';
import { addLink, noteKept } from '../../../src/store/directory/links.ts';
import { Directory } from '../../../src/store/directory/directory.ts';
import { BEST, emailOf, LOPEZ, openCompany, passwordOf, type Company } from '../../support/company.ts';
import { whenDone } from '../../support/ending.ts';
import { behind, holdBook, openEngine, rowsOf, valueOf } from '../../support/store.ts';
import { letPass } from '../../support/time.ts';

type Programs = { readonly company: Company; readonly both: readonly [Directory, Directory] };

async function twoPrograms(): Promise<Programs> {
  const company = await openCompany({ passwords: ['maria'] });
  const engine = await openEngine(company);
  whenDone(async () => await engine.close());
  return { company, both: [company.directory, new Directory(engine)] };
}

/** Both at once, so often. @returns what each was told: its answer, or the code of why not */
async function atOnce<T>(
  { both }: Programs,
  work: (directory: Directory, which: number) => Promise<T>,
  times = 1,
): Promise<(T | string)[]> {
  const all = Array.from({ length: times }).flatMap(() =>
    both.map(async (directory, which) => await work(directory, which)),
  );
  return (await Promise.allSettled(all)).map((each) => {
    if (each.status === 'fulfilled') return each.value;
    if (!(each.reason instanceof Problem)) throw each.reason;
    return typeof each.reason.said === 'string' ? each.reason.said : each.reason.said.code;
  });
}

const ROUNDS = 8;

it('an account keeps an owner, whoever of its last two leaves first', async () => {
  const programs = await twoPrograms();
  const { company, both } = programs;
  const [maria, olga] = [company.member('maria'), company.member('olga')];
  for (let round = 0; round < ROUNDS; round += 1) {
    await setRole(both[0], { ...maria, role: 'owner' });
    await setRole(both[0], { ...olga, role: 'owner' });
    const answers = await atOnce(programs, async (directory, which) => {
      await setRole(directory, { ...(which === 0 ? maria : olga), role: 'office' });
      return 'left';
    });
    expect(answers.toSorted()).toEqual(['left', 'person.only-owner']);
  }
  await setRole(both[0], { ...maria, role: 'owner' });
  await setRole(both[0], { ...olga, role: 'owner' });
  const gone = await atOnce(programs, async (directory, which) => {
    await removeMember(directory, which === 0 ? maria : olga);
    return 'left';
  });
  expect(gone.toSorted()).toEqual(['left', 'person.only-owner']);
});

it('no token is left to who was taken out, or made less, while it was made', async () => {
  const programs = await twoPrograms();
  const { company, both } = programs;
  const olga = company.member('olga');
  const left = "select name from access_tokens where revoked_at is null and scopes like '%write%'";
  const token = { member: olga, name: 'Cursor', scopes: ['books:read', 'books:write'] as const, expiresAt: null };
  for (let round = 0; round < ROUNDS; round += 1) {
    await atOnce(programs, async (directory, which) => {
      if (which === round % 2) await createAccessToken(directory, token);
      else await removeMember(directory, olga);
    });
    expect(await rowsOf(company, left)).toEqual([]);
    await inviteMember(both[0], { ...olga, role: 'office' });
  }
  await setRole(both[0], { ...olga, role: 'crew' });
  const ofOffice = { ...token, scopes: ['books:read', 'costs:read'] as const };
  await expect(createAccessToken(both[1], ofOffice)).rejects.toThrow(Problem);
  expect(await rowsOf(company, 'select name from access_tokens where revoked_at is null')).toEqual([]);
});

it('every wrong password counts, and the fifth locks', { timeout: 60_000 }, async () => {
  const programs = await twoPrograms();
  const wrong = { email: emailOf('maria'), password: 'not this one' };
  // All four have compared the password by the time that the first may count.
  const letGo = await holdBook(programs.company);
  const four = atOnce(programs, async (directory) => await signIn(directory, wrong), 2);
  await letPass(1500, 'passwords are compared meanwhile');
  await letGo();
  await four;
  const failed = 'select failed_sign_ins from people where email = ?';
  expect(await valueOf(programs.company, failed, emailOf('maria'))).toBe(4);
  await atOnce(programs, async (directory) => await signIn(directory, wrong), 2);
  expect(await valueOf(programs.company, failed, emailOf('maria'))).toBe(5);
  const right = { ...wrong, password: passwordOf('maria') };
  expect(await atOnce(programs, async (directory) => await signIn(directory, right))).toEqual(
    Array.from({ length: 2 }, () => 'sign-in.not-right'),
  );
});

it('a link to choose a password opens once, and one stands', { timeout: 60_000 }, async () => {
  const programs = await twoPrograms();
  const { invitation } = await newInvitation(programs.both[0], { email: emailOf('olga') });
  const answers = await atOnce(programs, async (directory) => {
    await acceptInvitation(directory, invitation, passwordOf('olga'));
    return 'chosen';
  });
  expect(answers.toSorted()).toEqual(['chosen', 'sign-in.link-ended']);
  for (let round = 0; round < ROUNDS; round += 1) {
    const made = await atOnce(programs, async (directory) => await newInvitation(directory, { email: emailOf('tom') }));
    const open = await Promise.all(
      made.map(async (each) =>
        typeof each === 'string' ? null : await personOfInvitation(programs.both[0], each.invitation),
      ),
    );
    expect(open.filter((person) => person !== null)).toHaveLength(1);
  }
});

it('one name is given once, and one person is one in all accounts', async () => {
  const programs = await twoPrograms();
  for (let round = 0; round < ROUNDS; round += 1) {
    const answers = await atOnce(programs, async (directory, which) => {
      await inviteMember(directory, {
        ...{ accountId: LOPEZ, email: `walt${round}-${which}@example.com`, name: `Walt ${round}`, role: 'crew' },
      });
      return 'in';
    });
    expect(answers.toSorted()).toEqual(['in', 'person.name-taken']);
    const email = `ann${round}@example.com`;
    const both = await atOnce(programs, async (directory, which) => {
      const accountId = which === 0 ? LOPEZ : BEST;
      await inviteMember(directory, { accountId, email, name: `Ann ${round}`, role: 'crew' });
      return 'in';
    });
    expect(both).toEqual(['in', 'in']);
    expect(await rowsOf(programs.company, 'select id from people where email = ?', email)).toHaveLength(1);
  }
  expect(await listMembers(programs.both[1], LOPEZ)).not.toHaveLength(0);
});

it('what may be used once is used by one', async () => {
  const programs = await twoPrograms();
  const { company, both } = programs;
  const of = { payload: '{}', subject: 's', grantId: 'g', uid: null, userCode: null, lastsSeconds: 60 };
  const { personId } = company.member('maria');
  const call = { accountId: LOPEZ, personId, scopes: new Set(['books:read'] as const), client: 'test', tool: 'fetch' };
  for (let round = 0; round < ROUNDS; round += 1) {
    const id = `code ${round}`;
    await keepRecord(both[0], { model: 'AuthorizationCode', id, ...of });
    const consumed = await atOnce(
      programs,
      async (directory) => await consumeRecord(directory, 'AuthorizationCode', id),
    );
    expect(consumed.filter((isFirst) => isFirst === true)).toHaveLength(1);
    const spent = await atOnce(programs, async (directory) => await spendOnce(directory, { model: 'Seen', id, ...of }));
    expect(spent.filter((isFirst) => isFirst === true)).toHaveLength(1);
    const secret = await deferCall(both[0], { ...call, purpose: 'file', args: {} });
    const opened = await atOnce(programs, async (directory) => await spending(directory, secret, async () => 'bytes'));
    expect(opened.filter((each) => each !== null)).toEqual([{ done: 'bytes' }]);
  }
  await atOnce(programs, async (directory) => await startSession(directory, personId), ROUNDS);
  expect(await rowsOf(company, 'select person_id from sessions')).toHaveLength(2 * ROUNDS);
});

it('no more calls wait for one person than may, whichever program they come by', async () => {
  const programs = await twoPrograms();
  const { personId } = programs.company.member('maria');
  const call = { accountId: LOPEZ, personId, scopes: new Set(['books:read'] as const), client: 'test', tool: 'fetch' };
  const answers = await atOnce(
    programs,
    async (directory) => await deferCall(directory, { ...call, purpose: 'confirm', args: {} }),
    30,
  );
  expect(answers.filter((answer) => answer === 'link.too-many-wait')).toHaveLength(10);
  const waiting = "select count(*) as count from links where purpose = 'confirm'";
  expect(await valueOf(programs.company, waiting)).toBe(50);
});

it('what came by a page is noted, file by file', async () => {
  const programs = await twoPrograms();
  const of = { account_id: LOPEZ, person_id: null, tool: 'attach-file', arguments: '{}', scopes: '', client: 'test' };
  const ends = { expires_at: instantAt(Date.parse('2999-01-01T00:00:00.000Z')), purpose: 'file' as const };
  await programs.both[0].write(
    async (scope) => await addLink(scope, { ...of, ...ends, token_hash: 'page' }, { files: 99, bytes: 99 }),
  );
  await atOnce(
    programs,
    async (directory) => {
      await directory.write(async (scope) => await noteKept(scope, 'page', (before) => `${before ?? ''}F`));
    },
    ROUNDS,
  );
  expect(await valueOf(programs.company, "select kept from links where token_hash = 'page'")).toBe(
    'F'.repeat(2 * ROUNDS),
  );
});

it('of two processes one tidies; where it came to nothing the other does it the next time', async () => {
  const programs = await twoPrograms();
  const { company, both } = programs;
  for (let round = 0; round < ROUNDS; round += 1) {
    const swept = await atOnce(programs, async (directory) => await sweepDirectory(directory));
    expect(swept.filter((records) => records !== null)).toEqual([0]);
    expect(await sweepDirectory(both[round % 2 === 0 ? 1 : 0])).toBeNull();
    await behind(company, async (raw) => await raw.run("update turns set expires_at = '2020-01-01T00:00:00.000Z'"));
  }
  // Killed in the midst of it, a process leaves no turn behind that others would wait for.
  const killed = both[0].write(async (scope) => {
    await takeTurn(scope, 'sweep sign-ins', 60_000);
    throw new Error('killed');
  });
  await expect(killed).rejects.toThrow('killed');
  expect(await sweepDirectory(both[1])).toBe(0);
});

it('guesses are counted once each, whichever process they come by, and forgotten in time', async () => {
  const programs = await twoPrograms();
  const counted = await atOnce(
    programs,
    async (directory) => await attemptsIn(directory, 60_000).count('a', 10),
    ROUNDS,
  );
  expect(counted.filter((wait) => wait === null)).toHaveLength(10);
  const [one] = programs.both;
  const { count, takeBack } = attemptsIn(one, 60_000);
  for (let each = 0; each < 7; each += 1) await takeBack('a');
  expect(await count('a', 10)).toBeNull();
  expect(await count('a', 10)).toBeGreaterThan(50_000);
  await behind(
    programs.company,
    async (raw) => await raw.run("update attempts set expires_at = '2020-01-01T00:00:00.000Z'"),
  );
  expect(await count('a', 1)).toBeNull();
  expect(await rowsOf(programs.company, "select key_hash from attempts where key_hash = 'a'")).toEqual([]);
});
