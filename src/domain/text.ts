// Words of people: shown short without breaking a character, and without what hides in them.

/** The beginning of a text that is longer, with a sign that it goes on. @param longest in UTF-16 units, the sign aside */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text.toWellFormed();
  return `${beginning(text, longest).trimEnd()}…`;
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
const INVISIBLE =
  // oxlint-disable-next-line no-control-regex -- they are what it looks for
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\uFFF9-\uFFFB\p{Default_Ignorable_Code_Point}]/gu;

/** As it is kept: one form of each character, one kind of line end, nothing invisible. */
export function visible(text: string): string {
  // Half a character would be stored as another than was sent.
  return text.toWellFormed().normalize('NFC').replace(/\r\n?/g, '\n').replace(INVISIBLE, '');
}

/** The same on one line, where it must not begin a line of its own. */
export function visibleLine(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim();
}
