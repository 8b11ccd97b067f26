// Answers as they are sent: data and its text, within bounds.
import { randomUUID } from 'node:crypto';
import { Problem } from '../domain/errors.ts';
import { LONGEST_ANSWER } from '../domain/room.ts';
import { cut, inLines } from '../domain/text.ts';
import { stackOf } from '../logger.ts';
import type { Answer, Tool } from '../tools/define-tool.ts';
import { chat } from '../printers/chat.ts';
import { dueBlocks } from '../printers/monthly-expense.ts';
import { dueAfter, type DueRow } from '../views/internal/monthly-expense.ts';
import { problemForModel } from '../printers/in-words.ts';
import type { Result, Session } from './session.ts';

/** An answer with what was booked before it. */
type Told = Answer & { readonly due?: readonly DueRow[] };

export function withDue(tool: Tool, answer: Answer, before: readonly DueRow[]): Told {
  const due = dueAfter(before, answer.structured);
  // A tool that shows no costs does not tell of it.
  if (due.length === 0 || !Object.hasOwn(tool.output.shape, 'bookedByItself')) return answer;
  return { ...answer, structured: { ...answer.structured, bookedByItself: due }, due };
}

export function dueInWords(due: readonly DueRow[]): string[] {
  return due.length === 0 ? [] : [chat(dueBlocks(due))];
}

/** @param isPersons the person themselves reads it, on a page or at a terminal of ours */
export function answered(tool: Tool, { structured, forPeople, extras, due = [] }: Told, isPersons = false): Result {
  const theirs = isPersons ? (forPeople?.() ?? structured) : null;
  const said = tool.say(structured);
  // One piece of data says it already.
  const below = said.some(({ kind }) => kind === 'data') ? [] : dueBlocks(due);
  return {
    content: [{ type: 'text', text: withinBounds(chat([...said, ...below])) }],
    structuredContent: structured,
    ...(theirs === null ? {} : { forPerson: { did: summaryOf(theirs, tool), blocks: tool.say(theirs) } }),
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

export function problemInWords(problem: Problem): string {
  return inLines(problemForModel(problem), '').join('\n');
}

/** What went wrong, as the caller reads it; what is no refusal of ours gets a number, under which the log has it. */
export function faultInWords({ log }: Session, error: unknown): string {
  if (error instanceof Problem) return problemInWords(error);
  const errorId = randomUUID().slice(0, 8);
  log.error('a call failed', {
    errorId,
    outcome: 'failed',
    ...stackOf(error),
  });
  return `Something went wrong inside Jobwright (error ${errorId}); nothing was saved. Try again; if it stays, its log names this error.`;
}

/** What an answer says that was done. */
export function summaryOf(structured: Answer['structured'], tool: Tool): string {
  return typeof structured['did'] === 'string' ? structured['did'] : tool.title;
}

export function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
