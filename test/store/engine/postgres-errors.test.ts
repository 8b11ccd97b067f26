// What an error says of the write that met it.
import { expect, it } from 'vitest';
import { inWords, isAnswer, isAway } from '../../../src/store/engine/postgres-errors.ts';
import { refuseEarlier } from '../../../src/store/engine/postgres-servers.ts';
import { settleCommit } from '../../../src/store/engine/postgres-commit.ts';
import { refusalOf } from '../../support/refusal.ts';

const said = (severity: string, code: string) => Object.assign(new Error('said'), { severity, code });

it('an answer is known by its code, in whichever language the server speaks', () => {
  expect(isAnswer(said('FEHLER', '23505'))).toBe(true);
  expect(isAnswer(said('ERROR', '40001'))).toBe(true);
  for (const code of ['57P01', '57P02', '57P03', '08006']) expect(isAnswer(said('ERROR', code))).toBe(false);
  expect(isAnswer(Object.assign(new Error('write'), { code: 'EPIPE' }))).toBe(false);
});

it('a server of before 16 is refused, and told apart', async () => {
  const opened = async (version: number) => {
    refuseEarlier(version);
    return 'opened';
  };
  for (const version of [160_000, 160_004, 180_001]) expect(await opened(version)).toBe('opened');
  expect(await refusalOf(opened(150_012))).toContain('is PostgreSQL 15, and Jobwright needs 16 or later');
});

it('a connection that the server ended or refused may be had from another', () => {
  for (const code of ['08001', '08004', '57P05', '25P03', '57P01']) expect(isAway(said('FATAL', code))).toBe(true);
  expect(isAway(said('ERROR', '42501'))).toBe(false);
});

it('a NUL is said in words, in a text and in JSON', async () => {
  for (const code of ['22021', '22P05'])
    expect(inWords(said('ERROR', code))).toMatchObject({ kind: 'invalid', said: { code: 'call.nul' } });
});

it('what keeps us from asking says nothing of the write, which stays unknown', { timeout: 30_000 }, async () => {
  const refused = async () => await Promise.reject<never>(said('FATAL', '28P01'));
  expect(await refusalOf(settleCommit('00000000-0000-4000-8000-000000000000', refused, () => false))).toContain(
    'did not say whether this was saved',
  );
});
