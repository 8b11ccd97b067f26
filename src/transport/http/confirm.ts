// Where a person says yes themselves to what an assistant of theirs asked for. Looking does nothing, however often and
// whoever looks; the button does it once, as it was shown, for the very person who gave their password just now.
import { confirmedBeforePage, confirmedPage, confirmPage, nothingToConfirmPage } from '../../pages/confirm.ts';
import { capital } from '../../printers/format.ts';
import { linkEndedPage } from '../../pages/record.ts';
import { callTool } from '../../server.ts';
import { waitingCall, type WaitingCall } from '../../services/shared/links.ts';
import { memberIn, principalOf } from '../../services/access/people.ts';
import {
  fieldOf,
  formOf,
  formToken,
  isFormToken,
  newRoutes,
  noForm,
  ownForm,
  show,
  signedIn,
  type PageContext,
  type Routes,
} from './browser.ts';
import type { HttpApp } from './http-app.ts';
import { sessionFor, type Session, type Result } from '../../server/session.ts';

const PATH = '/confirm/:secret{[\\w-]{43}}';

export function confirmRoutes(httpApp: HttpApp): Routes {
  const routes = newRoutes();
  routes.get(PATH, async (c) => await opened(c, httpApp, async (asked) => await look(c, httpApp, asked)));
  routes.post(
    PATH,
    ...ownForm(httpApp),
    async (c) => await opened(c, httpApp, async (asked) => await press(c, httpApp, asked)),
  );
  return routes;
}

type Asked = {
  readonly waiting: WaitingCall;
  readonly session: Session;
  readonly accountName: string;
  readonly home: string;
};

/** For whoever asked for it, and gave their password just now; to anybody else it is not there. */
async function opened(c: PageContext, httpApp: HttpApp, work: (asked: Asked) => Promise<Response>): Promise<Response> {
  const person = await signedIn(httpApp, c);
  // Whatever the link is: that tells nothing.
  if (person?.gavePasswordJustNow !== true) return c.redirect(`/sign-in?next=${encodeURIComponent(c.req.path)}`, 303);
  const waiting = await waitingCall(httpApp.directory, c.req.param('secret') ?? '');
  if (waiting === null || waiting.call.personId !== person.personId) return await show(c, linkEndedPage(), 404);
  const { accountId, scopes } = waiting.call;
  const member = await memberIn(httpApp.directory, { personId: person.personId, accountId });
  if (member === null) return await show(c, linkEndedPage(), 404);
  const home = `/a/${accountId}`;
  if (waiting.became !== undefined) return await show(c, confirmedBeforePage(waiting.became, home), 410);
  // With the role that they have now, and no more than the assistant was granted then.
  const session = sessionFor({ ...httpApp.app, deferCall: null }, principalOf(member, scopes));
  return await work({ waiting, session, accountName: member.accountName, home });
}

/** What it would do as the books stand now; nothing of it is kept. */
async function foreseen({ waiting, session }: Asked): Promise<Result> {
  const { tool, args } = waiting.call;
  return await callTool(session, tool, { ...args, preview: true }, inPerson(waiting));
}

async function look(
  c: PageContext,
  httpApp: HttpApp,
  asked: Asked,
  { before }: { before?: Pressed } = {},
): Promise<Response> {
  const { waiting, accountName, home } = asked;
  const result = await foreseen(asked);
  if (result.question === undefined) return await show(c, nothingToConfirmPage(wordsOf(result), home));
  const { message: words, confirm: yes } = result.question;
  const problem = before === undefined ? null : before.yes === yes ? before.refusal : MOVED;
  const form = { action: c.req.path, csrf: formToken(httpApp, c), yes, problem };
  return await show(
    c,
    confirmPage({ accountName, person: asked.session.actor, client: waiting.call.client, words }, form),
  );
}

/** What they said yes to, and why it was not done. */
type Pressed = { readonly yes: string; readonly refusal: string };

const MOVED = 'The books have changed since you were shown this. Nothing was done. Read it again.';

async function press(c: PageContext, httpApp: HttpApp, asked: Asked): Promise<Response> {
  const form = await formOf(c);
  if (form === null) return await noForm(c);
  const yes = fieldOf(form, 'yes');
  if (!isFormToken(fieldOf(form, 'csrf'), httpApp, c) || yes === '') return await look(c, httpApp, asked);
  const { waiting, session, home } = asked;
  const { tool, args } = waiting.call;
  const result = await callTool(session, tool, args, { ...inPerson(waiting), yes });
  if (result.isError !== true) return await show(c, confirmedPage(wordsOf(result), home));
  // Another tab of theirs was first, or its time is over.
  const now = await waitingCall(httpApp.directory, c.req.param('secret') ?? '');
  if (now === null) return await show(c, linkEndedPage(), 404);
  if (now.became !== undefined) return await show(c, confirmedBeforePage(now.became, home), 410);
  return await look(c, httpApp, asked, { before: { yes, refusal: wordsOf(result) } });
}

function inPerson({ call: { client }, yesHash }: WaitingCall) {
  return { client, canAsk: false, inPerson: { yesHash } };
}

/** What was done, or why it is not, for the person who said yes. */
function wordsOf({ content, structuredContent, forPerson, problem }: Result): string {
  if (forPerson === undefined) return problem?.why ?? content.map(({ text }) => text).join('\n');
  const { change } = structuredContent ?? {};
  return `${capital(forPerson.did)}.${typeof change === 'number' ? ` (change ${change})` : ''}`;
}
