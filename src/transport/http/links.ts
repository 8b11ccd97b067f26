// Links for a file that comes or goes. Opening one does the call that it stands for, as its caller, with what they may do
// now; to anybody else it is not there. Somebody's look at it, without signing in, does not use it up.
import { bodyLimit } from 'hono/body-limit';
import type { Principal } from '../../domain/access.ts';
import { Problem } from '../../domain/errors.ts';
import { LARGEST_FILE } from '../../domain/file.ts';
import { kindOf, pagePath } from '../../kinds/uri.ts';
import { notice } from '../../pages/layout.ts';
import { linkEndedPage, uploadedPage, uploadPage } from '../../pages/record.ts';
import { callTool, openFile, type AnswerOf } from '../../server.ts';
import { callOf, spending, type DeferredCall } from '../../services/shared/links.ts';
import { memberIn, principalOf } from '../../services/access/people.ts';
import { formOf, isOwnForm, newRoutes, ownPath, show, signedIn, type PageContext, type Routes } from './browser.ts';
import { bearerOf } from './caller.ts';
import { notThere } from './records.ts';
import { sendFile } from './send-file.ts';
import type { Authenticate, HttpApp } from './http-app.ts';
import { sessionFor, type Session, type Result } from '../../server/session.ts';

const SECRET = ':secret{[\\w-]{43}}';
/** The file, and what a form puts around it. */
const LARGEST_UPLOAD = LARGEST_FILE + 64 * 1024;

export type WhoOpens = {
  readonly localOwner: Principal | null;
  /** Programs open links with the token of their person. */
  readonly authenticate: Authenticate | null;
};

export function linkRoutes(httpApp: HttpApp, who: WhoOpens): Routes {
  const routes = newRoutes();
  routes.get(`/download/${SECRET}`, async (c) => await opened(c, httpApp, who, download));
  routes.get(`/upload/${SECRET}`, async (c) => await opened(c, httpApp, who, chooser));
  const receive = oneOfFew(limited(upload));
  routes.post(`/upload/${SECRET}`, async (c) => await opened(c, httpApp, who, receive));
  return routes;
}

/** Nothing is read of a file before it is known whose link it is. */
function limited(work: Doing): Doing {
  return async (c, opening) => {
    const limit = bodyLimit({ maxSize: LARGEST_UPLOAD, onError: async () => await again(c, opening, TOO_LARGE, 413) });
    const answer: { given?: Response } = {};
    const refused = await limit(c, async () => {
      answer.given = await work(c, opening);
    });
    const given = refused ?? answer.given;
    if (given === undefined) throw new Error('an upload was neither read nor refused');
    return given;
  };
}

/** Files that one person sends at the same time. */
const MOST_AT_ONCE = 6;

function oneOfFew(work: Doing): Doing {
  const inFlight = new Map<string, number>();
  return async (c, opening) => {
    const whose = opening.call.personId ?? '';
    const others = inFlight.get(whose) ?? 0;
    if (others >= MOST_AT_ONCE)
      return await show(
        c,
        notice('One after the other', 'Wait until your other files are there, then send this one.'),
        429,
      );
    inFlight.set(whose, others + 1);
    try {
      return await work(c, opening);
    } finally {
      const left = (inFlight.get(whose) ?? 1) - 1;
      if (left === 0) inFlight.delete(whose);
      else inFlight.set(whose, left);
    }
  };
}

/** As whom a link acts. */
type Acting = Pick<DeferredCall, 'accountId' | 'personId' | 'scopes'>;

type Opening = {
  readonly httpApp: HttpApp;
  readonly secret: string;
  readonly call: DeferredCall;
  readonly session: Session;
};
type Doing = (c: PageContext, opening: Opening) => Promise<Response>;

async function opened(c: PageContext, httpApp: HttpApp, who: WhoOpens, work: Doing): Promise<Response> {
  const secret = c.req.param('secret') ?? '';
  const opener = await openerOf(c, httpApp, who);
  if (opener === 'wrong token') return c.json({ error: 'invalid_token' }, 401, { 'www-authenticate': 'Bearer' });
  // A look at it that is not signed in is sent to sign in, whatever the link is: that tells nothing.
  if (opener === null) return c.redirect(`/sign-in?next=${encodeURIComponent(ownPath(c.req.path))}`, 303);
  const call = await callOf(httpApp.directory, secret);
  if (call === null || !mayOpen(opener, call)) return await linkEnded(c);
  const session = await sessionOf(httpApp, who, call);
  return session === null ? await linkEnded(c) : await work(c, { httpApp, secret, call, session });
}

/** Whoever opens a link: a person with their browser, or a program with a token, which is of one account. */
type Opener = Pick<Principal, 'personId'> & Partial<Pick<Principal, 'accountId' | 'scopes'>>;

/** Null for nobody who is known. */
async function openerOf(
  c: PageContext,
  httpApp: HttpApp,
  { localOwner, authenticate }: WhoOpens,
): Promise<Opener | 'wrong token' | null> {
  if (localOwner !== null) return localOwner;
  const token = bearerOf(c.env.incoming);
  if (token === undefined) return await signedIn(httpApp, c);
  return (token === null ? null : (await authenticate?.(token))?.principal) ?? 'wrong token';
}

/** A token that could not have asked for it does not open it either. */
function mayOpen({ personId, accountId, scopes }: Opener, call: DeferredCall): boolean {
  return (
    call.personId === personId &&
    (accountId === undefined || accountId === call.accountId) &&
    (scopes === undefined || [...call.scopes].every((scope) => scopes.has(scope)))
  );
}

