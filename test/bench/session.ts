// Calls of tools in this very process, without a transport.
import { join } from 'node:path';
import { SCOPES } from '../../src/domain/access.ts';
import { TOOLSETS } from '../../src/domain/toolsets.ts';
import { localFolder } from '../../src/files/local-folder.ts';
import { createLogger } from '../../src/logger.ts';
import { callTool } from '../../src/server.ts';
import type { Session } from '../../src/server/session.ts';
import { openAccount } from '../../src/services/account/account.ts';
import type { Store } from '../../src/store/scope.ts';
import { Workers } from '../../src/workers/workers.ts';

export type Calls = (tool: string, args: object) => Promise<string>;

/** An account of its own, of a roofer. */
export async function openRoofer(store: Store, id: number): Promise<void> {
  await openAccount(store, {
    ...{ id, template: 'roofing', currency: 'USD', timeZone: 'America/Chicago', plan: 'business' },
    ...{ samples: false, actor: 'bench' },
  });
}

/** @param folder of its files @returns what calls a tool as the account's owner, and gives what a model reads of the answer */
export function callsOf(store: Store, accountId: number, folder: string): Calls {
  const session: Session = {
    ...{ store, accountId, toolsets: TOOLSETS, readOnly: false, actor: 'bench', siteUrl: null },
    ...{ role: 'owner', scopes: new Set(SCOPES), personId: null, deferCall: null, conversation: null },
    ...{ files: localFolder(join(folder, 'files')), workers: new Workers(createLogger('error')), folders: [] },
    ...{ log: createLogger('error'), inFlight: new Set() },
  };
  return async (tool, args) => {
    const { content, isError } = await callTool(session, tool, args, { client: 'bench', canAsk: false });
    const text = content.map((part) => part.text).join();
    if (isError === true) throw new Error(`${tool}: ${text}`);
    return text;
  };
}
