// Answers as they are sent: data and its text, within bounds.
import { randomUUID } from 'node:crypto';
import { Problem } from '../domain/errors.ts';
import { LONGEST_ANSWER } from '../domain/room.ts';
import { cut, inLines } from '../domain/text.ts';
import { stackOf } from '../logger.ts';
import type { Answer, Tool } from '../tools/define-tool.ts';
import { chat } from '../printers/chat.ts';
import { problemForModel } from '../printers/in-words.ts';
import type { Result, Session } from './session.ts';

/** @param isPersons the person themselves reads it, on a page or at a terminal of ours */
export function answered(tool: Tool, { structured, forPeople, extras }: Answer, isPersons = false): Result {
  const theirs = isPersons ? (forPeople?.() ?? structured) : null;
  return {
    content: [{ type: 'text', text: withinBounds(chat(tool.say(structured))) }],
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
