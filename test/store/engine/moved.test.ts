// A book that was moved elsewhere says so: whoever has it open writes nothing to it any more, and reads on.
import { expect, test } from 'vitest';
import { openBook } from '../../support/book.ts';
import { openEngine, plant, valueOf } from '../../support/store.ts';

const TO = 'postgres://db.example.com/books';

test('who has it open writes no more, is told where to, and reads on', async () => {
  const book = await openBook({ samples: false });
  await book.ok('create-customer', { name: 'Dana Henderson' });
  await plant(book, 'update book set moved_to = ?', TO);
  expect(await book.error('create-customer', { name: 'Rob Lee' })).toContain(
    `A move of this book to ${TO} was not finished, so nothing is written to it here. Run jobwright move again`,
  );
  expect(await book.error('create-customer', { name: 'Rob Lee' })).toContain('and this one with --instead-of');
  await plant(book, 'update book set moved_at = ?', '2026-11-28T10:00:00.000Z');
  expect(await book.error('create-customer', { name: 'Rob Lee' })).toContain(
    `This book was moved to ${TO} on 2026-11-28, so nothing is written to it here.`,
  );
  expect(await valueOf(book, 'select count(*) from customers')).toBe(1);
  expect(await book.ok('get-customer', { customer: 'C-1' })).toMatchObject({ customer: { name: 'Dana Henderson' } });
});

test('who opens it then opens it to be read', async () => {
  const book = await openBook({ samples: false });
  await plant(book, 'update book set moved_to = ?, moved_at = ?', TO, '2026-11-28T10:00:00.000Z');
  const engine = await openEngine(book);
  expect(engine).toMatchObject({ isReadOnly: true, moved: { to: TO, at: '2026-11-28T10:00:00.000Z' } });
  await engine.close();
});

test('one that a move fills writes nothing but for that move', async () => {
  const book = await openBook({ samples: false });
  await plant(book, "update book set arriving = 'a move'");
  expect(await book.error('create-customer', { name: 'Rob Lee' })).toContain(
    'A move into this database was not finished',
  );
});
