// The page on which a phone that is signed in nowhere sends files for one job: for a quarter of an hour, from the one
// browser that opened it first, as whoever gave out the link.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { callTool } from '../../../src/server.ts';
import { inviteMember, removeMember, signOutEverywhere } from '../../../src/services/access/people.ts';
import { listAccessTokens, revokeAccessToken } from '../../../src/services/access/tokens.ts';
import { openUploadPage } from '../../../src/services/crew/upload-pages.ts';
import { jpeg, png } from '../../files/photos.ts';
import { openCompany, type Who } from '../../support/company.ts';
import { whenDone } from '../../support/ending.ts';
import { openSite, Visitor, type Served } from '../../support/site.ts';
import { within } from '../../support/time.ts';

const MB = 1024 * 1024;
const MINUTE = 60;

/** Tom is on the roof and not on the gutters; the clock stands until it is set on. */
async function served(passwords: readonly Who[] = []) {
  const clock = { now: Date.parse('2026-03-02T09:00:00.000Z') };
  const company = await openCompany({ now: () => new Date(clock.now).toISOString(), passwords });
  const newCustomer = { name: 'Dana Henderson', phone: '(512) 555-0143' };
  const assignees = [{ name: 'Tom Reyes', role: 'crew' }];
  await company.ok('maria', 'create-job', { newCustomer, name: 'Roof replacement', assignees });
  await company.ok('maria', 'create-job', { customer: 'C-1', name: 'Gutters' });
  const site = await openSite({ company });
  return { site, setOn: (seconds: number) => void (clock.now += seconds * 1000) };
}

type Answer = { readonly content: { readonly text: string }[]; readonly structuredContent?: Record<string, unknown> };

async function asked(site: Served, who: Who, args: object): Promise<Answer> {
  const answer = await site.rpc(await site.token(who), 'tools/call', { name: 'attach-file', arguments: args });
  const [, json = ''] = /^data: (.+)$/m.exec(await answer.text()) ?? [];
  return (JSON.parse(json) as { result: Answer }).result;
}

/** The path of the page that somebody's assistant was given. */
async function given(site: Served, who: Who = 'maria', args: object = {}): Promise<string> {
  const { structuredContent } = await asked(site, who, { job: 'the roof', uploadLink: true, ...args });
  const { uploadUrl } = structuredContent as { uploadUrl: string };
  expect(uploadUrl).toMatch(/\/upload\/job\/[\w-]{43}$/);
  return new URL(uploadUrl).pathname;
}

const words = (html: string) =>
  html.replace(/<(?:head|script)>.*?<\/(?:head|script)>|<[^>]+>/gs, ' ').replace(/\s+/g, ' ');
type Sent = readonly [name: string, bytes: Uint8Array | string];

class Phone extends Visitor {
  readonly #site: Served;
  readonly #path: string;

  constructor(site: Served, path: string) {
    super(site.url);
    this.#site = site;
    this.#path = path;
  }

  async start(): Promise<this> {
    await this.open(this.#path);
    await this.post('/start');
    return this;
  }

  async post(what = '', body?: FormData, headers: Record<string, string> = {}): Promise<number> {
    const given = body === undefined ? {} : { body };
    await this.open(this.#path + what, { method: 'POST', ...given, headers: { origin: this.#site.url, ...headers } });
    return this.status;
  }

  async sends(...files: readonly Sent[]): Promise<string> {
    await this.post('', formWith(files));
    return words(this.html);
  }

  /** As the page's own script does. */
  async script(...files: readonly Sent[]): Promise<unknown> {
    await this.post('', formWith(files), { accept: 'application/json' });
    return this.html.startsWith('{') ? JSON.parse(this.html) : this.status;
  }
}

function formWith(files: readonly Sent[]): FormData {
  const form = new FormData();
  for (const [name, bytes] of files)
    form.append('file', new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], name));
  return form;
}

const filesOf = async (site: Served, job = 'J-1'): Promise<{ ref: string; name: string }[]> =>
  (await site.ok('maria', 'get-job', { job, section: 'files' })).job.files;

