// The books as an MCP server: what the protocol's requests become, and what its answers are made of. Everything that is
// asked goes through the wrapper in server.ts.
import { beginning, visibleLine } from './domain/text.ts';
import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  inputRequired,
  inputResponse,
  type CallToolRequest,
  type HandlerResultTypeMap,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Account } from './domain/account.ts';
import type { Kind } from './kinds/index.ts';
import { completedByPrompt, promptAnswers } from './prompts/serve.ts';
import { completionAnswers } from './resources/complete.ts';
import { linksOf } from './resources/links.ts';
import { resourceAnswers } from './resources/serve.ts';
import { callTool, listTools } from './server.ts';
import { recordsOf } from './kinds/in-toolset.ts';
import type { Extra, Tool } from './tools/define-tool.ts';
import { mayConsult } from './tools/consulted.ts';
import { TOOLS_OF, toolsGranted } from './tools/shown.ts';
import type { Session, Result } from './server/session.ts';
import { failed } from './server/answers.ts';
import { instructions } from './server/introduction.ts';
import { mcpServer, type Handlers } from './server/mcp-server.ts';
import { resourceReader } from './server/resource-reader.ts';

/**
 * An MCP server over these books; cheap to make, one per connection or request.
 * @param changed is told where this caller's lists are others now, and tells all who listen; null where this one does
 * @param introduces whether it will be asked what it is: only then its instructions are read from the books
 */
export async function buildServer(
  session: Session,
  introduces = true,
  changed: (() => void) | null = null,
): Promise<McpServer> {
  return mcpServer({
    instructions: introduces ? await introduction(session) : null,
    listTools: async () => await listTools(session),
    handlers: (mcp) => handlersFor(session, mcp, changed),
  });
}

/** What a caller's requests become. */
export function handlersFor(session: Session, mcp: McpServer, changed: (() => void) | null = null): Handlers {
  const readResource = resourceReader(session);
  return {
    'tools/call': async (request, { mcpReq }) => await called(session, { mcp, changed }, request.params, mcpReq),
    ...resourceAnswers(readResource),
    ...promptAnswers(readResource, (account) => new Set(forPrompts(session, account).map((tool) => tool.name))),
    ...completionAnswers(readResource, completedByPrompt),
  };
}

type Told = { readonly mcp: McpServer; readonly changed: (() => void) | null };

async function called(
  session: Session,
  { mcp, changed }: Told,
  params: CallToolRequest['params'],
  mcpReq: ServerContext['mcpReq'],
): Promise<HandlerResultTypeMap['tools/call']> {
  // Today's clients name themselves in every request, earlier ones once when they connect.
  // oxlint-disable-next-line typescript/no-deprecated
  const info = clientOf(mcpReq.envelope) ?? mcp.server.getClientVersion();
  // oxlint-disable-next-line typescript/no-deprecated
  const abilities = abilitiesOf(mcpReq.envelope) ?? mcp.server.getClientCapabilities();
  const client = info === undefined ? 'an unnamed client' : `${info.title ?? info.name} ${info.version}`;
  const caller = { client: beginning(visibleLine(client), 80), canAsk: takesForms(abilities?.elicitation) };
  const reply = inputResponse(mcpReq.inputResponses, QUESTION);
  if (reply.kind === 'elicit' && reply.action === 'cancel')
    return failed('Not done, nothing was saved: the question was closed without an answer. Call again to ask it anew.');
  if (reply.kind === 'elicit' && !(reply.action === 'accept' && reply.content?.['yes'] === true))
    return failed('Not done, nothing was saved: the person said no.');
  const yes = reply.kind === 'elicit' ? String(mcpReq.requestState()) : undefined;
  const result = await callTool(session, params.name, params.arguments, { ...caller, yes });
  if (result.question !== undefined) return questionOf(result.question);
  if (changesLists(session, params.name, result)) {
    if (changed === null) tellLists(mcp);
    else changed();
  }
  const { extras = [], content, question: _, ...rest } = result;
  const { structuredContent } = rest;
  const links =
    structuredContent !== undefined && knowsLinks(mcp, mcpReq.envelope)
      ? linksOf(structuredContent, linkable(session))
      : [];
  return { ...rest, content: [...content, ...extras.map(embedded), ...links] };
}

