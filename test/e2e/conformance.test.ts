// The official conformance suite, run against the product's own HTTP stack: whole with its fixtures mounted in place of
// the books, and what is not about fixtures with the books themselves.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { SCOPES } from '../../src/domain/access.ts';
import { serveOverHttp } from '../../src/transport/http.ts';
import { Refusals } from '../../src/transport/http/refusals.ts';
import { callerOf } from '../../src/transport/http/caller.ts';
import type { BuildServer } from '../../src/transport/http/mcp.ts';
import { openBook, tempFolder } from '../support/book.ts';
import { register } from '../support/oauth.ts';
import { freePort } from '../support/port.ts';
import { openSite, Visitor } from '../support/site.ts';
import { buildFixtures } from '../support/conformance/fixtures.ts';
import { Directory } from '../../src/store/directory/directory.ts';
import { openEngine } from '../support/store.ts';

const SUITE = dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/conformance/package.json'));

/** Scenarios that a revision requires of servers, as the suite itself has them. */
function required(revision: string): string[] {
  const yaml = readFileSync(join(SUITE, 'requirements', `${revision}.yaml`), 'utf8');
  const [, list = ''] = /^server:\n((?: {2}- .+\n|\s*#.*\n)+)/m.exec(yaml) ?? [];
  return [...list.matchAll(/^ {2}- (\S+)/gm)].map(([, name = '']) => name);
}

/** @returns how each scenario ended, by name */
async function run(
  argv: readonly string[],
): Promise<{ outcome: Map<string, string>; out: string; code: number | null }> {
  const child = spawn(process.execPath, [join(SUITE, 'dist/index.js'), ...argv], {
    cwd: tempFolder(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const outcome = new Map(
    [...out.matchAll(/^([✓✗]) (\S+): (\d+) passed, (\d+) failed/gm)].map(([, mark = '', name = '', passed, failed]) => [
      name,
      `${mark} ${passed} passed, ${failed} failed`,
    ]),
  );
  return { outcome, out: stripVTControlCharacters(out + err), code: child.exitCode };
}

async function serve(build?: BuildServer): Promise<string> {
  const { session, folder } = await openBook({ samples: true });
  const directory = new Directory(await openEngine({ folder }));
  const url = new URL('http://localhost:1');
  const principal = { personId: null, name: 'sam', accountId: 1, role: 'owner' as const, scopes: new Set(SCOPES) };
  const auth = callerOf(session, { principal, client: 'suite', expiresAt: null }, { token: '', key: 'suite' });
  const listening = await serveOverHttp(
    { app: session, directory, url, refusals: new Refusals(session.log) },
    {
      host: '127.0.0.1',
      port: 0,
      origins: [],
      proxies: 0,
      auth,
      pages: null,
      ...(build === undefined ? {} : { build }),
    },
  );
  return `http://localhost:${listening.port}/mcp`;
}

describe.each(['2026-07-28', '2025-11-25'])('revision %s', (revision) => {
  it("every scenario that it requires passes, with the fixtures on the product's own stack", {
    timeout: 180_000,
  }, async () => {
    const names = required(revision);
    expect(names.length).toBeGreaterThan(25);
    const { outcome, out } = await run(['server', '--url', await serve(buildFixtures), '--requirements', revision]);
    const failed = names.filter(
      (name) => !(outcome.get(name) ?? '').startsWith('✓') || / 0 passed/.test(outcome.get(name) ?? ''),
    );
    expect(
      failed.map((name) => `${name}: ${outcome.get(name) ?? 'was not run'}`),
      out.slice(-6000),
    ).toEqual([]);
  });
});

/** What asks nothing of fixtures. */
const GENERIC = {
  '2026-07-28': [
    'completion-complete',
    'tools-list',
    'server-sse-multiple-streams',
    'resources-list',
    'sep-2164-resource-not-found',
    'prompts-list',
    'dns-rebinding-protection',
    'caching',
    'http-header-validation',
    'input-required-result-unsupported-methods',
  ],
  '2025-11-25': [
    'server-initialize',
    'ping',
    'completion-complete',
    'tools-list',
    'server-sse-multiple-streams',
    'resources-list',
    'prompts-list',
    'dns-rebinding-protection',
    'server-session-lifecycle',
  ],
};

describe.each(Object.entries(GENERIC))('the books themselves under revision %s', (revision, scenarios) => {
  it.each(scenarios)('%s', { timeout: 60_000 }, async (scenario) => {
    const { out, code } = await run([
      'server',
      '--url',
      await serve(),
      '--scenario',
      scenario,
      '--spec-version',
      revision,
    ]);
    expect(out).toMatch(/Passed: [1-9]\d*\/\d+, 0 failed/);
    expect(code, out.slice(-4000)).toBe(0);
  });
});

describe('the embedded authorization server', () => {
  it('passes the suite, which a person signs in for', { timeout: 60_000 }, async () => {
    const site = await openSite({ passwords: ['maria'] });
    const port = await freePort();
    const clientId = await register(site, { redirect_uris: [`http://127.0.0.1:${port}/callback`] });
    const argv = [
      'authorization',
      '--url',
      site.url,
      '--client-id',
      clientId,
      '--resource',
      `${site.url}/mcp`,
      '--port',
      String(port),
    ];
    const child = spawn(process.execPath, [join(SUITE, 'dist/index.js'), ...argv], {
      cwd: tempFolder(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    const address = new Promise<string>((resolve) => {
      child.stdout.on('data', (piece: Buffer) => {
        out += piece.toString();
        const [found] = /^http\S+\/oauth\/authorize\S+$/m.exec(out) ?? [];
        if (found !== undefined && out.includes('Callback server started')) resolve(found);
      });
    });
    const visitor = new Visitor(site.url);
    await visitor.open(await address);
    await visitor.signIn('maria');
    const callback = await visitor.send({ do: 'allow', scope: ['books:write', 'costs:read'] });
    await fetch(callback ?? '');
    await once(child, 'close');
    const said = stripVTControlCharacters(out);
    expect(said).toMatch(/✓ authorization-server-metadata-endpoint: [1-9]\d* passed, 0 failed/);
    expect(said).toMatch(/✓ authorization-code-grant: [1-9]\d* passed, 0 failed/);
    expect(child.exitCode, said).toBe(0);
  });
});
