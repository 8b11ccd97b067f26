// Lines of JSON-RPC, each handed on whole and in one piece: the SDK joins what it has with every piece that comes, which
// for a file of 10 MB means copying it hundreds of times. A line that is too long is answered and passed over.
import { Transform, type TransformCallback } from 'node:stream';

const LINE_END = 0x0a;
/** Of a line that is passed over, this much of its beginning and its end is looked at for the call's id. */
const LOOKED_AT = 1024;

/** @param answer writes one line to the client */
export class WholeLines extends Transform {
  readonly #longest: number;
  readonly #answer: (line: string) => void;
  #pieces: Buffer[] = [];
  #length = 0;

  constructor(longest: number, answer: (line: string) => void) {
    super();
    this.#longest = longest;
    this.#answer = answer;
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    let start = 0;
    for (let end = chunk.indexOf(LINE_END); end >= 0; end = chunk.indexOf(LINE_END, start)) {
      this.#take(chunk.subarray(start, end + 1));
      this.#endLine();
      start = end + 1;
    }
    if (start < chunk.length) this.#take(chunk.subarray(start));
    done();
  }

  #take(piece: Buffer): void {
    this.#length += piece.length;
    this.#pieces.push(piece);
    if (this.#length <= this.#longest) return;
    // Only what tells whose call it was is kept.
    const head = this.#pieces.slice(0, 2).map((each) => each.subarray(0, LOOKED_AT));
    const tail = this.#pieces.slice(-2).map((each) => each.subarray(-LOOKED_AT));
    this.#pieces = [Buffer.concat(head).subarray(0, LOOKED_AT), Buffer.concat(tail).subarray(-LOOKED_AT)];
  }

  #endLine(): void {
    const line = Buffer.concat(this.#pieces);
    const isTooLong = this.#length > this.#longest;
    this.#pieces = [];
    this.#length = 0;
    if (isTooLong) this.#answer(refusal(line.toString('latin1'), this.#longest));
    else this.push(line);
  }
}

function refusal(line: string, longest: number): string {
  const message = `This line is too long: at most ${longest / 1024 / 1024} MB. Nothing was done. Files may have 10 MB; send long texts in parts.`;
  return `${JSON.stringify({ jsonrpc: '2.0', id: idOf(line), error: { code: -32_600, message } })}\n`;
}

const ID = String.raw`"id"\s*:\s*(-?\d{1,15}|"[\w.:-]{1,100}")`;
const WORD = String.raw`"\w{1,20}"\s*:\s*"[^"\\]{0,100}"`;
/** The id of a call stands before its arguments, or behind them. */
const AT_START = new RegExp(String.raw`^\s*\{\s*(?:${WORD}\s*,\s*){0,3}${ID}\s*,`);
const AT_END = new RegExp(String.raw`,\s*${ID}\s*(?:,\s*${WORD}\s*){0,3}\}\s*$`);

function idOf(line: string): unknown {
  const id = (AT_START.exec(line.slice(0, LOOKED_AT)) ?? AT_END.exec(line.slice(-LOOKED_AT)))?.[1];
  return id === undefined ? null : JSON.parse(id);
}
