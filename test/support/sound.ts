// The books agree with themselves.
import { expect } from 'vitest';
import { auditBooks } from '../../src/store/audit/audit.ts';
import type { Book } from './book.ts';

export async function expectSound(book: Pick<Book, 'store'>): Promise<void> {
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
}
