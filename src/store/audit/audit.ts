// Checks the books against themselves: every stored figure recomputed, every invariant looked at. Read-only. Whatever is
// damaged, it ends with words: a fault names its record, and what cannot be read is said.
import type { Said } from '../../domain/message.ts';
import { AuditedBook, type AuditProgress } from './book.ts';
import { auditJournal } from './journal.ts';
import { auditInvoices, auditNumbers, auditQuotes } from './papers.ts';
import { auditPlaces } from './places.ts';
import { auditRows, RowBalance } from './rows.ts';
import { auditFiles, auditTerms } from './site.ts';
import { auditRollups } from './rollups.ts';
import type { Looking } from '../scope.ts';

/** What was looked at, and what is wrong in words; an empty `faults` is a clean book. */
export type Audit = { readonly looked: Readonly<Record<string, number>>; readonly faults: readonly Said[] };

export async function auditBooks({ db, account }: Looking, progress: AuditProgress = () => {}): Promise<Audit> {
  const book = new AuditedBook(db, account.id, progress);
  const balance = new RowBalance();
  const jobs = await auditRollups(book);
  const quotes = await auditQuotes(book);
  const { invoices, balances } = await auditInvoices(book);
  const numbers = await auditNumbers(book);
  const { changes, pieces } = await auditJournal(book, (snapshot) => balance.snapshot(snapshot));
  await auditRows(book, balance);
  const places = await auditPlaces(book);
  const files = await auditFiles(book);
  const names = await auditTerms(book);
  return {
    looked: {
      jobs,
      papers: quotes + invoices,
      balances,
      'issued invoices besides samples': numbers,
      changes,
      'digests of what they changed': pieces,
      'records on customers': places,
      files,
      'indexed names': names,
    },
    faults: book.faults.lines,
  };
}
