// A write: kept at once, shown as a preview, or left until somebody said yes to it.
import { says, type Message } from '../domain/message.ts';
import { forModel, forPerson } from '../printers/in-words.ts';
import { inLine } from '../domain/text.ts';
import type { Effects, WriteContext } from '../services/context.ts';
import { checkClosedMonths } from '../services/account/closing.ts';
import { isCostly } from '../services/shared/costly.ts';
import {
  demandsPerson,
  leaveToPerson,
  refuseAnswered,
  refuseConfirm,
  refuseSpent,
  spendYesOf,
} from '../services/shared/in-person.ts';
import { countingLinks } from '../services/shared/effects.ts';
import {
  checkConfirmed,
  confirmationOf,
  earlierAnswer,
  fingerprintOf,
  meaningOf,
  remember,
  unlessRepeated,
  type Ask,
} from '../services/shared/writes.ts';
import { samplesStoodOn } from '../store/books/samples-worked-on.ts';
import type { WriteScope } from '../store/scope.ts';
import type { Answer, Tool } from '../tools/define-tool.ts';
import { mayCall } from '../tools/shown.ts';
import type { Session, Caller, Result } from './session.ts';
import { answered, dueInWords, failed, summaryOf, record, withDue } from './answers.ts';
import { bookedBefore, onceBooked } from './due.ts';
import { checkAllowed } from './checks.ts';
import { timed, visibleAccount, crewOf } from './visible.ts';

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
export async function write(
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
  const how = [tool.name, session.role, session.scopes.has('costs:read')];
  const ask: Ask = {
    actor: session.actor,
    meansNewest: run.meansNewest,
    // What one role was told is no answer for another.
    fingerprint: fingerprintOf(how, run.knownBy(own)),
    meaning: meaningOf(how, run.knownBy(own)),
    requestId,
    confirm: run.waits === null ? undefined : (caller.yes ?? given),
    adds: run.adds(own),
    allowDuplicate,
    isPreview: preview,
  };
  const author = { actor: session.actor, client: caller.client, tool: tool.name };
  // What the plan or the template refuses shall leave no bytes behind.
  if (run.hasEffects && tool.featureOf(own) !== null)
    await session.store.read(session.accountId, async (scope) => checkAllowed(tool, own, scope.account));
  const said = run.waits?.(own) ?? false;
  const links = countingLinks(effects);
  const work = await run.prepare(own, {
    ...links.effects,
    preview: preview || (said && ask.confirm === undefined),
  });
  const planned = { own, preview, allowDuplicate, given, ask, said, work, links };
  const inScope = async (bare: WriteScope) => await performed(session, { tool, run, caller }, planned, bare);
  try {
    const summary = (made: { readonly done: Answer } | null) =>
      made === null ? '' : (made.done.summary ?? summaryOf(made.done.structured, tool));
    const { result: answer, due } = await onceBooked(session, tool, async (stops) => {
      // A preview keeps nothing, this neither.
      const work = async (bare: WriteScope) => (!preview && (await stops(bare)) ? null : { done: await inScope(bare) });
      return await session.store.write(session.accountId, author, timed(session, work), summary);
    });
    return answered(tool, withDue(tool, answer, due), caller.inPerson !== undefined);
  } catch (error) {
    if (!(error instanceof Foreseen)) throw error;
    if (preview && caller.inPerson === undefined) return previewOf(tool, error, caller);
    return withDueInWords(
      error.isTheirs ? await leaveTo(session, { tool, caller, args }, error) : questionOf(tool, error, caller),
      dueInWords(bookedBefore(error)),
    );
  }
}

/** One write as it is asked for, ready to be done in a scope. */
type Planned = {
  readonly own: Parameters<Writing['run']['adds']>[0];
  readonly preview: boolean;
  readonly allowDuplicate: boolean;
  /** As the caller sent it. */
  readonly given: string | undefined;
  readonly ask: Ask;
  /** What is asked for waits for a yes, whichever rows it comes to. */
  readonly said: boolean;
  readonly work: Awaited<ReturnType<Writing['run']['prepare']>>;
  readonly links: { readonly made: number };
};

async function performed(
  session: Session,
  { tool, run, caller }: Pick<Writing, 'tool' | 'run' | 'caller'>,
  { own, preview, allowDuplicate, given, ask, said, work, links }: Planned,
  bare: WriteScope,
): Promise<Answer> {
  const mayUndo = (made: string) => mayCall(session.role, made);
  const scope: WriteContext = {
    ...bare,
    account: visibleAccount(session, tool, bare),
    crew: await crewOf(session, bare),
    mayUndo,
    allowDuplicate,
  };
  checkAllowed(tool, own, scope.account);
  // Of two tabs that press at once, the second is told so, not what the first was.
  if (caller.inPerson !== undefined && !preview) await refuseSpent(scope, caller.inPerson.yesHash);
  const earlier = await earlierAnswer(scope, ask);
  if (earlier !== null) return { structured: run.fromEarlier(record(earlier)), extras: [] };
  const isTheirs = demandsPerson(scope) && caller.inPerson === undefined;
  if (isTheirs && given !== undefined) refuseConfirm();
  const isYes = ask.confirm !== undefined && !isTheirs;
  if (isYes) await checkConfirmed(scope, ask);
  const answer = await withSamples(scope, tool, await unlessRepeated(scope, ask, async () => await work(scope)));
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
}