describe('a link for the photos of a job', () => {
  it('takes several from a phone that is signed in nowhere, as the act of who gave it', async () => {
    const { site } = await served();
    const phone = await new Phone(site, await given(site)).start();
    expect(phone.status).toBe(200);
    expect(words(phone.html)).toContain('They go to Roof replacement .');
    const said = await phone.sends(['ridge.jpg', jpeg()], ['permit.txt', 'Issued.']);
    expect(said).toContain('ridge.jpg is there, without the place where it was taken');
    expect(said).toContain('permit.txt is there');
    expect(said).toContain('Room for 48 more files and 199 MB.');
    expect((await filesOf(site)).map(({ name }) => name).sort()).toEqual(['permit.txt', 'ridge.jpg']);
    const [change] = (await site.ok('maria', 'list-changes', { limit: 1 })).changes;
    expect(change).toMatchObject({ by: 'you', through: expect.stringMatching(/^upload link from /) });
    expect(words(phone.html)).not.toMatch(/Dana|Henderson|Lopez|J-1|F-\d/);
  });

  it('is given by crew for a job of theirs, and for no other', async () => {
    const { site } = await served();
    const phone = await new Phone(site, await given(site, 'tom')).start();
    expect(await phone.sends(['ridge.txt', 'Soft ridge.'])).toContain('ridge.txt is there');
    expect(await filesOf(site)).toMatchObject([{ name: 'ridge.txt' }]);
    const refused = await asked(site, 'tom', { job: 'J-2', uploadLink: true });
    expect(refused.content[0]?.text).toContain('no job matches');
  });

  it('shows what was sent, small, to its own browser and to nobody else; of other files nothing', async () => {
    const { site } = await served();
    await site.ok('maria', 'attach-file', { job: 'J-1', content: png().toString('base64'), name: 'private.png' });
    const path = await given(site);
    const phone = await new Phone(site, path).start();
    await phone.sends(['ridge.jpg', readFileSync(new URL('../../files/fixtures/phone.jpg', import.meta.url))]);
    const [, shown = ''] = /<img src="([^"]+)"/.exec(phone.html) ?? [];
    expect(shown).toBe(`${path}/F-2`);
    await phone.open(shown);
    expect(phone.status).toBe(200);
    await phone.open(`${path}/F-1`);
    expect(phone.status).toBe(404);
    expect((await site.get(shown)).status).toBe(403);
    await phone.open(path);
    expect(phone.html).toContain(shown);
  });

  it('is opened by the first browser alone; a look at it, as messengers take one, opens nothing', async () => {
    const { site } = await served();
    const path = await given(site);
    for (let looks = 0; looks < 2; looks += 1) {
      const preview = await site.get(path);
      expect([preview.status, preview.headers.getSetCookie()]).toEqual([200, []]);
      expect(await preview.text()).not.toContain('Roof');
    }
    const phone = await new Phone(site, path).start();
    const other = await new Phone(site, path).start();
    expect(other.status).toBe(403);
    expect(words(other.html)).toContain('works only in the browser that opened it first');
    expect(other.html).not.toContain('Roof');
    expect(await other.sends(['a.txt', 'A'])).toContain('works only in the browser that opened it first');
    expect(await other.post('/end')).toBe(403);
    expect(await phone.sends(['a.txt', 'A'])).toContain('a.txt is there');
    expect(await filesOf(site)).toHaveLength(1);
  });

  it('opened by two at once is one browser’s', async () => {
    const { site } = await served();
    const path = await given(site);
    const secret = path.slice(-43);
    const open = async (held: string) => await openUploadPage(site.directory, secret, held);
    const opened = await Promise.all(['a', 'b', 'c'].map(open));
    expect(opened.filter((isFirst) => isFirst)).toHaveLength(1);
    expect(await open('d')).toBe(false);
  });

  it('ends a quarter of an hour after it was opened, and a day after it was given where nobody opens it', async () => {
    const { site, setOn } = await served();
    const [opened, waiting] = [await given(site), await given(site)];
    setOn(23 * 60 * MINUTE);
    const phone = await new Phone(site, opened).start();
    setOn(15 * MINUTE - 1);
    expect(await phone.sends(['a.txt', 'A'])).toContain('This page ends in 1 minute');
    setOn(1);
    expect(await phone.sends(['b.txt', 'B'])).toContain('This link has ended');
    expect([phone.status, await phone.script(['b.txt', 'B'])]).toEqual([404, 404]);
    setOn(45 * MINUTE);
    expect((await new Phone(site, waiting).start()).status).toBe(404);
    expect(await filesOf(site)).toHaveLength(1);
  });

  it('is ended by its giver’s word to the assistant, on the page, and by signing out', async () => {
    const { site } = await served(['maria', 'olga']);
    const phone = await new Phone(site, await given(site)).start();
    const others = await new Phone(site, await given(site, 'olga')).start();
    const ended = await asked(site, 'maria', { job: 'J-1', uploadLink: false });
    expect(ended.content[0]?.text).toBe('Your upload links for J-1 Roof replacement have ended.');
    expect(await phone.sends(['a.txt', 'A'])).toContain('This link has ended');
    expect(await others.sends(['a.txt', 'A'])).toContain('a.txt is there');
    await others.post('/end');
    expect(words(others.html)).toContain('What was sent is safe');
    expect(await others.post('/start')).toBe(404);
    const third = await given(site);
    const bound = await new Phone(site, third).start();
    const desk = new Phone(site, third);
    await desk.open('/sign-in');
    await desk.signIn('maria');
    await desk.open(third);
    expect(words(desk.html)).toContain('End it there');
    await desk.post('/end');
    expect(await bound.sends(['c.txt', 'C'])).toContain('This link has ended');
    const last = await new Phone(site, await given(site)).start();
    await signOutEverywhere(site.directory, site.member('maria').personId);
    expect(await last.sends(['d.txt', 'D'])).toContain('This link has ended');
  });

  it('ends with the token that gave it out, and is not back when its giver comes back', async () => {
    const { site } = await served();
    const [nina, olga] = [site.member('nina'), site.member('olga')];
    const ninas = await new Phone(site, await given(site, 'nina')).start();
    const olgas = await new Phone(site, await given(site, 'olga')).start();
    const marias = await new Phone(site, await given(site)).start();
    for (const { id, personId } of await listAccessTokens(site.directory, olga.accountId))
      if (personId === olga.personId) await revokeAccessToken(site.directory, { accountId: olga.accountId, id });
    expect(await olgas.sends(['a.txt', 'A'])).toContain('This link has ended');
    await removeMember(site.directory, nina);
    await inviteMember(site.directory, {
      accountId: nina.accountId,
      email: nina.email,
      name: nina.name,
      role: 'office',
    });
    expect(await ninas.sends(['a.txt', 'A'])).toContain('This link has ended');
    expect(await marias.sends(['a.txt', 'A'])).toContain('a.txt is there');
  });

  it('is nothing once its giver has left, or is no longer on the job', async () => {
    const { site } = await served();
    const [toms, ninas] = [await given(site, 'tom'), await given(site, 'nina')];
    const [tom, nina] = [await new Phone(site, toms).start(), await new Phone(site, ninas).start()];
    await site.ok('maria', 'update-job', { job: 'J-1', assignees: [] });
    const said = await tom.sends(['a.txt', 'A']);
    expect(said).toContain('This link has ended');
    await removeMember(site.directory, site.member('nina'));
    expect(await nina.sends(['a.txt', 'A'])).toContain('This link has ended');
    expect(await filesOf(site)).toEqual([]);
  });

  it('runs one script, its own, and is sent and shown nothing from anywhere else', async () => {
    const { site } = await served();
    const path = await given(site);
    const unopened = await site.get(path);
    expect(unopened.headers.get('content-security-policy')).not.toMatch(/script-src|connect-src|blob:/);
    const phone = await new Phone(site, path).start();
    const cookie = [...phone.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const page = await site.get(path, { headers: { cookie } });
    const [, script = ''] = /<script>(.*?)<\/script>/s.exec(await page.text()) ?? [];
    const digest = createHash('sha256').update(script).digest('base64');
    expect(page.headers.get('content-security-policy')).toContain(
      `script-src 'sha256-${digest}'; img-src 'self' blob:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'`,
    );
    expect(page.headers.get('cache-control')).toBe('no-store');
  });

  it('stays on its job when another is called as it was', async () => {
    const { site } = await served();
    const phone = await new Phone(site, await given(site)).start();
    await site.ok('maria', 'update-job', { job: 'J-1', name: 'North side' });
    await site.ok('maria', 'update-job', { job: 'J-2', name: 'The roof' });
    expect(await phone.sends(['a.txt', 'A'])).toContain('They go to North side');
    expect([await filesOf(site, 'J-1'), await filesOf(site, 'J-2')]).toEqual([[expect.anything()], []]);
  });
});

