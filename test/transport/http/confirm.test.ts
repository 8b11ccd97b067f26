// A yes that only the person says, on a page of ours: over real HTTP, with the browser that their link is opened in.
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SCOPES } from '../../../src/domain/access.ts';
import { deferCall } from '../../../src/services/shared/links.ts';
import { removeMember, setRole } from '../../../src/services/access/people.ts';
import { rowsOf } from '../../support/store.ts';
import { BEST, LOPEZ, openCompany, type Who } from '../../support/company.ts';
import { openSite, UNLIMITED, Visitor, type Served } from '../../support/site.ts';
import { read } from '../../support/read.ts';

const VOID = { invoice: 'INV-1001', status: 'void', voidReason: 'Mistyped' };
const WHAT = 'Voided INV-1001 of Dana Henderson, 100.00 USD';
const CAN_ASK = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'Desk <b>9</b>', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
};
const MODERN = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call' };

/** Lopez Roofing, whose owner has turned it on, with INV-1001 over 100.00. */
async function open() {
  const clock = { now: Date.parse('2026-03-02T09:00:00.000Z') };
  const company = await openCompany({
    now: () => new Date(clock.now).toISOString(),
    passwords: ['maria', 'olga', 'nina', 'boris'],
  });
  await company.ok('maria', 'create-customer', { name: 'Dana Henderson' });
  const lines = [{ description: 'Roof', quantity: 1, unitPrice: 100 }];
  await company.ok('maria', 'create-invoice', { customer: 'C-1', lines });
  await company.ok('maria', 'update-account', { confirmBy: 'person' });
  const site = await openSite({ company, rates: UNLIMITED });
  const setOn = (minutes: number) => void (clock.now += minutes * 60_000);
  return { site, setOn, ...watched(site) };
}

function watched(site: Served) {
  const status = async () => (await site.ok('maria', 'get-invoice', { invoice: 'INV-1001' })).invoice.status;
  /** The last change of the account, and how often something was put off and done. */
  const changes = async () =>
    Number((await rowsOf(site, 'select change_number from accounts where account_id = 1'))[0]?.['change_number']);
  return { status, changes };
}

async function toldTo(site: Served, who: Who, name: string, args: object, accountId?: number): Promise<string> {
  const token = await site.token(who, accountId === undefined ? {} : { accountId });
  return await (await site.rpc(token, 'tools/call', { name, arguments: args })).text();
}

/** Where the assistant was told to send its person. */
async function linkFor(site: Served, who: Who, name = 'update-invoice', args: object = VOID): Promise<string> {
  const words = await toldTo(site, who, name, args);
  const [path = ''] = /\/confirm\/[\w-]{43}/.exec(words) ?? [];
  expect(words).toContain(`press the button there: ${site.url}${path}`);
  return path;
}

/** Opens it as somebody who has just signed in. */
async function openedBy(site: Served, who: Who, path: string): Promise<Visitor> {
  const browser = new Visitor(site.url);
  await browser.open(path);
  expect(browser.at).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
  expect(read(browser.html)).toContain('Your password first');
  await browser.signIn(who);
  expect(browser.at).toBe(path);
  return browser;
}

const ENDED = 'This link has ended';
const SHOWN = 'Is this what you want?';

