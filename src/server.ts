// The wrapper around every tool: the one place that parses input, checks what the caller may do, opens the store's
// scope, has the output parsed before commit, and turns errors into words. The protocol and the
// commands call only this.
import { randomUUID } from 'node:crypto';
import { ProtocolError, ProtocolErrorCode, ResourceNotFoundError } from '@modelcontextprotocol/server';
import type { Crew, Principal, Role, Scope } from './domain/access.ts';
import type { Account, VisibleAccount } from './domain/account.ts';
import { Problem, quoted, refused } from './domain/errors.ts';
import { forModel, problemForModel, problemForPerson } from './printers/in-words.ts';
import { checkPlan, planHas } from './domain/plans.ts';
import { TEMPLATES } from './domain/templates.ts';
import { LONGEST_ANSWER } from './domain/room.ts';
import { cut, inLine, inLines } from './domain/text.ts';
import { pagePath, uriOf, type Place } from './kinds/uri.ts';
import type { StoredFile } from './domain/file.ts';
import type { FileStore } from './files/file-store.ts';
import { stackOf, type Logger } from './logger.ts';
import type { ReadResource, ConversationFiles, Effects, ReadContext, WriteContext } from './services/context.ts';
import { checkClosedMonths } from './services/account/closing.ts';
import { isCostly } from './services/shared/costly.ts';
import { getFile, streamBytes } from './services/site/files.ts';
import {
  demandsPerson,
  leaveToPerson,
  refuseAnswered,
  refuseConfirm,
  spendYesOf,
} from './services/shared/in-person.ts';
import type { DeferredCall } from './services/shared/links.ts';
import { countingLinks, effectsOf } from './services/shared/effects.ts';
import {
  checkConfirmed,
  confirmationOf,
  earlierAddition,
  earlierAnswer,
  fingerprintOf,
  remember,
  unlessRepeated,
  type Ask,
} from './services/shared/writes.ts';
import { namesOnJobs, namesOnVisits } from './store/books/crew.ts';
import type { ReadScope, Store, WriteScope } from './store/scope.ts';
import type { Toolset } from './domain/toolsets.ts';
import type { Answer, Extra, Tool } from './tools/define-tool.ts';
import { TOOLS, type Answers, type CrewAnswers } from './tools/index.ts';
import { mayShowCosts, scopesFor, writes } from './tools/authority.ts';
import { readsAs, mayConsult } from './tools/consulted.ts';
import type { Workers } from './workers/workers.ts';
import { readKindly } from './tools/read-kindly.ts';
import { inputProblem } from './tools/input-problem.ts';
import { fetchTool } from './tools/search/fetch.ts';
import { isOn, mayCall, recordsOn, TOOLS_OF, toolsOn } from './tools/shown.ts';
import { chat } from './printers/chat.ts';

/** What the calls of one process share: where the books are, and what the operator switched off. */
export type App = {
  readonly store: Store;
  readonly files: FileStore;
  /** For what would keep everybody else waiting. */
  readonly workers: Workers;
  /** Folders of this machine that files may be taken from. */
  readonly folders: readonly string[];
  /** Files of the conversations that calls come from, where the operator named their hosts. */
  readonly conversation: ConversationFiles | null;
  readonly toolsets: readonly Toolset[];
  readonly readOnly: boolean;
  readonly log: Logger;
  /** The public address, where records have pages that open; null where there is no site. */
  readonly siteUrl: URL | null;
  /** How a call is put off until its person comes; null where there is nowhere to come to. */
  readonly deferCall: ((call: DeferredCall) => Promise<string>) | null;
  /** Calls not answered yet, for an orderly end. */
  readonly inFlight: Set<symbol>;
  /** Told for how many milliseconds the books were open for a caller. */
  readonly spent?: (whose: Pick<Session, 'accountId' | 'personId'>, ms: number) => void;
};

/** What every call needs to know: whose books these are, and who is calling. */
export type Session = App & {
  readonly accountId: number;
  /** The name that the journal has for who is calling. */
  readonly actor: string;
  readonly role: Role;
  readonly scopes: ReadonlySet<Scope>;
  /** Null for whoever runs the program on their own machine. */
  readonly personId: string | null;
};

