// Where a book goes is kept in it and told to everybody: it names a server and a database, and never a password.
import { expect, it } from 'vitest';
import { placeOf } from '../../src/move/into-database.ts';

it.each([
  ['postgres://jobwright:secret@db.example.com/books', 'postgres://db.example.com/books'],
  ['postgresql://jobwright:se@cret@one:5432,two/books?sslmode=require', 'postgres://one:5432,two/books'],
  ['postgres://jobwright:se/cr?et@db.example.com/books', 'postgres://db.example.com/books'],
  ['postgres://db.example.com/books', 'postgres://db.example.com/books'],
])('%s is told as %s', (url, place) => {
  expect(placeOf(url)).toBe(place);
});
