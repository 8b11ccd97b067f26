// Record pages and links over real HTTP: who gets to see what, and how often.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { SCOPES } from '../../../src/domain/access.ts';
import { acceptInvitation, newInvitation, removeMember } from '../../../src/services/access/people.ts';
import { TOOLS } from '../../../src/tools/index.ts';
import { pagesOf } from '../../../src/transport/http/pages.ts';
import { BEST, emailOf, LOPEZ, openCompany, passwordOf, type Who } from '../../support/company.ts';
import { authorizePath, CALLBACK, consent, pkce, refresh, register, trade, type Tokens } from '../../support/oauth.ts';
import type { Place } from '../../support/engines/engine.ts';
import { openSite, Visitor, type Served } from '../../support/site.ts';
import { bytesOf } from '../../support/store.ts';
import { twoJobs } from '../../support/two-jobs.ts';

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

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** What a person reads of a page. */
const read = (html: string) =>
  html
    .replace(/<head>.*?<\/head>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replace(/\s+/g, ' ');

/** Those of these words that stand anywhere in the book or beside it. */
async function keptIn(place: Place, words: readonly string[]): Promise<string[]> {
  const files = readdirSync(place.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const beside = files.map((entry) => readFileSync(join(entry.parentPath, entry.name)));
  const bytes = [await bytesOf(place), ...beside];
  expect(bytes.some((each) => each.includes('Dana Henderson'))).toBe(true);
  return words.filter((word) => word.length < 20 || bytes.some((each) => each.includes(word)));
}

/** Whatever somebody holds that opens something: of their own, of their browser, and of their assistants. */
test('no secret that somebody holds stands in the book', async () => {
  const site = await servedBooks('maria');
  const { invitation } = await newInvitation(site.directory, { email: emailOf('olga') });
  const token = await site.token('maria');
  const clientId = await register(site);
  const granted = await consent(site, { clientId }, 'maria');
  const tokens = await trade(site, clientId, granted);
  const renewed = (await (await refresh(site, clientId, tokens.refresh_token)).json()) as Tokens;
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ redirect_uris: [CALLBACK], token_endpoint_auth_method: 'client_secret_basic' });
  const secretive = (await (await site.get('/oauth/register', { method: 'POST', headers, body })).json()) as {
    client_secret: string;
  };
  const secrets = [
    ...[invitation, token, granted.code, granted.verifier, secretive.client_secret],
    ...[tokens, renewed].flatMap((each) => [each.access_token, each.refresh_token]),
    // The number of a sign-in under way stands in the address of its page, and lets nobody in.
    ...[...granted.visitor.cookies].filter(([name]) => !/^_interaction|\.sig$/.test(name)).map(([, value]) => value),
    passwordOf('maria'),
  ];
  expect(secrets.length).toBe(13);
  expect(await keptIn(site, secrets)).toEqual([]);
});

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
    expect(visitor.html).toContain('<blockquote>&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;</blockquote>');
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

