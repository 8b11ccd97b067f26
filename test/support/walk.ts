// A site visit on the roof, as it was recorded, and a photo taken there.
import { insertFile } from '../../src/store/books/files.ts';
import type { Ask, TypedBook } from './answers.ts';

export const TRANSCRIPT = [
  'Sam: Morning Dana, is it fine if I record this?',
  'Dana: Sure, go ahead.',
  'Sam: The shingles on the north slope are gone, about 24 squares in all. We tear off both layers.',
  "Dana: And the gutters? They're leaking at the corner.",
  'Sam: I see. The ridge vent is 2.5 inches too short. Gutters too.',
].join('\n');

export const WALK = {
  job: 'J-1',
  title: 'Roof walk with Dana',
  heldAt: '2026-03-10T09:30',
  consent: 'Dana agreed at the door',
  transcript: TRANSCRIPT,
  summary: 'North slope needs new shingles; gutters leak.',
  findings: ['North slope: shingles gone, 24 squares', 'Ridge vent too short'],
  followUps: ['Ask the supplier for the lead time'],
} as const;

/** Lines that rest on what was said; nobody knows the price of the gutters yet. */
export const CITED = [
  {
    description: 'Architectural shingles, installed',
    quantity: 24,
    unit: 'square',
    unitPrice: 450,
    cites: 'about 24 squares in all',
  },
  { description: 'Gutter repair', quantity: 1, unitPrice: null, cites: "They're leaking at the corner" },
] as const;

/** W-1 on J-1. */
export async function walked(ask: Ask): Promise<void> {
  await ask('record-walk-and-talk', WALK);
}

/** A picture of C-1 on no job, as its record stands in the books. */
export async function photo(
  { store }: TypedBook,
  { name = 'ridge.jpg', mediaType = 'image/jpeg', jobId = null, customerId = 1 }: PhotoOptions = {},
): Promise<void> {
  const file = { customerId, jobId, expenseId: null, walkAndTalkId: null, kind: 'photo', name, mediaType } as const;
  await store.write(
    1,
    { actor: 'sam', client: 'test', tool: 'test' },
    async (scope) => {
      const details = { size: 1000, hash: 'ab'.repeat(32), caption: null };
      await insertFile(scope, { file: { ...file, ...details }, sample: false, at: scope.now });
    },
    () => `${name} kept`,
  );
}
type PhotoOptions = { name?: string; mediaType?: string; jobId?: number | null; customerId?: number };
