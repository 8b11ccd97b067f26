import { expect, test } from 'vitest';
import { instant } from '../../../src/domain/dates.ts';
import { fieldsOf } from '../../../src/store/books/fields.ts';

test('what a record is from the first day on stays, whatever is said of it', () => {
  const said = { id: 7, isSample: true, createdAt: instant('2026-01-05T09:00:00.000Z'), name: 'Roof' };
  expect(fieldsOf('job').patch(said)).toEqual({ name: 'Roof' });
});
