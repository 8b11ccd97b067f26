// The page for the files of one job, by a link that is itself the right to send them: to whichever browser opens it first.
// Nothing is read of a file before it is known that it comes from there.
import { bodyLimit } from 'hono/body-limit';
import type { Principal } from '../../domain/access.ts';
import { isPicture, LARGEST_FILE } from '../../domain/file.ts';
import { beginning, visibleLine } from '../../domain/text.ts';
import {
  AT_ONCE,
  openedElsewherePage,
  outcomeInWords,
  roomInWords,
  SENDING,
  startUploadPage,
  uploadEndedPage,
  uploadingPage,
  type UploadOutcome,
  type SentFile,
} from '../../pages/upload.ts';
import { callTool, type AnswerOf } from '../../server.ts';
import { newSecret } from '../../services/shared/secret.ts';
import {
  endUploadPage,
  isOpenedBy,
  openUploadPage,
  uploadPageOf,
  withinRoom,
  type UploadPage,
} from '../../services/crew/upload-pages.ts';
import {
  formOf,
  heldIn,
  holdIn,
  isOwnForm,
  newRoutes,
  show,
  signedIn,
  type PageContext,
  type Routes,
} from './browser.ts';
import { sessionOf } from './links.ts';
import { notThere } from './records.ts';
import { sendFile } from './send-file.ts';
import type { HttpApp } from './http-app.ts';
import type { Result, Session } from '../../server/session.ts';

const PATH = '/upload/job/:secret{[\\w-]{43}}';
/** The files, and what a form puts around each. */
const LARGEST_FORM = AT_ONCE + 64 * 1024;
/** Of one page, and of all pages of one giver. */
const MOST_AT_ONCE = { page: 2, giver: 6 } as const;

type Visit = {
  readonly httpApp: HttpApp;
  readonly secret: string;
  /** Where this page is. */
  readonly path: string;
  readonly link: UploadPage;
  /** As whoever gave it out. */
  readonly session: Session;
};
type Doing = (c: PageContext, visit: Visit) => Promise<Response>;

/** @param localOwner whoever is on this machine, where nobody signs in */
export function uploadPageRoutes(httpApp: HttpApp, localOwner: Principal | null): Routes {
  const routes = newRoutes();
  const visited = (work: Doing) => async (c: PageContext) => {
    const secret = c.req.param('secret') ?? '';
    const link = await uploadPageOf(httpApp.directory, secret);
    const session = link === null ? null : await sessionOf(httpApp, { localOwner }, link);
    if (link === null || session === null) return await show(c, uploadEndedPage(), 404);
    return await work(c, { httpApp, secret, path: `/upload/job/${secret}`, link, session });
  };
  const inFlight: string[] = [];
  routes.get(PATH, visited(look));
  routes.post(PATH, visited(ofOwnForm(ofHolder(oneOfFew(inFlight, limited(receive))))));
  routes.post(`${PATH}/start`, visited(ofOwnForm(start)));
  routes.post(`${PATH}/end`, visited(ofOwnForm(end)));
  routes.get(`${PATH}/:ref{F-\\d{1,15}}`, visited(ofHolder(picture)));
  return routes;
}

function ofOwnForm(work: Doing): Doing {
  return async (c, visit) => (isOwnForm(visit.httpApp, c) ? await work(c, visit) : await notThere(c));
}

function ofHolder(work: Doing): Doing {
  return async (c, visit) =>
    isOpenedBy(visit.link, heldIn(visit.httpApp, c)) ? await work(c, visit) : await elsewhere(c, visit);
}

async function elsewhere(c: PageContext, { httpApp, link, path }: Visit): Promise<Response> {
  const isGiver = link.personId !== null && (await signedIn(httpApp, c))?.personId === link.personId;
  return await show(c, openedElsewherePage(isGiver ? path : null), 403);
}

const look: Doing = async (c, visit) =>
  visit.link.openedBy === null ? await show(c, startUploadPage(visit.path)) : await ofHolder(open)(c, visit);

const open: Doing = async (c, visit) => await pageWith(c, visit, { sent: [], error: null });

const start: Doing = async (c, { httpApp, secret, path, link }) => {
  const held = heldIn(httpApp, c) ?? newSecret();
  if (link.openedBy === null && (await openUploadPage(httpApp.directory, secret, held))) holdIn(httpApp, c, held);
  return c.redirect(path, 303);
};

/** By who holds it, or by its giver, from wherever they are signed in. */
const end: Doing = async (c, visit) => {
  const { httpApp, secret, link } = visit;
  const isGiver = link.personId !== null && (await signedIn(httpApp, c))?.personId === link.personId;
  if (!isGiver && !isOpenedBy(link, heldIn(httpApp, c))) return await elsewhere(c, visit);
  await endUploadPage(httpApp.directory, secret);
  return await show(c, uploadEndedPage());
};

function oneOfFew(inFlight: string[], work: Doing): Doing {
  return async (c, visit) => {
    const { secret, link } = visit;
    const [page, giver] = [`page ${secret}`, `giver ${link.accountId} ${link.personId ?? ''}`];
    const count = (key: string) => inFlight.filter((each) => each === key).length;
    if (count(page) >= MOST_AT_ONCE.page || count(giver) >= MOST_AT_ONCE.giver)
      return await refuse(c, visit, 'Others are being sent. Wait until they are there.', 429);
    inFlight.push(page, giver);
    try {
      return await work(c, visit);
    } finally {
      for (const key of [page, giver]) inFlight.splice(inFlight.indexOf(key), 1);
    }
  };
}

