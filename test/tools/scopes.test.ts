// What an assistant may do is what its person allowed: tool by tool (`contract.test.ts`), record by record, in one
// declared table; and without costs:read nothing that anything cost or made shows anywhere.
import { describe, expect, it, test } from 'vitest';
import { SCOPES, type Scope } from '../../src/domain/access.ts';
import { callTool, openFile } from '../../src/server.ts';
import { resourceReader } from '../../src/server/resource-reader.ts';
import { CONSULTED, scopesToConsult } from '../../src/tools/consulted.ts';
import { scopesNeeded, TOOLS_OF } from '../../src/tools/shown.ts';
import { buildServer } from '../../src/protocol.ts';
import { goodCallsOf } from '../support/examples.ts';
import { openSite } from '../support/site.ts';
import { twoJobs, ODD_COSTS } from '../support/two-jobs.ts';
import { Client } from '@modelcontextprotocol/client';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { refusalOf } from '../support/refusal.ts';
import { textOf } from '../support/read.ts';

const CALLER = { client: 'test 1.0', canAsk: false };
const WITHOUT_COSTS: readonly Scope[] = ['books:read', 'books:write'];

test('what one argument needs, and what is consulted, is one declared table', () => {
  const letters = (scopes: readonly Scope[]) =>
    SCOPES.map((scope) => (scopes.includes(scope) ? scope[0] + scope.slice(scope.indexOf(':'), 7) : '')).filter(
      Boolean,
    );
  for (const { name } of TOOLS_OF.crew)
    expect(scopesNeeded(name, 'crew').filter((scope) => scope === 'costs:read')).toEqual([]);
  expect([
    ...CONSULTED.map(
      (method) => `${method}: ${letters(scopesToConsult(method, 'owner', 'jobwright://jobs/J-1')).join(' ')}`,
    ),
    ...['quotes/Q-1', 'quotes/Q-1/1', 'expenses/E-1', 'documents/Q-1', 'customers/C-1'].map(
      (path) => `${path}: ${letters(scopesToConsult('resources/read', 'owner', `jobwright://${path}`)).join(' ')}`,
    ),
    ...['Q-1', 'q-1/1', 'E-1', 'jobwright://quotes/Q-1', 'J-1', 'the roof'].map(
      (id) => `fetch ${id}: ${letters(scopesNeeded('fetch', 'owner', { id })).join(' ')}`,
    ),
    `attach-file to an expense: ${letters(scopesNeeded('attach-file', 'owner', { expense: 'E-1' })).join(' ')}`,
  ]).toMatchInlineSnapshot(`
    [
      "resources/list: b:r",
      "resources/templates/list: b:r",
      "resources/read: b:r",
      "prompts/list: b:r",
      "prompts/get: b:r",
      "completion/complete: b:r",
      "quotes/Q-1: b:r c:r",
      "quotes/Q-1/1: b:r c:r",
      "expenses/E-1: b:r c:r",
      "documents/Q-1: b:r",
      "customers/C-1: b:r",
      "fetch Q-1: b:r c:r",
      "fetch q-1/1: b:r c:r",
      "fetch E-1: b:r c:r",
      "fetch jobwright://quotes/Q-1: b:r c:r",
      "fetch J-1: b:r",
      "fetch the roof: b:r",
      "attach-file to an expense: b:r b:w c:r",
    ]
  `);
});

