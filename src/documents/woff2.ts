// Opens a WOFF2 font file with the decompressor that Node has built in. The PDF library would do it in JavaScript,
// which takes over a second for a CJK font, each time. Format: https://www.w3.org/TR/WOFF2/
import { brotliDecompressSync } from 'node:zlib';

const HEADER = 48;
/** Names of tables by their number in the file; 63 says that the name is written out. */
const KNOWN_TABLES = (
  'cmap head hhea hmtx maxp name OS/2 post cvt_ fpgm glyf loca prep CFF_ VORG EBDT EBLC gasp hdmx kern LTSH PCLT ' +
  'VDMX vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG_ sbix acnt avar bdat bloc bsln cvar ' +
  'fdsc feat fmtx fvar gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill'
).split(' ');

type Table = { readonly tag: string; readonly data: Buffer };

/**
 * The font as an OpenType file.
 * @throws Error where a table is stored in another form than its own, as the outlines of TrueType fonts are
 */
export function openWoff2(file: Buffer): Buffer {
  const compressedSize = file.readUInt32BE(20);
  const { entries, end } = readDirectory(file, file.readUInt16BE(12));
  const all = brotliDecompressSync(file.subarray(end, end + compressedSize));
  let at = 0;
  const tables = entries.map(({ tag, size }): Table => {
    const data = all.subarray(at, at + size);
    at += size;
    return { tag, data };
  });
  return writeOpenType(file.subarray(4, 8), tables);
}

function readDirectory(file: Buffer, count: number) {
  const entries: { tag: string; size: number }[] = [];
  let at = HEADER;
  const number = () => {
    let value = 0;
    for (;;) {
      const byte = file.readUInt8(at);
      at += 1;
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
  };
  for (let left = count; left > 0; left -= 1) {
    const flags = file.readUInt8(at);
    at += 1;
    let tag = KNOWN_TABLES[flags & 63]?.replace('_', ' ');
    if (tag === undefined) {
      tag = file.toString('latin1', at, at + 4);
      at += 4;
    }
    const isOutline = tag === 'glyf' || tag === 'loca';
    if (flags >> 6 !== (isOutline ? 3 : 0)) throw new Error(`the font's ${tag} table is transformed`);
    entries.push({ tag, size: number() });
  }
  return { entries, end: at };
}

/** A directory of the tables by name, then the tables, each at a multiple of four bytes. */
function writeOpenType(flavor: Buffer, tables: readonly Table[]): Buffer {
  const sorted = [...tables].sort((left, right) => (left.tag < right.tag ? -1 : 1));
  const directory = Buffer.alloc(12 + 16 * sorted.length);
  flavor.copy(directory);
  directory.writeUInt16BE(sorted.length, 4);
  const parts: Buffer[] = [directory];
  let at = directory.length;
  for (const [index, { tag, data }] of sorted.entries()) {
    const entry = 12 + 16 * index;
    directory.write(tag, entry, 'latin1');
    directory.writeUInt32BE(at, entry + 8);
    directory.writeUInt32BE(data.length, entry + 12);
    const padding = Buffer.alloc((4 - (data.length % 4)) % 4);
    parts.push(data, padding);
    at += data.length + padding.length;
  }
  return Buffer.concat(parts);
}
