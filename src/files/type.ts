// What the bytes of a file are, whatever its name says: one of the types that are kept, or what else in words.
import type { FileTypeName } from '../domain/file.ts';
import { officeType } from './office.ts';
import { isPdf } from './pdf.ts';
import { textType } from './text-type.ts';
import type { Sniffed } from './sniffed.ts';

/** By the endings that file-type calls them by. */
const KEPT: ReadonlyMap<string, FileTypeName> = new Map([
  ...(['pdf', 'docx', 'xlsx', 'pptx', 'png', 'gif', 'webp', 'heic', 'zip'] as const).map(
    (name) => [name, name] as const,
  ),
  ['jpg', 'jpeg'],
  ['tif', 'tiff'],
  ['apng', 'png'],
]);

/** A letter with a table in it is taken for a sheet there: which of them it is, we look at ourselves. */
const PACKAGES: ReadonlySet<string> = new Set(['zip', 'pages', 'numbers', 'key']);

/** @param name tells a CSV from other text, and Pages, Numbers and Keynote from each other, whose bytes are alike */
export async function sniff(bytes: Uint8Array, name: string): Promise<Sniffed> {
  if (isPdf(bytes)) return { type: 'pdf' };
  const text = textType(bytes, name);
  if (text !== null) return text;
  const { fileTypeFromBuffer } = await import('file-type');
  // It throws at some damaged containers.
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (found === undefined) return { is: 'no type of file that is known here' };
  if (found.ext === 'cfb') return await officeType('cfb', bytes, name);
  if (PACKAGES.has(found.ext)) return await officeType('zip', bytes, name);
  // Where it says a photo was taken is not looked for.
  if (found.ext === 'tif' && isBigTiff(bytes)) return { is: 'a BigTIFF picture (save it as JPEG or TIFF)' };
  const type = KEPT.get(found.ext);
  return type === undefined ? { is: kindInWords(found.ext, found.mime) } : { type };
}

/** Of more than 4 GB, or made by a tool that always writes it: its version, in either order of bytes. */
function isBigTiff(bytes: Uint8Array): boolean {
  return bytes[0] === 0x49 ? bytes[2] === 43 && bytes[3] === 0 : bytes[2] === 0 && bytes[3] === 43;
}

const EXECUTABLES = new Set([
  'exe',
  'elf',
  'macho',
  'wasm',
  'class',
  'jar',
  'apk',
  'deb',
  'rpm',
  'crx',
  'xpi',
  'swf',
  'lnk',
]);
const ARCHIVES = new Set([
  'rar',
  '7z',
  'gz',
  'tar.gz',
  'bz2',
  'xz',
  'tar',
  'zst',
  'lz',
  'lz4',
  'Z',
  'cab',
  'arj',
  'cpio',
  'ar',
  'lzh',
]);

function kindInWords(ending: string, mediaType: string): string {
  const short = ending.toUpperCase();
  if (EXECUTABLES.has(ending)) return 'an executable';
  if (ARCHIVES.has(ending)) return `${article(short)} archive other than ZIP`;
  if (mediaType.includes('macroenabled')) return 'an Office file with macros';
  if (mediaType.startsWith('video/')) return 'a video';
  if (mediaType.startsWith('audio/')) return 'a sound recording';
  if (mediaType.startsWith('font/')) return 'a font';
  if (mediaType.startsWith('image/')) return `${article(short)} picture`;
  return `${article(short)} file`;
}

/** As the letters are said. */
function article(letters: string): string {
  return `${/^[AEFHILMNORSX8]/.test(letters) ? 'an' : 'a'} ${letters}`;
}