describe('what is costly waits for the person themselves', () => {
  it('the assistant is told what it comes to and where; the page says so too, and the button does it once', async () => {
    const { site, status, changes } = await open();
    const words = await toldTo(site, 'maria', 'update-invoice', VOID);
    expect(words).toContain(`Not done yet, nothing was saved. Once done, the books will say: ${WHAT}.`);
    expect(words).not.toContain('confirm:');
    const path = await linkFor(site, 'maria');
    const browser = await openedBy(site, 'maria', path);
    expect(browser.status).toBe(200);
    expect(read(browser.html)).toContain(`${SHOWN} Once done, the books will say: ${WHAT}. Books Lopez Roofing`);
    expect(browser.html.match(/<button/g)).toHaveLength(1);
    expect(await status()).toBe('issued');
    await browser.send({});
    expect([browser.status, read(browser.html)]).toEqual([200, expect.stringContaining(`Done ${WHAT}. (change 4)`)]);
    expect([await status(), await changes()]).toEqual(['void', 4]);
    await browser.open(path);
    expect([browser.status, read(browser.html)]).toEqual([
      410,
      expect.stringContaining('It is change 4 in the history'),
    ]);
    const kept = await site.ok('maria', 'list-changes', { limit: 1 });
    expect(kept.changes[0]).toMatchObject({ by: 'you', tool: 'update-invoice' });
  });

  it('a look does nothing, however often, by whichever method and for whichever purpose', async () => {
    const { site, status, changes } = await open();
    const path = await linkFor(site, 'maria');
    const browser = await openedBy(site, 'maria', path);
    const before = await changes();
    for (const headers of [
      {},
      { purpose: 'prefetch' },
      { 'sec-purpose': 'prefetch;prerender' },
      { 'x-moz': 'prefetch' },
    ])
      for (const method of ['GET', 'HEAD']) {
        await browser.open(path, { method, headers });
        expect(browser.status).toBe(200);
      }
    const [yes] = /name="yes" value="([^"]+)"/.exec(browser.html)?.slice(1) ?? [];
    await browser.open(`${path}?yes=${yes}&csrf=1`);
    expect([await status(), await changes()]).toEqual(['issued', before]);
    // It is still there to be pressed.
    await browser.open(path);
    await browser.send({});
    expect(await status()).toBe('void');
  });

  it('a look does nothing either where what was asked for has become ordinary meanwhile', async () => {
    const { site, changes } = await open();
    const likeDana = { name: 'Dana Hendersen', evenIfSimilar: true };
    const path = await linkFor(site, 'maria', 'create-customer', likeDana);
    await site.ok('olga', 'update-customer', { customer: 'C-1', name: 'Priya Raman' });
    const before = await changes();
    const browser = await openedBy(site, 'maria', path);
    expect([read(browser.html), await changes()]).toEqual([expect.stringContaining(SHOWN), before]);
    await browser.send({});
    expect([read(browser.html), await changes()]).toEqual([expect.stringContaining('Done Added C-2'), before + 1]);
    await browser.open(path);
    expect([browser.status, await changes()]).toEqual([410, before + 1]);
  });

  it('to anybody else it is not there: a colleague, an owner elsewhere, a token of hers, or nobody', async () => {
    const { site, status } = await open();
    const path = await linkFor(site, 'maria');
    const hers = await openedBy(site, 'maria', path);
    const fields = Object.fromEntries(
      [...hers.html.matchAll(/name="(\w+)" value="([^"]+)"/g)].map(([, name = '', value = '']) => [name, value]),
    );
    const body = () => new URLSearchParams(fields);
    for (const who of ['olga', 'nina', 'boris'] as const) {
      const browser = await openedBy(site, who, path);
      expect([browser.status, read(browser.html)]).toEqual([404, expect.stringContaining(ENDED)]);
      expect(browser.html).not.toContain('Henderson');
      await browser.open(path, { method: 'POST', body: body(), headers: { origin: site.url } });
      expect(browser.status).toBe(404);
    }
    const headers = { authorization: `Bearer ${await site.token('maria')}`, origin: site.url };
    for (const method of ['GET', 'POST']) {
      const sent = method === 'POST' ? { body: body() } : {};
      expect((await site.get(path, { method, headers, ...sent })).headers.get('location')).toContain('/sign-in?next=');
    }
    expect(await status()).toBe('issued');
    await hers.send({});
    expect(await status()).toBe('void');
  });

  it('a link that moves a file says no yes, and one that waits for a yes moves no file', async () => {
    const { site, status } = await open();
    const path = await linkFor(site, 'maria');
    const secret = path.slice('/confirm/'.length);
    const browser = await openedBy(site, 'maria', path);
    for (const kind of ['upload', 'download']) {
      await browser.open(`/${kind}/${secret}`);
      expect([browser.status, read(browser.html)]).toEqual([404, expect.stringContaining(ENDED)]);
    }
    const member = site.member('maria');
    const call = { accountId: LOPEZ, personId: member.personId, scopes: new Set(SCOPES), client: 'test' };
    const file = await deferCall(site.directory, { ...call, purpose: 'file', tool: 'update-invoice', args: VOID });
    await browser.open(`/confirm/${file}`);
    expect(browser.status).toBe(404);
    // One for who sits at the machine is nobody's to open with a browser.
    const code = await deferCall(site.directory, {
      ...call,
      personId: null,
      purpose: 'confirm',
      tool: 'update-invoice',
      args: VOID,
    });
    await browser.open(`/confirm/${code}`);
    expect(browser.status).toBe(404);
    expect(await status()).toBe('issued');
  });

  it('for a quarter of an hour, and not a moment longer, to look at or to press', async () => {
    const { site, setOn, status } = await open();
    const path = await linkFor(site, 'maria');
    const late = await linkFor(site, 'maria');
    setOn(14);
    const browser = await openedBy(site, 'maria', path);
    expect(browser.status).toBe(200);
    const other = await openedBy(site, 'maria', late);
    setOn(1);
    await browser.send({});
    expect([browser.status, read(browser.html)]).toEqual([404, expect.stringContaining(ENDED)]);
    await other.open(late);
    expect(other.status).toBe(404);
    expect(await status()).toBe('issued');
  });

  it('the password must have been given within ten minutes, to look and to press', async () => {
    const { site, setOn, status } = await open();
    const browser = new Visitor(site.url);
    await browser.open('/a/1');
    await browser.signIn('maria');
    setOn(9);
    const path = await linkFor(site, 'maria');
    await browser.open(path);
    expect([browser.at, browser.status]).toEqual([path, 200]);
    setOn(1);
    await browser.send({});
    expect(browser.at).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
    expect(await status()).toBe('issued');
    await browser.open(path);
    expect(browser.at).toContain('/sign-in?next=');
    await browser.signIn('maria');
    expect([browser.at, read(browser.html)]).toEqual([path, expect.stringContaining(SHOWN)]);
    await browser.send({});
    expect(await status()).toBe('void');
  });

  it('a session of the future is none of these ten minutes: the clock was set', async () => {
    const { site, setOn } = await open();
    const browser = new Visitor(site.url);
    await browser.open('/a/1');
    await browser.signIn('maria');
    setOn(-600);
    const path = await linkFor(site, 'maria');
    await browser.open(path);
    expect(browser.at).toContain('/sign-in?next=');
  });

  it('only a form of this very page does it: no other origin, no token that is missing, made up, or of another', async () => {
    const { site, status } = await open();
    const path = await linkFor(site, 'maria');
    const other = await linkFor(site, 'maria', 'update-customer', { customer: 'C-1', email: 'dana@elsewhere.example' });
    const browser = await openedBy(site, 'maria', path);
    const page = browser.html;
    const olga = await openedBy(site, 'olga', await linkFor(site, 'olga'));
    const [, hers = ''] = /name="csrf" value="([^"]+)"/.exec(page) ?? [];
    const [, olgas = ''] = /name="csrf" value="([^"]+)"/.exec(olga.html) ?? [];
    for (const origin of ['https://evil.example', 'null', site.url.replace('localhost', '127.0.0.1')]) {
      browser.html = page;
      await browser.send({}, { origin });
      expect([origin, browser.status]).toEqual([origin, 403]);
    }
    await browser.open(other);
    const [, ofOther = ''] = /name="csrf" value="([^"]+)"/.exec(browser.html) ?? [];
    const madeUp = createHmac('sha256', 'secret').update(`form ${path}`).digest('base64url');
    for (const csrf of ['', madeUp, olgas, ofOther, `${hers}x`, hers.toUpperCase()]) {
      browser.html = page;
      browser.at = path;
      await browser.send({ csrf });
      expect([csrf, browser.status, read(browser.html)]).toEqual([csrf, 200, expect.stringContaining(SHOWN)]);
    }
    for (const yes of ['', 'a'.repeat(24)]) {
      browser.html = page;
      await browser.send({ yes });
      expect(read(browser.html)).toContain(SHOWN);
    }
    expect(await status()).toBe('issued');
    browser.html = page;
    await browser.send({});
    expect(await status()).toBe('void');
  });

  it('where the books moved meanwhile it is shown anew, as it would be now', async () => {
    const { site, status } = await open();
    const path = await linkFor(site, 'maria', 'update-customer', { customer: 'C-1', email: 'dana@elsewhere.example' });
    const browser = await openedBy(site, 'maria', path);
    expect(read(browser.html)).toContain('e-mail from none to dana@elsewhere.example');
    await site.ok('olga', 'update-customer', { customer: 'C-1', name: 'Dana H.' });
    await browser.send({});
    expect(read(browser.html)).toContain('The books have changed since you were shown this. Nothing was done.');
    expect(read(browser.html)).toContain('Changed C-1 Dana H.: e-mail from none to dana@elsewhere.example');
    expect((await site.ok('maria', 'get-customer', { customer: 'C-1' })).customer.email).toBeNull();
    await browser.send({});
    expect(read(browser.html)).toContain('Done Changed C-1 Dana H.');
    // Asked for twice it is done once, whichever link it is pressed on.
    const [first, second] = [await linkFor(site, 'maria'), await linkFor(site, 'maria')];
    const [one, two] = [await openedBy(site, 'maria', first), await openedBy(site, 'maria', second)];
    await one.send({});
    await two.send({});
    expect([read(one.html), read(two.html)]).toEqual([read(one.html), read(one.html)]);
    expect(read(two.html)).toContain('Done Voided INV-1001 of Dana H., 100.00 USD. (change 6)');
    await two.open(second);
    expect(read(two.html)).toContain('Nothing to say yes to INV-1001 is already void');
    expect(await status()).toBe('void');
  });

  it('two tabs that press at once do it once', async () => {
    const { site, changes } = await open();
    const args = { creditFor: 'INV-1001', amount: 10 };
    const path = await linkFor(site, 'maria', 'create-invoice', args);
    const browser = await openedBy(site, 'maria', path);
    const before = await changes();
    const tabs = Array.from({ length: 6 }, () => {
      const tab = new Visitor(site.url);
      for (const [name, value] of browser.cookies) tab.cookies.set(name, value);
      Object.assign(tab, { html: browser.html, at: browser.at });
      return tab;
    });
    await Promise.all(tabs.map(async (tab) => await tab.send({})));
    const said = tabs.map(({ status }) => status).toSorted((left, right) => left - right);
    expect(said).toEqual([200, 410, 410, 410, 410, 410]);
    expect(await changes()).toBe(before + 1);
    expect((await site.ok('maria', 'get-invoice', { invoice: 'INV-1001' })).invoice.credited).toBe('10.00');
  });

  it('the arguments are those that were asked for, whatever a form or an address says', async () => {
    const { site } = await open();
    const args = { customer: 'C-1', email: 'dana@elsewhere.example' };
    const path = await linkFor(site, 'maria', 'update-customer', args);
    const browser = await openedBy(site, 'maria', path);
    await browser.send({
      email: 'thief@evil.example',
      arguments: '{"email":"thief@evil.example"}',
      tool: 'update-account',
    });
    expect((await site.ok('maria', 'get-customer', { customer: 'C-1' })).customer.email).toBe('dana@elsewhere.example');
  });

  it('a client that can ask its person is sent to the page all the same, and its answer counts for nothing', async () => {
    const { site, status } = await open();
    const token = await site.token('maria');
    const call = async (more: object) => {
      const params = { name: 'update-invoice', arguments: VOID, _meta: CAN_ASK, ...more };
      return await (await site.rpc(token, 'tools/call', params, { ...MODERN, 'mcp-name': 'update-invoice' })).text();
    };
    const asked = await call({});
    expect(asked).toContain('/confirm/');
    expect(asked).not.toContain('inputRequests');
    const answered = await call({
      inputResponses: { confirm: { action: 'accept', content: { yes: true } } },
      requestState: 'a'.repeat(24),
    });
    expect(answered).toContain('/confirm/');
    expect(await status()).toBe('issued');
    const [path = ''] = /\/confirm\/[\w-]{43}/.exec(asked) ?? [];
    const browser = await openedBy(site, 'maria', path);
    // The client's own name is words of somebody else.
    expect(browser.html).toContain('Desk &lt;b&gt;9&lt;/b&gt; 1');
  });

  it('no assistant is given a value to say yes with, by a preview or otherwise, and none is taken', async () => {
    const { site, status } = await open();
    const preview = await toldTo(site, 'maria', 'update-invoice', { ...VOID, preview: true });
    expect(preview).toContain('Preview, nothing was saved.');
    expect(preview).not.toMatch(/confirm(?!By)/);
    const browser = await openedBy(site, 'maria', await linkFor(site, 'maria'));
    // Not even the one that the page has.
    const [, yes = ''] = /name="yes" value="([^"]+)"/.exec(browser.html) ?? [];
    expect(yes).toHaveLength(24);
    for (const confirm of [yes, 'a'.repeat(24)])
      expect(await toldTo(site, 'maria', 'update-invoice', { ...VOID, confirm })).toContain('only the person says yes');
    expect(await status()).toBe('issued');
  });

  it('with the role of now: whoever left, or may it no more, does nothing by it', async () => {
    const { site, status } = await open();
    const olgas = await linkFor(site, 'olga');
    const ninas = await linkFor(site, 'nina');
    const [olga, nina] = [await openedBy(site, 'olga', olgas), await openedBy(site, 'nina', ninas)];
    await removeMember(site.directory, site.member('olga'));
    await setRole(site.directory, { ...site.member('nina'), role: 'crew' });
    await olga.send({});
    expect(olga.status).toBe(404);
    await nina.send({});
    expect(read(nina.html)).toContain('Nothing to say yes to Update-invoice is not for crew');
    expect(await status()).toBe('issued');
    expect(site.member('nina', BEST).accountName).toBe('Best Painting');
  });

  it('an answer under a request id is had by whoever sends it again once the person said yes', async () => {
    const { site } = await open();
    const args = { creditFor: 'INV-1001', amount: 10, requestId: 'credit-1' };
    const browser = await openedBy(site, 'maria', await linkFor(site, 'maria', 'create-invoice', args));
    await browser.send({});
    expect(await toldTo(site, 'maria', 'create-invoice', args)).toContain('Issued credit note INV-1002');
    expect(await toldTo(site, 'maria', 'create-invoice', { creditFor: 'INV-1001', amount: 10 })).toContain(
      'was done a moment ago',
    );
  });
});

