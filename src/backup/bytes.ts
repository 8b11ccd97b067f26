// Reads a source of bytes piece by piece, in order, and never holds more than one piece of it.
import { open } from 'node:fs/promises';
import { Problem } from '../domain/errors.ts';
import { says } from '../domain/message.ts';
import type { ArchiveFault, PartFault } from '../domain/messages/backup.ts';

export function damaged(fault: ArchiveFault): Problem {
  return new Problem('unavailable', says('archive.damaged', { fault }));
}

export function damagedPart(name: string, fault: PartFault): Problem {
  return new Problem('unavailable', says('archive.damaged-part', { name, fault }));
}

export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Exactly so many bytes. @throws Problem where there are fewer */
  async take(length: number): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this.stream(length)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  /** The next so many bytes as they come. They must be read to their end before anything else is. */
  async *stream(length: number): AsyncGenerator<Uint8Array> {
    for (let left = length; left > 0; ) {
      const piece = await this.#next();
      if (piece === null) throw damaged('ends-early');
      yield piece.subarray(0, left);
      this.#rest = piece.subarray(left);
      left -= Math.min(left, piece.length);
    }
  }

  /** @throws Problem where there are more bytes */
  async end(): Promise<void> {
    if ((await this.#next()) !== null) throw damaged('goes-on');
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }

  async #next(): Promise<Uint8Array | null> {
    if (this.#rest.length > 0) {
      const rest = this.#rest;
      this.#rest = new Uint8Array(0);
      return rest;
    }
    for (;;) {
      const next = await this.#source.next();
      if (next.done === true) return null;
      if (next.value.length > 0) return next.value;
    }
  }
}

/** A file from its beginning to its end. @param piece how many bytes at a time */
export async function* piecesOf(path: string, piece: number): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(piece), 0, piece, null);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
