// The books of one client over stdio. A host starts its servers with every conversation and asks most of them for nothing
// but their list of tools: that is told from a first look, and the books are opened when something is asked of them.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { McpServer } from '@modelcontextprotocol/server';
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { Problem } from '../domain/errors.ts';
import { TEMPLATES } from '../domain/templates.ts';
import { instructions } from '../server/introduction.ts';
import { mcpServer, type Handlers } from '../server/mcp-server.ts';
import type { Session } from '../server/session.ts';
import { todayIn } from '../store/clock.ts';
import type { FirstAccount, FirstLook } from '../store/engine/first-look.ts';
import { LISTED } from '../tools/listed.ts';
import { asRole, listing, switchedOn, type Switches } from '../tools/listing.ts';

/** Whoever runs the program on their own machine may do everything. */
const ROLE = 'owner';

/** @returns the books, and how they are closed */
export type OpenBooks = () => Promise<{ readonly session: Session; readonly end: () => Promise<void> }>;

/** What asks the books, which is loaded with them. */
async function loaded() {
  const [{ buildServer, handlersFor }, { listTools }] = await Promise.all([
    import('../protocol.ts'),
    import('../server.ts'),
  ]);
  return { buildServer, handlersFor, listTools };
}
type Opened = Awaited<ReturnType<OpenBooks>> & Awaited<ReturnType<typeof loaded>>;

export class BooksOnDemand {
  readonly #look: FirstLook | null;
  readonly #openBooks: OpenBooks;
  readonly #switches: Switches;
  #opened: Promise<Opened> | null = null;
  #isEnding = false;
  #isLeft = false;
  #fail: (error: unknown) => void = () => undefined;
  /** Rejects where the books could not be opened when they were needed: nothing can be answered then. */
  readonly failed = new Promise<never>((_, reject) => (this.#fail = reject));

  /** @param look null where nothing can be told of the books before they are opened */
  constructor(look: FirstLook | null, openBooks: OpenBooks, switches: Switches) {
    this.#look = look;
    this.#openBooks = openBooks;
    this.#switches = switches;
    this.failed.catch(() => undefined);
  }

  /** @throws what opening the books throws, where a look does not do */
  async begin(): Promise<void> {
    if (this.#look === null) await this.#open();
  }

  async server(): Promise<McpServer> {
    const account = this.#seen();
    if (account === null) {
      const { buildServer, session } = await this.#asked();
      return await buildServer(session);
    }
    return mcpServer({
      instructions: instructions(account, { role: ROLE, today: todayIn(account.timeZone) }),
      listTools: async () => await this.#listTools(),
      handlers: async (mcp) => await this.#handlers(mcp),
    });
  }

  /** Resolves when no books are being opened for what was asked until now. */
  async settled(): Promise<void> {
    await nextTurn();
    await this.#opened?.catch(() => undefined);
  }

  /**
   * What still waits for another program's lock gives up, and nothing more is opened.
   * @param by when books that are still being opened are left to end with the process
   */
  async giveUp(by: Promise<unknown>): Promise<void> {
    this.#isEnding = true;
    const left = by.then(() => 'left' as const);
    const opened = await Promise.race([this.#opened?.catch(() => null), left]);
    if (opened === 'left') this.#isLeft = true;
    else await opened?.session.store.close();
  }

  /** Whether books were still being opened when they were given up: only the end of the process ends that. */
  get isLeft(): boolean {
    return this.#isLeft;
  }

  async close(): Promise<void> {
    this.#isEnding = true;
    if (this.#isLeft) return;
    const opened = await this.#opened?.catch(() => null);
    await opened?.end();
    this.#look?.close();
  }

  /** Null once the books are open, where they are asked themselves, and where the look shows no longer what it did. */
  #seen(): FirstAccount | null {
    return this.#opened === null ? (this.#look?.account() ?? null) : null;
  }

  async #listTools(): Promise<ReturnType<typeof listing>[]> {
    const account = this.#seen();
    if (account === null) {
      const { listTools, session } = await this.#asked();
      return await listTools(session);
    }
    const tools = LISTED.flatMap((tool) => asRole(tool, ROLE) ?? []);
    return switchedOn(tools, this.#switches, account).map((tool) => listing(tool, TEMPLATES[account.template].jobs));
  }

  async #handlers(mcp: McpServer): Promise<Handlers> {
    const { handlersFor, session } = await this.#asked();
    return handlersFor(session, mcp);
  }

  /** @throws ProtocolError in words for whoever asked */
  async #asked(): Promise<Opened> {
    try {
      return await this.#open();
    } catch (error) {
      const words = isPassing(error)
        ? (await import('../server/answers.ts')).problemInWords(error)
        : 'The books could not be opened, so this server ends. What it wrote to its log says why.';
      throw new ProtocolError(ProtocolErrorCode.InternalError, words);
    }
  }

  async #open(): Promise<Opened> {
    this.#opened ??= this.#openedNow();
    return await this.#opened;
  }

  async #openedNow(): Promise<Opened> {
    try {
      if (this.#isEnding) throw new Error('the client has gone');
      this.#look?.checkInPlace();
      return { ...(await loaded()), ...(await this.#openBooks()) };
    } catch (error) {
      if (isPassing(error)) this.#opened = null;
      else this.#fail(error);
      throw error;
    }
  }
}

/** Another program holds the books: whoever asks again may find them free. */
function isPassing(error: unknown): error is Problem {
  return error instanceof Problem && error.kind === 'busy';
}
