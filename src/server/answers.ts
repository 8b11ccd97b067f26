// Answers as they are sent: data and its text, within bounds.
import { LONGEST_ANSWER } from '../domain/room.ts';
import { cut } from '../domain/text.ts';
import type { Answer, Tool } from '../tools/define-tool.ts';
import { chat } from '../printers/chat.ts';
import type { Result } from './session.ts';

export function answered(tool: Tool, { structured, extras }: Answer): Result {
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

export function summaryOf({ structured }: Answer, tool: Tool): string {
  return typeof structured['did'] === 'string' ? structured['did'] : tool.title;
}

export function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
