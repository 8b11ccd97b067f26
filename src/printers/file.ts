// Files in words, and what is said of content that is sent, or is not.
import type { FileRow } from '../views/internal/file.ts';
import type { Flaw } from '../domain/file.ts';
import { uriOf } from '../kinds/uri.ts';
import { head, line, next, phrase, said, toRecord, type Block, type Phrase } from './blocks.ts';
import { joined, onceFrom, sampleText, shortRow } from './format.ts';

export const FLAWS = {
  damaged: 'DAMAGED',
  locked: 'locked with a password',
  'too large': 'too large to be shown',
} as const satisfies Record<Flaw, string>;

export function fileText(file: FileRow): Phrase {
  return phrase`${toRecord(file.ref)} ${file.name}${sampleText(file)} ${aboutFile(file)}`;
}

export function filePageBlocks(file: FileRow): Block[] {
  return [head(phrase`${file.ref} ${file.name}`, ' ', aboutFile(file), file)];
}

function aboutFile(file: FileRow): Phrase {
  const what = file.expense === null ? file.kind : phrase`${file.kind} of ${toRecord(file.expense)}`;
  const details = joined([what, sizeText(file.size), file.addedOn, file.flaw !== undefined && FLAWS[file.flaw]]);
  const caption = file.caption === null ? '' : phrase`: ${said(shortRow(file.caption, 120))}`;
  return phrase`(${details})${caption}`;
}

/** `2.4 MB`, counted as the limit on files is. */
function sizeText(bytes: number): string {
  const kilo = bytes / 1024;
  if (kilo < 1) return `${bytes} byte${bytes === 1 ? '' : 's'}`;
  return kilo < 1000 ? `${Math.round(kilo)} kB` : `${(kilo / 1024).toFixed(1)} MB`;
}

type Content =
  | { readonly kind: 'text' | 'file' }
  | {
      readonly kind: 'image';
      readonly copy: { readonly size: string; readonly of: string; readonly isResource: boolean } | null;
    }
  | { readonly kind: 'unseen'; readonly why: 'damaged' | 'too-many-pixels' | 'too hard' }
  | { readonly kind: 'apart'; readonly lacks: 'sharp' | 'libheif-js' | null };

/**
 * What is to be said of a file's content that is sent, or is not, and how to have the whole of it.
 * @param link that downloads it; undefined where nobody could open one
 */
export function contentBlocks(
  { ref, size, flaw }: { ref: string; size: number; flaw?: Flaw | undefined },
  content: Content,
  link: string | undefined,
): Block[] {
  // A picture's own words say it.
  const broken = flaw === undefined || content.kind === 'unseen' ? [] : [line(BROKEN[flaw](ref))];
  const whole = link === undefined ? inTerminal(ref) : onceFrom(link);
  switch (content.kind) {
    case 'text':
    case 'file':
      return broken;
    case 'apart':
      return [
        ...broken,
        next(
          content.lacks === null
            ? `At ${sizeText(size)} it is too large to be shown here.`
            : `It is shown to models once a library is installed where Jobwright runs: npm install ${content.lacks}`,
        ),
        next(whole),
      ];
    case 'image': {
      const { copy } = content;
      if (copy === null) return [];
      const how = link === undefined && copy.isResource ? `The whole is the resource ${uriOf('file', ref)}.` : whole;
      return [next(`Shown as a copy of ${copy.size} pixels; the whole has ${copy.of}. ${how}`)];
    }
    case 'unseen':
      return [
        line(`${UNSEEN[content.why](ref)} It is kept as it came; send it again as a smaller, newly saved picture.`),
      ];
  }
}

/** Who has no link has the program itself. */
function inTerminal(ref: string): string {
  return `Whole, in a terminal: jobwright call fetch '{"id":"${ref}"}' --save .`;
}

const BROKEN = {
  damaged: (ref: string) => `${ref} is damaged: it breaks off before its end. Attach it again, whole.`,
  locked: (ref: string) => `A password protects ${ref}: whoever opens it needs that.`,
  'too large': (ref: string) => `${ref} is too large to be shown.`,
} as const satisfies Record<Flaw, (ref: string) => string>;

const UNSEEN = {
  damaged: (ref: string) => `The photo ${ref} is damaged and cannot be shown.`,
  'too-many-pixels': (ref: string) => `The photo ${ref} has more pixels than can be shown.`,
  'too hard': (ref: string) => `The photo ${ref} takes too long or too much memory to be shown.`,
};
