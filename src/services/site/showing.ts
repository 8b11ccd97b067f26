// How a file is shown to models and what is wrong with it: found out once, when it comes, and kept beside its bytes. What
// is kept there can be lost and is made again.
import { createHash } from 'node:crypto';
import type { Expense } from '../../domain/cost.ts';
import { Problem } from '../../domain/errors.ts';
import type { Flaw, StoredFile } from '../../domain/file.ts';
import type { Section } from '../../domain/sections.ts';
import type { Shown } from '../../files/picture.ts';
import type { Effects } from '../context.ts';

/** As it is kept: of a copy its hash, for a look at it before it is shown. */
type Note =
  | Exclude<Shown, { readonly kind: 'copy' | 'no library' }>
  | (Omit<Extract<Shown, { readonly kind: 'copy' }>, 'bytes'> & { readonly hash: string })
  | { readonly kind: 'flawed'; readonly flaw: 'damaged' | 'locked' };
type Files = Pick<Effects, 'files' | 'accountId'>;

/** @param load its bytes, where it was not looked at yet */
export async function showingOf(
  effects: Effects,
  { hash, mediaType }: Pick<StoredFile, 'hash' | 'mediaType'>,
  load: () => Promise<Uint8Array>,
): Promise<Shown> {
  const kept = await keptShowing(effects, hash);
  if (kept !== null) return kept;
  try {
    const shown = await effects.inWorker('show picture', { bytes: await load(), mediaType });
    if (!effects.preview) await keep(effects, hash, shown);
    return shown;
  } catch (error) {
    // That others are waiting is told to whoever asked.
    if (error instanceof Problem && error.kind === 'refused') return { kind: 'unseen', why: 'too hard' };
    throw error;
  }
}

/** Keeps what was found out about a file that is no picture. */
export async function keepFlaw(effects: Effects, hash: string, flaw: 'damaged' | 'locked'): Promise<void> {
  if (!effects.preview) await write(effects, hash, { kind: 'flawed', flaw });
}

/** The files with what is wrong with them, as far as they were looked at. */
export async function withFlaws<F extends Pick<StoredFile, 'hash'>>(
  outside: Files,
  files: readonly F[],
): Promise<(F & Pick<StoredFile, 'flaw'>)[]> {
  return await Promise.all(
    files.map(async (file) => {
      const note = await noteOf(outside, file.hash);
      const flaw = note === null ? null : flawIn(note);
      return flaw === null ? file : { ...file, flaw };
    }),
  );
}

/** The same for the files of a page and the receipts of its expenses, where it has some. */
export async function sectionsWithFlaws<
  S extends { readonly files?: Section<StoredFile>; readonly expenses?: Section<Expense> },
>(outside: Files, sections: S): Promise<S> {
  const { files, expenses } = sections;
  return {
    ...sections,
    ...(files && { files: { ...files, rows: await withFlaws(outside, files.rows) } }),
    ...(expenses && { expenses: { ...expenses, rows: await receiptsWithFlaws(outside, expenses.rows) } }),
  };
}

async function receiptsWithFlaws(outside: Files, expenses: readonly Expense[]): Promise<Expense[]> {
  return await Promise.all(
    expenses.map(async (expense) => {
      if (expense.receipt === null) return expense;
      const [receipt = expense.receipt] = await withFlaws(outside, [expense.receipt]);
      return { ...expense, receipt };
    }),
  );
}

function flawIn(note: Note): Flaw | null {
  if (note.kind === 'flawed') return note.flaw;
  return note.kind === 'unseen' ? flawOfPicture(note.why) : null;
}

export function flawOfPicture(why: 'damaged' | 'too-many-pixels' | 'too hard'): Flaw {
  return why === 'damaged' ? 'damaged' : 'too large';
}

async function keptShowing(outside: Files, hash: string): Promise<Shown | null> {
  const note = await noteOf(outside, hash);
  if (note === null || note.kind === 'flawed') return null;
  if (note.kind !== 'copy') return note;
  const bytes = await outside.files.beside.get(outside.accountId, hash, 'copy');
  // One that was altered on the disk would break the conversation of whoever is shown it.
  if (bytes === null || hashOf(bytes) !== note.hash) return null;
  const { mediaType, size, of } = note;
  return { kind: 'copy', bytes, mediaType, size, of };
}

async function noteOf({ files, accountId }: Files, hash: string): Promise<Note | null> {
  const bytes = await files.beside.get(accountId, hash, 'note');
  try {
    return bytes === null ? null : noteIn(JSON.parse(Buffer.from(bytes).toString()));
  } catch {
    return null;
  }
}

/** Null for what is none of ours: then the file is looked at anew. */
function noteIn(value: unknown): Note | null {
  if (typeof value !== 'object' || value === null) return null;
  const { kind, why, flaw, mediaType, size, of, hash }: Partial<Record<string, unknown>> = { ...value };
  if (kind === 'whole') return { kind };
  if (kind === 'unseen' && why === 'damaged') return { kind, why };
  // An earlier version wrote it with blanks.
  if (kind === 'unseen' && typeof why === 'string' && why.replaceAll(' ', '-') === 'too-many-pixels')
    return { kind, why: 'too-many-pixels' };
  if (kind === 'flawed' && (flaw === 'damaged' || flaw === 'locked')) return { kind, flaw };
  const isCopy = kind === 'copy' && (mediaType === 'image/jpeg' || mediaType === 'image/webp');
  if (!isCopy || typeof size !== 'string' || typeof of !== 'string' || typeof hash !== 'string') return null;
  return { kind, mediaType, size, of, hash };
}

async function keep(outside: Files, hash: string, shown: Shown): Promise<void> {
  // Another day it may be installed, or there is memory and time for it.
  if (shown.kind === 'no library' || (shown.kind === 'unseen' && shown.why === 'too hard')) return;
  if (shown.kind !== 'copy') return await write(outside, hash, shown);
  const { bytes, ...about } = shown;
  await outside.files.beside.put(outside.accountId, hash, 'copy', bytes);
  await write(outside, hash, { ...about, hash: hashOf(bytes) });
}

async function write({ files, accountId }: Files, hash: string, note: Note): Promise<void> {
  await files.beside.put(accountId, hash, 'note', Buffer.from(JSON.stringify(note)));
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
