// Record pages and links over real HTTP: who gets to see what, and how often.
import { describe, expect, it } from 'vitest';
import { removeMember } from '../../src/services/people.ts';
import { BEST, LOPEZ, type Who } from '../support/company.ts';
import { openSite, Visitor, type Served } from '../support/site.ts';
import { twoJobs } from '../support/two-jobs.ts';
import { acceptInvitation, newInvitation } from '../../src/services/people.ts';
import { emailOf, passwordOf } from '../support/company.ts';

async function servedBooks(...who: readonly Who[]): Promise<Served> {
  const company = await twoJobs();
  for (const each of who) {
    const { invitation } = await newInvitation(company.directory, { email: emailOf(each) });
    await acceptInvitation(company.directory, invitation, passwordOf(each));
  }
  return await openSite({ company });
}

async function visit(site: Served, who: Who, path: string): Promise<Visitor> {
  const visitor = new Visitor(site.url);
  await visitor.open(path);
  if (visitor.html.includes('name="password"')) await visitor.signIn(who);
  return visitor;
}

const answerOf = async (site: Served, token: string, name: string, args: object) => {
  const words = await (await site.rpc(token, 'tools/call', { name, arguments: args })).text();
  const [, json = words] = /^data: (.+)$/m.exec(words) ?? [];
  return (JSON.parse(json) as { result: { structuredContent: Record<string, never>; content: { text: string }[] } })
    .result;
};
const pathIn = (text: string, what: string) =>
  new URL(new RegExp(`http[^\\s"\\\\]+/${what}/[\\w-]{43}`).exec(text)?.[0] ?? 'http://none/').pathname;

