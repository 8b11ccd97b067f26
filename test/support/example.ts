// What tests know of a tool besides its contract: how it is asked for and called. It stands beside the test of the tool, as
// `<name>.example.ts`, and `examples.ts` gathers it.
import { SHINGLES, TEAR_OFF } from './roof.ts';

export type Example = {
  /** What people say, in words of its name, title or first sentence, by which a host has to find it. */
  readonly said: string;
  /**
   * Good calls on `preparedBook`. The first names every argument, but those that exclude each other; the others name
   * those.
   */
  readonly calls: readonly [object, ...object[]];
  /** Calls on `largeBook` that bring the most. Left out for a list, which is asked for its longest page. */
  readonly most?: readonly object[];
  /** As crew call it, where they have it: `calls` come before those above, without what they do not take. */
  readonly crew?: { readonly calls?: readonly object[]; readonly most?: readonly object[] };
};

const priced = (line: { unitPrice: number; description: string; quantity: number; unit: string }) => ({
  description: line.description,
  quantity: line.quantity,
  unit: line.unit,
  unitPrice: line.unitPrice,
  taxRatePercent: 8.25,
});
/** Of a bill. */
export const LINES = [SHINGLES, TEAR_OFF, SHINGLES].map(priced);
export const QUOTE_LINES = [
  SHINGLES,
  TEAR_OFF,
  { ...SHINGLES, description: 'Ridge', taxRatePercent: 8.25, changesLine: 'Q-1/1' },
];
export const PEOPLE = [
  { name: 'Tom', role: 'lead' },
  { name: 'Luis', role: 'crew' },
];
export const CONTACT = {
  phone: '(737) 555-0176',
  email: 'priya@example.com',
  address: '930 Wren Meadow Dr',
  notes: 'Referred.',
  stage: 'won',
};
