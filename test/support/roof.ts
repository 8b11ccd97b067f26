// The job that most tests are about: Dana Henderson's roof, quoted with its costs.
import { type Ask, openBook } from './answers.ts';
import { madeOnce } from './made-once.ts';

export const SHINGLES = {
  description: 'Architectural shingles, installed',
  quantity: 24,
  unit: 'square',
  unitPrice: 450,
  unitCost: 280,
  category: 'materials',
} as const;
export const TEAR_OFF = {
  description: 'Tear-off and disposal',
  quantity: 24,
  unit: 'square',
  unitPrice: 85,
  unitCost: 55,
  category: 'labor',
} as const;

/** C-1 Dana Henderson. */
export async function dana(ask: Ask): Promise<void> {
  await ask('create-customer', {
    name: 'Dana Henderson',
    phone: '(512) 555-0143',
    email: 'dana@example.com',
    address: '418 Pecan Hollow Ln, Austin',
  });
}

/** J-1 Roof replacement of C-1, with Q-1: 24 squares at 450.00 that cost 280.00 each. */
export async function roof(
  ask: Ask,
  { status = 'accepted' }: { status?: 'draft' | 'sent' | 'accepted' } = {},
): Promise<void> {
  await dana(ask);
  await ask('create-job', { customer: 'C-1', name: 'Roof replacement' });
  await ask('create-quote', { job: 'J-1', title: 'Full re-roof', status, lines: [SHINGLES] });
}

/** A book with `dana` in it. */
export const danaBook = madeOnce(async () => {
  const book = await openBook();
  await dana(book.ok);
  return book;
});

/** A book with the roof alone: change 1 is Dana, 2 the job, 3 the accepted quote. */
export const roofBook = madeOnce(async () => {
  const book = await openBook();
  await roof(book.ok);
  return book;
});

/** The lines of a bill for the shingles. */
export const BILL = [
  { description: 'Architectural shingles, installed', quantity: 24, unit: 'square', unitPrice: 450 },
] as const;
