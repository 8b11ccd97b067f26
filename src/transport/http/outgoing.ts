// Answers on their way out. Each holds memory from when it is begun until its client has taken it: for each member, and
// for all together, so much of it may be held. Who takes nothing of an answer for a while, or too little, is cut off.
import type { ServerResponse } from 'node:http';
import { z } from 'zod';

const MB = 1024 * 1024;
/** What an answer may hold while it is made: in words, with a file in it, and of a stream that tells of changes. */
export const WORDS = MB / 4;
const A_FILE = 2 * MB;
const A_STREAM = 16 * 1024;

const Request = z.object({ method: z.string(), params: z.object({ name: z.string() }).partial().optional() });
const WITH_FILES: ReadonlySet<unknown> = new Set(['fetch', 'get-document']);

/** @param request as it was sent, or nothing where a stream is opened */
export function largestAnswer(request: unknown): number {
  const { method, params } = Request.safeParse(request).data ?? {};
  if (method === undefined || method === 'subscriptions/listen') return A_STREAM;
  return method === 'resources/read' || (method === 'tools/call' && WITH_FILES.has(params?.name)) ? A_FILE : WORDS;
}

export type OutgoingRules = {
  /** Bytes. */
  readonly most: number;
  readonly mostEach: number;
  /** Answers under way of one member, however short. */
  readonly answersEach: number;
  /** A client may take nothing for so long. */
  readonly stalledMs: number;
  /** And from then on it must take so many bytes in each second. */
  readonly slowest: number;
};
export const OUTGOING_RULES: OutgoingRules = {
  ...{ most: 256 * MB, mostEach: 64 * MB, answersEach: 200 },
  ...{ stalledMs: 30_000, slowest: 8 * 1024 },
};

type Answer = {
  readonly whose: string;
  /** What it may hold until it is made. */
  readonly expected: number;
  /** Since when it has bytes that are not taken, and how many there were; null while there are none. */
  untaken: { readonly since: number; readonly bytes: number } | null;
};

export class Outgoing {
  readonly #rules: OutgoingRules;
  readonly #now: () => number;
  readonly #answers = new Map<ServerResponse, Answer>();
  readonly #look: NodeJS.Timeout;

  constructor(rules: OutgoingRules, now: () => number = () => performance.now()) {
    this.#rules = rules;
    this.#now = now;
    this.#look = setInterval(() => this.#endSlow(), Math.min(1000, rules.stalledMs / 2)).unref();
  }

  /** @returns whether there is room for one more; where all is full, whoever holds most makes some */
  admit(whose: string, res: ServerResponse, expected: number): boolean {
    const own = this.#heldBy(whose);
    if (own.answers >= this.#rules.answersEach || own.bytes + expected > this.#rules.mostEach) return false;
    if (this.#held() + expected > this.#rules.most && !this.#makeRoom(own.bytes + expected)) return false;
    this.#answers.set(res, { whose, expected, untaken: null });
    res.once('close', () => this.#answers.delete(res));
    return true;
  }

  close(): void {
    clearInterval(this.#look);
  }

  #held(): number {
    let bytes = 0;
    for (const [res, answer] of this.#answers) bytes += heldIn(res, answer);
    return bytes;
  }

  #heldBy(whose: string): { readonly answers: number; readonly bytes: number } {
    let [answers, bytes] = [0, 0];
    for (const [res, answer] of this.#answers) {
      if (answer.whose !== whose) continue;
      answers += 1;
      bytes += heldIn(res, answer);
    }
    return { answers, bytes };
  }

  /** Of whoever holds most, and more than this, the answer goes that has not been taken for longest. */
  #makeRoom(wanted: number): boolean {
    const byMember = new Map<string, number>();
    for (const [res, answer] of this.#answers)
      byMember.set(answer.whose, (byMember.get(answer.whose) ?? 0) + heldIn(res, answer));
    const [most] = [...byMember].toSorted(([, one], [, other]) => other - one);
    if (most === undefined || most[1] <= wanted) return false;
    const [res] = [...this.#answers].find(([each, { whose }]) => whose === most[0] && each.writableLength > 0) ?? [];
    if (res === undefined) return false;
    this.#answers.delete(res);
    cutOff(res);
    return true;
  }

  /** Whoever takes a little now and then is cut off as well, only later. */
  #endSlow(): void {
    const now = this.#now();
    for (const [res, answer] of this.#answers) {
      const bytes = res.writableLength;
      if (bytes === 0) answer.untaken = null;
      // Where more came to it, it counts from then.
      else if (answer.untaken === null || bytes > answer.untaken.bytes) answer.untaken = { since: now, bytes };
      else if (now - answer.untaken.since > this.#rules.stalledMs + (answer.untaken.bytes / this.#rules.slowest) * 1000)
        cutOff(res);
    }
  }
}

/** An answer that waits behind another of its connection has no socket yet, and would be sent empty, as if it were done. */
function cutOff(res: ServerResponse): void {
  res.req.socket.destroy();
}

function heldIn(res: ServerResponse, { expected }: Answer): number {
  return Math.max(res.writableLength, expected);
}
