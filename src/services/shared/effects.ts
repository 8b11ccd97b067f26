// What a call reaches outside of the books, and the links that it leaves for whoever called.
import type { Scope } from '../../domain/access.ts';
import type { Workers } from '../../workers/workers.ts';
import type { FileStore } from '../../files/file-store.ts';
import type { ConversationFiles, LinkTo, Effects } from '../context.ts';
import type { DeferredCall } from './links.ts';

type Caller = {
  readonly accountId: number;
  readonly personId: string | null;
  readonly scopes: ReadonlySet<Scope>;
  readonly files: FileStore;
  readonly folders: readonly string[];
  readonly conversation: ConversationFiles | null;
  readonly workers: Workers;
  readonly siteUrl: URL | null;
  readonly deferCall: ((call: DeferredCall) => Promise<string>) | null;
};

/** How a call comes in: as which program, and whether its caller keeps files rather than sees them. */
type Through = { readonly client: string; readonly wantsWhole?: boolean };

export function effectsOf(caller: Caller, { client, wantsWhole = false }: Through): Effects {
  const { accountId, files, folders, conversation, workers, siteUrl, deferCall, personId, scopes } = caller;
  const linkTo: LinkTo = async (what, tool, args) => {
    const secret = await deferCall?.({ purpose: 'file', accountId, personId, scopes, client, tool, args });
    return new URL(`/${what}/${secret ?? ''}`, siteUrl ?? undefined).href;
  };
  const hasSite = siteUrl !== null && deferCall !== null;
  const inWorker = workers.for(accountId);
  const reach = { accountId, files, folders, conversation, inWorker };
  const pages = {
    giver: { accountId, personId, scopes, client },
    urlOf: (secret: string) => new URL(`/upload/job/${secret}`, siteUrl ?? undefined).href,
  };
  return {
    ...{ ...reach, wantsWhole, preview: false },
    linkTo: hasSite ? linkTo : null,
    // Without sign-in a server is reached from its own machine alone.
    pages: hasSite && personId !== null ? pages : null,
  };
}

/** Counts the links that are made: an answer that holds one is a secret. */
export function countingLinks(given: Effects): { readonly effects: Effects; readonly made: number } {
  const { linkTo, pages } = given;
  if (linkTo === null) return { effects: given, made: 0 };
  let made = 0;
  return {
    effects: {
      ...given,
      linkTo: async (...call) => {
        made += 1;
        return await linkTo(...call);
      },
      pages: pages && {
        ...pages,
        urlOf: (secret) => {
          made += 1;
          return pages.urlOf(secret);
        },
      },
    },
    get made() {
      return made;
    },
  };
}
