// The published SDKs' own sign-in, as the hosts that are built on them do it: sent to sign in, let in, an hour later, after
// a restart of the server, and from several of them at once.
import {
  Client as ModernClient,
  StreamableHTTPClientTransport as ModernTransport,
  type OAuthClientProvider,
  type OAuthDiscoveryState,
} from '@modelcontextprotocol/client';
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as LegacyTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { letIn } from '../support/oauth.ts';
import { openSite, restart, UNLIMITED, type Served } from '../support/site.ts';
import { HOUR, stoppedClock } from '../support/stopped-clock.ts';

const CALLBACK = 'http://localhost:8790/callback';

/** A host, with what it keeps of its sign-in. */
class Host implements OAuthClientProvider {
  readonly redirectUrl = CALLBACK;
  readonly clientMetadata = { client_name: 'Host', redirect_uris: [CALLBACK], token_endpoint_auth_method: 'none' };
  readonly sentTo: URL[] = [];
  readonly renewals: string[] = [];
  #client: Awaited<ReturnType<OAuthClientProvider['clientInformation']>>;
  #tokens: Awaited<ReturnType<OAuthClientProvider['tokens']>>;
  #discovered: OAuthDiscoveryState | undefined;
  #verifier = '';

  /** Started beside it, with what is kept. */
  another(): Host {
    const session = new Host();
    session.#client = this.#client;
    session.#tokens = this.#tokens;
    return session;
  }

  clientInformation() {
    return this.#client;
  }
  saveClientInformation(client: NonNullable<Awaited<ReturnType<OAuthClientProvider['clientInformation']>>>) {
    this.#client = client;
  }
  tokens() {
    return this.#tokens;
  }
  saveTokens(tokens: NonNullable<Awaited<ReturnType<OAuthClientProvider['tokens']>>>) {
    this.#tokens = tokens;
    this.renewals.push(tokens.refresh_token ?? '');
  }
  redirectToAuthorization(url: URL) {
    this.sentTo.push(url);
  }
  saveCodeVerifier(verifier: string) {
    this.#verifier = verifier;
  }
  discoveryState() {
    return this.#discovered;
  }
  saveDiscoveryState(state: OAuthDiscoveryState) {
    this.#discovered = state;
  }
  codeVerifier() {
    return this.#verifier;
  }
}

type Window = {
  readonly call: () => Promise<unknown>;
  readonly connect: () => Promise<void>;
  readonly finish: (callback: URLSearchParams) => Promise<void>;
  readonly close: () => Promise<void>;
};
const JOB = { name: 'get-job', arguments: { job: 'roof replacement' } };

function oldWindow(site: Served, session: Host): Window {
  const client = new LegacyClient({ name: 'old-desk', version: '1.2.3' });
  const transport = new LegacyTransport(new URL(`${site.url}/mcp`), { authProvider: session });
  onTestFinished(async () => await client.close());
  return {
    connect: async () => await client.connect(transport),
    finish: async (callback) => await transport.finishAuth(callback.get('code') ?? ''),
    call: async () => await client.callTool(JOB),
    close: async () => await client.close(),
  };
}

const newWindow =
  (mode: 'auto' | 'legacy' | { pin: string }) =>
  (site: Served, session: Host): Window => {
    const client = new ModernClient({ name: 'new-desk', version: '4.5.6' }, { versionNegotiation: { mode } });
    const transport = new ModernTransport(new URL(`${site.url}/mcp`), { authProvider: session });
    onTestFinished(async () => await client.close());
    return {
      connect: async () => await client.connect(transport),
      // It holds the issuer in there against the one that it was sent to.
      finish: async (callback) => await transport.finishAuth(callback),
      call: async () => await client.callTool(JOB),
      close: async () => await client.close(),
    };
  };

const SDKS: readonly (readonly [string, (site: Served, session: Host) => Window])[] = [
  ['1.x', oldWindow],
  ['2.x', newWindow('auto')],
  ['2.x of the earlier era', newWindow('legacy')],
  ['2.x of 2026-07-28', newWindow({ pin: '2026-07-28' })],
];

async function opened(window: Window): Promise<Window> {
  await window.connect();
  return window;
}

describe.each(SDKS)('the SDK %s', (_, open) => {
  const signedIn = async () => {
    const { later } = stoppedClock();
    const site = await openSite({ passwords: ['maria'], samples: true, rates: UNLIMITED });
    const session = new Host();
    const first = open(site, session);
    await expect(first.connect()).rejects.toThrow(/Unauthorized/i);
    const [authorize] = session.sentTo;
    const { callback } = await letIn(site, authorize?.href ?? '', 'maria');
    expect(callback.href).toMatch(/^http:\/\/localhost:8790\/callback\?/);
    await first.finish(callback.searchParams);
    return { later, site, host: session };
  };

  it('signs in, and stays: after an hour, and after a restart of the server', async () => {
    const { later, site, host: session } = await signedIn();
    const window = await opened(open(site, session));
    expect(JSON.stringify(await window.call())).toContain('7787.60');
    later(HOUR + 10);
    expect(JSON.stringify(await window.call())).toContain('7787.60');
    const again = await restart(site, { rates: UNLIMITED });
    later(HOUR + 10);
    expect(JSON.stringify(await (await opened(open(again, session))).call())).toContain('7787.60');
    expect([session.sentTo.length, new Set(session.renewals).size]).toEqual([1, 3]);
  });

  it('stays in each of three that start from the same at once', async () => {
    const { later, site, host: session } = await signedIn();
    const hosts = [session, session.another(), session.another()];
    for (const _hour of [1, 2]) {
      later(HOUR + 10);
      const windows = await Promise.all(hosts.map(async (each) => await opened(open(site, each))));
      const answers = await Promise.all(windows.map(async (window) => await window.call()));
      for (const answer of answers) expect(JSON.stringify(answer)).toContain('7787.60');
      await Promise.all(windows.map(async (window) => await window.close()));
    }
    expect(hosts.map(({ sentTo }) => sentTo.length)).toEqual([1, 0, 0]);
    // The first, and one for each hour.
    expect(new Set(hosts.flatMap(({ renewals }) => renewals)).size).toBe(3);
  });
});
