// JSON of somebody else, read within bounds: nothing that stops everybody while it is read, or that a copy trips over.

/** Deeper than any tool's arguments, and far from what would overrun the stack of whoever walks through it. */
const DEEPEST = 64;
/** More than any tool's arguments have. What each costs is little, and stops everybody while it is paid. */
const MOST_PARTS = 20_000;

/** Undefined for what is not JSON, is nested without end, or has parts without end. */
export function readJson(text: string): { readonly value: unknown } | undefined {
  if (isTooMuch(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return hasPrototype(value) ? undefined : { value };
  } catch {
    return undefined;
  }
}

/** No honest client sends such a name, however it is spelled; code that copies objects trips over it. */
function hasPrototype(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(hasPrototype);
}

function isTooMuch(text: string): boolean {
  let depth = 0;
  let parts = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '"') index = endOfString(text, index);
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === ',') parts += 1;
    if (depth > DEEPEST || parts > MOST_PARTS) return true;
  }
  return false;
}

/** Where the string that begins here ends: a file in base64 is passed over in one step. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text[end - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}
