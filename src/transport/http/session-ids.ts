// The id of an earlier era's session holds what its client said when it was opened, sealed for whose it is: any process of a
// server can go on with it, also after a restart, and nothing is kept of it anywhere.
import { randomBytes, randomUUID } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { endSession, hasEnded } from '../../services/access/ended-sessions.ts';
import { hostSecret } from '../../services/access/host-secrets.ts';
import { sealed, unsealed } from '../../services/shared/sealed.ts';
import type { Directory } from '../../store/directory/directory.ts';

/** As long as clients' and proxies' headers can well be. */
const LONGEST = 2000;
const LARGEST = 16 * 1024;
/** A client begins anew the next day. */
const LASTS_MS = 24 * 60 * 60 * 1000;

const Initialize = z.object({
  params: z.object({
    protocolVersion: z.string(),
    capabilities: z.record(z.string(), z.unknown()),
    clientInfo: z.object({ name: z.string(), version: z.string(), title: z.string().optional() }),
  }),
});
const Sealed = Initialize.extend({ at: z.number(), nonce: z.string() });

/** What a client says of itself as it opens a session. */
export type Introduction = z.output<typeof Initialize>;

export class SessionIds {
  readonly #directory: Directory;
  #key: Promise<string> | null = null;

  constructor(directory: Directory) {
    this.#directory = directory;
  }

  /** @param owner whose it is: nobody else can go on with it */
  async make(body: unknown, owner: string): Promise<string> {
    const { data } = Initialize.safeParse(body);
    // One that is opened with something else, or with too much, lives where it was opened.
    const secret = await this.#secret().catch(() => null);
    if (data === undefined || secret === null) return randomUUID();
    const words = JSON.stringify({ ...data, at: Date.now(), nonce: randomBytes(9).toString('base64url') });
    if (Buffer.byteLength(words) > LARGEST) return randomUUID();
    const id = sealed(deflateRawSync(words).toString('base64url'), { secret, bound: owner });
    return id.length > LONGEST ? randomUUID() : id;
  }

  /**
   * Null for one that is somebody else's, was made up, is too old, or was closed by its client, at whichever process.
   * @throws what the database says where it is away
   */
  async open(id: string, owner: string): Promise<Introduction | null> {
    const secret = id.length > LONGEST ? null : await this.#secret();
    const words = secret === null ? null : unsealed(id, { secret, bound: owner });
    if (words === null) return null;
    const bytes = inflateRawSync(Buffer.from(words, 'base64url'), { maxOutputLength: LARGEST });
    const { data } = Sealed.safeParse(JSON.parse(bytes.toString()));
    if (data === undefined || data.at + LASTS_MS < Date.now()) return null;
    return (await hasEnded(this.#directory, id)) ? null : { params: data.params };
  }

  /** Its client has closed it: no process goes on with it. */
  async close(id: string): Promise<void> {
    await endSession(this.#directory, id, LASTS_MS / 1000);
  }

  /**
   * Null where it cannot be made, in a book that is open for reading alone.
   * @throws what the database says where it is away: nobody knows then whether a session has ended
   */
  async #secret(): Promise<string | null> {
    this.#key ??= hostSecret(this.#directory, 'session-key', async () => randomBytes(32).toString('base64url'));
    try {
      return await this.#key;
    } catch (error) {
      this.#key = null;
      if (this.#directory.isReadOnly) return null;
      throw error;
    }
  }
}
