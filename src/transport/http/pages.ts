// Everything that people see with a browser, put together.
import type { Principal } from '../../domain/access.ts';
import { stackOf } from '../../logger.ts';
import { notice } from '../../pages/layout.ts';
import { newRoutes, show, type Routes } from './browser.ts';
import { confirmRoutes } from './confirm.ts';
import { linkRoutes } from './links.ts';
import { notThere, recordRoutes } from './records.ts';
import { uploadPageRoutes } from './upload-page.ts';
import type { Authenticate, Site } from './site.ts';

type Access =
  | { readonly signIn: Routes; readonly authenticate: Authenticate }
  | { readonly signIn: null; readonly localOwner: Principal };

export function pagesOf(site: Site, access: Access): Routes {
  const pages = newRoutes();
  const localOwner = access.signIn === null ? access.localOwner : null;
  // Where nobody signs in, a page would take anybody's word for the person's: they say yes in a terminal.
  if (access.signIn !== null) for (const each of [access.signIn, confirmRoutes(site)]) pages.route('/', each);
  pages.route('/', recordRoutes(site, localOwner));
  pages.route('/', linkRoutes(site, { localOwner, authenticate: access.signIn === null ? null : access.authenticate }));
  pages.route('/', uploadPageRoutes(site, localOwner));
  pages.notFound(notThere);
  pages.onError(async (error, c) => {
    site.house.log.error('a page failed', { outcome: 'failed', ...stackOf(error) });
    return await show(c, notice('Something went wrong', 'Nothing was changed. Try again in a moment.'), 500);
  });
  return pages;
}
