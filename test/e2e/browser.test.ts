// What a person sees, on a phone, in a real browser and without scripts.
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { newInvitation } from '../../src/services/access/people.ts';
import { openPhone } from '../support/chromium.ts';
import { BEST, emailOf, passwordOf } from '../support/company.ts';
import { authorizePath, pkce, register } from '../support/oauth.ts';
import { openSite } from '../support/site.ts';

/** Set to a folder, pictures of the pages are left there for somebody to look at. */
const { SCREENSHOTS } = process.env;

async function look(page: Page, name: string): Promise<void> {
  // Nothing is wider than the phone.
  const { scroll, seen } = await page
    .locator('html')
    .evaluate((html) => ({ scroll: html.scrollWidth, seen: html.clientWidth }))
    .catch(() => ({ scroll: 0, seen: 0 }));
  expect(scroll).toBeLessThanOrEqual(seen);
  if (SCREENSHOTS === undefined) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${SCREENSHOTS}/${name}-${colorScheme}.png`, fullPage: true });
  }
}

it('somebody is invited, chooses a password, and is shown the books', { timeout: 60_000 }, async () => {
  const site = await openSite({ samples: true });
  const { invitation } = await newInvitation(site.directory, { email: emailOf('maria') });
  const phone = await openPhone();
  const page = await phone.newPage();
  await page.goto(`${site.url}/invitation/${invitation}`);
  await look(page, 'invitation');
  await page.getByLabel('Password').fill('short');
  await page.getByLabel('The same again').fill('short');
  await page.getByRole('button', { name: 'Save and sign in' }).click();
  expect(page.url()).toContain('/invitation/');
  await page.getByLabel('Password').fill(passwordOf('maria'));
  await page.getByLabel('The same again').fill(passwordOf('maria'));
  await page.getByRole('button', { name: 'Save and sign in' }).click();
  await page.waitForURL(/\/a\/1$/);
  await look(page, 'start');
  await page.getByText('Connect your assistant').click();
  expect(await page.getByText(`${site.url}/mcp`).isVisible()).toBe(true);
  await look(page, 'connect');
  await page.getByLabel('Find a job').fill('roof replacement');
  await page.getByRole('button', { name: 'Find' }).click();
  await look(page, 'found');
  // Anywhere on its row.
  const row = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'J-S4' }) });
  const { width = 0 } = (await row.boundingBox()) ?? {};
  await row.click({ position: { x: width - 4, y: 8 } });
  expect(await page.getByRole('table').innerText()).toContain('7787.60');
  await look(page, 'job');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.goto(`${site.url}/a/1/J-S4`);
  expect(page.url()).toContain('/sign-in?next=');
  await look(page, 'sign-in');
});

it('an assistant is let into one of two accounts, after a wrong password', { timeout: 60_000 }, async () => {
  const site = await openSite({ passwords: ['nina'] });
  const clientId = await register(site, { client_name: 'Claude' });
  const phone = await openPhone();
  const page = await phone.newPage();
  await phone.route(
    'https://assistant.example/**',
    async (route) => await route.fulfill({ body: 'back at the assistant' }),
  );
  await page.goto(site.url + authorizePath(site, { clientId }, pkce().challenge));
  await page.getByLabel('E-mail').fill(emailOf('nina'));
  await page.getByLabel('Password').fill('not her password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  expect(await page.getByRole('alert').innerText()).toContain('not right');
  await look(page, 'wrong-password');
  await page.getByLabel('Password').fill(passwordOf('nina'));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await look(page, 'consent');
  const asked = await page.locator('form').innerText();
  for (const words of ['Claude', 'assistant.example', 'Nina Berg', 'Lopez Roofing', 'Best Painting', 'see costs'])
    expect(asked).toContain(words);
  await page.getByLabel('Best Painting').check();
  await page.getByLabel('see costs, expenses and profit').uncheck();
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await page.waitForURL(/assistant\.example/);
  const back = new URL(page.url());
  expect(back.searchParams.get('code')).toMatch(/.{20,}/);
  expect(back.searchParams.get('iss')).toBe(site.url);
  expect(site.member('nina', BEST).accountName).toBe('Best Painting');
});

it('somebody says yes themselves to what their assistant asked for', { timeout: 60_000 }, async () => {
  const site = await openSite({ passwords: ['maria'], samples: true });
  await site.ok('maria', 'create-customer', { name: 'Dana Henderson' });
  const lines = [{ description: 'Tear-off and new shingles, north slope', quantity: 1, unitPrice: 12_480 }];
  await site.ok('maria', 'create-invoice', { customer: 'C-1', lines });
  await site.ok('maria', 'update-account', { confirmBy: 'person' });
  const answer = await site.rpc(await site.token('maria'), 'tools/call', {
    name: 'update-invoice',
    arguments: { invoice: 'INV-1001', status: 'void', voidReason: 'Sent to the wrong address' },
  });
  const [, link = ''] = /(http[^\s"\\]+\/confirm\/[\w-]{43})/.exec(await answer.text()) ?? [];
  const phone = await openPhone();
  const page = await phone.newPage();
  await page.goto(link);
  await look(page, 'confirm-sign-in');
  await page.getByLabel('E-mail').fill(emailOf('maria'));
  await page.getByLabel('Password').fill(passwordOf('maria'));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/confirm\//);
  await look(page, 'confirm');
  expect(await page.locator('main').innerText()).toContain('Voided INV-1001 of Dana Henderson, 12480.00 USD');
  await site.ok('olga', 'create-customer', { name: 'Marta Ortiz' });
  await page.getByRole('button', { name: 'Yes, do it' }).click();
  expect(await page.getByRole('alert').innerText()).toContain('The books have changed');
  await look(page, 'confirm-anew');
  await page.getByRole('button', { name: 'Yes, do it' }).click();
  expect(await page.locator('h1').innerText()).toBe('Done');
  await look(page, 'confirmed');
  await page.goto(link);
  expect(await page.locator('h1').innerText()).toBe('Done already');
  await look(page, 'confirmed-before');
});

it('a photo is sent with a link, and seen on its page', { timeout: 60_000 }, async () => {
  const site = await openSite({ passwords: ['maria'], samples: true });
  const token = await site.token('maria');
  const answer = await site.rpc(token, 'tools/call', {
    name: 'attach-file',
    arguments: { job: 'J-S4', caption: 'the ridge' },
  });
  const [, link = ''] = /(http[^\s"\\]+\/upload\/[\w-]{43})/.exec(await answer.text()) ?? [];
  const phone = await openPhone();
  const page = await phone.newPage();
  await page.goto(link);
  await page.getByLabel('E-mail').fill(emailOf('maria'));
  await page.getByLabel('Password').fill(passwordOf('maria'));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/upload\//);
  await look(page, 'upload');
  const photo = new URL('../files/fixtures/phone.jpg', import.meta.url).pathname;
  await page.getByLabel('File').setInputFiles(photo);
  await page.getByRole('button', { name: 'Send' }).click();
  await look(page, 'uploaded');
  await page.getByRole('link', { name: 'Open it' }).click();
  await page.waitForURL(/\/a\/1\/F-1$/);
  await page.locator('img').waitFor();
  await look(page, 'file');
  await page.goto(link);
  expect(await page.locator('h1').innerText()).toBe('This link has ended');
});

/** The page for the files of a job that Maria's assistant was given, opened on a phone that is signed in nowhere. */
async function openedUpload(scripts: boolean) {
  const site = await openSite({ samples: true });
  const asked = await site.rpc(await site.token('maria'), 'tools/call', {
    name: 'attach-file',
    arguments: { job: 'J-S4', uploadLink: true },
  });
  const [, link = ''] = /(http[^\s"\\]+\/upload\/job\/[\w-]{43})/.exec(await asked.text()) ?? [];
  const phone = await openPhone({ scripts });
  const page = await phone.newPage();
  await page.goto(link);
  return { site, page, link };
}

/** How many of the pictures that it shows are really there. */
async function seenIn(page: Page): Promise<number> {
  const widths = await page
    .locator('#sent img')
    .evaluateAll((all) => all.map((each) => ('naturalWidth' in each ? Number(each.naturalWidth) : 0)));
  return widths.filter((width) => width > 0).length;
}

const PHOTO = new URL('../files/fixtures/phone.jpg', import.meta.url).pathname;
const PICTURE = new URL('../files/fixtures/camera.png', import.meta.url).pathname;
const note = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

it('several photos are sent from a phone that is signed in nowhere, each as soon as it is chosen', {
  timeout: 60_000,
}, async () => {
  const { site, page, link } = await openedUpload(true);
  const faults: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && faults.push(message.text())));
  page.on('pageerror', (error) => void faults.push(error.message));
  await look(page, 'upload-start');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByText('They go to Roof replacement').waitFor();
  expect(await page.getByRole('button', { name: 'Send', exact: true }).isVisible()).toBe(false);
  await look(page, 'upload-page');
  const program = note('run.exe', 'MZ\u0090\0\u0003 a program');
  await page.getByLabel('Photos and files').setInputFiles([PHOTO, PICTURE]);
  await page.getByLabel('Photos and files').setInputFiles([note('permit.txt', 'Issued.'), program]);
  await page.getByText('run.exe was not added').waitFor();
  const rows = () => page.locator('#sent li').allInnerTexts();
  expect((await rows()).map((row) => row.replace(/\s+/g, ' '))).toEqual([
    expect.stringMatching(/^run\.exe was not added\. This is an executable/),
    'permit.txt is there',
    expect.stringMatching(/^camera\.png is there/),
    'phone.jpg is there, without the place where it was taken',
  ]);
  await expect.poll(async () => await seenIn(page), { timeout: 20_000 }).toBe(2);
  await page.getByLabel('Or take a photo').setInputFiles(PHOTO);
  await page.getByText('is there already: not added again').waitFor();
  expect(await page.locator('#room').innerText()).toBe('Room for 47 more files and 199 MB.');
  await look(page, 'upload-sent');
  await page.reload();
  await expect.poll(async () => await seenIn(page), { timeout: 20_000 }).toBe(2);
  await look(page, 'upload-again');
  const other = await (await openPhone()).newPage();
  await other.goto(link);
  expect(await other.locator('h1').innerText()).toBe('Opened on another phone');
  await look(other, 'upload-elsewhere');
  expect(faults).toEqual([]);
  await page.getByRole('button', { name: 'I am done: end this page' }).click();
  expect(await page.locator('h1').innerText()).toBe('This link has ended');
  await look(page, 'upload-ended');
  expect((await site.ok('maria', 'get-job', { job: 'J-S4', section: 'files' })).job.files).toHaveLength(3);
});

it('a photo that was chosen while the page was still loading is sent too', { timeout: 60_000 }, async () => {
  const { page } = await openedUpload(true);
  await page.addInitScript(`new MutationObserver((_, observer) => {
    const input = document.getElementById('files');
    if (input === null) return;
    observer.disconnect();
    const chosen = new DataTransfer();
    chosen.items.add(new File(['Issued.'], 'permit.txt', { type: 'text/plain' }));
    input.files = chosen.files;
  }).observe(document, { childList: true, subtree: true })`);
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByText('permit.txt is there').waitFor();
  expect(await page.locator('#sent li').count()).toBe(1);
});

it('without scripts they are sent together, with what came of each', { timeout: 60_000 }, async () => {
  const { page } = await openedUpload(false);
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByLabel('Photos and files').setInputFiles([PHOTO, PICTURE]);
  await page.getByLabel('Or take a photo').setInputFiles(PHOTO);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('is there already').waitFor();
  expect((await page.locator('#sent li').allInnerTexts()).map((row) => row.replace(/\s+/g, ' ').trim())).toEqual([
    'phone.jpg is there, without the place where it was taken',
    expect.stringMatching(/^camera\.png is there/),
    'phone.jpg is there already: not added again',
  ]);
  await look(page, 'upload-without-scripts');
});

it('a photo that a phone without reception did not send is sent again by a tap', { timeout: 60_000 }, async () => {
  const { page } = await openedUpload(true);
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByText('They go to Roof replacement').waitFor();
  await page.context().setOffline(true);
  await page.getByLabel('Photos and files').setInputFiles([note('permit.txt', 'Issued.')]);
  await page.getByText('was not sent: there is no connection').waitFor();
  await look(page, 'upload-no-reception');
  await page.context().setOffline(false);
  await page.getByRole('button', { name: 'Send again' }).click();
  await page.getByText('permit.txt is there').waitFor();
  expect(await page.locator('#sent li').count()).toBe(1);
});