/** The books as this caller may use them. */
export function sessionFor(app: App, { accountId, name, role, scopes, personId }: Principal): Session {
  return { ...app, accountId, actor: name, role, scopes, personId };
}

/** The assistant that a call comes through: as it calls itself, and whether it can put a question to its person. */
export type Caller = {
  readonly client: string;
  readonly canAsk: boolean;
  /** What the question was put with to which the person, and nobody else, has just said yes. */
  readonly yes?: string | undefined;
  /** The person themselves, on our own page or terminal: by which put-off call, which is noted as done with the write. */
  readonly inPerson?: { readonly yesHash: string };
  /** A person at a terminal who keeps what comes with an answer; everybody else is a model, which sees it. */
  readonly wantsWhole?: boolean;
};

export type Result<Sent = Record<string, unknown>> = {
  readonly content: { type: 'text'; text: string }[];
  readonly structuredContent?: Sent;
  readonly extras?: readonly Extra[];
  /** What the person is asked about; a yes is said by calling again with this `confirm`. */
  readonly question?: { readonly message: string; readonly confirm: string };
  readonly isError?: true;
  /** What went wrong, for a person who reads it on a page or in a terminal; and the argument at fault. */
  readonly problem?: { readonly why: string; readonly field: string | undefined };
};

/** What a tool answers with, to whomever: crew have answers of their own. Anything, where only a call says which tool it is. */
export type AnswerOf<N extends string> = N extends keyof Answers
  ? Answers[N] | (N extends keyof CrewAnswers ? CrewAnswers[N] : never)
  : Record<string, unknown>;

/**
 * Calls one tool.
 * @returns the answer, or what went wrong in words; it never throws
 */
export async function callTool<const N extends string>(
  session: Session,
  name: N,
  args: unknown,
  caller: Caller,
): Promise<Result<AnswerOf<N>>> {
  // What is sent passed the output schema of this very tool.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (await called(session, name, args, caller)) as Result<AnswerOf<N>>;
}

async function called(session: Session, name: string, args: unknown, caller: Caller): Promise<Result> {
  const started = performance.now();
  const call = Symbol(name);
  session.inFlight.add(call);
  const log = (outcome: 'ok' | 'refused') =>
    session.log.info('call', { tool: knownName(name), ms: Math.round(performance.now() - started), outcome });
  try {
    const result = await perform(session, toolNamed(session, name), args, caller);
    log('ok');
    return result;
  } catch (error) {
    if (error instanceof Problem) log('refused');
    const words = failed(inWords(session, error));
    if (!(error instanceof Problem)) return words;
    return { ...words, problem: { why: problemForPerson(error), field: error.field } };
  } finally {
    session.inFlight.delete(call);
  }
}

/** What somebody else calls a tool is their own word, and no word of anybody's is in the log. */
function knownName(name: string): string {
  return TOOLS.some((tool) => tool.name === name) ? name : 'unknown';
}

async function perform(session: Session, tool: Tool, sent: unknown, caller: Caller): Promise<Result> {
  checkSwitchedOn(session, tool);
  const args = readKindly(tool.input, sent);
  checkGranted(session, tool.name, scopesFor(tool, args));
  const parsed = tool.input.safeParse(args, { reportInput: true });
  if (!parsed.success) throw inputProblem(parsed.error, tool.inputJson);
  const { run } = tool;
  const effects = effectsOf(session, caller);
  if (run.kind === 'write') return await write(session, { tool, run, effects, caller, args }, run.split(parsed.data));
  const read = await run.prepare(parsed.data, effects);
  const look = async (scope: ReadScope) => {
    checkAllowed(tool, parsed.data, scope.account);
    return await read(await asVisible(session, tool, scope));
  };
  const finish = await session.store.read(session.accountId, timed(session, look));
  return answered(tool, await finish());
}

