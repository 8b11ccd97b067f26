// Blocks as the text that a model reads. The one gate between what people wrote and a text of ours: each block is a line
// of its own and no more, in which their words hide nothing and are no link, picture or tag (`inLine`).
import { cut, inLine, inLines } from '../domain/text.ts';
import { wordsOf, type Block, type Phrase } from './blocks.ts';

export function chat(blocks: readonly Block[]): string {
  return blocks.flatMap(linesOf).join('\n');
}

function linesOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'head':
      return [inOneLine([block.title, block.between, block.about])];
    case 'heading': {
      const aside = [block.of, block.next].filter((part) => typeof part === 'string').join('; ');
      return [`${block.title}${aside === '' ? '' : ` (${aside})`}:`];
    }
    case 'line':
      return [`${inOneLine(block.text)}${block.next ?? ''}`];
    case 'row': {
      const text = inOneLine(block.text);
      const fit = block.longest === undefined ? text : cut(text.replace(/\s+/g, ' '), block.longest);
      return [`${block.level === 1 ? '- ' : '  - '}${fit}`];
    }
    case 'detail':
      return [`  ${inOneLine(block.text)}`];
    case 'words':
      return [`${block.title}: ${cut(inLine(block.text), block.longest)}`];
    case 'quoted':
      return [block.whose, ...inLines(block.text, '> ')];
    case 'note':
      return [`Note: ${inOneLine(block.text)}`];
    case 'sum':
      return block.lines.map(inOneLine);
    case 'next':
    case 'printed':
      return [block.text];
    case 'data':
      return [JSON.stringify(block.value, inertly(new Set(block.printed)))];
  }
}

function inOneLine(text: Phrase): string {
  return inLine(wordsOf(text));
}

function inertly(made: ReadonlySet<string>) {
  return (name: string, value: unknown): unknown =>
    typeof value === 'string' && !made.has(name) ? inLine(value) : value;
}
