// Which requests of one client may begin. Each holds memory until the client has taken its answer: its own arguments,
// then what its answer may be, then what it is. So many are under way that all of it stays bounded; the others wait, in the
// order in which they came. Sizes are in bytes. Knows nothing of where requests come from or what they mean.
type Id = string | number;

export type Request = {
  readonly id: Id;
  /** What it holds while it waits. */
  readonly length: number;
  /** What it may hold until its answer is there. */
  readonly size: number;
  begin(): void;
};

type Begun = { size: number; isAsking: boolean; isAnswered: boolean };

/** What all that are under way, and the answers that nobody has taken yet, may hold. */
const ROOM = 32 * 1024 * 1024;
/** A call that waits for its person holds a question; it must not keep those back that the person could do meanwhile. */
const A_QUESTION = 16 * 1024;
/** A call that was cancelled ends without an answer, unseen: it keeps its room for as long as most calls take. */
const CANCELLED_MS = 1000;

export class RequestTurns {
  readonly #waiting = new Set<Request>();
  readonly #begun = new Map<Id, Begun>();
  #taken = 0;
  #waitingLength = 0;
  #atRest: (() => void)[] = [];

  /** What the requests that wait hold. */
  get waitingLength(): number {
    return this.#waitingLength;
  }

  add(request: Request): void {
    this.#waiting.add(request);
    this.#waitingLength += request.length;
    this.#next();
  }

  /** It waits for its person. */
  asks(id: Id): void {
    this.#resize(id, A_QUESTION);
    const begun = this.#begun.get(id);
    if (begun !== undefined) begun.isAsking = true;
    this.#next();
  }

  /** Its answer is this long, and is on its way. */
  answers(id: Id, size: number): void {
    const begun = this.#begun.get(id);
    if (begun === undefined) return;
    begun.isAsking = false;
    begun.isAnswered = true;
    this.#resize(id, size);
    this.#next();
  }

  /** The client has taken its answer. */
  ends(id: Id): void {
    this.#resize(id, 0);
    this.#begun.delete(id);
    this.#next();
  }

  /** @returns whether it had not begun, and now never will */
  cancel(id: Id): boolean {
    const waiting = [...this.#waiting].find((request) => request.id === id);
    if (waiting !== undefined) {
      this.#leave(waiting);
      this.#next();
      return true;
    }
    const begun = this.#begun.get(id);
    if (begun !== undefined) setTimeout(() => this.#forget(id, begun), CANCELLED_MS).unref();
    return false;
  }

  /** What waits never begins. */
  drop(): void {
    this.#waiting.clear();
    this.#waitingLength = 0;
    this.#next();
  }

  /** Resolves when none waits and none is under way. */
  async rest(): Promise<void> {
    if (this.#waiting.size + this.#begun.size > 0) await new Promise<void>((resolve) => this.#atRest.push(resolve));
  }

  #forget(id: Id, cancelled: Begun): void {
    if (!cancelled.isAnswered && this.#begun.get(id) === cancelled) this.ends(id);
  }

  #resize(id: Id, size: number): void {
    const begun = this.#begun.get(id);
    if (begun === undefined) return;
    this.#taken += size - begun.size;
    begun.size = size;
  }

  #leave(request: Request): void {
    if (this.#waiting.delete(request)) this.#waitingLength -= request.length;
  }

  #next(): void {
    for (const request of this.#waiting) {
      // One alone may be as large as it likes, and so may one beside calls that wait for their person: the answer to them
      // may stand behind it.
      const isAlone = [...this.#begun.values()].every(({ isAsking }) => isAsking);
      if (!isAlone && this.#taken + request.size > ROOM) return;
      this.#leave(request);
      // Two of one id are the client's mistake; the room of the first must not be lost.
      this.#resize(request.id, 0);
      this.#begun.set(request.id, { size: request.size, isAsking: false, isAnswered: false });
      this.#taken += request.size;
      request.begin();
    }
    if (this.#begun.size > 0) return;
    for (const resolve of this.#atRest.splice(0)) resolve();
  }
}