function limited(work: Doing): Doing {
  return async (c, visit) => {
    const words = `That is more than ${AT_ONCE / 1024 / 1024} MB at once. Send fewer at a time.`;
    const limit = bodyLimit({ maxSize: LARGEST_FORM, onError: async () => await refuse(c, visit, words, 413) });
    const answer: { given?: Response } = {};
    const refused = await limit(c, async () => {
      answer.given = await work(c, visit);
    });
    const given = refused ?? answer.given;
    if (given === undefined) throw new Error('files were neither read nor refused');
    return given;
  };
}

/** A script is told in JSON, a person on the page. */
const isScript = (c: PageContext) => c.req.header('accept') === 'application/json';

async function refuse(c: PageContext, visit: Visit, error: string, status: 400 | 413 | 429): Promise<Response> {
  if (isScript(c)) return c.json({ error }, status, { 'cache-control': 'no-store' });
  return await pageWith(c, visit, { sent: [], error }, status);
}

const receive: Doing = async (c, visit) => {
  const { httpApp, secret } = visit;
  const given = (await formOf(c))?.getAll('file') ?? [];
  const files = given.filter((each) => each instanceof File).filter(({ name, size }) => name !== '' || size > 0);
  if (files.length === 0) return await refuse(c, visit, 'Choose a file first.', 400);
  const sent: SentFile[] = [];
  for (const file of files) {
    const outcome = await kept(visit, file);
    // Only the link that is good now may go on.
    if (outcome === null) break;
    sent.push({ name: nameOf(file), outcome });
  }
  const now = await uploadPageOf(httpApp.directory, secret);
  if (now === null) return await show(c, uploadEndedPage(), 404);
  if (!isScript(c))
    return await pageWith(c, { ...visit, link: now }, { sent, error: sent.length < files.length ? FULL : null });
  if (sent.length === 0) return await refuse(c, visit, FULL, 413);
  const words = sent.map(({ outcome }) => ({ words: outcomeInWords(outcome) }));
  return c.json({ sent: words, room: roomInWords(now) }, 200, { 'cache-control': 'no-store' });
};

const nameOf = ({ name }: File) => beginning(visibleLine(name), 100);

const FULL = 'This page has no room for more. Ask whoever gave you the link for a new one.';

/** Through the tool, as its giver's act. Null where the page has no room, or has ended. */
async function kept({ httpApp, secret, link, session }: Visit, file: File): Promise<UploadOutcome | null> {
  if (file.size > LARGEST_FILE) return { kind: 'not kept', why: `It is larger than ${LARGEST_FILE / 1024 / 1024} MB.` };
  if (file.size === 0) return { kind: 'not kept', why: 'It is empty.' };
  const name = nameOf(file);
  const done = await withinRoom(httpApp.directory, { secret, bytes: file.size }, async () => {
    const content = Buffer.from(await file.arrayBuffer()).toString('base64');
    const args = { ...link.args, content, ...(file.name === '' ? {} : { name: file.name.slice(-200) }) };
    const caller = { client: throughPage(link), canAsk: false };
    const { structuredContent: answer, problem } = await callTool(session, 'attach-file', args, caller);
    const outcome = answer === undefined ? notKept(problem) : outcomeOf(answer);
    return { kept: outcome.kind === 'kept' ? { ref: outcome.ref, isPicture: outcome.isPicture, name } : null, outcome };
  });
  return done?.outcome ?? null;
}

/** As the history names what a change came through. */
function throughPage({ client }: UploadPage): string {
  return beginning(`upload link from ${client}`, 80);
}

function outcomeOf({ change, locationRemoved, flaw, file }: AnswerOf<'attach-file'>): UploadOutcome {
  if (file === null) return notKept(undefined);
  if (change === null) return { kind: 'there already' };
  return { kind: 'kept', ref: file.ref, isPicture: isPicture(file.mediaType), locationRemoved, flaw };
}

/** What is wrong with the file itself is theirs to know; what is wrong with anything else is not. */
function notKept(problem: Result['problem']): UploadOutcome {
  const isOfFile = problem?.field === 'content' || problem?.field === 'kind';
  return {
    kind: 'not kept',
    why: isOfFile ? problem.why : 'Try again in a moment, or ask whoever gave you the link.',
  };
}

async function pageWith(
  c: PageContext,
  { path, link, session }: Visit,
  of: { readonly sent: readonly SentFile[]; readonly error: string | null },
  status: 200 | 400 | 413 | 429 = 200,
): Promise<Response> {
  const { structuredContent } = await callTool(
    session,
    'get-job',
    { job: link.args['job'] },
    { client: 'web page', canAsk: false },
  );
  const job = structuredContent?.job.name;
  // Not there any more, or no longer theirs who gave it out.
  if (job === undefined) return await show(c, uploadEndedPage(), 404);
  const minutesLeft = Math.max(1, Math.ceil((Date.parse(link.endsAt) - Date.parse(link.now)) / 60_000));
  const { filesLeft, bytesLeft, kept: refs } = link;
  const view = { path, job, minutesLeft, filesLeft, bytesLeft, kept: refs.toReversed(), ...of };
  return await show(c, uploadingPage(view), status, { sender: SENDING });
}

/** What came by this page, as models are shown it: small. */
const picture: Doing = async (c, { link, session }) => {
  const ref = c.req.param('ref') ?? '';
  if (!link.kept.some((each) => each.ref === ref && each.isPicture)) return await notThere(c);
  const { extras = [] } = await callTool(session, 'fetch', { id: ref }, { client: 'web page', canAsk: false });
  const [shown] = extras;
  if (shown?.kind !== 'image') return await notThere(c);
  const bytes = Buffer.from(shown.base64, 'base64');
  return sendFile(c, { name: shown.fileName, mediaType: shown.mimeType, size: bytes.length, bytes });
};
