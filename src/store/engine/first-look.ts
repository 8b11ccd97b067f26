// What a start over stdio needs of a book before anything is asked: whose it is. Read from an ordinary book with the
// driver alone, so that neither the store nor what it is made of is loaded for a client that only connects and
// lists. A book that is ordinary in no way is for whoever opens it, who says what is wrong or puts it right.
import { statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { MIGRATIONS } from '../../../migrations/index.ts';
import { Problem } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import { isPlanName, type PlanName } from '../../domain/plans.ts';
import { isTemplateName, type TemplateName } from '../../domain/templates.ts';
import { checkBeforeOpening } from './before-opening.ts';
import { isReadOnlyPlace } from './sqlite-errors.ts';
import { noteOpen, realFile } from './sqlite-open-files.ts';
import { makePrivate } from './sqlite-private.ts';

/** The only account of the book, as far as it is told before the books are opened. */
export type FirstAccount = {
  readonly id: number;
  readonly name: string;
  readonly template: TemplateName;
  readonly plan: PlanName;
  readonly currency: string;
  readonly timeZone: string;
};

export type FirstLook = BookItself & {
  /** As it is now: another program may have written. Null where there is no longer the one. */
  account(): FirstAccount | null;
  /** @throws Problem where the book was taken away or replaced since: another one is not opened unseen */
  checkInPlace(): void;
  /** To be called once, after whatever was opened meanwhile. */
  close(): void;
};

type BookItself = {
  readonly identity: string;
  readonly writeNumber: number;
  /** When its left-over files were last tidied away; null where they never were, or never are. */
  readonly sweptAt: string | null;
};

/** @returns null where there is no book, or one that is not ordinary: of another version, moved, held, damaged, read-only */
export async function lookFirst(file: string): Promise<FirstLook | null> {
  try {
    const real = realFile(file);
    if (!(await checkBeforeOpening(real)) || isReadOnlyPlace(real)) return null;
    makePrivate(real);
    return lookAt(real);
  } catch {
    return null;
  }
}

function lookAt(file: string): FirstLook | null {
  const raw = new Sqlite(file, { timeout: 20 });
  const noteClosed = noteOpen(file);
  const close = () => {
    raw.close();
    noteClosed();
  };
  try {
    const inode = inodeOf(file);
    const book = ordinary(raw);
    const accounts = raw.prepare<[], Row>(
      'select account_id as id, name, template, plan, currency, time_zone as "timeZone" from accounts limit 2',
    );
    const account = () => {
      const [row, another] = accounts.all();
      return row === undefined || another !== undefined ? null : known(row);
    };
    if (book === null || account() === null) {
      close();
      return null;
    }
    const checkInPlace = () => {
      if (inodeOf(file) !== inode) throw new Problem('unavailable', says('book.moved-away'));
    };
    return { ...book, account, checkInPlace, close };
  } catch (error) {
    close();
    throw error;
  }
}

type Row = Omit<FirstAccount, 'template' | 'plan'> & { readonly template: string; readonly plan: string };

function known({ template, plan, ...row }: Row): FirstAccount | null {
  return isTemplateName(template) && isPlanName(plan) ? { ...row, template, plan } : null;
}

/** @returns null where it is not of this very version, or says that it was moved */
function ordinary(raw: Sqlite.Database): BookItself | null {
  if (raw.pragma('journal_mode', { simple: true }) !== 'wal') return null;
  const done = raw
    .prepare<[], { name: string; digest: string | null }>('select name, digest from migrations order by name')
    .all();
  const isNewest =
    done.length === MIGRATIONS.length &&
    MIGRATIONS.every(({ name, digest }, at) => done[at]?.name === name && [null, digest].includes(done[at].digest));
  if (!isNewest) return null;
  const book = raw.prepare<[], BookItself>(
    `select identity, write_number as "writeNumber",
      (select swept_at from sweeping where withheld is null) as "sweptAt"
     from book where id = 1 and moved_to is null and arriving is null`,
  );
  return book.get() ?? null;
}

function inodeOf(file: string): bigint | undefined {
  return statSync(file, { bigint: true, throwIfNoEntry: false })?.ino;
}