type Writing = {
  readonly tool: Tool;
  readonly run: Extract<Tool['run'], { kind: 'write' }>;
  readonly effects: Effects;
  readonly caller: Caller;
  /** As they were sent. */
  readonly args: unknown;
};

/**
 * A write, or what it would do: a preview keeps nothing, and what is costly is kept once somebody said yes to it. Whether
 * it is shows when it has run, so it ends before it is kept (`Foreseen`).
 */
async function write(
  session: Session,
  { tool, run, effects, caller, args }: Writing,
  {
    own,
    options: { requestId, preview = false, allowDuplicate = false, confirm: given },
  }: ReturnType<Writing['run']['split']>,
): Promise<Result> {
  // Where the person can be asked, a yes is theirs: no assistant gives it by an argument.
  if (caller.canAsk && given !== undefined)
    await session.store.read(session.accountId, async (scope) => refuseAnswered(scope));
  const ask: Ask = {
    actor: session.actor,
    tool: tool.name,
    // What one role was told is no answer for another.
    fingerprint: fingerprintOf([tool.name, session.role, session.scopes.has('costs:read')], run.knownBy(own)),
    requestId,
    confirm: run.waits === null ? undefined : (caller.yes ?? given),
    adds: run.adds(own),
    allowDuplicate,
  };
  const author = { actor: session.actor, client: caller.client, tool: tool.name };
  // What the plan or the template refuses shall leave no bytes behind.
  if (tool.featureOf(own) !== null)
    await session.store.read(session.accountId, async (scope) => checkAllowed(tool, own, scope.account));
  const said = run.waits?.(own) ?? false;
  const links = countingLinks(effects);
  const work = await run.prepare(own, {
    ...links.effects,
    preview: preview || (said && ask.confirm === undefined),
  });
  const inScope = async (bare: WriteScope) => {
    const mayUndo = (made: string) => mayCall(session.role, made);
    const scope: WriteContext = {
      ...bare,
      account: visibleAccount(session, tool, bare),
      crew: await crewOf(session, bare),
      mayUndo,
      allowDuplicate,
    };
    checkAllowed(tool, own, scope.account);
    const earlier = await earlierAnswer(scope, ask);
    if (earlier !== null) return { structured: record(earlier), extras: [] };
    const isTheirs = demandsPerson(scope) && caller.inPerson === undefined;
    if (isTheirs && given !== undefined) refuseConfirm();
    const before = await earlierAddition(scope, ask);
    const isYes = ask.confirm !== undefined && !isTheirs;
    if (isYes) await checkConfirmed(scope, ask);
    const answer = await unlessRepeated(scope, before, async () => await work(scope));
    // Nobody is asked for a yes to what is refused all the same.
    checkClosedMonths(scope);
    // What is so already needs no yes.
    const waits = !scope.journal.isEmpty && (said || (await isCostly(scope)));
    if (waits && run.waits === null) throw new Error(`${tool.name} does what waits for a yes, and does not declare it`);
    if ((waits && !isYes) || (preview && !scope.journal.isEmpty))
      throw new Foreseen({
        ...{ answer, given: scope.journal.given, asked: scope.journal.asked, isTheirs: waits && isTheirs },
        yes: waits || caller.inPerson !== undefined ? await confirmationOf(scope, ask) : null,
      });
    if (preview) return answer;
    if (caller.inPerson !== undefined) await spendYesOf(scope, caller.inPerson.yesHash);
    // A link is its secret, which is kept nowhere; sent again, this call makes another.
    if (links.made === 0) await remember(scope, waits ? ask : { ...ask, confirm: undefined }, answer.structured);
    return answer;
  };
  try {
    const sentence = (answer: Answer) => summaryOf(answer, tool);
    return answered(tool, await session.store.write(session.accountId, author, timed(session, inScope), sentence));
  } catch (error) {
    if (!(error instanceof Foreseen)) throw error;
    if (preview && caller.inPerson === undefined) return previewOf(tool, error, caller);
    return error.isTheirs ? await leaveTo(session, { tool, caller, args }, error) : questionOf(tool, error, caller);
  }
}

