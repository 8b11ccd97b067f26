// The wrapper around every tool: the one place that parses input, checks what the caller may do, opens the store's
// scope, has the output parsed before commit, and turns errors into words. The protocol and the
// commands call only this.
import { inFlight } from './server/in-flight.ts';
import type { Account } from './domain/account.ts';
import { Problem } from './domain/errors.ts';
import { problemForPerson } from './printers/in-words.ts';
import { checkPlan } from './domain/plans.ts';
import { TEMPLATES } from './domain/templates.ts';
import type { StoredFile } from './domain/file.ts';
import type { Effects, ReadContext } from './services/context.ts';
import { getFile, streamBytes } from './services/site/files.ts';
import { effectsOf } from './services/shared/effects.ts';
import type { ReadScope } from './store/scope.ts';
import type { Tool } from './tools/define-tool.ts';
import { TOOLS, type Answers, type CrewAnswers } from './tools/index.ts';
import { scopesFor } from './tools/authority.ts';
import { readKindly } from './tools/read-kindly.ts';
import { inputProblem, refuseNul } from './tools/input-problem.ts';
import { fetchTool } from './tools/search/fetch.ts';
import { listing } from './tools/listing.ts';
import { toolsOn } from './tools/shown.ts';
import type { Session, Caller, Result } from './server/session.ts';
import { answered, dueInWords, failed, faultInWords, withDue } from './server/answers.ts';
import { bookedBefore, onceBooked } from './server/due.ts';
import { toolNamed, checkGranted, checkSwitchedOn, checkAllowed } from './server/checks.ts';
import { timed, asVisible, visibleAccount, crewOf } from './server/visible.ts';
import { write } from './server/write.ts';
import type { DueRow } from './views/internal/monthly-expense.ts';

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
  try {
    return await inFlight(
      session,
      knownName(name),
      async () => await perform(session, toolNamed(session, name), args, caller),
    );
  } catch (error) {
    const words = failed([faultInWords(session, error), ...dueInWords(bookedBefore(error))].join('\n'));
    if (!(error instanceof Problem)) return words;
    return { ...words, problem: { why: problemForPerson(error), field: error.field } };
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
  if (!parsed.success) throw inputProblem(parsed.error, { tool: tool.name, schema: tool.inputJson });
  refuseNul(parsed.data);
  const { run } = tool;
  const effects = effectsOf(session, caller);
  if (run.kind === 'write') return await write(session, { tool, run, effects, caller, args }, run.split(parsed.data));
  const read = await run.prepare(parsed.data, effects);
  const { result: finish, due } = await onceBooked(session, tool, async (stops) => {
    const look = async (scope: ReadScope) => {
      if (await stops(scope)) return null;
      checkAllowed(tool, parsed.data, scope.account);
      return { done: await read(await asVisible(session, tool, scope)) };
    };
    return await session.store.read(session.accountId, timed(session, look));
  });
  return answered(tool, withDue(tool, await finish(), due));
}

/** The tools as a client sees them: those switched on, and those that the account's template has. */
export async function listTools(session: Session) {
  const account = await accountOf(session);
  return toolsOn(session, account).map((tool) => listing(tool, TEMPLATES[account.template].jobs));
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

/**
 * Reads what a page shows, as `fetch` would, with what was booked before it.
 * @throws Problem where this caller does not see it
 */
export async function readAsFetch<T>(
  session: Session,
  client: string,
  read: (scope: ReadContext) => Promise<(effects: Effects) => Promise<T>>,
): Promise<{ readonly result: T; readonly due: readonly DueRow[] }> {
  const tool = toolNamed(session, fetchTool.name);
  checkSwitchedOn(session, tool);
  return await inFlight(session, tool.name, async () => {
    checkGranted(session, tool.name, scopesFor(tool, {}));
    const { result: finish, due } = await onceBooked(session, tool, async (stops) => {
      const look = async (scope: ReadScope) =>
        (await stops(scope)) ? null : { done: await read(await asVisible(session, tool, scope)) };
      return await session.store.read(session.accountId, timed(session, look));
    });
    return { result: await finish(effectsOf(session, { client })), due };
  });
}

async function accountOf(session: Session): Promise<Account> {
  return await session.store.read(session.accountId, async (scope) => scope.account);
}
