import type { BookMessages } from '../../domain/messages/books.ts';
import type { Catalogue } from '../catalogue.ts';

const LEAVE = 'Nothing was touched.';
const RESTORE =
  'Put back the jobwright.db and the jobwright.db-wal that belong together, or restore a backup into a new folder with jobwright restore.';

const REFUSED = {
  'sign-in': 'password authentication failed, or its role may not sign in',
  'no-database': 'there is no database of this name',
  rights: 'permission denied to its role, which the owner of the tables gives it (--migrate-url)',
  host: 'no host of this name is known',
};

export const bookMessages: Catalogue<BookMessages> = {
  'book.not-here': () => 'There is no book here.',
  'book.to-bring-up-to-date': () =>
    'This book must be brought up to date before it is read, but its folder cannot be written to. Start Jobwright once where it can, or on a copy.',
  'book.moved-away': () =>
    'The book was moved or taken away while Jobwright was at work on it, so nothing was saved. Put jobwright.db back where it was, end Jobwright, and start it again.',
  'book.moved': ({ to, on }) =>
    `This book was moved to ${to} on ${on}, so nothing is written to it here. Start Jobwright on the book there; here it can still be read: with --read-only, jobwright doctor and jobwright backup.`,
  'book.leaving': ({ to }) =>
    `A move of this book to ${to} was not finished, so nothing is written to it here. Run jobwright move again, to the same place. If that is lost and nobody works there, name another one with --to, and this one with --instead-of.`,
  'book.altered': () =>
    'What the book says of itself was altered, so nothing was saved. jobwright doctor says what; restore a backup into a new folder.',
  'book.newer-meanwhile': () =>
    'A newer Jobwright has brought this book up to date, so this one, which is older, no longer writes to it; nothing was saved, and reading still works. End it and start the newer one.',
  'book.no-file': ({ name }) =>
    `${name} in the data folder is no file. Take it away, or name another folder with --data.`,
  'book.closing': () => 'Jobwright is shutting down. Nothing was saved; try again once it is back.',
  'book.damaged': () => 'The book file is damaged. Leave it as it is and restore a backup beside it.',
  'book.read-only': () => 'The book cannot be written to (read-only disk or folder), so nothing was saved.',
  'book.held': () => 'Another program is writing to this book right now. Nothing was saved; try again in a moment.',
  'book.of-newer': ({ migrations }) =>
    `This book was written by a newer Jobwright (it has ${migrations.join(', ')}). Update Jobwright, or open a backup from before.`,
  'book.of-unreleased': ({ migrations }) =>
    `This book was made by a Jobwright that was never released (its ${migrations.join(', ')} is another one). Nothing was changed. Open it with the Jobwright that made it, or restore a backup from before.`,
  'book.missing-beside-log': () =>
    `The book's file is missing or empty, but its log jobwright.db-wal is here with its last changes. ${LEAVE} ${RESTORE}`,
  'book.begins-otherwise': () => `The book file is damaged: it does not begin as a book does. ${LEAVE} ${RESTORE}`,
  'book.log-damaged': ({ from, to, endsWith }) =>
    `The log jobwright.db-wal beside the book is damaged: writes ${from} to ${to} cannot be read. ${LEAVE} ${RESTORE} Where there is no backup: copy the folder and take jobwright.db-wal out of the copy, which then ends with write ${endsWith}.`,
  'book.of-other-program': () =>
    `The file is another program's database, not a book of Jobwright's. ${LEAVE} Name another folder with --data.`,
  'book.log-unmarked': () =>
    `The log jobwright.db-wal beside the book cannot be told to be this book's: another program, or a Jobwright from before books had marks, wrote what is in it. ${LEAVE} Where that is known, take it in with the program sqlite3 (sqlite3 jobwright.db "pragma wal_checkpoint(truncate)"), then start again. Otherwise: ${RESTORE}`,
  'book.log-of-other-book': () => `The log jobwright.db-wal beside the book is of another book. ${LEAVE} ${RESTORE}`,
  'book.older-than-log': ({ endsWith, goesOnWith }) =>
    `The book's file is an older copy: it ends with write ${endsWith}, and the log jobwright.db-wal beside it goes on with write ${goesOnWith}. What lies between is not here. ${LEAVE} ${RESTORE}`,
  'book.log-older': ({ endsWith, written }) =>
    `The log jobwright.db-wal beside the book is older than the book: it ends with write ${endsWith}, and the book has write ${written}. ${LEAVE} ${RESTORE}`,
  'database.no-address': () => 'This is no address of a PostgreSQL database.',
  'database.empty': () => 'There are no books in this database.',
  'database.of-earlier': () =>
    'These books were last written by an earlier Jobwright. Start this one on them once, which brings them up to date.',
  'database.arriving': () =>
    'A move into this database was not finished, so nothing is served from it; run it again: jobwright move.',
  'database.too-old': ({ version }) =>
    `The database server is PostgreSQL ${version}, and Jobwright needs 16 or later. Bring the server up to date, or name another one in --database.`,
  'database.of-other-program': () =>
    `This is another program's database, not one of books. ${LEAVE} Name a database of its own with --database.`,
  'database.only-looked-at': () => 'These books were opened to be looked at, so nothing was saved.',
  'database.away': () => 'The database cannot be reached. Nothing was saved; try again in a moment.',
  'database.silent': () =>
    'The database stopped answering in the middle of a long step, which was given up. Check the server, and the pooler if there is one in front of it, then start again: what was done before stays done.',
  'database.too-slow': () => 'The database took too long. Nothing was saved; try again in a moment.',
  'database.role-above': () =>
    'The role of --database owns the tables or is above row-level security, which keeps accounts apart. Serve as a role without SUPERUSER and BYPASSRLS, and name the owner with --migrate-url.',
  'database.refuses': ({ why }) => `The database refuses Jobwright: ${REFUSED[why]}. --database says which it is.`,
  'database.not-known-whether-saved': () => ({
    says: 'The database did not say whether this was saved, and cannot be asked just now. Look at the records before doing it again.',
    next: 'The same requestId answers truly.',
  }),
  'months.day-closed': ({ day, through, open }) =>
    `${day} is in a closed month: the books are closed through ${through}. Give a day from ${open} on.`,
  'months.record-closed': ({ ref, day, through, instead }) => {
    const closed = `${ref} is of ${day}, in a closed month: the books are closed through ${through}, and what is dated there stays as it is. ${instead}, or let the owner reopen the month`;
    return {
      next: `${closed}: update-account with closedThrough and a reason.`,
      instead: `${closed}, with a reason.`,
    };
  },
  'months.credit-instead': ({ open }) => ({
    next: `Credit it on an open day: create-invoice with creditFor (from ${open} on)`,
    instead: `Credit it on an open day (from ${open} on)`,
  }),
  'months.reported': ({ what }) =>
    `Its ${what === 'reclaimable tax' ? 'tax you get back' : what} is part of what was reported, so it stays too`,
  'months.log-difference': ({ open }) => `Log what differs as an expense on an open day (from ${open} on)`,
  'months.give-back': ({ payment, open }) => ({
    next: `If it bounced: record-payment with payment: "${payment}" and bounced: true. Else give the money back on an open day: record-payment with refund: true (from ${open} on)`,
    instead: `If it bounced, say so of ${payment}. Else give the money back on an open day (from ${open} on)`,
  }),
};
