// Files as their owner sees them.
import type { Account } from '../../domain/account.ts';
import { dayAt } from '../../domain/dates.ts';
import type { StoredFile } from '../../domain/file.ts';
import { refOf } from '../../domain/reference.ts';
import { cut } from '../../domain/text.ts';
import { listed, namedOut, sampleOut, sampleText } from './words.ts';

export function fileOut(file: StoredFile, account: Account) {
  return {
    ref: refOf('file', file.id),
    name: file.name,
    kind: file.kind,
    mediaType: file.mediaType,
    size: file.size,
    caption: file.caption,
    ...sampleOut(file.isSample),
    customer: namedOut('customer', file.customer),
    job: file.job === null ? null : namedOut('job', file.job),
    expense: file.expenseId === null ? null : refOf('expense', file.expenseId),
    addedOn: dayAt(file.createdAt, account.timeZone),
  };
}

type RowInWords = {
  ref: string;
  name: string;
  kind: string;
  size: number;
  caption: string | null;
  sample?: true | undefined;
  expense: string | null;
  addedOn: string;
};

export function fileText(file: RowInWords): string {
  const what = file.expense === null ? file.kind : `${file.kind} of ${file.expense}`;
  const details = listed([what, sizeText(file.size), file.addedOn]);
  const caption = file.caption === null ? '' : `: ${cut(file.caption.replace(/\s+/g, ' '), 120)}`;
  return `${file.ref} ${file.name}${sampleText(file)} (${details})${caption}`;
}

/** `2.4 MB`, counted as the limit on files is. */
function sizeText(bytes: number): string {
  const kilo = bytes / 1024;
  if (kilo < 1) return `${bytes} byte${bytes === 1 ? '' : 's'}`;
  return kilo < 1000 ? `${Math.round(kilo)} kB` : `${(kilo / 1024).toFixed(1)} MB`;
}

type ShownPicture =
  | { readonly kind: 'file'; readonly isUnseenPicture: boolean }
  | { readonly kind: 'image'; readonly copy: { readonly size: string; readonly of: string } | null }
  | { readonly kind: 'unseen'; readonly why: 'damaged' | 'too many pixels' | 'too hard' };

/** What is to be said of a file's content that is sent, or is not. */
export function pictureNote(ref: string, shown: ShownPicture): string[] {
  switch (shown.kind) {
    case 'file':
      return shown.isUnseenPicture
        ? ['It is too large to be shown. Smaller copies are shown where sharp is installed: npm install sharp']
        : [];
    case 'image':
      return shown.copy === null
        ? []
        : [`Shown as a copy of ${shown.copy.size} pixels; the whole has ${shown.copy.of}.`];
    case 'unseen':
      return [`${UNSEEN[shown.why](ref)} It is kept as it came; send it again as a smaller, newly saved picture.`];
  }
}

const UNSEEN = {
  damaged: (ref: string) => `The photo ${ref} is damaged and cannot be shown.`,
  'too many pixels': (ref: string) => `The photo ${ref} has more pixels than can be shown.`,
  'too hard': (ref: string) => `The photo ${ref} takes too long or too much memory to be shown.`,
};