/** What somebody may call, and see, has become other. */
export function tellLists(mcp: McpServer): void {
  mcp.sendToolListChanged();
  mcp.sendPromptListChanged();
  mcp.sendResourceListChanged();
}

/** Crew have no resources: their own tools open what is theirs. */
function linkable({ role, toolsets }: Session): readonly Kind[] {
  return mayConsult(role) ? toolsets.flatMap((each) => recordsOf(each)) : [];
}

/** The prompts are about money: none is for crew, and none for an assistant that is not granted what its steps take. */
function forPrompts(session: Session, account: Account): readonly Tool[] {
  return mayConsult(session.role) ? toolsGranted(session, account) : [];
}

/** The first revision with links in answers; clients of earlier ones refuse a part that they do not know. */
const FIRST_WITH_LINKS = '2025-06-18';

function knowsLinks(mcp: McpServer, envelope: object | undefined): boolean {
  // Today's clients, which all know links, name their revision in every request; earlier ones agree on one first.
  // oxlint-disable-next-line typescript/no-deprecated
  return envelope !== undefined || (mcp.server.getNegotiatedProtocolVersion() ?? '') >= FIRST_WITH_LINKS;
}

/** Another template has other tools, also when an undo brings it back. */
function changesLists({ role }: Session, name: string, { structuredContent }: Result): boolean {
  const tool = TOOLS_OF[role].find((each) => each.name === name);
  return tool?.changesLists === true && typeof structuredContent?.['change'] === 'number';
}

/** The one question that a call may put to the person. */
const QUESTION = 'confirm';

function questionOf({ message, confirm }: NonNullable<Result['question']>) {
  return inputRequired({
    inputRequests: {
      [QUESTION]: inputRequired.elicit({
        message: `${message} Go ahead?`,
        requestedSchema: {
          type: 'object',
          properties: { yes: { type: 'boolean', title: 'Yes, do it' } },
          required: ['yes'],
        },
      }),
    },
    requestState: confirm,
  });
}

/** A file as MCP hands it over; its address only names it, since the bytes are here already. */
function embedded({
  kind,
  fileName,
  mimeType,
  base64,
  uri = `jobwright://documents/${encodeURIComponent(fileName)}`,
}: Extra) {
  if (kind === 'image') return { type: 'image' as const, data: base64, mimeType };
  return { type: 'resource' as const, resource: { uri, mimeType, blob: base64 } };
}

const Abilities = z.object({ elicitation: z.unknown() });

function abilitiesOf(envelope?: object): z.output<typeof Abilities> | undefined {
  if (envelope === undefined) return undefined;
  return Abilities.safeParse(new Map<string, unknown>(Object.entries(envelope)).get(CLIENT_CAPABILITIES_META_KEY)).data;
}

/** Without a word of how, it shows forms; one that only opens addresses cannot be asked. */
function takesForms(elicitation: unknown): boolean {
  if (typeof elicitation !== 'object' || elicitation === null) return false;
  return 'form' in elicitation || !('url' in elicitation);
}

const ClientInfo = z.object({ name: z.string(), title: z.string().optional(), version: z.string() });

function clientOf(envelope?: object): z.output<typeof ClientInfo> | undefined {
  if (envelope === undefined) return undefined;
  return ClientInfo.safeParse(new Map<string, unknown>(Object.entries(envelope)).get(CLIENT_INFO_META_KEY)).data;
}

async function introduction({ store, accountId, role }: Session): Promise<string> {
  return await store.read(accountId, async ({ account, today }) => instructions(account, { role, today }));
}
