// The body of a request, read whole within a limit.
import type { IncomingMessage } from 'node:http';

export type Body = { readonly bytes: Buffer } | { readonly fault: 'too_large' | 'too_many' | 'broken' };

/** Bytes that are held at once while bodies come in: of everybody, and of each. */
const MOST_HELD = 256 * 1024 * 1024;
const MOST_HELD_EACH = 96 * 1024 * 1024;

export class Bodies {
  readonly #most: number;
  readonly #held = new Map<string, number>();
  #all = 0;

  /** @param most bytes of one body */
  constructor(most: number) {
    this.#most = most;
  }

  /** @param whose what is held is counted for each */
  async read(req: IncomingMessage, whose: string): Promise<Body> {
    if (Number(req.headers['content-length'] ?? 0) > this.#most) return { fault: 'too_large' };
    const pieces: Buffer[] = [];
    let held = 0;
    const letGo = () => {
      this.#hold(whose, -held);
      held = 0;
    };
    try {
      for await (const piece of req) {
        if (!Buffer.isBuffer(piece)) return { fault: 'broken' };
        held += piece.length;
        this.#hold(whose, piece.length);
        const fault = this.#faultOf(whose, held);
        if (fault !== null) {
          // At once, so that not all who come at the same time are refused.
          letGo();
          return { fault };
        }
        pieces.push(piece);
      }
    } catch {
      return { fault: 'broken' };
    } finally {
      letGo();
    }
    return { bytes: Buffer.concat(pieces) };
  }

  #faultOf(whose: string, length: number): 'too_large' | 'too_many' | null {
    if (length > this.#most) return 'too_large';
    return this.#all > MOST_HELD || (this.#held.get(whose) ?? 0) > MOST_HELD_EACH ? 'too_many' : null;
  }

  #hold(whose: string, bytes: number): void {
    this.#all += bytes;
    const held = (this.#held.get(whose) ?? 0) + bytes;
    if (held === 0) this.#held.delete(whose);
    else this.#held.set(whose, held);
  }
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });
/** Deeper than any tool's arguments, and far from what would overrun the stack of whoever walks through it. */
const DEEPEST = 64;
/** More than any tool's arguments have. What each costs is little, and stops everybody while it is paid. */
const MOST_PARTS = 20_000;

/** Undefined for what is not JSON in UTF-8, is nested without end, or has parts without end. */
export function parseJson(bytes: Buffer): { readonly value: unknown } | undefined {
  try {
    const text = UTF8.decode(bytes);
    if (isTooMuch(text)) return undefined;
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
