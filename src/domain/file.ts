// A file on a customer, a job or an expense: what it is for, which types are kept, and how it is named.
import { beginning } from './text.ts';
import type { Instant } from './dates.ts';
import type { Named } from './named.ts';

/** An estimate is one that the customer signed. */
export const FILE_KINDS = ['photo', 'receipt', 'estimate', 'document'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

/** The bytes of one file; in base64 a third more. */
export const LARGEST_FILE = 10 * 1024 * 1024;
/** Of its base64 in a call: room for breaks between lines, and to say by how much a file is too large. */
export const LONGEST_BASE64 = 2 * LARGEST_FILE;
/** In base64, with the words around it, these stay within the 1 MB of an answer that hosts take. */
export const LARGEST_IN_ANSWER = 720 * 1024;
const LONGEST_FILE_NAME = 200;
/** What one page for uploads takes in all. */
export const PAGE_TAKES = { files: 50, bytes: 20 * LARGEST_FILE } as const;

export type StoredFile = {
  readonly id: number;
  readonly isSample: boolean;
  /** Null: of nobody, as the receipt of overhead is. */
  readonly customer: Named | null;
  readonly job: Named | null;
  readonly expenseId: number | null;
  readonly walkAndTalkId: number | null;
  readonly kind: FileKind;
  readonly name: string;
  readonly mediaType: string;
  /** In bytes, as stored. */
  readonly size: number;
  /** SHA-256 of the stored bytes, in hexadecimal. */
  readonly hash: string;
  readonly caption: string | null;
  readonly createdAt: Instant;
  /** Where it was looked at and something is wrong with it. */
  readonly flaw?: Flaw;
};

/** Why whoever opens it does not see it whole, or no model does. */
export const FLAW_NAMES = ['damaged', 'locked', 'too large'] as const;
export type Flaw = (typeof FLAW_NAMES)[number];

/** A receipt, and whatever hangs on an expense, shows what something cost. */
export function showsCost({ kind, expenseId }: Pick<StoredFile, 'kind' | 'expenseId'>): boolean {
  return kind === 'receipt' || expenseId !== null;
}

/** A type of file that is kept: what the bytes are, and the endings that names of such files have, the usual one first. */
export type FileType = { readonly mediaType: string; readonly endings: readonly [string, ...string[]] };

const OFFICE = 'application/vnd.openxmlformats-officedocument';
export const FILE_TYPES = {
  pdf: { mediaType: 'application/pdf', endings: ['pdf'] },
  docx: { mediaType: `${OFFICE}.wordprocessingml.document`, endings: ['docx'] },
  xlsx: { mediaType: `${OFFICE}.spreadsheetml.sheet`, endings: ['xlsx'] },
  pptx: { mediaType: `${OFFICE}.presentationml.presentation`, endings: ['pptx'] },
  doc: { mediaType: 'application/msword', endings: ['doc'] },
  xls: { mediaType: 'application/vnd.ms-excel', endings: ['xls'] },
  ppt: { mediaType: 'application/vnd.ms-powerpoint', endings: ['ppt'] },
  pages: { mediaType: 'application/vnd.apple.pages', endings: ['pages'] },
  numbers: { mediaType: 'application/vnd.apple.numbers', endings: ['numbers'] },
  keynote: { mediaType: 'application/vnd.apple.keynote', endings: ['key'] },
  text: { mediaType: 'text/plain', endings: ['txt', 'text', 'md', 'log'] },
  csv: { mediaType: 'text/csv', endings: ['csv'] },
  png: { mediaType: 'image/png', endings: ['png'] },
  jpeg: { mediaType: 'image/jpeg', endings: ['jpg', 'jpeg'] },
  gif: { mediaType: 'image/gif', endings: ['gif'] },
  webp: { mediaType: 'image/webp', endings: ['webp'] },
  tiff: { mediaType: 'image/tiff', endings: ['tif', 'tiff'] },
  heic: { mediaType: 'image/heic', endings: ['heic', 'heif'] },
  zip: { mediaType: 'application/zip', endings: ['zip'] },
} as const satisfies Record<string, FileType>;
export type FileTypeName = keyof typeof FILE_TYPES;

export function isPicture(mediaType: string): boolean {
  return mediaType.startsWith('image/');
}

/** Types that hosts and models take as pictures; others are shown as a copy. */
export const SEEN_BY_MODELS: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** What a file is for where nobody said: pictures are photos, what hangs on an expense is its receipt. */
export function usualKind(mediaType: string, onExpense: boolean): FileKind {
  if (onExpense) return 'receipt';
  return isPicture(mediaType) ? 'photo' : 'document';
}

/**
 * A name on one line that no file system reads as a path, whose ending says what the bytes are.
 * @param said without invisible characters
 */
export function fileName(said: string, { endings }: FileType): string {
  const last = said.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '';
  const plain = last.replace(/[<>:"|?*\s]+/g, ' ').replace(/^[. ]+|[. ]+$/g, '');
  const [, stem = plain, ending = ''] = /^(.+)\.([a-z0-9]{1,10})$/i.exec(plain) ?? [];
  const known = endings.find((each) => each === ending.toLowerCase());
  // An ending of another type would have the reader's computer open it as what it is not.
  const name = known !== undefined || KNOWN_ENDINGS.has(ending.toLowerCase()) ? stem : plain;
  const suffix = known === undefined ? `.${endings[0]}` : `.${ending}`;
  const short = beginning(name === '' ? 'file' : name, LONGEST_FILE_NAME - suffix.length);
  return `${short.replace(/[\s.]+$/, '')}${suffix}`;
}

const KNOWN_ENDINGS: ReadonlySet<string> = new Set(Object.values(FILE_TYPES).flatMap(({ endings }) => [...endings]));
