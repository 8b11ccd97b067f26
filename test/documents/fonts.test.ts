// What setting a long text costs, counted in questions to the fonts.
import { expect, test } from 'vitest';
import { fontsFor } from '../../src/documents/fonts.ts';
import { PdfWriter } from '../../src/documents/pdf-writer.ts';

const CHARACTERS = Array.from({ length: 20 }, (_, index) => String.fromCodePoint(0x5c4b + index)).join('');
/** 500 characters, as long as a line of a paper may be. */
const DESCRIPTION = CHARACTERS.repeat(25);

test('200 lines of 500 Chinese characters ask for each character once', async () => {
  const fonts = await fontsFor([DESCRIPTION]);
  const letters = fonts.runs(CHARACTERS)[0]?.font.letters;
  if (letters === undefined) throw new Error('no font has these characters');
  const ask = letters.hasGlyphForCodePoint.bind(letters);
  let asked = 0;
  letters.hasGlyphForCodePoint = (point) => {
    asked += 1;
    return ask(point);
  };
  try {
    const writer = await PdfWriter.open({
      ...{ size: 'A4', margin: 50, title: 'Long', author: 'Anna', language: 'en', texts: [DESCRIPTION] },
    });
    writer.begin(() => undefined);
    for (let line = 0; line < 200; line += 1)
      writer.write(DESCRIPTION, { size: 9, color: '#000000' }, { x: 50, width: 200 });
    await writer.end(() => undefined);
  } finally {
    letters.hasGlyphForCodePoint = ask;
  }
  expect(asked).toBeGreaterThan(0);
  expect(asked).toBeLessThan(500);
});
