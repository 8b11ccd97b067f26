// The book on which the examples of tools are good calls, and where in it things stand, so that a test can plant one fault.
import { openBook } from './answers.ts';
import { madeOnce } from './made-once.ts';
import { BILL, roof, SHINGLES } from './roof.ts';
import { photo, walked } from './walk.ts';

/** J-1 with Q-1, INV-1001 and its payment P-1, DRAFT-2, INV-1002 without a job, E-1, M-1, W-1, F-1, A-1 and A-2 with its next; and two jobs that the word "gutters" fits alike. */
export const preparedBook = madeOnce(async () => {
  const book = await openBook();
  await roof(book.ok);
  await book.ok('create-job', { customer: 'C-1', name: 'Gutters front' });
  await book.ok('create-job', { customer: 'C-1', name: 'Gutters back' });
  await book.ok('create-invoice', { job: 'J-1', kind: 'standard', lines: BILL });
  await book.ok('create-invoice', { job: 'J-1', kind: 'standard', draft: true, lines: BILL });
  await book.ok('record-payment', { invoice: 'INV-1001', amount: 250 });
  await book.ok('create-invoice', { customer: 'C-1', lines: BILL });
  const permit = { description: 'Permit', amount: 612.4, category: 'permit', vendor: 'City of Austin' };
  await book.ok('add-job-expense', { job: 'J-1', ...permit });
  await book.ok('schedule-appointment', { job: 'J-1', title: 'Inspection', starts: '2026-03-20T09:00' });
  await book.ok('create-quote', { job: 'J-1', kind: 'change_order', title: 'Skylight', lines: [SHINGLES] });
  await walked(book.ok);
  await photo(book);
  await book.ok('create-customer', { name: 'Ruth Vance' });
  const monthly = { overhead: true, monthly: true, spentOn: '2026-03-15' };
  await book.ok('add-expenses', {
    expenses: [{ description: 'Phone', amount: 89, category: 'other', vendor: 'Telco', ...monthly }],
  });
  const monthlyVisit = { every: 'month', until: '2026-06-30' };
  await book.ok('schedule-appointment', {
    ...{ customer: 'C-2', title: 'Pump', starts: '2026-05-08T08:00', repeats: monthlyVisit },
  });
  return book;
});

/** A place in a call: `lines[2].unitPrice` is `['lines', 2, 'unitPrice']`. */
export type Path = readonly (string | number)[];

/** Every value within a call, lists and objects themselves included; of a list's entries the last stands for all. */
export function* placesIn(value: unknown, path: Path = []): Generator<{ path: Path; value: unknown }> {
  if (path.length > 0) yield { path, value };
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) yield* placesIn(value.at(-1), [...path, value.length - 1]);
  else for (const [key, inner] of Object.entries(value)) yield* placesIn(inner, [...path, key]);
}

/** The call with one value changed. */
export function planted(call: object, path: Path, value: unknown): object {
  const copy = structuredClone(call);
  let at: Record<string | number, unknown> = copy as Record<string, unknown>;
  for (const key of path.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[path.at(-1) ?? ''] = value;
  return copy;
}

/** As an error names it: `lines[2].unitPrice`. */
export function named(path: Path): string {
  return path.reduce<string>(
    (sofar, key) => (typeof key === 'number' ? `${sofar}[${key}]` : `${sofar}${sofar === '' ? '' : '.'}${key}`),
    '',
  );
}
