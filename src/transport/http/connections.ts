// The connections of a server. One address has so many, and all together so many more. Where one too many comes, one goes
// on which nothing is being done: the oldest that never asked anything whole, or else the oldest that rests. So nobody who
// opens connections and says nothing keeps out somebody else behind the same address.
import type { Socket } from 'node:net';

export type ConnectionRules = { readonly most: number; readonly mostEach: number };
export const CONNECTION_RULES: ConnectionRules = { most: 5000, mostEach: 500 };

/** In each of these the oldest come first. */
type Open = {
  /** Whole requests are being answered on these. */
  readonly busy: Set<Socket>;
  /** Nothing whole has come on these, or what a stranger sends does not end. */
  readonly halfOpen: Set<Socket>;
  /** They asked, were answered, and may ask again. */
  readonly resting: Set<Socket>;
};
type State = keyof Open;

export class Connections {
  readonly #rules: ConnectionRules;
  readonly #open = new Map<string, Open>();
  readonly #places = new Map<Socket, { readonly address: string; state: State; requests: number }>();

  constructor(rules: ConnectionRules) {
    this.#rules = rules;
  }

  /** One that has just come. @param address the network it comes from */
  add(socket: Socket, address: string): void {
    const own = this.#open.get(address) ?? { busy: new Set(), halfOpen: new Set(), resting: new Set() };
    const isFull = count(own) >= this.#rules.mostEach || this.#places.size >= this.#rules.most;
    const gone = isFull ? this.#toClose(count(own) >= this.#rules.mostEach ? own : this.#most()) : undefined;
    if (isFull && gone === undefined) return void socket.destroy();
    if (gone !== undefined) {
      this.#remove(gone);
      gone.destroy();
    }
    own.halfOpen.add(socket);
    this.#open.set(address, own);
    this.#places.set(socket, { address, state: 'halfOpen', requests: 0 });
    socket.once('close', () => this.#remove(socket));
  }

  /** A request has come on it. @returns to be told when it is answered */
  asks(socket: Socket): () => void {
    const place = this.#places.get(socket);
    if (place === undefined) return () => undefined;
    place.requests += 1;
    this.#move(socket, 'busy');
    return () => {
      place.requests -= 1;
      if (place.requests === 0) this.#move(socket, 'resting');
    };
  }

  /** What comes on it is a stranger's, and not there yet. @returns to be told when it is */
  awaits(socket: Socket): () => void {
    this.#move(socket, 'halfOpen');
    return () => {
      if ((this.#places.get(socket)?.requests ?? 0) > 0) this.#move(socket, 'busy');
    };
  }

  isResting(socket: Socket): boolean {
    return this.#places.get(socket)?.requests === 0;
  }

  #move(socket: Socket, state: State): void {
    const place = this.#places.get(socket);
    const own = place === undefined ? undefined : this.#open.get(place.address);
    if (place === undefined || own === undefined) return;
    own[place.state].delete(socket);
    own[state].add(socket);
    place.state = state;
  }

  #remove(socket: Socket): void {
    const place = this.#places.get(socket);
    const own = place === undefined ? undefined : this.#open.get(place.address);
    if (place === undefined || own === undefined) return;
    own[place.state].delete(socket);
    this.#places.delete(socket);
    if (count(own) === 0) this.#open.delete(place.address);
  }

  #toClose(own: Open | undefined): Socket | undefined {
    const [oldest] = own === undefined || own.halfOpen.size > 0 ? (own?.halfOpen ?? []) : own.resting;
    return oldest;
  }

  /** Of the address that has most on which nothing is being done. */
  #most(): Open | undefined {
    let most: Open | undefined;
    for (const each of this.#open.values()) if (idle(each) > (most === undefined ? 0 : idle(most))) most = each;
    return most;
  }
}

function count({ busy, halfOpen, resting }: Open): number {
  return busy.size + halfOpen.size + resting.size;
}

function idle({ halfOpen, resting }: Open): number {
  return halfOpen.size + resting.size;
}
