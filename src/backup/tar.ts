// The form of an archive: plain files one after another, as every `tar` takes them apart (POSIX ustar). Each byte around
// the contents follows from names, lengths and one moment, so that a reader compares instead of interpreting: an archive
// with anything else in it, be it a link, a doubled name or a path that leads out, is not one of ours.

const BLOCK = 512;
/** What eleven octal digits hold; longer ones are written in binary. */
const MOST_OCTAL = 8 ** 11 - 1;

export type TarEntry = { readonly name: string; readonly size: number };

/** @param name ASCII, at most 100 letters */
export function headerOf({ name, size }: TarEntry, at: Date): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  block.write(name, 0, 100, 'ascii');
  block.write(octal(0o600, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  if (size <= MOST_OCTAL) block.write(octal(size, 11), 124);
  else {
    block[124] = 0x80;
    block.writeBigUInt64BE(BigInt(size), 128);
  }
  block.write(octal(Math.floor(at.getTime() / 1000), 11), 136);
  block.write(' '.repeat(8), 148);
  block.write('0', 156);
  block.write('ustar\x0000', 257, 'latin1');
  block.write(octal(0, 7), 329);
  block.write(octal(0, 7), 337);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 6)} `, 148);
  return block;
}

/** The length that a header gives; null where it is not the header of a file of this name. */
export function sizeIn(header: Buffer, name: string): number | null {
  const written = header.toString('latin1', 124, 136);
  const time = header.toString('latin1', 136, 148);
  if (!/^[0-7]{11}\0$/.test(written) || !/^[0-7]{11}\0$/.test(time)) return null;
  const size = Number.parseInt(written, 8);
  const at = new Date(Number.parseInt(time, 8) * 1000);
  return headerOf({ name, size }, at).equals(header) ? size : null;
}

/** What fills the last block of a content. */
export function padding(size: number): Buffer {
  return Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
}

export const HEADER_LENGTH = BLOCK;
export const END = Buffer.alloc(2 * BLOCK);

/** How long the archive is, in bytes. */
export function lengthOf(members: readonly TarEntry[]): number {
  return members.reduce((total, { size }) => total + BLOCK + size + padding(size).length, END.length);
}
