// The body of a request, read whole within a limit.
import type { IncomingMessage } from 'node:http';
import { readJson } from '../../domain/json.ts';

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

/** Undefined for what is not JSON in UTF-8, is nested without end, or has parts without end. */
export function parseJson(bytes: Buffer): { readonly value: unknown } | undefined {
  try {
    return readJson(UTF8.decode(bytes));
  } catch {
    return undefined;
  }
}