describe('without costs:read', () => {
  const costsIn = (answer: unknown) => {
    const all = JSON.stringify(answer).replace(/(?<=\d)[,\s](?=\d{3})/g, '');
    return ODD_COSTS.filter((cost) => all.includes(cost));
  };
  /** Every good call there is, and what leads to the records with costs. */
  const calls: [string, object][] = [
    ...TOOLS_OF.owner.flatMap(({ name }) => goodCallsOf(name).map((args): [string, object] => [name, args])),
    ...[
      'J-1',
      'J-2',
      'C-1',
      'Q-1',
      'Q-1/1',
      'E-1',
      'F-1',
      'F-3',
      'A-1',
      'W-1',
      'INV-1001',
      'P-1',
      'roof',
      'quagmire',
      'mugwump',
    ].flatMap((ref): [string, object][] => [
      ['fetch', { id: ref }],
      ['search', { query: ref }],
      ['get-job', { job: ref }],
      ['get-job', { job: ref, explain: true }],
      ['get-quote', { quote: ref }],
      ['get-customer', { customer: ref }],
    ]),
    ...(['quotes', 'invoices', 'expenses', 'files', 'appointments', 'walk-and-talks', 'activity'] as const).map(
      (section): [string, object] => ['get-job', { job: 'J-1', section }],
    ),
    // Among the good calls a job went from one to the other.
    ...['C-1', 'C-2'].flatMap((customer) =>
      (['jobs', 'quotes', 'invoices'] as const).map((section): [string, object] => [
        'get-customer',
        { customer, section },
      ]),
    ),
    ...['margin', '-margin', 'profit', '-profit', 'newest'].map((sort): [string, object] => ['list-jobs', { sort }]),
    ['get-document', { document: 'Q-1' }],
    ['profit-report', { by: 'job' }],
  ];

  it('no call of any tool shows what anything cost', { timeout: 60_000 }, async () => {
    const company = await twoJobs();
    const session = company.host('maria', { scopes: WITHOUT_COSTS });
    const found: string[] = [];
    let answered = 0;
    for (const [name, args] of calls) {
      const result = await callTool(session, name, args, CALLER);
      if (result.isError !== true) answered += 1;
      // What was sent comes back.
      const shown = costsIn(result).filter((cost) => !JSON.stringify(args).includes(cost));
      if (shown.length > 0) found.push(`${name} ${JSON.stringify(args)}: ${shown.join()}`);
    }
    expect(found).toEqual([]);
    expect(answered).toBeGreaterThan(40);
  });

  it('the same calls with it do (the control)', { timeout: 60_000 }, async () => {
    const company = await twoJobs();
    const seen = new Set<string>();
    for (const [name, args] of calls)
      if (costsIn(await callTool(company.host('maria'), name, args, CALLER)).length > 0) seen.add(name);
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'get-job',
        'list-jobs',
        'get-customer',
        'get-quote',
        'fetch',
        'profit-report',
        'list-changes',
      ]),
    );
  });

  it('a job is all there but for that: its billing, papers, customer and the count of all', async () => {
    const company = await twoJobs();
    const session = company.host('maria', { scopes: WITHOUT_COSTS });
    const { structuredContent: page } = await callTool(session, 'get-job', { job: 'J-1' }, CALLER);
    expect(page).toMatchObject({
      job: { ref: 'J-1', billing: 'billed', profit: null, profitHidden: 'scope', plan: null, customer: { ref: 'C-1' } },
    });
    expect(page).toHaveProperty('job.invoices.0.ref');
    expect(page).toHaveProperty('job.quotes.0.ref');
    expect(page).not.toHaveProperty('job.expenses');
    const { structuredContent: list } = await callTool(session, 'list-jobs', { customer: 'C-1' }, CALLER);
    expect(list).toMatchObject({ jobs: [{ ref: 'J-1' }], count: 1, totals: null, profitHidden: 'scope' });
  });

  it('jobs are in no order of what they made', async () => {
    const company = await twoJobs();
    const session = company.host('maria', { scopes: WITHOUT_COSTS });
    for (const sort of ['margin', '-profit'])
      expect((await callTool(session, 'list-jobs', { sort }, CALLER)).content[0]?.text).toContain('costs:read');
  });

  it('a quote is not opened by words either, only as its customer sees it', async () => {
    const company = await twoJobs();
    await company.ok('maria', 'create-quote', {
      customer: 'C-1',
      title: 'Xylophone tower',
      lines: [{ description: 'Bells', quantity: 1, unitPrice: 9000, unitCost: 6421 }],
    });
    const session = company.host('maria', { scopes: WITHOUT_COSTS });
    expect(textOf(await callTool(session, 'fetch', { id: 'xylophone tower' }, CALLER))).toContain('costs:read');
    const paper = await callTool(session, 'fetch', { id: 'jobwright://documents/Q-5' }, CALLER);
    expect(paper.isError).toBeUndefined();
    expect(textOf(paper)).toContain('Bells');
    expect(costsIn(paper)).toEqual([]);
  });

  it('neither a receipt nor what hangs on an expense is opened; the job’s other files are', async () => {
    const company = await twoJobs();
    const session = company.host('maria', { scopes: WITHOUT_COSTS });
    for (const ref of ['F-1', 'F-3']) {
      expect(await refusalOf(openFile(session, ref))).toContain(`${ref} shows what something cost`);
      expect(await new Response((await openFile(company.host('maria'), ref)).bytes).text()).toContain('6,637.00');
      expect(textOf(await callTool(session, 'fetch', { id: ref }, CALLER))).toContain('costs:read');
    }
    for (const ref of ['F-2', 'F-4'])
      expect(await new Response((await openFile(session, ref)).bytes).text()).toContain('neighbour');
  });

  it('expenses are not even named', async () => {
    const company = await twoJobs();
    const session = company.host('maria', { scopes: WITHOUT_COSTS });
    const found = await callTool(session, 'search', { query: 'Mugwump' }, CALLER);
    expect(JSON.stringify(found)).not.toMatch(/E-1|rental/);
  });
});

