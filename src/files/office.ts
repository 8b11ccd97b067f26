// Office documents whose outside is a container of many uses: the old Word, Excel and PowerPoint formats in an OLE
// container, and Pages, Numbers and Keynote in a ZIP.
import type { FileTypeName } from '../domain/file.ts';
import type { Sniffed } from './sniffed.ts';

export async function officeType(container: 'cfb' | 'zip', bytes: Uint8Array, name: string): Promise<Sniffed> {
  if (container === 'zip') return { type: (await iWorkType(bytes, name)) ?? 'zip' };
  const parts = partsOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (parts.has('EncryptedPackage')) return { is: 'an Office file locked with a password' };
  if (parts.has('WordDocument')) return { type: 'doc' };
  if (parts.has('Workbook') || parts.has('Book')) return { type: 'xls' };
  if (parts.has('PowerPoint Document')) return { type: 'ppt' };
  return { is: 'an OLE container, like an installer or an Outlook message' };
}

/** A part takes at least this many bytes of the list of contents. */
const PART_HEADING = 46;

async function iWorkType(bytes: Uint8Array, name: string): Promise<FileTypeName | null> {
  const { unzipSync } = await import('fflate');
  const parts: string[] = [];
  try {
    // Only looks at the list of contents; nothing is unpacked.
    unzipSync(bytes, {
      filter: (part) => {
        parts.push(part.name);
        // A list that claims more parts than there is room for is read past its end, up to four billion times.
        if (parts.length * PART_HEADING > bytes.length) throw new RangeError('a list of contents that has no end');
        return false;
      },
    });
  } catch {
    return null;
  }
  const isPackage = parts.some((part) =>
    /(^|\/)(Index\/Document\.iwa|Index\.zip|index\.(xml|apxl)(\.gz)?)$/.test(part),
  );
  if (!isPackage) return null;
  if (parts.some((part) => /(^|\/)(Index\/(Master|Template)?Slide|index\.apxl)/.test(part))) return 'keynote';
  // A letter with a table in it has the same parts as a sheet.
  const ending = /\.(pages|numbers|key)$/i.exec(name.trim())?.[1]?.toLowerCase();
  if (ending === 'numbers') return 'numbers';
  return ending === 'key'
    ? 'keynote'
    : ending === 'pages' || parts.some((part) => part.includes('Index/'))
      ? 'pages'
      : null;
}

const HEADER = 512;
const ENTRY = 128;
const NONE = 0xfffffffa;
const LISTED_IN_HEADER = 109;

/**
 * Names of what stands at the top of an OLE container (MS-CFB); what is embedded further in does not count. Read here:
 * the library in wide use, cfb, takes half a minute for ten megabytes made to keep it busy, and fails on a file that
 * breaks off; the plugin of file-type goes by class ids, which other programs than Office leave empty.
 */
function partsOf(file: Buffer): Set<string> {
  const directory = directoryOf(file);
  const names = new Set<string>();
  const waiting = [directory[0]?.child ?? NONE];
  const seen = new Set<number>();
  for (const id of waiting) {
    const entry = directory[id];
    if (entry === undefined || seen.has(id)) continue;
    seen.add(id);
    names.add(entry.name);
    waiting.push(entry.left, entry.right);
  }
  return names;
}

type Part = { readonly name: string; readonly left: number; readonly right: number; readonly child: number };

function directoryOf(file: Buffer): Part[] {
  if (file.length < HEADER) return [];
  const sectorSize = file.readUInt16LE(30) === 12 ? 4096 : 512;
  const at = (sector: number) => (sector + 1) * sectorSize;
  const next = (sector: number) => {
    const perSector = sectorSize / 4;
    const index = Math.floor(sector / perSector);
    if (index >= LISTED_IN_HEADER) return NONE;
    const place = at(file.readUInt32LE(76 + index * 4)) + (sector % perSector) * 4;
    return place + 4 <= file.length ? file.readUInt32LE(place) : NONE;
  };
  const parts: Part[] = [];
  const seen = new Set<number>();
  for (let sector = file.readUInt32LE(48); sector < NONE && !seen.has(sector); sector = next(sector)) {
    seen.add(sector);
    for (let entry = at(sector); entry < at(sector) + sectorSize && entry + ENTRY <= file.length; entry += ENTRY) {
      const length = Math.max(0, Math.min(file.readUInt16LE(entry + 64), 64) - 2);
      parts.push({
        name: file.toString('utf16le', entry, entry + length),
        left: file.readUInt32LE(entry + 68),
        right: file.readUInt32LE(entry + 72),
        child: file.readUInt32LE(entry + 76),
      });
    }
  }
  return parts;
}
