// A person's browser: whether they are signed in with it, and that a form was sent by one of our own pages.
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import {
  endSession,
  personOfSession,
  startSession,
  type BrowserPerson,
} from '../../services/access/browser-sessions.ts';
import { markOf } from '../../services/access/known-browsers.ts';
import { contentPolicy, notice, PAGE_HEADERS } from '../../pages/layout.ts';
import type { Html } from '../../printers/html.ts';
import type { HttpApp } from './http-app.ts';

export type PageContext = Context<{ Bindings: HttpBindings }>;
export type Routes = Hono<{ Bindings: HttpBindings }>;
/** With what Node has of a request, which the authorization server needs. */
export const newRoutes = (): Routes => new Hono<{ Bindings: HttpBindings }>();
export type SignedIn = BrowserPerson;

/** Only this very server can set or read a cookie with this prefix. https://developer.mozilla.org/docs/Web/HTTP/Cookies */
function cookieName({ url }: HttpApp): string {
  return url.protocol === 'https:' ? '__Host-jobwright' : 'jobwright';
}

export async function signedIn(httpApp: HttpApp, c: PageContext): Promise<SignedIn | null> {
  const secret = getCookie(c, cookieName(httpApp));
  return secret === undefined ? null : await personOfSession(httpApp.directory, secret);
}

/** What a browser holds that opened links for which nobody signs in. */
export function heldIn(httpApp: HttpApp, c: PageContext): string | null {
  const held = getCookie(c, `${cookieName(httpApp)}-upload`);
  return held !== undefined && /^[\w-]{43}$/.test(held) ? held : null;
}

const HELD_SECONDS = 24 * 60 * 60;

export function holdIn(httpApp: HttpApp, c: PageContext, held: string): void {
  setCookie(c, `${cookieName(httpApp)}-upload`, held, { ...cookieRules(httpApp), maxAge: HELD_SECONDS });
}

/** Outlives the session: by it this browser is known again when somebody else tries passwords elsewhere. */
const KNOWN_SECONDS = 365 * 24 * 60 * 60;

export function markIn(httpApp: HttpApp, c: PageContext): string | null {
  return getCookie(c, `${cookieName(httpApp)}-known`) ?? null;
}

/** Another session for every sign-in; the browser's earlier one ends. */
export async function signInBrowser(httpApp: HttpApp, c: PageContext, personId: string): Promise<void> {
  await signOutBrowser(httpApp, c);
  const { secret, expiresAt } = await startSession(httpApp.directory, personId);
  setCookie(c, cookieName(httpApp), secret, { ...cookieRules(httpApp), expires: new Date(expiresAt) });
  const mark = await markOf(httpApp.directory, personId);
  if (mark !== null)
    setCookie(c, `${cookieName(httpApp)}-known`, mark, { ...cookieRules(httpApp), maxAge: KNOWN_SECONDS });
}

export async function signOutBrowser(httpApp: HttpApp, c: PageContext): Promise<void> {
  const secret = getCookie(c, cookieName(httpApp));
  if (secret === undefined) return;
  await endSession(httpApp.directory, secret);
  deleteCookie(c, cookieName(httpApp), cookieRules(httpApp));
}

function cookieRules({ url }: HttpApp) {
  return { path: '/', httpOnly: true, secure: url.protocol === 'https:', sameSite: 'Lax' as const };
}

/** The session's own secret, for tokens in forms. */
function sessionSecret(httpApp: HttpApp, c: PageContext): string {
  return getCookie(c, cookieName(httpApp)) ?? '';
}

/** Browsers say with every form where it was sent from. */
export function isOwnForm(httpApp: HttpApp, c: PageContext): boolean {
  const from = c.req.header('origin');
  return from === undefined ? c.req.header('sec-fetch-site') === 'same-origin' : from === httpApp.url.origin;
}

/** What people write into our forms, files apart, is short. */
const LARGEST_FORM = 16 * 1024;

/** Nobody who is not signed in may take more of the memory than that. */
const shortForm = bodyLimit({
  maxSize: LARGEST_FORM,
  onError: async (c) => await show(c, notice('Too long', 'More was sent than this form has room for.'), 413),
});

/** For paths whose forms are written by hand: sent by a page of ours, and short. */
export function ownForm(httpApp: HttpApp): [MiddlewareHandler<{ Bindings: HttpBindings }>, MiddlewareHandler] {
  return [
    async (c, next) => {
      if (isOwnForm(httpApp, c)) return await next();
      return await show(c, notice('Not from here', 'This form was sent from somewhere else.'), 403);
    },
    shortForm,
  ];
}

/** Null for what is no form. */
export async function formOf(c: PageContext): Promise<FormData | null> {
  try {
    const form = await c.req.formData();
    // Nobody writes one, and not every database keeps it.
    return [...form.values()].some((value) => typeof value === 'string' && value.includes('\0')) ? null : form;
  } catch {
    return null;
  }
}

export async function noForm(c: PageContext): Promise<Response> {
  return await show(c, notice('Not understood', 'What was sent is no form of this site. Go back and try again.'), 400);
}

/** A path of ours to go on to; anything else leads to the start. */
export function ownPath(next: string | undefined): string {
  if (next === undefined) return '/';
  const isPage =
    next.length < 500 && /^\/(?:assistants|(?:a|upload|download|confirm)(?:\/[\w-]+)+(?:\?[\w=&%.+-]*)?)$/.test(next);
  const isSignIn = next.length < LONGEST_SIGN_IN && /^\/oauth\/authorize\?[\w=&%.+*-]*$/.test(next);
  return isPage || isSignIn ? next : '/';
}

/** As a client asked for it. */
const LONGEST_SIGN_IN = 6000;

/**
 * @param allowed `formsGoTo`: besides this server, where a posted form is sent on to; `sender`: the script of a page
 *   that sends files
 */
export async function show(
  c: PageContext,
  body: Html,
  status: 200 | 400 | 401 | 403 | 404 | 410 | 413 | 429 | 500 = 200,
  { formsGoTo = [], sender = null }: { readonly formsGoTo?: readonly string[]; readonly sender?: string | null } = {},
): Promise<Response> {
  for (const [name, value] of Object.entries(PAGE_HEADERS)) c.header(name, value);
  c.header('content-security-policy', contentPolicy(formsGoTo, sender, { sends: sender !== null }));
  return c.html(await body, status);
}

/** What was written into a field; nothing where a file was sent instead. */
export function fieldOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** Bound to the browser's session: a form of another session does not count. */
export function formToken(httpApp: HttpApp, c: PageContext): string {
  return createHmac('sha256', sessionSecret(httpApp, c)).update(`form ${c.req.path}`).digest('base64url');
}

export function isFormToken(given: string, httpApp: HttpApp, c: PageContext): boolean {
  const [wanted, said] = [Buffer.from(formToken(httpApp, c)), Buffer.from(given)];
  return wanted.length === said.length && timingSafeEqual(wanted, said);
}
