// Links for files: for a quarter of an hour, once, and of no use to a page that somebody was lured to.
import { describe, expect, it } from 'vitest';
import { SCOPES } from '../../../src/domain/access.ts';
import { callOf, deferCall, spending } from '../../../src/services/shared/links.ts';
import { LOPEZ, openCompany, type Company } from '../../support/company.ts';
import { openSite, Visitor, type Served } from '../../support/site.ts';
import { refusalOf } from '../../support/refusal.ts';

/** A company whose clock stands until it is set on. */
async function company(passwords: readonly 'maria'[] = []) {
  const clock = { now: Date.parse('2026-03-02T09:00:00.000Z') };
  const opened = await openCompany({ now: () => new Date(clock.now).toISOString(), passwords });
  await opened.ok('maria', 'create-customer', { name: 'Dana Henderson' });
  return { company: opened, setOn: (seconds: number) => void (clock.now += seconds * 1000) };
}

const LASTS = 15 * 60;

const linkOf = async ({ directory, member }: Company) =>
  await deferCall(directory, {
    ...{ accountId: LOPEZ, personId: member('maria').personId, scopes: new Set(SCOPES), client: 'test 1.0' },
    purpose: 'file',
    ...{ tool: 'attach-file', args: { customer: 'C-1', kind: 'document' } },
  });

describe('a call that waits for its person', () => {
  it('is one of at most fifty, and one that ended makes room', async () => {
    const { company: lopez, setOn } = await company();
    const wait = async (who: 'maria' | 'olga') =>
      await deferCall(lopez.directory, {
        ...{ accountId: LOPEZ, personId: lopez.member(who).personId, scopes: new Set(SCOPES), client: 'test 1.0' },
        purpose: 'confirm',
        ...{ tool: 'update-invoice', args: { invoice: 'INV-1001', status: 'void', voidReason: 'Mistyped' } },
      });
    for (let count = 0; count < 50; count += 1) await wait('maria');
    expect(await refusalOf(wait('maria'))).toContain(
      '50 calls wait for their person already. Let them say yes to those that they mean; each of the others ends 15 minutes after it was made.',
    );
    // Links to files, and what waits for somebody else, are others.
    await linkOf(lopez);
    await wait('olga');
    setOn(LASTS);
    await wait('maria');
  });
});

describe('a link', () => {
  it('stands for its call for a quarter of an hour, and not a moment longer', async () => {
    const { company: lopez, setOn } = await company();
    const secret = await linkOf(lopez);
    setOn(LASTS - 0.001);
    expect(await callOf(lopez.directory, secret)).toMatchObject({ tool: 'attach-file', args: { customer: 'C-1' } });
    setOn(0.001);
    expect(await callOf(lopez.directory, secret)).toBeNull();
  });

  it('is spent once, by the first of many', async () => {
    const { company: lopez } = await company();
    const secret = await linkOf(lopez);
    let times = 0;
    const spend = async () => await spending(lopez.directory, secret, async () => (times += 1));
    const all = await Promise.all([spend(), spend(), spend(), spend()]);
    expect(all.filter((each) => each !== null)).toEqual([{ done: 1 }]);
    expect(times).toBe(1);
    expect(await callOf(lopez.directory, secret)).toBeNull();
    expect(await spend()).toBeNull();
  });

  it('works again where its call came to nothing, or failed', async () => {
    const { company: lopez } = await company();
    const secret = await linkOf(lopez);
    expect(await spending(lopez.directory, secret, async () => undefined)).toEqual({ done: undefined });
    const broken = async () => {
      throw new Error('the disk is full');
    };
    await expect(spending(lopez.directory, secret, broken)).rejects.toThrow('the disk is full');
    expect(await spending(lopez.directory, secret, async () => 'there')).toEqual({ done: 'there' });
  });

  it('is known by what it is, and by nothing near it', async () => {
    const { company: lopez } = await company();
    const secret = await linkOf(lopez);
    for (const near of ['', secret.slice(0, -1), `${secret}x`, secret.toUpperCase(), secret.toLowerCase()])
      expect(await callOf(lopez.directory, near)).toBeNull();
  });
});

describe('over HTTP', () => {
  const uploadPath = async (site: Served, token: string) => {
    const args = { customer: 'C-1', kind: 'document' };
    const asked = await site.rpc(token, 'tools/call', { name: 'attach-file', arguments: args });
    return /\/upload\/[\w-]{43}/.exec(await asked.text())?.[0] ?? '';
  };
  const filesIn = async (site: Served) =>
    JSON.stringify(await site.ok('maria', 'get-customer', { customer: 'C-1' })).match(/F-\d+/g) ?? [];

  it('a link opens within a quarter of an hour, and is not there after it, to look at or to send to', async () => {
    const { company: lopez, setOn } = await company();
    const site = await openSite({ company: lopez });
    const token = await site.token('maria');
    const path = await uploadPath(site, token);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'text/plain' };
    setOn(LASTS - 1);
    expect((await site.get(path, { headers })).status).toBe(200);
    setOn(1);
    expect((await site.get(path, { headers })).status).toBe(404);
    expect((await site.get(path, { method: 'POST', headers, body: 'Signed' })).status).toBe(404);
    expect(await filesIn(site)).toEqual([]);
    const another = await uploadPath(site, token);
    setOn(LASTS - 1);
    expect((await site.get(another, { method: 'POST', headers, body: 'Signed' })).status).toBe(201);
    expect(await filesIn(site)).not.toEqual([]);
  });

  it('a page elsewhere sends nothing with it in the name of who is signed in, and it stays good', async () => {
    const { company: lopez } = await company(['maria']);
    // A page that may call the server for an assistant is still none of its own.
    const site = await openSite({ company: lopez, origins: ['https://a.example'] });
    const path = await uploadPath(site, await site.token('maria'));
    const browser = new Visitor(site.url);
    await browser.open(path);
    await browser.signIn('maria');
    expect([browser.status, browser.at]).toEqual([200, path]);
    const send = async (from: Record<string, string>) => {
      const body = new FormData();
      body.append('file', new File(['Signed by nobody'], 'contract.txt', { type: 'text/plain' }));
      await browser.open(path, { method: 'POST', body, headers: from });
      return browser.status;
    };
    expect(await send({ origin: 'https://evil.example' })).toBe(403);
    expect(await send({ origin: 'null' })).toBe(403);
    expect(await send({ origin: 'https://a.example' })).toBe(404);
    for (const site of ['cross-site', 'same-site', 'none']) expect(await send({ 'sec-fetch-site': site })).toBe(404);
    expect(await send({})).toBe(404);
    expect(await filesIn(site)).toEqual([]);
    expect(await send({ origin: site.url })).toBe(200);
    expect(await filesIn(site)).not.toEqual([]);
  });
});
