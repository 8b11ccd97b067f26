import { afterEach, expect, it, vi } from 'vitest';
import { createLogger } from '../../../src/logger.ts';
import { Refusals } from '../../../src/transport/http/refusals.ts';
import { openCompany } from '../../support/company.ts';
import { openSite, UNLIMITED } from '../../support/site.ts';

afterEach(() => void vi.useRealTimers());

it('ten thousand knocks within a minute are one line, and a quiet minute is none', () => {
  vi.useFakeTimers();
  const told: string[] = [];
  const refusals = new Refusals({ error: (words) => void told.push(words) });
  for (let each = 0; each < 10_000; each += 1) refusals.note('token');
  refusals.note('password');
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual(['refused within a minute: 10000 tokens that open nothing, 1 sign-ins with a wrong password']);
  vi.advanceTimersByTime(600_000);
  expect(told).toHaveLength(1);
  refusals.note('door');
  vi.advanceTimersByTime(60_000);
  expect(told).toHaveLength(2);
});

it('the minute that was not told yet is told at the end, and once', async () => {
  const company = await openCompany();
  const told: string[] = [];
  const log = { ...createLogger('silent'), error: (words: string) => void told.push(words) };
  const site = await openSite({ company: { ...company, app: { ...company.app, log } } });
  await site.rpc('jobwright_pat_nobody', 'tools/list');
  expect(told).toEqual([]);
  await site.close();
  expect(told).toEqual(['refused within a minute: 1 tokens that open nothing']);
  const quiet = await openSite({ company: { ...company, app: { ...company.app, log } } });
  await quiet.close();
  expect(told).toHaveLength(1);
});

it('a lock is told by number, each time that one is put on', async () => {
  const company = await openCompany({ passwords: ['maria', 'olga'] });
  const told: string[] = [];
  const log = { ...createLogger('silent'), error: (words: string) => void told.push(words) };
  const site = await openSite({ company: { ...company, app: { ...company.app, log } }, rates: UNLIMITED });
  const form = { origin: site.url, 'content-type': 'application/x-www-form-urlencoded' };
  const wrong = async (email: string) =>
    await site.get('/sign-in', { method: 'POST', headers: form, body: new URLSearchParams({ email, password: 'no' }) });
  for (let tries = 0; tries < 5; tries += 1) await wrong('maria@example.com');
  for (let tries = 0; tries < 3; tries += 1) await wrong('maria@example.com');
  for (let tries = 0; tries < 4; tries += 1) await wrong('olga@example.com');
  await wrong('nobody@example.com');
  await site.close();
  expect(told).toEqual(['refused within a minute: 13 sign-ins with a wrong password, 1 locks after wrong passwords']);
});

it('a wrong password, a forged token and a name that is not ours are told by how many alone', async () => {
  const company = await openCompany();
  const told: string[] = [];
  const log = { ...createLogger('silent'), error: (words: string) => void told.push(words) };
  const site = await openSite({ company: { ...company, app: { ...company.app, log } }, toldEveryMs: 100 });
  await site.rpc('jobwright_pat_nobody', 'tools/list');
  await site.get('/a/1/F-1/content', { headers: { authorization: 'Bearer none' } });
  await site.get('/mcp', { method: 'POST', headers: { origin: 'https://evil.example' } });
  const form = { origin: site.url, 'content-type': 'application/x-www-form-urlencoded' };
  await site.get('/sign-in', { method: 'POST', headers: form, body: 'email=maria%40example.com&password=no' });
  await vi.waitFor(() => expect(told.join(' ')).toMatch(/wrong password/), 5000);
  const all = told.join(' ');
  expect(all).toContain('tokens that open nothing');
  expect(all).toContain('1 requests for a name, or from a page, that is not of this server');
  expect(all).not.toMatch(/maria|evil|nobody|127\.0|jobwright_pat/);
});
