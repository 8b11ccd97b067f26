import { describe, expect, it } from 'vitest';
import { fieldOf, partNoun } from '../../../src/kinds/history.ts';
import { LEDGER } from '../../../src/store/journal/ledger.ts';
import { REFERENCES } from '../../../src/store/journal/references.ts';
import { openBook } from '../../support/book.ts';
import { behind } from '../../support/store.ts';

const inWords = ({ table, column, to, by }: { table: string; column: string; to: string; by: string }) =>
  `${table}.${column} → ${to}.${by}`;

describe('references between rows of the ledger', () => {
  it('are all that the schema enforces, and those that only the books know', async () => {
    const book = await openBook();
    const enforced = await behind(book, async (raw) => {
      const found: string[] = [];
      for (const table of Object.keys(LEDGER))
        for (const reference of await raw.references(table))
          if (reference.column !== 'account_id') found.push(inWords({ table, ...reference }));
      return found;
    });
    expect(enforced.length).toBeGreaterThan(20);
    const declared = REFERENCES.map(inWords);
    expect(new Set(declared).size).toBe(declared.length);
    expect(enforced.filter((each) => !declared.includes(each))).toEqual([]);
    expect(declared.filter((each) => !enforced.includes(each)).toSorted()).toEqual([
      'appointments.series_id → appointments.id',
      'contract_parts.contract_id → quotes.id',
      'customers.merged_into → customers.id',
      'done_lines.line_id → quote_lines.line_id',
      'expenses.covers_line_id → quote_lines.line_id',
      'invoices.contract_id → quotes.id',
      'invoices.corrected_by_id → invoices.id',
      'payments.takes_back_id → payments.id',
      'quote_lines.changes_line_id → quote_lines.line_id',
      'quotes.contract_id → quotes.id',
      'quotes.walk_and_talk_id → walk_and_talks.id',
      'write_offs.contract_id → quotes.id',
    ]);
  });

  it('are every column that holds a number of something else', () => {
    const named = Object.entries(LEDGER).flatMap(([table, { columns }]) =>
      columns.filter((column: string) => column.endsWith('_id')).map((column: string) => `${table}.${column}`),
    );
    const declared = REFERENCES.map(({ table, column }) => `${table}.${column}`);
    // A line's identity is its own; nothing else is.
    expect(named.filter((each) => !declared.includes(each))).toEqual(['quote_lines.line_id']);
  });
});

describe('columns in words', () => {
  it('every column of the ledger has words for the history, or is meant to be silent', () => {
    const speechless = Object.entries(LEDGER).flatMap(([table, { columns }]) =>
      columns
        .filter((column: string) => fieldOf(table, column) === undefined)
        .map((column: string) => `${table}.${column}`),
    );
    expect(speechless).toEqual([]);
    expect(fieldOf('quotes', 'colour')).toBeUndefined();
    expect([fieldOf('payments', 'amount')?.words, fieldOf('invoice_lines', 'invoice_id')]).toEqual(['amount', null]);
  });

  it('a table whose rows are no records of their own says what they are part of', () => {
    const parts = Object.entries(LEDGER).flatMap(([table, { columns }]) =>
      columns.some((column: string) => column === 'created_at') || table === 'accounts' ? [] : [table],
    );
    expect(parts.length).toBeGreaterThan(5);
    expect(parts.filter((table) => partNoun(table) === null)).toEqual([]);
  });
});
