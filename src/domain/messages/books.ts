import type { Message, NoFacts } from '../message.ts';

/** What is said of the file or the database that a book is in, and of months that are closed in it. */
export type BookMessages = {
  'book.not-here': NoFacts;
  'book.to-bring-up-to-date': NoFacts;
  'book.moved-away': NoFacts;
  'book.altered': NoFacts;
  /** `on` is the day. */
  'book.moved': { readonly to: string; readonly on: string };
  'book.leaving': { readonly to: string };
  'book.newer-meanwhile': NoFacts;
  'book.no-file': { readonly name: string };
  'book.closing': NoFacts;
  'book.damaged': NoFacts;
  'book.read-only': NoFacts;
  'book.held': NoFacts;
  'book.of-newer': { readonly migrations: readonly string[] };
  'book.of-unreleased': { readonly migrations: readonly string[] };
  'book.missing-beside-log': NoFacts;
  'book.begins-otherwise': NoFacts;
  /** Writes `from` to `to` cannot be read; without its log the file ends with write `endsWith`. */
  'book.log-damaged': { readonly from: number; readonly to: number; readonly endsWith: number };
  'book.of-other-program': NoFacts;
  'book.log-unmarked': NoFacts;
  'book.log-of-other-book': NoFacts;
  'book.older-than-log': { readonly endsWith: number; readonly goesOnWith: number };
  'book.log-older': { readonly endsWith: number; readonly written: number };
  'database.no-address': NoFacts;
  'database.empty': NoFacts;
  'database.of-earlier': NoFacts;
  'database.arriving': NoFacts;
  'database.of-other-program': NoFacts;
  'database.too-old': { readonly version: number };
  'database.only-looked-at': NoFacts;
  'database.away': NoFacts;
  'database.silent': NoFacts;
  'database.too-slow': NoFacts;
  'database.role-above': NoFacts;
  'database.refuses': { readonly why: 'sign-in' | 'no-database' | 'rights' | 'host' };
  'database.not-known-whether-saved': NoFacts;
  'months.day-closed': { readonly day: string; readonly through: string; readonly open: string };
  'months.record-closed': {
    readonly ref: string;
    readonly day: string;
    readonly through: string;
    readonly instead: Message;
  };
  'months.credit-instead': { readonly open: string };
  'months.reported': { readonly what: 'category' | 'job' | 'reclaimable tax' };
  'months.log-difference': { readonly open: string };
  'months.give-back': { readonly payment: string; readonly open: string };
};
