// Calls made from the schema of a tool: mostly of the right shape, with a fault here and there.
import * as fc from 'fast-check';

export type Schema = {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
};

export function callOf(schema: object): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 9, arbitrary: valueOf(schema) }, { weight: 1, arbitrary: fc.object({ maxDepth: 3 }) });
}

const REFERENCE_WORDS = [
  'J-S1',
  'J-S2',
  'C-S1',
  'Q-S1',
  'Q-S1/1',
  'INV-S1',
  'DRAFT-S1',
  'E-S1',
  'roof',
  'Dana Henderson',
  'J-1',
  'C-1',
  '1',
  '',
];
const JUNK_TEXT = fc.oneof(
  fc.constantFrom(...REFERENCE_WORDS),
  fc.constantFrom(
    '2026-03-10',
    '2026-02-30',
    '420.50',
    '-3',
    '4,200',
    'null',
    '%',
    `'; drop table jobs; --`,
    '\uD800',
    '🪜'.repeat(50),
  ),
  fc.string({ maxLength: 60, unit: 'binary' }),
);

function valueOf(schema: Schema): fc.Arbitrary<unknown> {
  const { type, properties, required = [], items, enum: choices, const: only, anyOf } = schema;
  const right = (): fc.Arbitrary<unknown> => {
    if (only !== undefined) return fc.constant(only);
    if (choices !== undefined) return fc.constantFrom(...choices);
    if (anyOf !== undefined) return fc.oneof(...anyOf.map(valueOf));
    if (type === 'object') {
      const shape = Object.fromEntries(Object.entries(properties ?? {}).map(([key, inner]) => [key, valueOf(inner)]));
      return fc.record(shape, { requiredKeys: [...required] });
    }
    if (type === 'array') return fc.array(valueOf(items ?? {}), { maxLength: 4 });
    if (type === 'boolean') return fc.boolean();
    if (type === 'integer') return fc.integer({ min: -2, max: 60 });
    if (type === 'number') return fc.oneof(fc.integer({ min: -50, max: 5000 }), fc.double());
    if (type === 'null') return fc.constant(null);
    return JUNK_TEXT;
  };
  return fc.oneof({ weight: 19, arbitrary: right() }, { weight: 1, arbitrary: fc.anything({ maxDepth: 2 }) });
}
