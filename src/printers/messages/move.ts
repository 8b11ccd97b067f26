import type { MoveMessages } from '../../domain/messages/move.ts';
import type { Catalogue } from '../catalogue.ts';
import { counted } from '../format.ts';

const HERE = 'Nothing was moved, and nothing was changed.';

function andMore(more: number): string {
  return more === 0 ? '' : ` and ${more} more`;
}

export const moveMessages: Catalogue<MoveMessages> = {
  'move.database-taken': () =>
    `There are books in that database already. ${HERE} Name an empty one: a move never overwrites, and never adds to others.`,
  'move.of-other-book': () =>
    `A move of another book into that database was not finished. ${HERE} Run that one again, or name an empty database.`,
  'move.source-read-only': () =>
    `This book cannot be written to, and a book that is moved has to say so. ${HERE} Move it where its folder can be written to.`,
  'move.of-damaged-book': ({ first, more }) =>
    `The book is damaged (${first}${andMore(more)}). ${HERE} jobwright doctor says all that is wrong.`,
  'move.nul': ({ places, more }) =>
    `There are NUL characters in texts of this book, which an early Jobwright took in and PostgreSQL cannot keep: ${places.join('; ')}${more ? '; and more' : ''}. ${HERE} Write those texts anew without them; where the history has them (changes, record_log), the book stays on SQLite.`,
  'move.stopped': () => 'It was stopped.',
  'move.not-finished': ({ to, why }) =>
    `The move to ${to} was not finished. ${why} Run it again: it clears away what is half done there and begins anew.`,
  'move.files-not-there': ({ account, count }) =>
    `${counted(count, 'file')} that the books of account ${account} need ${count === 1 ? 'is' : 'are'} not in the database, where files are looked for unless something else is said. Say where they are with --files-store (folder, database or a bucket); with it said, the move goes on without those that are lost, and names them.`,
  'move.differs': ({ account, table }) =>
    `What is there does not come to what was copied (${account === null ? '' : `account ${account}, `}${table}).`,
  'move.doctor-there': ({ account, first, more }) =>
    `The books of account ${account} are not in order there (${first}${andMore(more)}).`,
  'move.file-differs': ({ account, hash }) => `The file ${hash}… of account ${account} cannot be read back there.`,
};
