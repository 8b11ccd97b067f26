// A book whose write lock another program holds.
import { join } from 'node:path';
import { expect } from 'vitest';
import { startChild } from '../store/engine/child.ts';
import { troubled } from './troubled.ts';

/** How long a write may wait. */
export const PROMISED_MS = 6000;

/** A book with one job, its server, and how it is locked. */
export async function lockable() {
  const book = troubled();
  const desk = await book.open();
  await desk.ask('create-job', { newCustomer: { name: 'Dana' }, name: 'Roof' });
  const hold = async (ms: number) => {
    const holder = await startChild('hold-lock', join(book.data, 'jobwright.db'), String(ms));
    expect(await holder.says('held')).toBe(true);
    return holder;
  };
  return { ...book, desk, hold };
}
