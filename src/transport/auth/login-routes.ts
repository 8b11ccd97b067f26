// How people come in by themselves: by the link of their invitation, and to look at a record's page.
import { Problem } from '../../domain/errors.ts';
import { notice } from '../../pages/layout.ts';
import { problemForPerson } from '../../printers/in-words.ts';
import { passwordPage, signedOutPage, signInPage } from '../../pages/sign-in.ts';
import { acceptInvitation, personOfInvitation, signIn } from '../../services/access/people.ts';
import {
  fieldOf,
  formOf,
  markIn,
  noForm,
  ownForm,
  ownPath,
  show,
  signInBrowser,
  signOutBrowser,
  type PageContext,
  type Routes,
} from '../http/browser.ts';
import type { HttpApp } from '../http/http-app.ts';

/** @param nameOf what an assistant calls itself, by its client id; null for one that is not known */
export function serveLogin(
  routes: Routes,
  httpApp: HttpApp,
  nameOf: (clientId: string) => Promise<string | null>,
): void {
  serveInvitations(routes, httpApp);
  servePlainSignIn(routes, httpApp, nameOf);
}

function serveInvitations(routes: Routes, httpApp: HttpApp): void {
  const path = '/invitation/:secret{[\\w-]{43}}';
  const gone = async (c: PageContext) =>
    await show(
      c,
      notice(
        'This link has ended',
        'It was used already, a newer one took its place, or its 7 days are over. Ask whoever runs this Jobwright for a new one.',
      ),
      410,
    );
  routes.get(path, async (c) => {
    const person = await personOfInvitation(httpApp.directory, c.req.param('secret'));
    return person === null
      ? await gone(c)
      : await show(c, passwordPage({ ...person, action: c.req.path, error: null }));
  });
  routes.post(path, ...ownForm(httpApp), async (c) => {
    const person = await personOfInvitation(httpApp.directory, c.req.param('secret'));
    if (person === null) return await gone(c);
    const form = await formOf(c);
    if (form === null) return await noForm(c);
    const password = fieldOf(form, 'password');
    const again = async (error: string) => await show(c, passwordPage({ ...person, action: c.req.path, error }), 400);
    if (password !== form.get('again')) return await again('The two are not the same.');
    try {
      const { personId } = await acceptInvitation(httpApp.directory, c.req.param('secret'), password);
      await signInBrowser(httpApp, c, personId);
      return c.redirect('/', 303);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return error.kind === 'not_found' ? await gone(c) : await again(problemForPerson(error));
    }
  });
}

/** For the pages of records, and before an assistant is let in. */
function servePlainSignIn(
  routes: Routes,
  httpApp: HttpApp,
  nameOf: (clientId: string) => Promise<string | null>,
): void {
  const nameFor = async (c: PageContext) => {
    const clientId = new URL(ownPath(c.req.query('next')), httpApp.url).searchParams.get('client_id');
    return clientId === null ? null : await nameOf(clientId);
  };
  /** Also to somebody who is signed in, whose password is not fresh. */
  const why = (c: PageContext) =>
    ownPath(c.req.query('next')).startsWith('/confirm/') ? 'Your password first: what you are asked needs it.' : null;
  const action = (c: PageContext) => `/sign-in?next=${encodeURIComponent(ownPath(c.req.query('next')))}`;
  routes.get(
    '/sign-in',
    async (c) =>
      await show(c, signInPage({ action: action(c), error: null, email: '', to: await nameFor(c), why: why(c) })),
  );
  routes.post('/sign-in', ...ownForm(httpApp), async (c) => {
    const form = await formOf(c);
    if (form === null) return await noForm(c);
    const email = fieldOf(form, 'email').slice(0, 300);
    try {
      const { personId } = await signIn(httpApp.directory, {
        ...{ email, password: fieldOf(form, 'password') },
        mark: markIn(httpApp, c),
        locked: () => httpApp.refusals.note('lock'),
      });
      await signInBrowser(httpApp, c, personId);
      return c.redirect(ownPath(c.req.query('next')), 303);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return await show(
        c,
        signInPage({ action: action(c), error: problemForPerson(error), email, to: await nameFor(c), why: why(c) }),
        401,
      );
    }
  });
  routes.post('/sign-out', ...ownForm(httpApp), async (c) => {
    await signOutBrowser(httpApp, c);
    return await show(c, signedOutPage());
  });
}
