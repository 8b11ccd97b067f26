// Pages of records, behind the same sign-in as everything, and made by the same calls as every tool's answers.
import { SCOPES, type Principal } from '../../domain/access.ts';
import { Problem } from '../../domain/errors.ts';
import { kindOf, pagePath } from '../../kinds/uri.ts';
import type { Connect } from '../../pages/connect.ts';
import { openRecord } from '../../pages/open-record.ts';
import { ICON, ICON_PATH, notice } from '../../pages/layout.ts';
import { dueBlocks } from '../../printers/monthly-expense.ts';
import { accountsPage, noPdfPage, recordPage, startPage, type Here, type RecordPage } from '../../pages/record.ts';
import { callTool, openFile, readAsFetch } from '../../server.ts';
import { membershipsOf, principalOf } from '../../services/access/people.ts';
import { newRoutes, ownPath, show, signedIn, type PageContext, type Routes } from './browser.ts';
import { sendFile } from './send-file.ts';
import { isLoopback } from './guards.ts';
import { MCP_PATH, type HttpApp } from './http-app.ts';
import { plain, beginning } from '../../domain/text.ts';
import { sessionFor, type Session } from '../../server/session.ts';

const PAGE = { client: 'web page', canAsk: false };
/** @param localOwner whoever is on this machine, where nobody signs in */
export function recordRoutes(httpApp: HttpApp, localOwner: Principal | null): Routes {
  const routes = newRoutes();
  routes.get('/', async (c) => {
    if (localOwner !== null) return c.redirect(`/a/${localOwner.accountId}`, 303);
    const person = await signedIn(httpApp, c);
    if (person === null) return c.redirect('/sign-in', 303);
    const all = (await membershipsOf(httpApp.directory, person.personId)).map(
      ({ accountId: id, accountName: name }) => ({
        id,
        name,
      }),
    );
    const [only] = all;
    if (only !== undefined && all.length === 1) return c.redirect(`/a/${only.id}`, 303);
    return await show(c, accountsPage(all, person.name));
  });
  routes.get('/a/:account{[1-9]\\d{0,8}}', async (c) => await within(c, httpApp, localOwner, start));
  routes.get(
    '/a/:account{[1-9]\\d{0,8}}/:ref{[\\w-]{1,40}}',
    async (c) => await within(c, httpApp, localOwner, record),
  );
  routes.get(
    '/a/:account{[1-9]\\d{0,8}}/:ref{[\\w-]{1,40}}/content',
    async (c) => await within(c, httpApp, localOwner, content),
  );
  routes.get(
    '/a/:account{[1-9]\\d{0,8}}/:ref{[\\w-]{1,40}}/pdf',
    async (c) => await within(c, httpApp, localOwner, pdf),
  );
  // Pages name the first; browsers that show no page of ours ask for the second.
  for (const path of [ICON_PATH, '/favicon.ico']) routes.get(path, icon);
  return routes;
}