describe('what a page says', () => {
  it('is for people: no tool, no field, nothing of instructions; and every figure of the record', async () => {
    const company = await openCompany({ passwords: ['maria', 'tom'], samples: true });
    const site = await openSite({ company });
    const lines = [{ description: 'Copper flashing', quantity: 3, unitPrice: null }];
    await site.ok('maria', 'create-quote', { job: 'J-S2', title: 'Not priced', lines });
    await site.ok('maria', 'create-invoice', { job: 'J-S2', draft: true, lines: [{ ...lines[0], unitPrice: 71.5 }] });
    await site.ok('maria', 'update-job', { job: 'J-S1', assignees: [{ name: 'Tom Reyes', role: 'crew' }] });
    for (let day = 1; day <= 40; day += 1)
      await site.ok('maria', 'update-job', { job: 'J-S1', note: `Day ${day}. ${'It rained again. '.repeat(15)}` });
    const names = TOOLS.map(({ name }) => name).filter((name) => name.includes('-'));
    const forCallers = new RegExp(`${names.join('|')}|doneLines|coversLine|unitPrice|not instructions|cursor`);
    const seen = { forCallers: 0, figures: 0 };
    for (const who of ['maria', 'tom'] as const) {
      const visitor = await visit(site, who, `/a/${LOPEZ}`);
      const samples = ['J', 'C', 'Q', 'INV', 'E', 'P', 'A', 'W'].flatMap((kind) =>
        [1, 2, 3, 4, 5].map((number) => `${kind}-S${number}`),
      );
      for (const ref of [...samples, 'Q-1', 'DRAFT-1']) {
        const { structuredContent } = await site.call(who, 'fetch', { id: ref });
        const said = structuredContent?.['text'];
        const text = typeof said === 'string' ? said : '';
        await visitor.open(`/a/${LOPEZ}/${ref}`);
        expect([ref, visitor.status]).toEqual([ref, text === '' ? 404 : 200]);
        if (text === '') continue;
        const page = read(visitor.html);
        expect(page).not.toMatch(forCallers);
        if (forCallers.test(text)) seen.forCallers += 1;
        for (const figure of text.match(/\d[\d.,:/-]*/g) ?? []) expect(page).toContain(figure.replace(/\W$/, ''));
        seen.figures += text.match(/\d[\d.,:/-]*/g)?.length ?? 0;
      }
    }
    // A sample's note, a transcript, a long section, crew's too, a line without a price and a draft.
    expect(seen.forCallers).toBeGreaterThanOrEqual(6);
    expect(seen.figures).toBeGreaterThan(300);
  });

  it('is said once: what the title says is left out below, and no page leads to itself', async () => {
    const site = await servedBooks('maria', 'tom');
    const visitor = await visit(site, 'maria', `/a/${LOPEZ}/J-1`);
    expect(read(visitor.html)).toMatch(
      /J-1 Roof replacement, Dana Henderson, open Billed .* For C-1 Dana Henderson, open\. /,
    );
    expect(visitor.html).not.toContain(`href="/a/${LOPEZ}/J-1"`);
    expect(visitor.html).toMatch(/<li><a href="\/a\/1\/Q-1">Q-1<\/a>/);
    const crew = await visit(site, 'tom', `/a/${LOPEZ}/J-1`);
    expect(crew.html.match(/Roof replacement, Dana Henderson, open/g)).toHaveLength(2);
    expect(crew.html).toContain('<title>J-1 Roof replacement, Dana Henderson, open');
  });

  it('dials a phone number and shows where an address is, and nothing else', async () => {
    const site = await servedBooks('maria', 'tom');
    const call = '<a href="tel:5125550143">(512) 555-0143</a>';
    const map =
      '<a href="https://www.openstreetmap.org/search?query=418%20Pecan%20Hollow%20Ln">418 Pecan Hollow Ln</a>';
    const crew = await visit(site, 'tom', `/a/${LOPEZ}/J-1`);
    for (const link of [call, map]) expect(crew.html).toContain(link);
    const visitor = await visit(site, 'maria', `/a/${LOPEZ}/J-1`);
    expect(visitor.html).toContain(map);
    await visitor.open(`/a/${LOPEZ}/C-1`);
    expect(visitor.html).toContain(call);
    await site.ok('maria', 'create-customer', {
      name: 'Una Kay',
      phone: '(512) 555-0199 ext. 12',
      evenIfSimilar: true,
    });
    await visitor.open(`/a/${LOPEZ}/C-3`);
    expect(visitor.html).not.toContain('tel:');
  });

  it('is one of several books only to whoever has them, under the name that each knows them by', async () => {
    const site = await servedBooks('nina', 'maria');
    const nina = await visit(site, 'nina', `/a/${BEST}`);
    expect(read(nina.html)).toContain('Nina Berg Other books Sign out');
    expect(nina.html).toContain('<a href="/">Other books</a>');
    const maria = await visit(site, 'maria', `/a/${LOPEZ}/J-1`);
    expect(read(maria.html)).toContain('Jobwright Maria Lopez Sign out');
    await maria.open('/sign-out', { method: 'POST', headers: { origin: site.url } });
    expect(maria.html).toContain('<a href="/sign-in">Sign in</a>');
  });

  it('has a picture for its tab, which asks for nobody', async () => {
    const site = await openSite();
    for (const path of ['/icon.svg', '/favicon.ico']) {
      const answer = await site.get(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('image/svg+xml');
      expect(await answer.text()).toMatch(/^<svg /);
    }
    expect(await (await site.get('/sign-in')).text()).toContain('href="/icon.svg"');
  });
});

describe("a paper's PDF", () => {
  it.each(['INV-1001', 'Q-1', 'DRAFT-4'])('of %s opens from its page', async (ref) => {
    const site = await servedBooks('maria');
    const visitor = await visit(site, 'maria', `/a/${LOPEZ}/${ref}`);
    const [, path = ''] = /href="([^"]+\/pdf)"/.exec(visitor.html) ?? [];
    await visitor.open(path);
    expect(visitor.status).toBe(200);
    expect(visitor.html).toMatch(/^%PDF-/);
  });

  it.each<[string, Who, string]>([
    ['to crew', 'tom', `/a/${LOPEZ}/INV-1001/pdf`],
    ['to another account', 'boris', `/a/${LOPEZ}/INV-1001/pdf`],
    ['of a number never given', 'maria', `/a/${LOPEZ}/INV-9999/pdf`],
    ['of what is no paper', 'maria', `/a/${LOPEZ}/J-1/pdf`],
  ])('is not there %s', async (_, who, path) => {
    const site = await servedBooks(who);
    const visitor = await visit(site, who, path);
    expect(visitor.status).toBe(404);
    expect(visitor.html).toContain('There is no such page');
  });

  it('is not made of a quote without a price, which is said in words for people', async () => {
    const site = await servedBooks('maria');
    const lines = [{ description: 'Copper flashing', quantity: 3, unitPrice: null }];
    const { quote } = await site.ok('maria', 'create-quote', { job: 'J-1', title: 'Not priced', lines });
    const visitor = await visit(site, 'maria', `/a/${LOPEZ}/${quote.ref}/pdf`);
    expect(visitor.status).toBe(404);
    expect(read(visitor.html)).toContain(
      `${quote.ref} has no price yet on line 1 (Copper flashing). Give each line a price first.`,
    );
  });
});

