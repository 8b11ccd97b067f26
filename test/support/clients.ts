// Real clients of both eras, connected within the process to the very server that the program serves.
import { Client as ModernClient } from '@modelcontextprotocol/client';
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { onTestFinished } from 'vitest';
import { buildServer } from '../../src/protocol.ts';
import type { Session } from '../../src/server/session.ts';

/** What the tests of resources and prompts ask of a client; both SDKs offer it in the same words. */
export type Desk = Pick<
  LegacyClient,
  'listResources' | 'listResourceTemplates' | 'readResource' | 'listPrompts' | 'getPrompt' | 'complete' | 'callTool'
>;

/** The era before 2026-07-28. */
export async function oldDesk(session: Session): Promise<LegacyClient> {
  const client = new LegacyClient({ name: 'old-desk', version: '1.2.3' });
  await client.connect(served(session));
  onTestFinished(async () => await client.close());
  return client;
}

export async function newDesk(session: Session): Promise<ModernClient> {
  const client = new ModernClient(
    { name: 'new-desk', version: '4.5.6' },
    { versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  await client.connect(served(session));
  onTestFinished(async () => await client.close());
  return client;
}

export const DESKS: readonly (readonly [string, (session: Session) => Promise<Desk>])[] = [
  ['a client of the old era', oldDesk],
  // The newer SDK's types differ in what the tests do not look at.
  ['a client of 2026-07-28', async (session) => (await newDesk(session)) as unknown as Desk],
];

/** The client's end of a connection. */
export function served(session: Session) {
  const [near, far] = InMemoryTransport.createLinkedPair();
  serveStdio(async () => await buildServer(session), { transport: far });
  return near;
}
