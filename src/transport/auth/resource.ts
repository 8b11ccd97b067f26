// What tokens are for: the books, at one address, which clients write in several ways.
import type { Provider } from 'oidc-provider';
import { MCP_PATH, type HttpApp } from '../http/http-app.ts';

/** Exactly the address that people type in. */
export function resourceOf({ url }: Pick<HttpApp, 'url'>): string {
  return new URL(MCP_PATH, url).href;
}

/**
 * With a slash behind it, or as the server's name alone, it means the same: at the sign-in, when a code is traded and when
 * access is renewed. It is read as soon as it is known who asks, before anything is made of it.
 */
export function readResources(provider: Provider, httpApp: Pick<HttpApp, 'url'>): void {
  const own = resourceOf(httpApp);
  const same = [own, `${own}/`, httpApp.url.href];
  const meant = (given: unknown) => (typeof given === 'string' && same.includes(hrefOf(given)) ? own : given);
  class Context extends provider.OIDCContext {
    override entity(key: string, value: unknown): void {
      super.entity(key, value);
      const { params } = this;
      if (key !== 'Client' || params?.['resource'] === undefined) return;
      const all = [...new Set([params['resource']].flat().map(meant))];
      params['resource'] = all.length === 1 ? all[0] : all;
    }
  }
  Object.defineProperty(provider, 'OIDCContext', { value: Context });
}

function hrefOf(address: string): string {
  return URL.parse(address)?.href ?? address;
}