describe('somebody who comes for the first time', () => {
  it('chooses a password for an e-mail that the browser keeps, and is told how to connect an assistant', async () => {
    const site = await openSite();
    const { invitation } = await newInvitation(site.directory, { email: emailOf('maria') });
    const visitor = new Visitor(site.url);
    await visitor.open(`/invitation/${invitation}`);
    expect(visitor.html).toMatch(
      /<input id="email" name="username" type="email" autocomplete="username" readonly value="maria@example.com">/,
    );
    await visitor.send({ password: 'short', again: 'short' });
    expect(visitor.html).toContain('>Use at least 10 characters.<');
    await visitor.send({ password: passwordOf('maria'), again: passwordOf('maria') });
    expect(visitor.at).toBe(`/a/${LOPEZ}`);
    expect(visitor.html).toContain(`<code>${site.url}/mcp</code>`);
    for (const words of ['Connect your assistant', 'Add custom connector', 'Developer mode'])
      expect(read(visitor.html)).toContain(words);
    await visitor.open(`/invitation/${invitation}`);
    expect(read(visitor.html)).toContain('or its 7 days are over');
  });

  it('on a machine of their own is told of no sign-in', async () => {
    const { site } = await openSite();
    const owner = { personId: null, name: 'maria', accountId: LOPEZ, role: 'owner', scopes: new Set(SCOPES) } as const;
    const pages = pagesOf(site, { signIn: null, localOwner: owner });
    const html = await (await pages.request(`/a/${LOPEZ}`)).text();
    expect(html).toContain(`${site.url.href}mcp`);
    expect(read(html)).toContain('Nobody signs in here.');
    expect(read(html)).not.toMatch(/Connectors|Sign in|Sign out|Other books/);
  });
});

