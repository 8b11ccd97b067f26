// What a printer makes of a typed document: blocks, which the renderers beside this one turn into the text that a model
// reads (`chat.ts`), a page (`html.ts`) or a terminal's lines (`terminal.ts`). Each block stays one block whatever people
// wrote: no renderer looks into its words for a heading, a row or a link. What is for a caller alone, such as a tool's
// name, stands in a part of its own, which people are not shown.

/** What a piece of a line leads to: a record by its number, a phone that is called, an address on a map. */
export type Link = { readonly to: 'record' | 'phone' | 'place'; readonly words: string };
/** What somebody wrote at length, which is shown as theirs within a line. */
export type TheirWords = { readonly said: string };
/** A line in pieces, with words of people in it as they wrote them. */
export type Phrase = string | Link | TheirWords | readonly Phrase[];

/** How the rest is had: for a caller, and for people where they have a way of their own. */
type Rest = { readonly next?: string; readonly instead?: string };

export type Block =
  | { readonly kind: 'head'; readonly title: Phrase; readonly between: string; readonly about: Phrase }
  | ({ readonly kind: 'heading'; readonly title: string; readonly of: string | null } & Rest)
  | ({ readonly kind: 'line'; readonly text: Phrase } & Rest)
  | { readonly kind: 'row'; readonly text: Phrase; readonly longest?: number; readonly level: 1 | 2 }
  | { readonly kind: 'detail'; readonly text: Phrase }
  | { readonly kind: 'words'; readonly title: string; readonly text: string; readonly longest: number }
  | { readonly kind: 'quoted'; readonly whose: string; readonly text: string }
  | { readonly kind: 'note'; readonly text: Phrase }
  | { readonly kind: 'sum'; readonly rows: readonly SumRow[]; readonly lines: readonly Phrase[] }
  | { readonly kind: 'next'; readonly text: string }
  | { readonly kind: 'printed'; readonly text: string }
  | { readonly kind: 'data'; readonly value: unknown; readonly printed: readonly string[] };

export type SumRow = { readonly name: string; readonly value: string; readonly isResult: boolean };

/** A phrase of ours around what stands in it: words of people, numbers, links. */
export function phrase(ours: TemplateStringsArray, ...pieces: readonly (Phrase | number)[]): Phrase {
  const whole: Phrase[] = [];
  ours.forEach((text, index) => {
    const piece = pieces[index] ?? '';
    whole.push(text, typeof piece === 'number' ? String(piece) : piece);
  });
  return whole;
}

/** A record's number, which leads to its page. */
export function toRecord(ref: string): Link {
  return { to: 'record', words: ref };
}

export function toPhone(phone: string): Link {
  return { to: 'phone', words: phone };
}

export function toPlace(address: string): Link {
  return { to: 'place', words: address };
}

export function said(text: string): TheirWords {
  return { said: text };
}

/** The pieces of a phrase in their order. */
export function piecesOf(text: Phrase): readonly (string | Link | TheirWords)[] {
  if (typeof text === 'string' || 'to' in text || 'said' in text) return [text];
  return text.flatMap(piecesOf);
}

/** Its words alone. */
export function wordsOf(text: Phrase): string {
  if (typeof text === 'string') return text;
  if ('to' in text) return text.words;
  if ('said' in text) return text.said;
  let words = '';
  for (const piece of text) words += wordsOf(piece);
  return words;
}

/**
 * The first line of a record.
 * @param title what its page says above it already
 * @param between what joins the two in a text
 */
export function head(title: Phrase, between: string, about: Phrase, { sample }: Marked = {}): Block {
  return sample === true
    ? { kind: 'head', title, between: ' ', about: phrase`(sample)${between}${about}` }
    : { kind: 'head', title, between, about };
}
type Marked = { readonly sample?: true | undefined };

/** @param of how many of them are shown, where that is not all; `next` how to have the others */
export function heading(title: string, of: string | null = null, rest: Rest = {}): Block {
  return { kind: 'heading', title, of, ...rest };
}

/** @param rest `next` ends it for a caller, and `instead`, a period where none is given, for people */
export function line(text: Phrase, rest: Rest = {}): Block {
  return { kind: 'line', text, ...rest };
}

/** @param fit `longest` of it in a text, where it stands among many; `level` 2 is of the row before it */
export function row(text: Phrase, { level = 1, ...fit }: { longest?: number; level?: 1 | 2 } = {}): Block {
  return { kind: 'row', text, level, ...fit };
}

/** Of the row before it. */
export function detail(text: Phrase): Block {
  return { kind: 'detail', text };
}

/** What somebody wrote, behind what it is: `Notes`. @param longest of it in a text */
export function words(title: string, text: string, longest = Infinity): Block {
  return { kind: 'words', title, text, longest };
}

/** What somebody wrote or said, whole and line by line. @param whose told to a caller above it, with what it is not */
export function quoted(whose: string, text: string): Block {
  return { kind: 'quoted', whose, text };
}

export function note(text: Phrase): Block {
  return { kind: 'note', text };
}

/** A sum: a table to people, lines in a text. */
export function sum(rows: readonly SumRow[], lines: readonly Phrase[]): Block {
  return { kind: 'sum', rows, lines };
}

/** What to call next: for a caller alone. */
export function next(text: string): Block {
  return { kind: 'next', text };
}

/** A text that a printer has made already. */
export function printed(text: string): Block {
  return { kind: 'printed', text };
}

/** The answer itself as one piece of JSON. @param made fields of it that are texts of printers */
export function asData(value: unknown, made: readonly string[] = []): Block {
  return { kind: 'data', value, printed: made };
}
