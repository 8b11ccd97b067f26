// Words of people: shown short without breaking a character, and without what hides in them.

/** What belongs to the character before it, as a reader sees it. */
const JOINED = /^(?:\p{M}|\u200D|\uFE0F|\p{Emoji_Modifier})/u;

/** The beginning of a text that is longer, with a sign that it goes on. @param longest in UTF-16 units, the sign aside */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text.toWellFormed();
  return `${beginning(text, longest).trimEnd()}…`;
}

/** The beginning of a text, at most so long in UTF-16 units, that ends between two characters. */
export function beginning(text: string, longest: number): string {
  if (text.length <= longest) return text.toWellFormed();
  let end = longest;
  while (end > 0 && isWithin(text, end)) end -= 1;
  // One character alone that is longer than all of it.
  return text.slice(0, end === 0 ? longest : end).toWellFormed();
}

function isWithin(text: string, at: number): boolean {
  const [before, after] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  if (after >= 0xdc00 && after <= 0xdfff && before >= 0xd800 && before <= 0xdbff) return true;
  return before === 0x200d || JOINED.test(text.slice(at, at + 2));
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