describe('an assistant that asks to come in', () => {
  const asking = async (site: Served, clientId: string, scope: string) => {
    const visitor = new Visitor(site.url);
    await visitor.open(authorizePath(site, { clientId, scope }, pkce().challenge));
    await visitor.signIn('maria');
    return read(visitor.html);
  };

  it('is called what it calls itself, and what it did not ask for is said', async () => {
    const site = await openSite({ passwords: ['maria'] });
    const clientId = await register(site, { client_name: 'Claude' });
    const little = await asking(site, clientId, 'books:read');
    expect(little).toContain('Claude (it named itself)');
    expect(little).not.toContain(clientId);
    expect(little).toContain('It did not ask to change the books, or to see costs and profit.');
    const more = await asking(site, clientId, 'books:read books:write');
    expect(more).toContain('It did not ask to see costs and profit.');
    expect(await asking(site, clientId, SCOPES.join(' '))).not.toContain('did not ask');
  });

  it('in a way that cannot be answered is a page to people, and an error to programs', async () => {
    const site = await openSite();
    const clientId = await register(site);
    const browser = { headers: { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' } };
    for (const [path, words] of [
      [authorizePath(site, { clientId: 'nobody' }, pkce().challenge), 'is not known here'],
      [authorizePath(site, { clientId, redirectUri: 'https://evil.example/' }, pkce().challenge), 'did not give when'],
      ['/oauth/authorize', 'In technical terms: missing required parameter'],
      ['/oauth/authorize?client_id=%3Cscript%3E', 'Nothing was allowed'],
    ] as const) {
      const page = await site.get(path, browser);
      expect(page.status).toBe(400);
      expect(page.headers.get('content-type')).toContain('text/html');
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      const html = await page.text();
      expect(read(html)).toContain(words);
      expect(html).not.toContain('<script');
      const program = await site.get(path);
      expect(program.headers.get('content-type')).toContain('application/json');
      expect(await program.json()).toHaveProperty('error');
    }
  });
});

describe('a link for a file', () => {
  it('downloads once, to whoever asked, of twenty at once to one', async () => {
    const site = await servedBooks('maria', 'olga');
    const token = await site.token('maria');
    const fetched = await answerOf(site, token, 'fetch', { id: 'F-4' });
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

  it.each(['maria', 'boris'] as const)('is what %s is told of instead of a path on the server', async (who) => {
    const site = await servedBooks();
    const answer = JSON.stringify(
      await answerOf(site, await site.token(who), 'attach-file', { job: 'J-1', path: '/etc/hostname' }),
    );
    expect(answer).toContain('Leave it out, too, to get a link for the file');
    expect(answer).not.toMatch(/--files|allowed folder/);
  });

  it('is made anew for a request id that comes again: its secret is kept nowhere', async () => {
    const site = await servedBooks();
    const token = await site.token('maria');
    const linkFor = async () =>
      pathIn(
        JSON.stringify(await answerOf(site, token, 'attach-file', { job: 'J-1', requestId: 'a photo' })),
        'upload',
      );
    const [first, second] = [await linkFor(), await linkFor()];
    expect(second).not.toBe(first);
    const fetched = pathIn(JSON.stringify(await answerOf(site, token, 'fetch', { id: 'F-2' })), 'download');
    const send = {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/plain' },
      body: 'x',
    };
    expect((await site.get(second, send)).status).toBe(201);
    expect(
      await keptIn(
        site,
        [first, second, fetched].map((path) => path.slice(-43)),
      ),
    ).toEqual([]);
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

  it.each<[Who, object, string]>([
    ['maria', { job: 'the roof replacement' }, 'J-1 Roof replacement'],
    ['maria', { customer: 'dana henderson' }, 'C-1 Dana Henderson'],
    ['maria', { expense: 'E-1' }, 'E-1 '],
    ['tom', { job: 'roof' }, 'J-1 Roof replacement'],
  ])('says to %s where the file goes that was said as %j, after an error too', async (who, on, place) => {
    const site = await servedBooks(who);
    const answer = await answerOf(site, await site.token(who), 'attach-file', on);
    const path = pathIn(JSON.stringify(answer), 'upload');
    const visitor = await visit(site, who, path);
    expect(read(visitor.html)).toContain(`It goes to ${place}`);
    const send = async (bytes: string | Uint8Array<ArrayBuffer>) => {
      const body = new FormData();
      body.set('file', new File([bytes], 'ridge.txt'));
      await visitor.open(path, { method: 'POST', body, headers: { origin: site.url } });
      return [visitor.status, read(visitor.html)] as const;
    };
    for (const [sent, status, error] of [
      ['MZ\u0090\0\u0003 a program', 400, 'This is an executable. What is kept:'],
      ['', 400, 'Choose a file first.'],
      [new Uint8Array(11 * 1024 * 1024), 413, 'That file is too large: at most 10 MB.'],
    ] as const) {
      const [answered, words] = await send(sent);
      expect(answered).toBe(status);
      expect(words).toContain(error);
      expect(words).toContain(`It goes to ${place}`);
      expect(words).toContain('Nothing was kept yet.');
    }
    expect((await send('soft ridge'))[1]).toContain('Kept');
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