describe("a record's page", () => {
  it('is what search and fetch lead to', async () => {
    const site = await servedBooks('olga');
    const token = await site.token('olga');
    const found = JSON.stringify(await answerOf(site, token, 'search', { query: 'roof replacement' }));
    expect(found).toContain(`${site.url}/a/${LOPEZ}/J-1`);
    for (const ref of ['J-1', 'C-1', 'Q-1', 'INV-1001', 'E-1', 'P-1', 'F-1', 'A-1', 'W-1', 'Q-1/1']) {
      const { url } = (await answerOf(site, token, 'fetch', { id: ref })).structuredContent as unknown as {
        url: string;
      };
      const visitor = await visit(site, 'olga', new URL(url).pathname);
      expect([ref, visitor.status]).toEqual([ref, 200]);
      expect(visitor.html).toContain(ref.split('/')[0]);
    }
  });

  it('and its address is an id that fetch takes back, of its own account alone', async () => {
    const site = await servedBooks();
    const mine = await answerOf(site, await site.token('maria'), 'fetch', { id: `${site.url}/a/${LOPEZ}/J-1` });
    expect(mine.structuredContent).toMatchObject({ id: 'J-1' });
    const other = await answerOf(site, await site.token('boris'), 'fetch', { id: `${site.url}/a/${LOPEZ}/J-1` });
    const never = await answerOf(site, await site.token('boris'), 'fetch', { id: `${site.url}/a/${LOPEZ}/J-999` });
    expect(JSON.stringify(other).replace(/J-1(?!\d)/g, 'J-999')).toBe(JSON.stringify(never));
  });

  it.each<[string, Who, string]>([
    ['of another account', 'boris', `/a/${LOPEZ}/J-1`],
    ['of an account that is not there', 'maria', '/a/99/J-1'],
    ['of a number never given', 'maria', `/a/${LOPEZ}/J-999`],
    ['of words', 'maria', `/a/${LOPEZ}/roof`],
    ['of a job that crew are not on', 'tom', `/a/${LOPEZ}/J-2`],
    ['of a receipt, to crew', 'tom', `/a/${LOPEZ}/F-1`],
    ["of a receipt's bytes, to crew", 'tom', `/a/${LOPEZ}/F-1/content`],
    ['of an invoice, to crew', 'tom', `/a/${LOPEZ}/INV-1001`],
    ['of the bytes of what is no file', 'maria', `/a/${LOPEZ}/J-1/content`],
    ['of a path that leads out', 'maria', `/a/${LOPEZ}/..%2f..%2fetc`],
  ])('%s is not there', async (_, who, path) => {
    const site = await servedBooks(who);
    const visitor = await visit(site, who, path);
    expect(visitor.status).toBe(404);
    expect(visitor.html).toContain('There is no such page');
  });

  it('shows crew their own job without a word of money', async () => {
    const site = await servedBooks('tom');
    const visitor = await visit(site, 'tom', `/a/${LOPEZ}/J-1`);
    expect(visitor.html).toContain('Gate code 4411.');
    expect(visitor.html).not.toMatch(/7013|8861|6637|Petrichor|Mugwump|<table/);
    await visitor.open(`/a/${LOPEZ}`);
    expect(visitor.html).not.toContain('Susquehanna');
  });

  it('says names and notes as words, never as a page', async () => {
    const site = await servedBooks('maria');
    await site.ok('maria', 'create-customer', {
      name: '<img src=x onerror=alert(1)>',
      notes: '"><script>alert(1)</script>',
      evenIfSimilar: true,
    });
    const visitor = await visit(site, 'maria', `/a/${LOPEZ}/C-3`);
    expect(visitor.html).not.toMatch(/<script|<img src=x/);
    expect(visitor.html).toContain('&lt;script&gt;');
  });

  it('sends a file so that nothing in it can run', async () => {
    const site = await servedBooks('maria');
    const { cookies } = await visit(site, 'maria', `/a/${LOPEZ}/F-1`);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const file = await site.get(`/a/${LOPEZ}/F-1/content`, { headers: { cookie } });
    expect(file.status).toBe(200);
    expect(file.headers.get('content-type')).toBe('application/octet-stream');
    expect(file.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
    expect(file.headers.get('content-security-policy')).toContain('sandbox');
  });
});

describe('a link for a file', () => {
  it('downloads once, to whoever asked, of twenty at once to one', async () => {
    const site = await servedBooks('maria', 'olga');
    const token = await site.token('maria');
    const fetched = await answerOf(site, token, 'fetch', { id: 'F-1' });
    const path = pathIn(JSON.stringify(fetched), 'download');
    expect((await site.get(path)).status).toBe(303);
    expect((await visit(site, 'olga', path)).status).toBe(404);
    expect((await site.get(path, { headers: { authorization: `Bearer ${await site.token('olga')}` } })).status).toBe(
      404,
    );
    const headers = { authorization: `Bearer ${token}` };
    expect((await site.get(path, { method: 'HEAD', headers })).status).toBe(200);
    const all = await Promise.all(Array.from({ length: 20 }, async () => await site.get(path, { headers })));
    expect(all.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    const [one] = all.filter(({ status }) => status === 200);
    expect(await one?.text()).toBe('Keys are with the neighbour.\n');
    expect((await visit(site, 'maria', path)).status).toBe(404);
  });

  it('to a PDF makes it', async () => {
    const site = await servedBooks();
    const token = await site.token('maria');
    const answer = await answerOf(site, token, 'get-document', { document: 'INV-1001', format: 'pdf' });
    const path = pathIn(answer.content[0]?.text ?? '', 'download');
    const file = await site.get(path, { headers: { authorization: `Bearer ${token}` } });
    expect(file.headers.get('content-type')).toBe('application/pdf');
    expect(
      Buffer.from(await file.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });

  it('is dead when its person has left', async () => {
    const site = await servedBooks('nina');
    const path = pathIn(
      JSON.stringify(await answerOf(site, await site.token('nina'), 'fetch', { id: 'F-1' })),
      'download',
    );
    await removeMember(site.directory, site.member('nina'));
    expect((await visit(site, 'nina', path)).status).toBe(404);
  });

  it('uploads once, what is right: a wrong file does not use it up', async () => {
    const site = await servedBooks();
    const token = await site.token('maria');
    const answer = await answerOf(site, token, 'attach-file', { job: 'J-1', name: 'ridge.txt' });
    expect(answer.structuredContent).toMatchObject({ file: null, change: null });
    const path = pathIn(JSON.stringify(answer), 'upload');
    const send = async (body: Uint8Array<ArrayBuffer>, as = token) =>
      await site.get(path, {
        method: 'POST',
        headers: { authorization: `Bearer ${as}`, 'content-type': 'application/octet-stream' },
        body,
      });
    expect((await send(new Uint8Array(Buffer.from('MZ\u0090\0\u0003 a program')))).status).toBe(400);
    expect((await send(new Uint8Array(11 * 1024 * 1024))).status).toBe(413);
    expect((await send(new Uint8Array(Buffer.from('soft ridge')), await site.token('olga'))).status).toBe(404);
    const done = await send(new Uint8Array(Buffer.from('soft ridge')));
    expect(done.status).toBe(201);
    expect(await done.json()).toMatchObject({ file: { ref: 'F-9', name: 'ridge.txt' } });
    expect((await send(new Uint8Array(Buffer.from('soft ridge')))).status).toBe(404);
  });

  it('is not made for a job that is not theirs, nor in a preview', async () => {
    const site = await servedBooks();
    const refused = await answerOf(site, await site.token('tom'), 'attach-file', { job: 'J-2' });
    expect(JSON.stringify(refused)).toContain('no job matches');
    const preview = await answerOf(site, await site.token('maria'), 'attach-file', { job: 'J-1', preview: true });
    expect(JSON.stringify(preview)).not.toContain('/upload/');
  });

  it('is not there over stdio, where nobody could open it', async () => {
    const company = await twoJobs();
    expect(await company.error('maria', 'attach-file', { job: 'J-1' })).toContain('content');
    expect(await company.ok('maria', 'fetch', { id: 'F-1' })).toMatchObject({ url: 'jobwright://files/F-1' });
  });

  it('and a page are nothing to somebody of another account', async () => {
    const site = await servedBooks('nina');
    const visitor = await visit(site, 'nina', '/');
    expect(visitor.html).toContain('Lopez Roofing');
    expect(visitor.html).toContain('Best Painting');
    await visitor.open(`/a/${BEST}/J-1`);
    expect(visitor.status).toBe(404);
  });
});
