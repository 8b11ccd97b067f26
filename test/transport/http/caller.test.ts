// A token that was looked up is believed for a while, never longer than it lives, and never past a minute.
import { expect, it } from 'vitest';
import { SCOPES } from '../../../src/domain/access.ts';
import { callersOf } from '../../../src/transport/http/caller.ts';
import type { Bearer } from '../../../src/transport/http/http-app.ts';
import { openCompany } from '../../support/company.ts';

const principal = {
  personId: 'p_aaaaaaaaaaaa',
  name: 'Maria Lopez',
  accountId: 1,
  role: 'owner' as const,
  scopes: new Set(SCOPES),
};

async function looking(expiresAt: number | null) {
  const { app } = await openCompany();
  const known: { bearer: Bearer | null; asked: number; ms: number } = {
    bearer: { principal, client: 'test', expiresAt },
    asked: 0,
    ms: 0,
  };
  const callerOf = callersOf(
    app,
    async () => {
      known.asked += 1;
      return known.bearer;
    },
    { now: () => known.ms },
  );
  return { known, opens: async (token = 'one') => (await callerOf(token)) !== null };
}

it('what is revoked ends within the minute', async () => {
  const { known, opens } = await looking(null);
  expect(await opens()).toBe(true);
  known.bearer = null;
  expect([await opens(), known.asked]).toEqual([true, 1]);
  known.ms = 31_000;
  expect(await opens()).toBe(false);
});

it('what expires ends then', async () => {
  const { known, opens } = await looking(5000);
  expect(await opens()).toBe(true);
  known.bearer = null;
  known.ms = 5001;
  expect(await opens()).toBe(false);
});

it('a token is looked up once in a while, each for itself', async () => {
  const { known, opens } = await looking(null);
  for (const token of ['one', 'two', 'one', 'two', 'one']) expect(await opens(token)).toBe(true);
  expect(known.asked).toBe(2);
});
