import { describe, expect, it } from 'vitest';
import { KIND_NAMES } from '../../src/kinds/declared.ts';
import { EXAMPLES, invoiceRef, lineRef, parseLineReference, parseReference, refOf } from '../../src/kinds/reference.ts';

describe('a number as people say it', () => {
  it.each([
    ['J-12', 'job', 12],
    ['j-12', 'job', 12],
    ['J12', 'job', 12],
    ['j 12', 'job', 12],
    ['J#12', 'job', 12],
    ['12', 'job', 12],
    ['#12', 'job', 12],
    [' J-12 ', 'job', 12],
    ['J-012', 'job', 12],
    ['C-7', 'customer', 7],
    ['7', 'customer', 7],
    ['Q-31', 'quote', 31],
    ['e-88', 'expense', 88],
    ['J-S1', 'job', -1],
    ['j-s1', 'job', -1],
    ['S1', 'job', -1],
    ['s-1', 'job', -1],
    ['C-S12', 'customer', -12],
  ] as const)('%j is record %3$d of its kind', (spoken, kind, value) => {
    expect(parseReference(spoken, kind)).toEqual({ kind, by: 'id', value });
  });

  it('an invoice goes by its own series, a draft by its record', () => {
    for (const spoken of ['INV-1,043', '1,043', 'INV-1043', 'inv-1043', 'INV1043', 'Inv 1043', '1043', '#1043']) {
      expect(parseReference(spoken, 'invoice')).toEqual({ kind: 'invoice', by: 'number', value: 1043 });
    }
    for (const spoken of ['DRAFT-5', 'draft 5', 'draft5']) {
      expect(parseReference(spoken, 'invoice')).toEqual({ kind: 'invoice', by: 'id', value: 5 });
    }
    expect(parseReference('INV-S3', 'invoice')).toEqual({ kind: 'invoice', by: 'number', value: -3 });
    expect(parseReference('DRAFT-S3', 'invoice')).toEqual({ kind: 'invoice', by: 'id', value: -3 });
  });

  it('a prefix says what is meant, whatever was expected', () => {
    expect(parseReference('C-7', 'job')).toEqual({ kind: 'customer', by: 'id', value: 7 });
    expect(parseReference('INV-1043', 'quote')).toEqual({ kind: 'invoice', by: 'number', value: 1043 });
  });

  it.each([
    'roof replacement',
    '',
    'J-',
    'J-0',
    '0',
    'X-12',
    'J-12b',
    '12 Elm St',
    'J-1.5',
    '-12',
    'J--12',
    'constructor-1',
    '__proto__ 1',
    'J-1234567890123456',
    '٤٢',
  ])('%j is words', (spoken) => {
    expect(parseReference(spoken, 'job')).toBeNull();
  });

  it('what is shown reads back as what it was', () => {
    for (const kind of ['customer', 'job', 'quote', 'expense'] as const) {
      for (const id of [1, 42, 999_999, -1, -42]) {
        expect(parseReference(refOf(kind, id), kind)).toEqual({ kind, by: 'id', value: id });
        expect(parseReference(refOf(kind, id).toLowerCase(), kind)?.value).toBe(id);
      }
    }
    for (const id of [5, -5]) {
      expect(parseReference(invoiceRef(id, null), 'invoice')).toEqual({ kind: 'invoice', by: 'id', value: id });
      expect(parseReference(invoiceRef(77, id), 'invoice')).toEqual({ kind: 'invoice', by: 'number', value: id });
    }
    expect([refOf('job', 12), refOf('job', -1), invoiceRef(5, null), invoiceRef(5, 1043), invoiceRef(-5, -1)]).toEqual([
      'J-12',
      'J-S1',
      'DRAFT-5',
      'INV-1043',
      'INV-S1',
    ]);
  });

  it('every kind has an example that reads as that kind', () => {
    expect(KIND_NAMES.map((kind) => parseReference(EXAMPLES[kind], kind)?.kind)).toEqual([...KIND_NAMES]);
  });
});

describe("a line's number", () => {
  it('is its place on its quote', () => {
    expect([lineRef(31, 2), lineRef(-4, 1)]).toEqual(['Q-31/2', 'Q-S4/1']);
    expect(parseLineReference(lineRef(-4, 1))).toEqual({ quoteId: -4, position: 1 });
  });

  it.each([
    ['Q-31/2', 31, 2],
    ['q31/2', 31, 2],
    ['31/2', 31, 2],
    ['Q-31 / 2', 31, 2],
    ['Q-31 line 2', 31, 2],
    ['q-31 LINE 12', 31, 12],
    ['Q-S4/1', -4, 1],
  ])('%j is line %3$d of its quote', (spoken, quoteId, position) => {
    expect(parseLineReference(spoken)).toEqual({ quoteId, position });
  });

  it.each(['J-31/2', 'Q-31', 'Q-31/', '/2', 'shingles', 'Q-31/x', 'line 2', 'Q-31/2/3', 'Q-31/12345', ''])(
    '%j is not one',
    (spoken) => {
      expect(parseLineReference(spoken)).toBeNull();
    },
  );
});
