// What is said over one connection. Each trip to the server costs more than most statements, so what nobody waits for the
// answer of waits for the next one that somebody does, and goes with it. They are answered in their order, and the first
// that fails is the one to be told of: after it the server refuses all others of its transaction.
import type { PoolClient, QueryResult } from 'pg';
import { ask, type Statement } from './postgres-ask.ts';

type Waiting = Statement & {
  /** Told of its rows before what was asked after it is answered. @throws where it is not to go on */
  readonly heard?: (rows: readonly object[]) => void;
};

/** So much waits at the most: characters of values, and statements. */
const WAITING_LENGTH = 64_000;
const WAITING = 50;

function isPlain(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
}

export class Pipeline {
  readonly client: PoolClient;
  #waiting: Waiting[] = [];
  #length = 0;

  constructor(client: PoolClient) {
    this.client = client;
  }

  /** Goes with what is asked next, whose answer tells of it where it fails. */
  async later(statement: Waiting): Promise<void> {
    const values = statement.values ?? [];
    // What the driver itself cannot send is left out of the packet, and all behind it would go: a COMMIT too.
    if (!values.every(isPlain)) throw new TypeError('a value of a statement that nobody waits for is no plain one');
    this.#waiting.push(statement);
    for (const value of values) if (typeof value === 'string') this.#length += value.length;
    if (this.#length > WAITING_LENGTH || this.#waiting.length > WAITING) await this.#sent(this.forget());
  }

  /** @returns one result of each statement in the text */
  async ask<Row extends object>(statement: Statement): Promise<QueryResult<Row>[]> {
    return await this.#sent<Row>([...this.forget(), statement]);
  }

  /** What waits is not sent any more. @returns it */
  forget(): Waiting[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#length = 0;
    return waiting;
  }

  /** In one packet. @returns the last one's results */
  async #sent<Row extends object>(statements: readonly Waiting[]): Promise<QueryResult<Row>[]> {
    const { stream } = this.client.connection;
    stream.cork();
    const sent = statements.map(async (statement) => await ask<Row>(this.client, statement));
    stream.uncork();
    let last: QueryResult<Row>[] = [];
    for (const [at, answer] of (await Promise.allSettled(sent)).entries()) {
      if (answer.status === 'rejected') throw answer.reason;
      last = answer.value;
      statements[at]?.heard?.(last.flatMap(({ rows }) => rows));
    }
    return last;
  }
}