describe('of what is sent to it', () => {
  it('the same file is told and not added again, in one go, later, and where it came another way', async () => {
    const { site } = await served();
    await site.ok('maria', 'attach-file', { job: 'J-1', content: png().toString('base64'), name: 'gate.png' });
    const phone = await new Phone(site, await given(site)).start();
    expect(await phone.sends(['a.jpg', jpeg()], ['again.jpg', jpeg()], ['c.png', png()])).toMatch(
      /a\.jpg is there, .*again\.jpg is there already: not added again c\.png is there already: not added again .*Room for 49 more files/,
    );
    expect(await phone.script(['a.jpg', jpeg()])).toMatchObject({
      sent: [{ words: 'is there already: not added again' }],
    });
    const next = await new Phone(site, await given(site, 'olga')).start();
    expect(await next.sends(['b.jpg', jpeg()])).toContain('b.jpg is there already');
    expect(await filesOf(site)).toHaveLength(2);
  });

  it('a wrong one, an empty one and one that is too large are told, one that is damaged is kept and told', async () => {
    const { site } = await served();
    const phone = await new Phone(site, await given(site)).start();
    const said = await phone.sends(
      ['run.exe', 'MZ\u0090\0\u0003 a program'],
      ['nothing.jpg', ''],
      ['cut.pdf', '%PDF-1.7\n1 0 obj'],
      ['large.jpg', new Uint8Array(10 * MB + 1)],
    );
    expect(said).toContain('run.exe was not added. This is an executable. What is kept: PDF, Word');
    expect(said).toContain('nothing.jpg was not added. It is empty.');
    expect(said).toContain('large.jpg was not added. It is larger than 10 MB.');
    expect(said).toContain('cut.pdf is there. But it is damaged: send it again, whole.');
    expect(said).toContain('Room for 49 more files');
    expect(await phone.sends()).toContain('Choose a file first.');
    expect(await filesOf(site)).toHaveLength(1);
  });

  it('50 are taken, and not one more', async () => {
    const { site } = await served();
    const phone = await new Phone(site, await given(site)).start();
    const note = (number: number): Sent => [`${number}.txt`, `Note ${number}`];
    await phone.sends(...Array.from({ length: 49 }, (_, index) => note(index)));
    const said = await phone.sends(note(49), note(50));
    expect(said).toContain('This page has no room for more.');
    expect(said).toContain('49.txt is there');
    expect(said).not.toContain('50.txt');
    expect([await phone.script(note(51)), phone.status]).toEqual([{ error: expect.stringContaining('no room') }, 413]);
    expect(await site.app.files.list(1)).toHaveLength(50);
  });

  it('200 MB are taken in all', async () => {
    const { site } = await served();
    const phone = await new Phone(site, await given(site)).start();
    const large = (number: number): Sent => [`${number}.txt`, Buffer.alloc(10 * MB - 16, `${number}\n`)];
    for (let number = 0; number < 20; number += 1)
      expect(await phone.script(large(100 + number))).toHaveProperty('sent');
    expect(await phone.script(large(130))).toEqual({ error: expect.stringContaining('no room') });
    expect(await phone.script(['small.txt', 'Small'])).toMatchObject({ room: 'Room for 29 more files and 0 MB.' });
  });

  it('what comes at once is bounded, and nothing is read of what somebody else sends', async () => {
    const { site } = await served();
    const path = await given(site);
    const phone = await new Phone(site, path).start();
    const cookie = [...phone.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const endless = async (headers: Record<string, string>) => {
      const sending = request(`${site.url}${path}`, {
        ...{ method: 'POST', agent: false },
        headers: { origin: site.url, 'content-type': 'multipart/form-data; boundary=a', ...headers },
      });
      whenDone(() => sending.destroy());
      sending.on('error', () => undefined);
      const answered = new Promise<number>((resolve) =>
        sending.on('response', (response) => resolve(response.resume().statusCode ?? 0)),
      );
      sending.write(Buffer.alloc(MB, 'a'));
      return await within(1500, answered, 0);
    };
    expect(await endless({})).toBe(403);
    expect(await endless({ cookie, origin: 'https://evil.example' })).toBe(403);
    expect(await endless({ cookie, 'content-length': String(40 * MB) })).toBe(413);
    const all = await Promise.all(Array.from({ length: 4 }, async () => await endless({ cookie })));
    expect(all.filter((status) => status === 429)).toHaveLength(2);
  });

  it('a page elsewhere sends, opens and ends nothing in its browser’s name', async () => {
    const { site } = await served();
    const path = await given(site);
    const phone = await new Phone(site, path).start();
    const from = async (what: string, headers: Record<string, string>) => {
      await phone.open(path + what, { method: 'POST', headers, body: formWith([['a.txt', 'A']]) });
      return phone.status;
    };
    for (const what of ['', '/end', '/start'])
      for (const headers of [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' },
        {},
      ])
        expect([403, 404]).toContain(await from(what, headers as Record<string, string>));
    expect(await filesOf(site)).toEqual([]);
    expect(await phone.sends(['a.txt', 'A'])).toContain('a.txt is there');
  });
});

describe('uploadLink', () => {
  it('makes nothing in a preview, and goes with no file and for nothing but a job', async () => {
    const { site } = await served();
    const preview = await asked(site, 'maria', { job: 'J-1', uploadLink: true, preview: true });
    expect(preview.content[0]?.text).toMatch(/^Preview, nothing was saved\. Once done: An upload link for J-1/);
    expect(JSON.stringify(preview)).not.toContain('/upload/');
    for (const [args, said] of [
      [{ uploadLink: true }, 'uploadLink: is for one job: say which, like J-12.'],
      [{ uploadLink: true, job: 'J-1', customer: 'C-1' }, 'customer: does not go with uploadLink'],
      [{ uploadLink: true, job: 'J-1', content: 'QQ==' }, 'content: does not go with uploadLink'],
      [{ uploadLink: true, job: 'J-1', keepLocation: true }, 'keepLocation: does not go with uploadLink'],
      [{ uploadLink: true, job: 'J-9' }, 'job: no job matches "J-9"'],
    ] as const)
      expect((await asked(site, 'maria', args)).content[0]?.text).toContain(said);
    const { structuredContent } = await asked(site, 'maria', { job: 'J-1', uploadLink: true });
    expect(structuredContent).toMatchObject({ change: null, file: null });
  });

  it('is given so often and no oftener, until some are ended', async () => {
    const { site } = await served();
    for (let count = 0; count < 50; count += 1) await given(site);
    const refused = await asked(site, 'maria', { job: 'J-2', uploadLink: true });
    expect(refused.content[0]?.text).toContain('you gave out 50 upload links that are open still. End some first');
    await given(site, 'olga');
    await asked(site, 'maria', { job: 'J-1', uploadLink: false });
    await given(site);
  });

  it('says over stdio how a file is given there', async () => {
    const { site } = await served();
    for (const who of ['maria', 'tom'] as const)
      expect(await site.error(who, 'attach-file', { job: 'J-1', uploadLink: true })).toMatch(
        /^uploadLink: there is no page here .*jobwright http with --url.*content in base64, or path of a file .*--files FOLDER/,
      );
  });

  it('is refused by a server without sign-in, which only its own machine reaches', async () => {
    const { site } = await served();
    const host = { ...site.host('maria'), siteUrl: new URL(site.url), personId: null };
    const asking = { client: 'test 1.0', canAsk: false };
    const call = async (args: object) => await callTool(host, 'attach-file', { job: 'J-1', ...args }, asking);
    const refused = await call({ uploadLink: true });
    expect(refused.content[0]?.text).toMatch(/^uploadLink: there is no page here .*jobwright http with --url/);
    expect((await call({})).content[0]?.text).toContain(`${site.url}/upload/`);
  });

  it('is no link that does one call, nor is such a one a page', async () => {
    const { site } = await served();
    const page = await given(site);
    const token = await site.token('maria');
    const headers = { authorization: `Bearer ${token}` };
    expect((await site.get(page.replace('/job/', '/'), { headers })).status).toBe(404);
    const { structuredContent } = await asked(site, 'maria', { job: 'J-1' });
    const single = new URL((structuredContent as { uploadUrl: string }).uploadUrl).pathname;
    expect((await site.get(single.replace('/upload/', '/upload/job/'))).status).toBe(404);
  });
});