/** Ends a write that is not to be kept, or not yet, with what it would have answered. */
class Foreseen extends Error {
  readonly structured: Record<string, unknown>;
  readonly asked: readonly string[];
  /** What a yes is said with; null where none is needed. */
  readonly yes: string | null;
  /** It is the person's to say, and no assistant's. */
  readonly isTheirs: boolean;

  constructor(
    of: Pick<Foreseen, 'asked' | 'yes' | 'isTheirs'> & { readonly answer: Answer; readonly given: readonly string[] },
  ) {
    super('a write that is not kept');
    this.structured = withoutPromises(of.answer.structured, of.given);
    this.asked = of.asked;
    this.yes = of.yes;
    this.isTheirs = of.isTheirs;
  }
}

function previewOf(tool: Tool, foreseen: Foreseen, { canAsk }: Caller): Result {
  const { structured, yes, isTheirs } = foreseen;
  const confirm = yes === null || canAsk || isTheirs ? {} : { confirm: yes };
  const did = isTheirs
    ? { did: `${summaryOf({ structured, extras: [] }, tool)}. That waits until the person says yes to it themselves` }
    : {};
  return answered(tool, { structured: { ...structured, ...did, change: null, preview: true, ...confirm }, extras: [] });
}

function wouldOf(tool: Tool, { structured, asked }: Foreseen): string {
  return [`Once done, the books will say: ${inLine(summaryOf({ structured, extras: [] }, tool))}.`, ...asked].join(' ');
}

const NOT_YET = 'Not done yet, nothing was saved.';

/** What an assistant cannot say yes to is left to its person. */
async function leaveTo(
  session: Session,
  { tool, caller: { client }, args }: Pick<Writing, 'tool' | 'caller' | 'args'>,
  foreseen: Foreseen,
): Promise<Result> {
  const { accountId, personId, scopes } = session;
  const { preview: _, confirm: __, ...own } = record(args);
  const call = { purpose: 'confirm' as const, accountId, personId, scopes, client, tool: tool.name, args: own };
  return failed(`${NOT_YET} ${wouldOf(tool, foreseen)} ${forModel(await leaveToPerson(session, call))}`);
}

function questionOf(tool: Tool, foreseen: Foreseen, { canAsk, inPerson }: Caller): Result {
  const would = wouldOf(tool, foreseen);
  const confirm = foreseen.yes ?? '';
  if (canAsk || inPerson !== undefined) return { content: [], question: { message: would, confirm } };
  return failed(
    `${NOT_YET} ${would} Ask the person first; after a yes, call ${tool.name} again with the same arguments and confirm: "${confirm}".`,
  );
}

/** The same work; how long it took is told. */
function timed<S, T>(session: Session, work: (scope: S) => Promise<T>): (scope: S) => Promise<T> {
  return async (scope) => {
    const started = performance.now();
    try {
      return await work(scope);
    } finally {
      session.spent?.(session, performance.now() - started);
    }
  };
}

function answered(tool: Tool, { structured, extras }: Answer): Result {
  return {
    content: [{ type: 'text', text: withinBounds(chat(tool.say(structured))) }],
    structuredContent: structured,
    ...(extras.length === 0 ? {} : { extras }),
  };
}

/** Views fit what they say into the room there is; words that only folding made longer end here. */
function withinBounds(text: string): string {
  if (text.length < LONGEST_ANSWER) return text;
  return `${cut(text, LONGEST_ANSWER - CUT_HERE.length - 2)}\n${CUT_HERE}`;
}
const CUT_HERE =
  'Cut off here, since an answer may be no longer. Ask for less at once: a smaller limit, or one section.';

export function failed(text: string): Result {
  return { content: [{ type: 'text', text: withinBounds(text) }], isError: true };
}

function summaryOf({ structured }: Answer, tool: Tool): string {
  return typeof structured['did'] === 'string' ? structured['did'] : tool.title;
}