/** Whoever writes on a sample reads that it was one, and what it is from then on. */
async function withSamples(scope: WriteContext, tool: Tool, answer: Answer): Promise<Answer> {
  const { real, stay } = await samplesStoodOn(scope);
  if (real.length + stay.length === 0) return answer;
  const told = (structured: Answer['structured']) => ({
    ...structured,
    did: forModel(says('sample.stood-on', { did: summaryOf(structured, tool), real, stay })),
  });
  const { structured, forPeople } = answer;
  const theirs = forPeople === undefined ? {} : { forPeople: () => told(forPeople()) };
  return { ...answer, structured: told(structured), ...theirs };
}

/** Ends a write that is not to be kept, or not yet, with what it would have answered. */
class Foreseen extends Error {
  readonly structured: Record<string, unknown>;
  /** The same in the words of a person. */
  readonly forPeople: Record<string, unknown>;
  readonly asked: readonly Message[];
  /** The numbers of new records, which are not promised. */
  readonly given: readonly string[];
  /** What a yes is said with; null where none is needed. */
  readonly yes: string | null;
  /** It is the person's to say, and no assistant's. */
  readonly isTheirs: boolean;

  constructor(of: Pick<Foreseen, 'asked' | 'given' | 'yes' | 'isTheirs'> & { readonly answer: Answer }) {
    super('a write that is not kept');
    const { structured, forPeople } = of.answer;
    this.structured = withoutPromises(structured, of.given);
    this.forPeople = withoutPromises(forPeople?.() ?? structured, of.given);
    this.asked = of.asked;
    this.given = of.given;
    this.yes = of.yes;
    this.isTheirs = of.isTheirs;
  }
}

function previewOf(tool: Tool, foreseen: Foreseen, { canAsk }: Caller): Result {
  const { structured, yes, isTheirs } = foreseen;
  const confirm = yes === null || canAsk || isTheirs ? {} : { confirm: yes };
  const did = isTheirs
    ? { did: `${summaryOf(structured, tool)}. That waits until the person says yes to it themselves` }
    : {};
  return answered(tool, { structured: { ...structured, ...did, change: null, preview: true, ...confirm }, extras: [] });
}

function wouldOf(tool: Tool, { structured, asked, given }: Foreseen): string {
  return would(
    summaryOf(structured, tool),
    asked.map((why) => unpromised(forModel(why), given)),
  );
}

function wouldForPerson(tool: Tool, { forPeople, asked, given }: Foreseen): string {
  return would(
    summaryOf(forPeople, tool),
    asked.map((why) => unpromised(forPerson(why), given)),
  );
}

function would(did: string, asked: readonly string[]): string {
  return [`Once done, the books will say: ${inLine(did)}.`, ...asked].join(' ');
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
  const confirm = foreseen.yes ?? '';
  if (canAsk || inPerson !== undefined)
    return { content: [], question: { message: wouldForPerson(tool, foreseen), confirm } };
  return failed(
    `${NOT_YET} ${wouldOf(tool, foreseen)} Ask the person first; after a yes, call ${tool.name} again with the same arguments and confirm: "${confirm}".`,
  );
}

/** What was booked before a call that asks first is told with the question: the call after the yes finds nothing due. */
function withDueInWords(asking: Result, due: readonly string[]): Result {
  if (due.length === 0) return asking;
  const { question, content } = asking;
  const below = due.join('\n');
  if (question !== undefined) return { ...asking, question: { ...question, message: `${question.message}\n${below}` } };
  return { ...asking, content: [...content, { type: 'text', text: below }] };
}

/** The answer of a preview names new records as "next": their numbers are not given out yet. */
function withoutPromises(structured: Record<string, unknown>, given: readonly string[]): Record<string, unknown> {
  if (given.length === 0) return structured;
  const text = JSON.stringify(structured, (_, value: unknown) =>
    typeof value === 'string' ? unpromised(value, given) : value,
  );
  return record(JSON.parse(text));
}

function unpromised(text: string, given: readonly string[]): string {
  if (given.length === 0) return text;
  const numbers = new RegExp(`\\b(?:${given.join('|')})(?![\\w-])`, 'g');
  return text.replace(numbers, (ref) => ref.replace(/S?\d+$/, 'next'));
}
