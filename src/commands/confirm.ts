import { Refusal, UsageError, type Config } from '../config.ts';
import { terminal } from '../printers/terminal.ts';
import { callTool } from '../server.ts';
import { waitingCall, type WaitingCall } from '../services/shared/links.ts';
import { onBook, type Opened } from './book.ts';
import { userName } from './person.ts';
import { refuseNoBook } from './data-folder.ts';
import { ask, isAnswering } from './terminal.ts';
import { untilTold } from './until-told.ts';
import { sessionFor, type Session, type Result } from '../server/session.ts';

/** Whoever sits at this machine says yes, themselves, to what an assistant asked for. */
export async function confirm(config: Config): Promise<number> {
  // With the space that somebody may type for the dash.
  const code = config.operands.join('');
  if (code === '')
    throw new UsageError('confirm takes the code that the assistant was given, like: jobwright confirm K7QP-3XTA');
  if (!isAnswering())
    throw new Refusal(
      'confirm asks whoever sits at a terminal, and here is none: no program can say yes for them. Nothing was done. Type it in a terminal window yourself.',
    );
  if (config.database === undefined) refuseNoBook(config, ', or --database, as in the settings of your assistant');
  return await onBook(
    config,
    async (opened) => await untilTold(async (signal) => await question(config, opened, code, signal)),
  );
}

async function question(config: Config, opened: Opened, code: string, signal: AbortSignal): Promise<number> {
  for (;;) {
    const waiting = await waitingHere(opened, code);
    const session = sessionFor(opened.app, {
      ...{ personId: null, name: userName(config), accountId: waiting.call.accountId },
      ...{ role: 'owner', scopes: waiting.call.scopes },
    });
    const foreseen = await called(session, waiting, { preview: true });
    if (foreseen.question === undefined) return told(foreseen);
    process.stderr.write(`${waiting.call.client} asked for this. ${foreseen.question.message}\n`);
    const answer = await ask('Do it? (y/N) ', signal);
    if (!/^y(?:es)?$/i.test(answer.trim())) {
      process.stderr.write('Not done, nothing was saved.\n');
      return 1;
    }
    const done = await called(session, waiting, {}, foreseen.question.confirm);
    if (done.isError !== true) return told(done);
    const again = await called(session, waiting, { preview: true });
    // Refused for itself, or done by another terminal meanwhile.
    if (again.question === undefined || again.question.confirm === foreseen.question.confirm) return told(done);
    process.stderr.write('The books have changed since you were shown this. Nothing was done. Read it again.\n');
  }
}

/** @throws Refusal where nothing waits under this code */
async function waitingHere({ directory }: Opened, code: string): Promise<WaitingCall> {
  const waiting = await waitingCall(directory, code);
  if (waiting?.call.personId !== null)
    throw new Refusal(
      'Nothing waits under this code in these books: it is another, or its 15 minutes are over. Nothing was done. Where the settings of your assistant name other books (--data, --database), name them here as well; else let it ask anew.',
    );
  if (waiting.became === undefined) return waiting;
  const how = waiting.became === null ? '' : `, as change ${waiting.became}`;
  throw new Refusal(`This was done already${how}. Nothing was done now.`);
}

async function called(
  session: Session,
  { call: { tool, args, client }, yesHash }: WaitingCall,
  options: { readonly preview?: true },
  yes?: string,
): Promise<Result> {
  return await callTool(session, tool, { ...args, ...options }, { client, canAsk: false, inPerson: { yesHash }, yes });
}

/** What was done, or why it was not: for a person, who calls no tools. */
function told({ forPerson, problem, content, isError }: Result): number {
  const words =
    forPerson === undefined ? (problem?.why ?? content.map(({ text }) => text).join('\n')) : terminal(forPerson.blocks);
  (isError === true ? process.stderr : process.stdout).write(`${words}\n`);
  return isError === true ? 1 : 0;
}
