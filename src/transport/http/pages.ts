// Everything that people see with a browser, put together.
import type { Principal } from '../../domain/access.ts';
import { stackOf } from '../../logger.ts';
import { notice } from '../../pages/layout.ts';
import { newRoutes, show, type Routes } from './browser.ts';
import { confirmRoutes } from './confirm.ts';
import { linkRoutes } from './links.ts';
import { notThere, recordRoutes } from './records.ts';
import { uploadPageRoutes } from './upload-page.ts';
import type { Authenticate, HttpApp } from './http-app.ts';

type Access =
  | { readonly signIn: Routes; readonly authenticate: Authenticate }
  | { readonly signIn: null; readonly localOwner: Principal };

export function pagesOf(httpApp: HttpApp, access: Access): Routes {
  const pages = newRoutes();
  const localOwner = access.signIn === null ? access.localOwner : null;
  // Where nobody signs in, a page would take anybody's word for the person's: they say yes in a terminal.
  if (access.signIn !== null) for (const each of [access.signIn, confirmRoutes(httpApp)]) pages.route('/', each);
  pages.route('/', recordRoutes(httpApp, localOwner));
  pages.route(
    '/',
    linkRoutes(httpApp, { localOwner, authenticate: access.signIn === null ? null : access.authenticate }),
  );
  pages.route('/', uploadPageRoutes(httpApp, localOwner));
  pages.notFound(notThere);
  pages.onError(async (error, c) => {
    httpApp.app.log.error('a page failed', { outcome: 'failed', ...stackOf(error) });
    return await show(c, notice('Something went wrong', 'Nothing was changed. Try again in a moment.'), 500);
  });
  return pages;
}