async function linkEnded(c: PageContext): Promise<Response> {
  return await show(c, linkEndedPage(), 404);
}

/** With the role that they have now, and no more than the assistant was granted then. */
export async function sessionOf(
  httpApp: HttpApp,
  { localOwner }: Pick<WhoOpens, 'localOwner'>,
  call: Acting,
): Promise<Session | null> {
  // What a link stands for is answered with the bytes themselves.
  const { app, directory } = { ...httpApp, app: { ...httpApp.app, deferCall: null } };
  if (localOwner !== null) return sessionFor(app, localOwner);
  if (call.personId === null) return null;
  const member = await memberIn(directory, { personId: call.personId, accountId: call.accountId });
  return member === null ? null : sessionFor(app, principalOf(member, call.scopes));
}

async function download(c: PageContext, { httpApp, secret, call, session }: Opening): Promise<Response> {
  if (c.req.method === 'HEAD') return c.body(null, 200);
  const spent = await spending(httpApp.directory, secret, async () => await bytesOf(session, call));
  const sent = spent?.done;
  return sent === undefined ? await linkEnded(c) : sendFile(c, sent);
}

/** Undefined where the call came to nothing. */
async function bytesOf(session: Session, { tool, args, client }: DeferredCall) {
  if (tool === 'fetch') {
    try {
      const { file, bytes } = await openFile(session, typeof args['id'] === 'string' ? args['id'] : '');
      return { name: file.name, mediaType: file.mediaType, size: file.size, bytes };
    } catch (error) {
      if (error instanceof Problem) return undefined;
      throw error;
    }
  }
  const { extras = [] } = await callTool(session, tool, args, { client, canAsk: false });
  const [extra] = extras;
  if (extra === undefined) return undefined;
  const bytes = Buffer.from(extra.base64, 'base64');
  return { name: extra.fileName, mediaType: extra.mimeType, size: bytes.length, bytes };
}

async function chooser(c: PageContext, opening: Opening): Promise<Response> {
  return await show(c, uploadPage({ action: c.req.path, where: await destinationOf(opening), error: null }));
}

/** The same page, with what was wrong. */
async function again(c: PageContext, opening: Opening, error: string, status: 400 | 413 = 400): Promise<Response> {
  return await show(c, uploadPage({ action: c.req.path, where: await destinationOf(opening), error }), status);
}

const TOO_LARGE = 'That file is too large: at most 10 MB.';

/** The record that was found, so that a person sees where their file will be; what was said, where it is not shown. */
async function destinationOf({ session, call: { args, client } }: Opening): Promise<string> {
  const { expense, job, customer } = args;
  const caller = { client, canAsk: false };
  // The nearest first.
  if (typeof expense === 'string') {
    const { structuredContent: found } = await callTool(session, 'fetch', { id: expense }, caller);
    return found !== undefined && kindOf(found.id) === 'expense' ? found.title : expense;
  }
  if (typeof job === 'string') {
    const { structuredContent: found } = await callTool(session, 'get-job', { job }, caller);
    return found === undefined ? job : `${found.job.ref} ${found.job.name}`;
  }
  if (typeof customer !== 'string') return 'your books';
  const { structuredContent: found } = await callTool(session, 'get-customer', { customer }, caller);
  return found === undefined ? customer : `${found.customer.ref} ${found.customer.name}`;
}

async function upload(c: PageContext, opening: Opening): Promise<Response> {
  const { httpApp, secret, call, session } = opening;
  const isForm = c.req.header('authorization') === undefined;
  if (isForm && !isOwnForm(httpApp, c)) return await notThere(c);
  const sent = await sentFile(c);
  if (sent === null) return await again(c, opening, 'Choose a file first.');
  let refusal = '';
  const spent = await spending(httpApp.directory, secret, async () => {
    const args = {
      ...call.args,
      content: sent.base64,
      ...('name' in call.args ? {} : { name: sent.name }),
    };
    // The one tool whose links take files in.
    const result = await callTool(session, 'attach-file', args, { client: call.client, canAsk: false });
    if (result.isError !== true) return result;
    refusal = result.problem?.why ?? wordsOf(result);
    return undefined;
  });
  if (spent === null) return await linkEnded(c);
  return spent.done === undefined ? await again(c, opening, refusal) : await kept(c, session, spent.done, isForm);
}

async function kept(
  c: PageContext,
  { accountId }: Session,
  result: Result<AnswerOf<'attach-file'>>,
  isForm: boolean,
): Promise<Response> {
  const { structuredContent: answer } = result;
  if (!isForm) return c.json(answer ?? {}, 201, { 'cache-control': 'no-store' });
  const file = answer?.file ?? null;
  const path = file === null ? null : pagePath(accountId, file.ref);
  return await show(c, uploadedPage({ words: answer?.did ?? wordsOf(result), path }));
}

/** Of a form, or the bare bytes of a program's request. */
async function sentFile(c: PageContext): Promise<{ readonly name: string; readonly base64: string } | null> {
  const type = c.req.header('content-type') ?? '';
  if (!type.startsWith('multipart/form-data')) {
    const bytes = Buffer.from(await c.req.arrayBuffer());
    return bytes.length === 0 ? null : { name: 'file', base64: bytes.toString('base64') };
  }
  const file = (await formOf(c))?.get('file');
  if (!(file instanceof File) || file.size === 0) return null;
  return { name: file.name.slice(-200) || 'file', base64: Buffer.from(await file.arrayBuffer()).toString('base64') };
}

function wordsOf({ content }: Pick<Result, 'content'>): string {
  return content.map(({ text }) => text).join('\n');
}
