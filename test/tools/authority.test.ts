// What a tool may do and show is declared with it, and what is not declared is nobody's: made-up tools among the real ones.
import { line } from '../../src/printers/blocks.ts';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { CREATE, OFFICE, READ, scopesFor } from '../../src/tools/authority.ts';
import { defineTool, type Tool } from '../../src/tools/define-tool.ts';
import type * as Index from '../../src/tools/index.ts';

const CALLER = { client: 'test 1.0', canAsk: false };

const whole = {
  name: 'show-secret',
  title: 'Show a secret',
  description: 'A made-up tool that shows whether costs are hidden from it.',
  toolset: 'reports',
  roles: OFFICE,
  costs: 'where granted',
  annotations: READ,
  input: z.strictObject({}),
  output: z.strictObject({ profitHidden: z.string().nullable() }),
  reads: async ({ account }: { account: { profitHidden: string | null } }) => ({ profitHidden: account.profitHidden }),
  text: ({ profitHidden }: { profitHidden: string | null }) => [line(profitHidden ?? 'costs')],
} as const;
const { roles: _, ...forNobody } = whole;
const { costs: __, ...withoutCosts } = whole;
const { annotations: ___, ...unhinted } = whole;

const planted = vi.hoisted((): { tools: Tool[] } => ({ tools: [] }));
vi.mock('../../src/tools/index.ts', async (load) => {
  const { TOOLS } = await load<typeof Index>();
  return { TOOLS: [...TOOLS, ...planted.tools] };
});

const TOOLS_PLANTED = [
  defineTool(whole),
  // @ts-expect-error nobody is named that may call it
  defineTool({ ...forNobody, name: 'show-nobody' }),
  // @ts-expect-error it is not said whether it shows costs
  defineTool({ ...withoutCosts, name: 'show-undeclared' }),
  // @ts-expect-error it is not said what it does to the books
  defineTool({ ...unhinted, name: 'show-unhinted' }),
];
// @ts-expect-error what reads creates nothing
defineTool({ ...whole, annotations: CREATE });
planted.tools.push(...TOOLS_PLANTED);
// What reads the list of tools is loaded when it is whole.
const { callTool, listTools } = await import('../../src/server.ts');
const { openCompany } = await import('../support/company.ts');

const listed = async (who: 'maria' | 'olga' | 'tom') =>
  (await listTools((await openCompany()).host(who))).map(({ name }) => name).filter((name) => name.startsWith('show-'));

test('a tool that does not say whose it is, is listed to nobody, and refused to all', async () => {
  expect(await listed('maria')).toEqual(['show-secret', 'show-undeclared', 'show-unhinted']);
  expect(await listed('olga')).toEqual(['show-secret', 'show-undeclared', 'show-unhinted']);
  expect(await listed('tom')).toEqual([]);
  const company = await openCompany();
  for (const who of ['maria', 'olga', 'tom'] as const)
    expect(await callTool(company.host(who), 'show-nobody', {}, CALLER), who).toMatchObject({ isError: true });
});

test('a tool that does not say that it shows costs is shown none, whatever was granted', async () => {
  const session = (await openCompany()).host('maria');
  const hidden = async (name: string) => (await callTool(session, name, {}, CALLER)).structuredContent;
  expect(await hidden('show-secret')).toEqual({ profitHidden: null });
  expect(await hidden('show-undeclared')).toEqual({ profitHidden: 'scope' });
});

test('a tool that does not say what it does to the books is taken to write', () => {
  const scopes = TOOLS_PLANTED.map((tool) => scopesFor(tool, {}));
  expect(scopes).toEqual([['books:read'], ['books:read'], ['books:read'], ['books:read', 'books:write']]);
});
