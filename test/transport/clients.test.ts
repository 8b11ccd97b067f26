// The product's own HTTP server, asked by real clients of both eras with a personal access token.
import { Client as ModernClient, StreamableHTTPClientTransport as ModernTransport } from '@modelcontextprotocol/client';
import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as LegacyTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TOOLS_OF } from '../../src/tools/shown.ts';
import { openSite, type Served } from '../support/site.ts';

type Asked = { readonly asked: string[]; readonly says: boolean };

async function oldDesk(site: Served, token: string, person?: Asked): Promise<LegacyClient> {
  const client = new LegacyClient(
    { name: 'old-desk', version: '1.2.3' },
    { capabilities: person === undefined ? {} : { elicitation: {} } },
  );
  if (person !== undefined)
    client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
      person.asked.push(params.message);
      return { action: 'accept', content: { yes: person.says } };
    });
  const transport = new LegacyTransport(new URL(`${site.url}/mcp`), {
    requestInit: { headers: { authorization: `Bearer ${token}` } },
  });
  await client.connect(transport);
  onTestFinished(async () => await client.close());
  return client;
}

const MODES = ['auto', 'legacy', { pin: '2026-07-28' }] as const;

async function newDesk(
  site: Served,
  token: string,
  mode: (typeof MODES)[number],
  person?: Asked,
): Promise<ModernClient> {
  const client = new ModernClient(
    { name: 'new-desk', version: '4.5.6' },
    { versionNegotiation: { mode }, capabilities: person === undefined ? {} : { elicitation: {} } },
  );
  if (person !== undefined)
    client.setRequestHandler('elicitation/create', ({ params }) => {
      person.asked.push(params.message);
      return { action: 'accept', content: { yes: person.says } };
    });
  await client.connect(
    new ModernTransport(new URL(`${site.url}/mcp`), { requestInit: { headers: { authorization: `Bearer ${token}` } } }),
  );
  onTestFinished(async () => await client.close());
  return client;
}

type Desk = Pick<
  LegacyClient,
  'callTool' | 'listTools' | 'getInstructions' | 'listResources' | 'readResource' | 'complete' | 'listPrompts'
>;
type Connect = (site: Served, token: string, person?: Asked) => Promise<Desk>;
const DESKS: readonly (readonly [string, Connect])[] = [
  ['SDK 1.x', oldDesk],
  ...MODES.map((mode): readonly [string, Connect] => [
    `SDK 2.x, ${typeof mode === 'string' ? mode : mode.pin}`,
    // The newer SDK's types differ in what these tests do not look at.
    async (site, token, person) => (await newDesk(site, token, mode, person)) as unknown as Desk,
  ]),
];

const textOf = (result: object) => JSON.stringify(result);

it('a client that only opens addresses cannot be asked, and is told how a yes is given', async () => {
  const site = await openSite();
  const client = new LegacyClient({ name: 'old-desk', version: '1' }, { capabilities: { elicitation: { url: {} } } });
  const transport = new LegacyTransport(new URL(`${site.url}/mcp`), {
    requestInit: { headers: { authorization: `Bearer ${await site.token('maria')}` } },
  });
  await client.connect(transport);
  onTestFinished(async () => await client.close());
  await client.callTool({ name: 'create-customer', arguments: { name: 'Dana', phone: '512-555-0100' } });
  const change = { name: 'update-customer', arguments: { customer: 'C-1', phone: '512-555-0199' } };
  const waits = textOf(await client.callTool(change));
  const [, confirm] = /confirm: \\"([\w-]{24})/.exec(waits) ?? [];
  expect(waits).toContain('Ask the person first');
  const { isError = false } = await client.callTool({ ...change, arguments: { ...change.arguments, confirm } });
  expect(isError).toBe(false);
});

describe.each(DESKS)('%s over HTTP', (_, connect) => {
  it('finds every tool of its role, and the profit of a job', async () => {
    const site = await openSite({ samples: true });
    const desk = await connect(site, await site.token('maria'));
    expect((await desk.listTools()).tools.map(({ name }) => name)).toEqual(TOOLS_OF.owner.map(({ name }) => name));
    expect(desk.getInstructions()).toContain('Lopez Roofing');
    const result = await desk.callTool({ name: 'get-job', arguments: { job: 'roof replacement' } });
    expect(textOf(result)).toContain('7787.60');
    const wrong = await desk.callTool({ name: 'get-job', arguments: { job: 'J-999' } });
    expect(wrong.isError).toBe(true);
  });

  it('reads resources, completes numbers, lists prompts', async () => {
    const site = await openSite({ samples: true });
    const desk = await connect(site, await site.token('olga'));
    expect((await desk.listResources()).resources.length).toBeGreaterThan(5);
    expect(textOf(await desk.readResource({ uri: 'jobwright://jobs/J-S4' }))).toContain('7787.60');
    const ref = { type: 'ref/resource' as const, uri: 'jobwright://jobs/{job}' };
    expect((await desk.complete({ ref, argument: { name: 'job', value: 'roof' } })).completion.values.join()).toContain(
      'J-S4',
    );
    expect((await desk.listPrompts()).prompts.length).toBeGreaterThan(2);
  });

  it('is asked before what could hurt, and heard', async () => {
    const site = await openSite();
    const asked: string[] = [];
    const desk = await connect(site, await site.token('maria'), { asked, says: false });
    await desk.callTool({ name: 'create-customer', arguments: { name: 'Dana Henderson' } });
    const line = { description: 'Tear-off', quantity: 1, unitPrice: '500' };
    await desk.callTool({ name: 'create-invoice', arguments: { customer: 'C-1', lines: [line] } });
    const result = await desk.callTool({
      name: 'update-invoice',
      arguments: { invoice: 'INV-1001', status: 'void', voidReason: 'a mistake' },
    });
    expect(asked).toHaveLength(1);
    expect(textOf(result)).toContain('said no');
    expect(textOf(await desk.callTool({ name: 'get-invoice', arguments: { invoice: 'INV-1001' } }))).toContain(
      '"issued"',
    );
  });

  it("of a crew member sees the crew's tools alone", async () => {
    const site = await openSite({ samples: true });
    const desk = await connect(site, await site.token('tom'));
    expect((await desk.listTools()).tools.map(({ name }) => name)).toEqual(TOOLS_OF.crew.map(({ name }) => name));
    const refused = await desk.callTool({ name: 'create-invoice', arguments: {} });
    expect(textOf(refused)).toContain('not for crew');
  });

  it('sends a file of 10 MB', { timeout: 30_000 }, async () => {
    const site = await openSite();
    const desk = await connect(site, await site.token('maria'));
    await desk.callTool({ name: 'create-customer', arguments: { name: 'Dana Henderson' } });
    const content = Buffer.alloc(10 * 1024 * 1024, 'shingles ').toString('base64');
    const result = await desk.callTool({
      name: 'attach-file',
      arguments: { customer: 'C-1', content, name: 'list.txt' },
    });
    expect(textOf(result)).toContain('F-1');
  });
});
