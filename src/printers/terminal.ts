// What a person at a terminal reads: blocks as its lines, and messages and problems in a person's words. No marks for
// whoever renders them, nothing that is for a caller alone, and nothing that people wrote hides there, moves the cursor
// or begins a line.
import { Problem } from '../domain/errors.ts';
import { isMessage, type Said } from '../domain/message.ts';
import { cut, visible, visibleLine } from '../domain/text.ts';
import { wordsOf, type Block, type Phrase, type SumRow } from './blocks.ts';
import { forPerson, ofSubject } from './in-words.ts';

/** As much of a fault as a line is read for. */
const LONGEST_LINE = 400;

export function terminal(blocks: readonly Block[]): string {
  return blocks.flatMap(linesOf).join('\n');
}

function linesOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'head':
      return [inOneLine([block.title, block.between, block.about])];
    case 'heading':
      return ['', `${block.title}${block.of === null ? '' : ` (${block.of})`}:`];
    case 'line': {
      const rest = block.next === undefined ? '' : (block.instead ?? '.');
      return [`${inOneLine(block.text)}${rest}`];
    }
    case 'row':
      return [`${block.level === 1 ? '  ' : '    '}${cut(inOneLine(block.text), block.longest ?? Infinity)}`];
    case 'detail':
      return [`    ${inOneLine(block.text)}`];
    case 'words':
      return [`${block.title}: ${cut(visibleLine(block.text), block.longest)}`];
    case 'quoted':
      return visible(block.text)
        .split('\n')
        .map((line) => `    ${line}`.trimEnd());
    case 'note':
      return [`Note: ${inOneLine(block.text)}`];
    case 'sum':
      return asTable(block.rows);
    case 'printed':
      return [visible(block.text)];
    case 'next':
    case 'data':
      return [];
  }
}

function inOneLine(text: Phrase): string {
  return visibleLine(wordsOf(text));
}

function asTable(rows: readonly SumRow[]): string[] {
  const names = Math.max(...rows.map(({ name }) => name.length));
  const values = Math.max(...rows.map(({ value }) => value.length));
  return rows.map(({ name, value }) => `  ${name.padEnd(names)}  ${value.padStart(values)}`);
}

/** A message, or what is in words already. */
export function inTerminal(said: Said): string {
  return visible(typeof said === 'string' ? said : forPerson(said));
}

/** What went wrong, behind the name of the program; of what is said to be so or not, with what it is said of. */
export function problemInTerminal({ said, field }: Problem): string {
  return ofSubject(spoken(field ?? 'it'), inTerminal(said));
}

/** One of many faults, or why something could not be looked at, on a line of its own. */
export function faultLine(fault: unknown): string {
  return cut(visibleLine(wordsOfFault(fault)), LONGEST_LINE);
}

function wordsOfFault(fault: unknown): string {
  if (fault instanceof Problem) return problemInTerminal(fault);
  if (isMessage(fault)) return forPerson(fault);
  return fault instanceof Error ? fault.message : String(fault);
}

/** The name of an argument as a word: `timeZone` is a time zone. */
function spoken(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
