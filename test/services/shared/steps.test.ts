// A change that is saved is told: whatever column of a record becomes another, its log says which, and from what to what.
import { expect, test } from 'vitest';
import { declared } from '../../../src/kinds/declared.ts';
import type { Column } from '../../../src/kinds/kind.ts';
import { stepsTold } from '../../../src/services/shared/steps.ts';
import { openFullBook } from '../../store/full-book.ts';
import { rowsOf } from '../../support/store.ts';

const SAM = { actor: 'sam', client: 'test', tool: 'test' };
const COLUMNS: readonly [string, Column][] = Object.entries(declared('expense').columns);

/** Another value for a column, as it could come to stand there. */
function another(value: unknown, { form, to }: Column): string | number {
  if (to === 'line') return 2;
  if (to === 'monthly_expense') return 1;
  if (form === 'word') return 'other';
  if (form === 'money') return Number(value) + 1;
  if (form === 'yes') return value === 1 ? 0 : 1;
  return typeof value === 'number' ? value + 1 : `${String(value)}, corrected`;
}

const A_TEXT: unknown = expect.any(String);

test('no column of an expense is silent but its number and when it was written down', () => {
  const silent = COLUMNS.filter(([, { words }]) => words === null).map(([name]) => name);
  expect(silent).toEqual(['id', 'created_at']);
});

test.each(COLUMNS.filter(([, { words }]) => words !== null))(
  'an expense whose %s becomes another: that is said, and nothing else',
  async (name, column) => {
    const book = await openFullBook();
    const [row = {}] = await rowsOf(book, 'select * from expenses where id = 1');
    const value = another(row[name], column);
    expect(value).not.toBe(row[name]);
    const steps = await book.store.write(
      1,
      SAM,
      async (scope) => {
        // One column of its own row, whichever it is.
        await scope.journal.update('expenses', { id: 1 }, { [name]: value });
        return await stepsTold(scope, { kind: 'expense', id: 1 });
      },
      () => 'a change',
    );
    const before: unknown = row[name] === null ? null : A_TEXT;
    expect(steps).toEqual([{ code: 'log.step', facts: { of: column.words, from: before, to: A_TEXT } }]);
    const [{ facts } = { facts: {} }] = steps;
    expect(facts).not.toMatchObject({ to: 'from' in facts ? facts.from : '' });
  },
);
