import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FILE_TYPES, fileName, usualKind } from '../../src/domain/file.ts';

describe('names of files', () => {
  it.each([
    ['roof.jpg', 'jpeg', 'roof.jpg'],
    ['roof.JPEG', 'jpeg', 'roof.JPEG'],
    ['roof.png', 'jpeg', 'roof.jpg'],
    ['roof', 'jpeg', 'roof.jpg'],
    ['../../etc/passwd', 'text', 'passwd.txt'],
    ['C:\\Users\\Sam\\signed estimate.pdf', 'pdf', 'signed estimate.pdf'],
    ['invoice.pdf.exe', 'pdf', 'invoice.pdf.exe.pdf'],
    ['deploy.js', 'text', 'deploy.js.txt'],
    ['v2.1 final', 'pdf', 'v2.1 final.pdf'],
    ['a<b>:"c"|d?*.csv', 'csv', 'a b c d.csv'],
    ['.hidden', 'text', 'hidden.txt'],
    ['...', 'zip', 'file.zip'],
    ['/', 'zip', 'file.zip'],
    ['one\ntwo.md', 'text', 'one two.md'],
  ] as const)('%s of type %s is kept as %s', (said, type, name) => {
    expect(fileName(said, FILE_TYPES[type])).toBe(name);
  });

  it('whatever is said: one line, no path, at most 200 characters, and the ending says what it is', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 400, unit: 'grapheme' }),
        fc.constantFrom(...Object.values(FILE_TYPES)),
        (said, type) => {
          const name = fileName(said, type);
          expect(name).not.toMatch(/[/\\\n\r]|^\.|^\s/);
          expect(name.length).toBeLessThanOrEqual(200);
          expect(name.isWellFormed()).toBe(true);
          expect(type.endings).toContain(name.split('.').at(-1)?.toLowerCase());
          expect(fileName(name, type)).toBe(name);
        },
      ),
    );
  });
});

it('a picture is a photo, what hangs on an expense its receipt, all else a document', () => {
  expect(usualKind('image/heic', false)).toBe('photo');
  expect(usualKind('image/heic', true)).toBe('receipt');
  expect(usualKind('application/pdf', false)).toBe('document');
});
