// What an assistant said of itself stands in its client id alone.
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { openRegistrations } from '../../../src/transport/auth/registrations.ts';
import { openCompany } from '../../support/company.ts';

const SAID = {
  client_name: 'Claude',
  redirect_uris: ['https://claude.ai/api/mcp/auth_callback'],
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
};
const DAY = 24 * 60 * 60 * 1000;

test('an introduction is read from its id, for a day, by every process of this book', async () => {
  const { directory } = await openCompany({});
  const clock = { now: Date.parse('2026-11-28T09:00:00Z') };
  const registrations = await openRegistrations(directory, () => clock.now);
  const other = await openRegistrations(directory, () => clock.now);
  const id = registrations.seal(SAID);
  expect(other.open(id)).toMatchObject(SAID);
  expect(id).toMatch(/^client_[\w-]+$/);
  expect(id.length).toBeLessThan(200);
  clock.now += DAY + 1000;
  expect(registrations.open(id)).toBeUndefined();
});

test('an id that was made up, altered or sealed for another book opens nothing', async () => {
  const { directory } = await openCompany({});
  const registrations = await openRegistrations(directory);
  const id = registrations.seal(SAID);
  const strange = await openRegistrations((await openCompany({})).directory);
  const altered = [...id].map((_, at) => id.slice(0, at) + (id[at] === 'A' ? 'B' : 'A') + id.slice(at + 1));
  for (const each of ['', 'client_', 'client_x', `${id}A`, id.slice(1), id.slice(0, -1), ...altered])
    expect(registrations.open(each)).toBeUndefined();
  expect(strange.open(id)).toBeUndefined();
});

test('two that say the same are two, with secrets of their own', async () => {
  const { directory } = await openCompany({});
  const registrations = await openRegistrations(directory);
  const said = { ...SAID, token_endpoint_auth_method: 'client_secret_basic' };
  const [one, two] = [registrations.seal(said), registrations.seal(said)];
  expect(one).not.toBe(two);
  expect(registrations.secretOf(one)).not.toBe(registrations.secretOf(two));
  expect(registrations.open(one)).toHaveProperty('client_secret');
});

test('one that says too much, or nothing that can be read, is refused', async () => {
  const { directory } = await openCompany({});
  const registrations = await openRegistrations(directory);
  const much = Array.from({ length: 9 }, () => `https://a.example/${randomBytes(700).toString('base64url')}`);
  expect(() => registrations.seal({ ...SAID, redirect_uris: much })).toThrow('invalid_');
  expect(() => registrations.seal({ ...SAID, redirect_uris: 'https://a.example' })).toThrow('invalid_client_metadata');
});
