// Pages of records, behind the same sign-in as everything, and made by the same calls as every tool's answers.
import { z } from 'zod';
import { SCOPES, type Principal } from '../../domain/access.ts';
import { Problem } from '../../domain/errors.ts';
import { kindOf } from '../../domain/uri.ts';
import { notice } from '../../pages/layout.ts';
import { accountsPage, recordPage, startPage, type Strip } from '../../pages/record.ts';
import { callTool, hostFor, openFile, type Host } from '../../server.ts';
import { memberIn, membershipsOf, principalOf } from '../../services/people.ts';
import { newRoutes, ownPath, show, signedIn, type PageContext, type Routes } from './browser.ts';
import { sendFile } from './send-file.ts';
import type { Site } from './site.ts';

const PAGE = { client: 'web page', canAsk: false };
const Found = z.object({
  id: z.string(),
  title: z.string(),
  text: z.string(),
  metadata: z.object({ kind: z.string(), fileName: z.string().optional(), mimeType: z.string().optional() }),
});
const StripShown = z.object({
  ...{ billed: z.string(), costOfWork: z.string(), expenses: z.string(), profit: z.string() },
  ...{ marginPercent: z.number().nullable(), currency: z.string() },
});

/** @param localOwner whoever is on this machine, where nobody signs in */
export function recordRoutes(site: Site, localOwner: Principal | null): Routes {
  const routes = newRoutes();
  routes.get('/', async (c) => {
    if (localOwner !== null) return c.redirect(`/a/${localOwner.accountId}`, 303);
    const person = await signedIn(site, c);
    if (person === null) return c.redirect('/sign-in', 303);
    const all = (await membershipsOf(site.directory, person.personId)).map(({ accountId: id, accountName: name }) => ({
      id,
      name,
    }));
    const [only] = all;
    if (only !== undefined && all.length === 1) return c.redirect(`/a/${only.id}`, 303);
    return await show(c, accountsPage(all, person.name));
  });
  routes.get('/a/:account{[1-9]\\d{0,8}}', async (c) => await within(c, site, localOwner, start));
  routes.get('/a/:account{[1-9]\\d{0,8}}/:ref{[\\w-]{1,40}}', async (c) => await within(c, site, localOwner, record));
  routes.get(
    '/a/:account{[1-9]\\d{0,8}}/:ref{[\\w-]{1,40}}/content',
    async (c) => await within(c, site, localOwner, content),
  );
  return routes;
}

type Visit = { readonly host: Host; readonly accountName: string; readonly person: string | null };
type Page = (c: PageContext, visit: Visit) => Promise<Response>;

/** Somebody who is in the account now; for everybody else its pages are not there. */
async function within(c: PageContext, site: Site, localOwner: Principal | null, make: Page): Promise<Response> {
  const accountId = Number(c.req.param('account'));
  if (localOwner !== null) {
    if (localOwner.accountId !== accountId) return await notThere(c);
    return await make(c, { host: hostFor(site.house, localOwner), accountName: 'Your books', person: null });
  }
  const person = await signedIn(site, c);
  if (person === null) {
    const { pathname, search } = new URL(c.req.url);
    return c.redirect(`/sign-in?next=${encodeURIComponent(ownPath(pathname + search))}`, 303);
  }
  const member = await memberIn(site.directory, { personId: person.personId, accountId });
  if (member === null) return await notThere(c);
  const host = hostFor(site.house, principalOf(member, SCOPES));
  return await make(c, { host, accountName: member.accountName, person: person.name });
}

export async function notThere(c: PageContext): Promise<Response> {
  return await show(c, notice('Not here', 'There is no such page, or it is not yours to see.'), 404);
}

async function record(c: PageContext, { host, person }: Visit): Promise<Response> {
  const ref = c.req.param('ref') ?? '';
  if (kindOf(ref) === null) return await notThere(c);
  const { structuredContent } = await callTool(host, 'fetch', { id: ref }, PAGE);
  const { data } = Found.safeParse(structuredContent);
  if (data === undefined) return await notThere(c);
  const { kind, fileName, mimeType } = data.metadata;
  const file =
    fileName === undefined ? null : { name: fileName, isPicture: /^image\/(png|jpeg|gif|webp)$/.test(mimeType ?? '') };
  const strip = kind === 'job' ? await stripOf(host, ref) : null;
  const { id, title, text } = data;
  return await show(c, recordPage({ id, title, text, strip, file }, { accountId: host.accountId, person }));
}

async function stripOf(host: Host, ref: string): Promise<Strip | null> {
  const { structuredContent } = await callTool(host, 'get-job', { job: ref }, PAGE);
  const { data } = z.object({ job: z.object({ profit: StripShown }) }).safeParse(structuredContent);
  return data?.job.profit ?? null;
}

async function content(c: PageContext, { host }: Visit): Promise<Response> {
  const ref = c.req.param('ref') ?? '';
  if (kindOf(ref) !== 'file') return await notThere(c);
  try {
    const { file, bytes } = await openFile(host, ref);
    return sendFile(c, { name: file.name, mediaType: file.mediaType, bytes });
  } catch (error) {
    if (error instanceof Problem) return await notThere(c);
    throw error;
  }
}

async function start(c: PageContext, { host, accountName, person }: Visit): Promise<Response> {
  const query = (c.req.query('q') ?? '').trim().slice(0, 200);
  const rows = query === '' ? await newestJobs(host) : await found(host, query);
  return await show(c, startPage({ name: accountName, query, rows }, { accountId: host.accountId, person }));
}

async function newestJobs(host: Host) {
  const { structuredContent } = await callTool(host, 'list-jobs', {}, PAGE);
  const jobs = z.object({
    jobs: z.array(
      z.object({ ref: z.string(), name: z.string(), status: z.string(), customer: z.object({ name: z.string() }) }),
    ),
  });
  return (jobs.safeParse(structuredContent).data?.jobs ?? []).map(({ ref, name, status, customer }) => ({
    ref,
    words: `${name}, ${customer.name}, ${status.replaceAll('_', ' ')}`,
  }));
}

async function found(host: Host, query: string) {
  const { structuredContent } = await callTool(host, 'search', { query }, PAGE);
  const results = z.object({ results: z.array(z.object({ id: z.string(), title: z.string() })) });
  return (results.safeParse(structuredContent).data?.results ?? []).map(({ id, title }) => ({
    ref: id,
    words: title.startsWith(id) ? title.slice(id.length).trim() : title,
  }));
}