describe('resources, prompts and completions', () => {
  /** As a client of these scopes sees the books. */
  async function clientOf(scopes: readonly Scope[]) {
    const company = await twoJobs();
    const [here, there] = InMemoryTransport.createLinkedPair();
    await (await buildServer(company.host('maria', { scopes }))).connect(there);
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(here);
    return client;
  }
  const asked = async (work: Promise<unknown>) =>
    await work.then(
      (answer) => JSON.stringify(answer),
      (error: unknown) => (error instanceof Error ? `refused: ${error.message}` : 'refused'),
    );
  const RECORDS = [
    'jobs/J-1',
    'quotes/Q-1',
    'quotes/Q-1/1',
    'expenses/E-1',
    'customers/C-1',
    'invoices/INV-1001',
    'payments/P-1',
    'files/F-1',
    'files/F-3',
  ];

  it('show no cost without costs:read', async () => {
    const client = await clientOf(WITHOUT_COSTS);
    const all = [
      ...(await Promise.all(
        RECORDS.map(async (path) => await asked(client.readResource({ uri: `jobwright://${path}` }))),
      )),
      await asked(client.listResources()),
      await asked(client.getPrompt({ name: 'price-a-job', arguments: { job: 'J-1' } })),
      await asked(client.listPrompts()),
    ];
    expect(all.flatMap((answer) => ODD_COSTS.filter((cost) => answer.includes(cost)))).toEqual([]);
    expect(all[0]).toContain('Roof replacement');
    expect([1, 2, 3, 7, 8].filter((place) => all[place]?.startsWith('refused') !== true)).toEqual([]);
    expect(all.join('\n')).not.toContain('close-out-a-job');
    await client.close();
  });

  it('show costs with it (the control)', async () => {
    const client = await clientOf(SCOPES);
    const all = await Promise.all(
      RECORDS.map(async (path) => await asked(client.readResource({ uri: `jobwright://${path}` }))),
    );
    expect(ODD_COSTS.filter((cost) => all.join().includes(cost)).length).toBeGreaterThan(1);
    expect(await asked(client.listPrompts())).toContain('close-out-a-job');
    await client.close();
  });

  it('show nothing at all without books:read', async () => {
    const company = await twoJobs();
    const session = company.host('maria', { scopes: ['books:write'] });
    // It is the protocol's error already, in our words.
    for (const name of CONSULTED)
      await expect(resourceReader(session)({ name }, async () => async () => 'reached')).rejects.toThrow('books:read');
  });
});

describe('over HTTP', () => {
  it.each([
    ['tools/call', { name: 'get-quote', arguments: { quote: 'Q-1' } }],
    ['tools/call', { name: 'fetch', arguments: { id: 'Q-1' } }],
    ['tools/call', { name: 'fetch', arguments: { id: 'jobwright://expenses/E-1' } }],
    ['resources/read', { uri: 'jobwright://quotes/Q-1' }],
    ['resources/read', { uri: 'jobwright://expenses/E-1' }],
  ])('%s %o asks for what is missing, all scopes by name', async (method, params) => {
    const site = await openSite();
    const refused = await site.rpc(await site.token('maria', { scopes: ['books:read'] }), method, params);
    expect(refused.status).toBe(403);
    expect(refused.headers.get('www-authenticate')).toContain('scope="books:read costs:read"');
  });

  it.each([
    ['tools/call', { name: 'fetch', arguments: { id: 'J-1' } }],
    ['tools/call', { name: 'get-customer', arguments: { customer: 'C-1' } }],
    ['resources/read', { uri: 'jobwright://jobs/J-1' }],
  ])('%s %o is answered without costs', async (method, params) => {
    const site = await openSite();
    await site.ok('maria', 'create-job', { newCustomer: { name: 'Dana' }, name: 'Roof' });
    const answer = await site.rpc(await site.token('maria', { scopes: ['books:read'] }), method, params);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('Roof');
  });

  it('a token that reads nothing is not made', async () => {
    const site = await openSite();
    expect(await refusalOf(site.token('maria', { scopes: ['books:write'] }))).toContain('at least books:read');
  });
});
