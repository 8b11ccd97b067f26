// Words of people: shown short without breaking a character, and without what hides in them.

/** The beginning of a text that is longer, with a sign that it goes on. @param longest in UTF-16 units, the sign aside */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text.toWellFormed();
  return `${beginning(text, longest).trimEnd()}…`;
}

/** Texts that are kept as one, one a line. */
export function linesIn(kept: string | null): string[] {
  return (kept ?? '').split('\n').filter((each) => each !== '');
}

/** Texts as one to be kept, each in one line; null where there are none. */
export function asLines(texts: readonly string[]): string | null {
  const lines = texts.map((each) => each.replace(/\s+/g, ' ').trim()).filter((each) => each !== '');
  return lines.length === 0 ? null : lines.join('\n');
}

/** `in_progress` as a person says it. */
export function plain(word: string): string {
  return word.replaceAll('_', ' ');
}

/** The beginning of a text, at most so long in UTF-16 units, that ends between two characters as a reader sees them. */
export function beginning(text: string, longest: number): string {
  if (text.length <= longest) return text.toWellFormed();
  let end = 0;
  for (const { index, segment } of characters().segment(text.slice(0, longest + LONGEST_CHARACTER))) {
    if (index + segment.length > longest) break;
    end = index + segment.length;
  }
  // One character alone that is longer than all of it.
  return text.slice(0, end === 0 ? longest : end).toWellFormed();
}

/** A family of emoji is about this long. */
const LONGEST_CHARACTER = 64;
let segmenter: Intl.Segmenter | undefined;

/** Made when first needed: it takes as long as many calls. */
function characters(): Intl.Segmenter {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter;
}

/**
 * Control, zero-width, direction-changing and filling characters, tags and selectors of variants: nobody types them, and
 * they hide text from its reader. Tabs and ends of lines stay.
 */
const INVISIBLE = String.raw`[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\uFFF9-\uFFFB\p{Default_Ignorable_Code_Point}]`;
const HIDES = new RegExp(INVISIBLE, 'v');
/** The flags of England, Scotland and Wales are spelled in tags. */
const FLAG = String.raw`\u{1F3F4}\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F}`;
const PICTURE = String.raw`\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier})?`;
/**
 * An emoji that is made with some of them stays whole. By how one is made, since \p{RGI_Emoji} takes five microseconds
 * at each: https://unicode.org/reports/tr51/#Definitions
 */
const HIDDEN_OR_EMOJI = new RegExp(
  String.raw`(${FLAG}|${PICTURE}(?:\u200D${PICTURE})*|[#*0-9]\uFE0F\u20E3)|${INVISIBLE}`,
  'gv',
);
/** Everything that a reader may take for the end of a line. */
const LINE_END = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
/** Words of which nothing below takes anything away, as most are. */
const PLAIN = /^[ -;=-Z^-~]*$/;
/** The same with letters of Latin and signs of print: each is one character in one form, and hides nothing. */
const PLAIN_IN_PRINT = /^[ -;=-Z^-~\u00A1-\u00AC\u00AE-\u02FF\u2010-\u2027\u20AC\u2190-\u21FF\u2212]*$/;

/** As it is kept: one form of each character, one kind of line end, nothing invisible. */
export function visible(text: string): string {
  if (PLAIN_IN_PRINT.test(text)) return text;
  // Half a character would be stored as another than was sent.
  const said = text.toWellFormed().normalize('NFC').replace(LINE_END, '\n');
  return HIDES.test(said) ? said.replace(HIDDEN_OR_EMOJI, (_, emoji: string | undefined) => emoji ?? '') : said;
}

/** The same on one line, where it must not begin a line of its own. */
export function visibleLine(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim();
}

/** Where a line ended in somebody's words. */
const FOLD = ' ↵ ';

/**
 * Somebody's words within a text of ours: they begin no line of it, whatever they hold, hide nothing, and are no link,
 * picture or tag to a reader that makes such of texts. Otherwise they read as they were written.
 */
export function inLine(text: string): string {
  if (PLAIN.test(text)) return text;
  if (PLAIN_IN_PRINT.test(text)) return text.trim();
  const lines = visible(text)
    .split('\n')
    .map((line) => line.trim());
  return inert(lines.filter((line) => line !== '').join(FOLD));
}

/** The same line by line, for words that are long or for a customer. @param before what marks each line of them */
export function inLines(text: string, before: string): string[] {
  return inert(visible(text))
    .split('\n')
    .map((line) => `${before}${line}`);
}

/** A space, where Markdown or HTML would begin to be more than words. https://spec.commonmark.org/0.31.2/#inlines */
function inert(text: string): string {
  return text
    .replace(/\](?=\()|!(?=\[)|<(?=[a-z/!?])/gi, (sign) => `${sign} `)
    .replace(/^[ \t>*+-]*\[[^\]\n]*\](?=:)/gm, (label) => `${label} `);
}