/** The answer of a preview names new records as "next": their numbers are not given out yet. */
function withoutPromises(structured: Record<string, unknown>, given: readonly string[]): Record<string, unknown> {
  if (given.length === 0) return structured;
  const numbers = new RegExp(`\\b(?:${given.join('|')})(?![\\w-])`, 'g');
  const text = JSON.stringify(structured, (_, value: unknown) =>
    typeof value === 'string' ? value.replace(numbers, (ref) => ref.replace(/S?\d+$/, 'next')) : value,
  );
  return record(JSON.parse(text));
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

const ROLE_SAID = { owner: 'the owner', office: 'the office', crew: 'crew' } as const satisfies Record<Role, string>;

function toolNamed({ role }: Session, name: string): Tool {
  const tools = TOOLS_OF[role];
  const tool = tools.find((each) => each.name === name);
  if (tool !== undefined) return tool;
  const known = tools.map((each) => each.name).join(', ');
  if (TOOLS.some((each) => each.name === name))
    throw refused(`${name} is not for ${ROLE_SAID[role]}. The tools here are: ${known}.`);
  throw new Problem('not_found', `There is no tool ${quoted(name)}. The tools are: ${known}.`);
}

/** Over HTTP a client is told before, in a way that lets it ask the person for more. */
function checkGranted({ scopes }: Session, what: string, needed: readonly Scope[]): void {
  const missing = needed.filter((scope) => !scopes.has(scope));
  if (missing.length > 0)
    throw refused(
      `${what} needs ${missing.join(' and ')}, which this assistant was not granted. Sign in again and allow it.`,
    );
}

function checkSwitchedOn({ toolsets, readOnly }: Session, tool: Tool): void {
  if (!isOn(toolsets, tool)) {
    throw refused(`${tool.name} is switched off here: this server runs with --toolsets ${toolsets.join(',')}.`);
  }
  if (readOnly && writes(tool)) {
    throw refused(`${tool.name} is switched off here: this server runs with --read-only, so nothing can be changed.`);
  }
}

const NO_JOBS =
  'This account is on the sales-pipeline template, where every customer is one deal and there are no jobs.';

function checkAllowed(tool: Tool, input: unknown, account: Account): void {
  checkTemplate(tool, input, account);
  const feature = tool.featureOf(input);
  if (feature !== null) checkPlan(account.plan, feature);
}

function checkTemplate(tool: Tool, input: unknown, account: Account): void {
  if (TEMPLATES[account.template].jobs) return;
  if (tool.needsJobs === true) {
    throw refused(`${NO_JOBS} Use the customer, quote and invoice tools, or change the template with update-account.`);
  }
  if (typeof input === 'object' && input !== null && 'job' in input)
    throw refused(`${NO_JOBS} Leave job out and give customer.`, 'job');
}

function inWords({ log }: Session, error: unknown): string {
  if (error instanceof Problem) return inLines(problemForModel(error), '').join('\n');
  const errorId = randomUUID().slice(0, 8);
  log.error('a call failed', {
    errorId,
    outcome: 'failed',
    ...stackOf(error),
  });
  return `Something went wrong inside Jobwright (error ${errorId}); nothing was saved. Try again; if it stays, its log names this error.`;
}

/** The tools as a client sees them: those switched on, and those that the account's template has. */
export async function listTools(session: Session) {
  const account = await accountOf(session);
  return toolsOn(session, account).map((tool) => listing(tool, TEMPLATES[account.template].jobs));
}

/** The books as this caller may see them in this tool, or in what shows as much as it does. */
async function asVisible(session: Session, tool: Tool, scope: ReadScope): Promise<ReadContext> {
  const { accountId, siteUrl } = session;
  const urlOf = (place: Place, ref: string) =>
    siteUrl === null ? uriOf(place, ref) : new URL(pagePath(accountId, ref), siteUrl).href;
  const account = visibleAccount(session, tool, scope);
  const visible = recordsOn(session, account);
  return { ...scope, account, visible, crew: await crewOf(session, scope), urlOf };
}

/** What is hidden of the account: costs that were not granted, or that this tool does not declare to show. */
function visibleAccount({ scopes }: Session, tool: Tool, { account }: ReadScope): VisibleAccount {
  if (!scopes.has('costs:read') || !mayShowCosts(tool)) return { ...account, profitHidden: 'scope' };
  return { ...account, profitHidden: planHas(account.plan, 'profit') ? null : 'plan' };
}

/** A file as its page and its link send it. @throws Problem where this caller does not see it */
export async function openFile(
  session: Session,
  ref: string,
): Promise<{ readonly file: StoredFile; readonly bytes: ReadableStream<Uint8Array> }> {
  const tool = toolNamed(session, fetchTool.name);
  checkGranted(session, tool.name, scopesFor(tool, { id: ref }));
  const file = await session.store.read(session.accountId, async (scope) => {
    checkPlan(scope.account.plan, 'files');
    return await getFile(
      { ...scope, account: visibleAccount(session, tool, scope), crew: await crewOf(session, scope) },
      ref,
    );
  });
  return { file, bytes: await streamBytes(session, file) };
}

/** Reads what a page shows, as `fetch` would. @throws Problem where this caller does not see it */
export async function readAsFetch<T>(
  session: Session,
  client: string,
  read: (scope: ReadContext) => Promise<(effects: Effects) => Promise<T>>,
): Promise<T> {
  const tool = toolNamed(session, fetchTool.name);
  checkSwitchedOn(session, tool);
  const call = Symbol(tool.name);
  session.inFlight.add(call);
  try {
    checkGranted(session, tool.name, scopesFor(tool, {}));
    const look = async (scope: ReadScope) => await read(await asVisible(session, tool, scope));
    const finish = await session.store.read(session.accountId, timed(session, look));
    return await finish(effectsOf(session, { client }));
  } finally {
    session.inFlight.delete(call);
  }
}

async function crewOf({ role, actor }: Session, scope: ReadScope): Promise<Crew | null> {
  if (role !== 'crew') return null;
  return { names: await namesOnJobs(scope, actor), goes: await namesOnVisits(scope, actor) };
}

/** Reads what is no tool's to read: resources, prompts, completions. Its errors are the protocol's, in our words. */
export function resourceReader(session: Session): ReadResource {
  return async ({ name, uri }, read) => {
    const call = Symbol(name);
    session.inFlight.add(call);
    try {
      const tool = readsAs(name, session.role);
      if (tool === null) throw refused(`${name} is not for ${ROLE_SAID[session.role]}.`);
      checkGranted(session, name, scopesFor(tool, { id: uri }));
      const look = async (scope: ReadScope) => {
        const sight = await asVisible(session, tool, scope);
        return await read(mayConsult(session.role) ? sight : { ...sight, visible: new Set() });
      };
      const finish = await session.store.read(session.accountId, timed(session, look));
      return await finish(effectsOf(session, { client: name }));
    } catch (error) {
      const words = inWords(session, error);
      if (!(error instanceof Problem)) throw new ProtocolError(ProtocolErrorCode.InternalError, words);
      if (uri !== undefined && error.kind === 'not_found') throw new ResourceNotFoundError(uri, words);
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, words);
    } finally {
      session.inFlight.delete(call);
    }
  };
}

/** One tool as `tools/list` shows it: the public contract. */
export function listing({ name, title, description, annotations, inputJson, outputJson, filesIn }: Tool, jobs = true) {
  return {
    name,
    title,
    description,
    inputSchema: { ...(jobs ? inputJson : withoutJob(inputJson)), type: 'object' as const },
    outputSchema: { ...outputJson, type: 'object' as const },
    annotations,
    // https://developers.openai.com/apps-sdk/reference
    ...(filesIn === undefined ? {} : { _meta: { 'openai/fileParams': [...filesIn] } }),
  };
}

function withoutJob(schema: Record<string, unknown>): Record<string, unknown> {
  const properties = Object.entries(schema['properties'] ?? {}).filter(([name]) => name !== 'job');
  return { ...schema, properties: Object.fromEntries(properties) };
}

async function accountOf(session: Session): Promise<Account> {
  return await session.store.read(session.accountId, async (scope) => scope.account);
}