describe('the setting', () => {
  it('is turned off by the person alone, in the way that it demands, and by undoing no less', async () => {
    const { site } = await open();
    const off = await linkFor(site, 'maria', 'update-account', { confirmBy: 'assistant' });
    const undone = await linkFor(site, 'maria', 'undo-change', { change: 3 });
    const setting = async () => (await site.ok('olga', 'get-account')).account.confirmBy;
    expect(await setting()).toBe('person');
    const browser = await openedBy(site, 'maria', undone);
    expect(read(browser.html)).toContain('Undid change 3: Account: from now on what is costly waits for the person');
    await browser.open(off);
    expect(read(browser.html)).toContain('from now on an assistant may pass on the yes to what is costly');
    await browser.send({});
    expect(await setting()).toBe('assistant');
    expect(await toldTo(site, 'maria', 'update-invoice', VOID)).toMatch(/confirm: \\"/);
    // One that waits already is done on its page as before.
    await browser.open(undone);
    expect(read(browser.html)).toContain('Nothing to say yes to');
  });

  it('is the owner’s: office and crew have no tool for it, and undo it no more than they set it', async () => {
    const { site } = await open();
    for (const who of ['olga', 'tom'] as const)
      expect(await toldTo(site, who, 'update-account', { confirmBy: 'assistant' })).toMatch(
        /is not for (?:the office|crew)/,
      );
    expect(await toldTo(site, 'olga', 'undo-change', { change: 3 })).toContain('which is not for you');
    expect((await site.ok('maria', 'get-account')).account.confirmBy).toBe('person');
  });

  it('is of one account: another one’s assistants pass a yes on as before', async () => {
    const { site } = await open();
    await site.ok('boris', 'create-customer', { name: 'Ada' });
    expect(await toldTo(site, 'boris', 'update-customer', { customer: 'C-1', email: 'ada@example.com' })).toMatch(
      /confirm: \\"/,
    );
  });
});
