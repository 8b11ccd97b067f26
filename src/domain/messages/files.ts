import type { Message, NoFacts } from '../message.ts';

/** What is said of files and of their bytes. */
export type FileMessages = {
  /** What doctor finds. `refs` is empty where only an undo may need the bytes; `hash` is its beginning. */
  'file.bytes-at-fault': { readonly refs: readonly string[]; readonly hash: string; readonly fault: Message };
  'file.bytes-of-other-size': { readonly size: number; readonly stored: number };
  'file.bytes-missing': NoFacts;
  'file.list-unread': NoFacts;
  'bucket.no-library': NoFacts;
  'bucket.no-keys': NoFacts;
  'bucket.no-region': NoFacts;
  'bucket.not-there': NoFacts;
  'bucket.refuses': NoFacts;
  'bucket.away': NoFacts;
  'bucket.not-read-back': NoFacts;
  'file.content-or-path': NoFacts;
  'file.one-source': NoFacts;
  'file.no-content': NoFacts;
  'file.no-path-here': NoFacts;
  'file.no-picture': { readonly name: string };
  'file.say-whose': NoFacts;
  'file.overhead-is-nowhere': { readonly expense: string; readonly field: string };
  'file.not-where-expense-is': {
    readonly ref: string;
    readonly expense: string;
    readonly real: string;
    readonly field: string;
  };
  'file.bytes-lost': { readonly ref: string; readonly name: string };
  'receipt.of-other-customer': { readonly ref: string; readonly customer: string };
  'receipt.photo-of-walk': { readonly ref: string; readonly walk: string };
  'receipt.belongs-to-other': { readonly ref: string; readonly other: string };
  'receipt.on-job': { readonly ref: string; readonly job: string; readonly name: string };
  'file.conversations-not-fetched': { readonly link: boolean };
  /** `is` says what it is instead. */
  'file.type-not-kept': { readonly is: string };
  /** A file that is yet to be chosen, or fetched, and what it will belong to. */
  'file.to-be-chosen': { readonly where: string };
  'file.to-be-fetched': { readonly name: string; readonly where: string };
  'upload-link.ended': { readonly where: string; readonly isPreview: boolean };
  'upload-link.to-be-made': { readonly where: string };
  'upload-link.made': { readonly where: string; readonly files: number; readonly mb: number };
  'file.no-base64': { readonly fault: 'data address' | 'other characters' | 'cut off'; readonly length: number };
  'file.none-of-this-machine': NoFacts;
  'file.path-unread': { readonly said: string };
  'file.path-no-file': { readonly said: string };
  'file.path-elsewhere': { readonly said: string; readonly folders: readonly string[] };
  'file.too-much-in-picture': NoFacts;
  'file.empty': NoFacts;
  /** In MB; no `size` where it was not read to its end. */
  'file.too-large': { readonly size: string | null; readonly most: string };
  'fetching.others': NoFacts;
  'fetching.address': NoFacts;
  'fetching.other-host': { readonly host: string; readonly hosts: readonly string[] };
  'fetching.sent-elsewhere': NoFacts;
  'fetching.not-given': { readonly status: number };
  'fetching.no-public-address': NoFacts;
  'fetching.no-answer': { readonly isLate: boolean };
  'doubt.files-of-other-book': NoFacts;
  'doubt.note-of-other-book': NoFacts;
  'doubt.other-history': NoFacts;
  'doubt.note-gone': NoFacts;
  'doubt.note-unreadable': NoFacts;
  'doubt.older-copy': { readonly keptUpTo: number; readonly endsWith: number };
};