function icon(c: PageContext): Response {
  return c.body(ICON, 200, {
    ...{ 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' },
    ...{ 'content-security-policy': "default-src 'none'", 'x-content-type-options': 'nosniff' },
  });
}

type Visit = {
  readonly session: Session;
  readonly accountName: string;
  readonly here: Here;
  readonly connect: Connect;
};
type Page = (c: PageContext, visit: Visit) => Promise<Response>;

/** Somebody who is in the account now; for everybody else its pages are not there. */
async function within(c: PageContext, httpApp: HttpApp, localOwner: Principal | null, make: Page): Promise<Response> {
  const accountId = Number(c.req.param('account'));
  // A page opens files itself: its calls need no links that do.
  const app = { ...httpApp.app, deferCall: null };
  const connect = connectTo(httpApp, localOwner === null);
  if (localOwner !== null) {
    if (localOwner.accountId !== accountId) return await notThere(c);
    const here = { accountId, person: null, hasOtherBooks: false };
    return await make(c, { session: sessionFor(app, localOwner), accountName: 'Your books', here, connect });
  }
  const person = await signedIn(httpApp, c);
  if (person === null) {
    const { pathname, search } = new URL(c.req.url);
    return c.redirect(`/sign-in?next=${encodeURIComponent(ownPath(pathname + search))}`, 303);
  }
  const all = await membershipsOf(httpApp.directory, person.personId);
  const member = all.find((each) => each.accountId === accountId);
  if (member === undefined) return await notThere(c);
  const here = { accountId, person: member.name, hasOtherBooks: all.length > 1 };
  const session = sessionFor(app, principalOf(member, SCOPES));
  return await make(c, { session, accountName: member.accountName, here, connect });
}

function connectTo({ url }: HttpApp, signsIn: boolean): Connect {
  return { address: new URL(MCP_PATH, url).href, signsIn, isLocal: isLoopback(url.hostname) };
}

export async function notThere(c: PageContext): Promise<Response> {
  return await show(c, notice('Not here', 'There is no such page, or it is not yours to see.'), 404);
}

async function record(c: PageContext, { session, here }: Visit): Promise<Response> {
  const found = await opened(session, c.req.param('ref') ?? '');
  return found === null ? await notThere(c) : await show(c, recordPage(found, here));
}

/** Null for what is no record, or not theirs to see. */
async function opened(session: Session, ref: string): Promise<RecordPage | null> {
  if (kindOf(ref) === null) return null;
  try {
    const { result, due } = await readAsFetch(session, PAGE.client, async (scope) => await openRecord(scope, ref));
    return { ...result, blocks: [...result.blocks, ...dueBlocks(due)] };
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

/** A quote or an invoice as its customer gets it; who does not see the record is told no more than on its page. */
async function pdf(c: PageContext, { session }: Visit): Promise<Response> {
  const ref = c.req.param('ref') ?? '';
  const found = await opened(session, ref);
  if (found?.isPaper !== true) return await notThere(c);
  const { extras = [], problem } = await callTool(session, 'get-document', { document: ref, format: 'pdf' }, PAGE);
  const [file] = extras;
  if (file === undefined) {
    const words = problem?.why ?? 'It cannot be made now. Try again in a moment.';
    return await show(c, noPdfPage({ words, path: pagePath(session.accountId, ref) }), 404);
  }
  const bytes = Buffer.from(file.base64, 'base64');
  return sendFile(c, { name: file.fileName, mediaType: file.mimeType, size: bytes.length, bytes });
}

async function content(c: PageContext, { session }: Visit): Promise<Response> {
  const ref = c.req.param('ref') ?? '';
  if (kindOf(ref) !== 'file') return await notThere(c);
  try {
    const { file, bytes } = await openFile(session, ref);
    return sendFile(c, { name: file.name, mediaType: file.mediaType, size: file.size, bytes });
  } catch (error) {
    if (error instanceof Problem) return await notThere(c);
    throw error;
  }
}

async function start(c: PageContext, { session, accountName, here, connect }: Visit): Promise<Response> {
  const query = beginning((c.req.query('q') ?? '').trim(), 200);
  const rows = query === '' ? await newestJobs(session) : await found(session, query);
  return await show(c, startPage({ name: accountName, query, rows, connect }, here));
}

async function newestJobs(session: Session) {
  const { structuredContent: list } = await callTool(session, 'list-jobs', {}, PAGE);
  return (list?.jobs ?? []).map(({ ref, name, status, customer }) => ({
    ref,
    words: `${name}, ${customer.name}, ${plain(status)}`,
  }));
}

async function found(session: Session, query: string) {
  const { structuredContent: list } = await callTool(session, 'search', { query }, PAGE);
  return (list?.results ?? []).map(({ id, title }) => ({
    ref: id,
    words: title.startsWith(id) ? title.slice(id.length).trim() : title,
  }));
}
