// The letters that a PDF can print: Noto Sans for Latin, Greek and Cyrillic, and Source Han Sans, loaded only where a
// paper needs it, for Chinese, Japanese and Korean. Fonts come with the program, so that every machine prints the same.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { create, type Font as Letters } from 'fontkit';
import { fontFile } from './font-files.ts';

export type Font = {
  readonly name: string;
  readonly letters: Letters;
  /** Null where the font has no bold letters of its own. */
  readonly bold: Letters | null;
};

/** A stretch of text in one font. */
export type Run = { readonly font: Font; readonly text: string };

export type Fonts = {
  /** A character that no font has stays with the first one, which prints a box, and is remembered. */
  runs(text: string): Run[];
  readonly unprintable: ReadonlySet<string>;
};

/** The fonts that these texts need. */
export async function fontsFor(texts: Iterable<string>): Promise<Fonts> {
  const signs = new Set([...texts].flatMap((text) => [...text]));
  const first = await latin();
  const fonts = [first];
  for (const more of [han, hangul]) {
    const isMissing = (sign: string) => !isInvisible(sign) && !fonts.some((font) => hasAll(font, sign));
    if ([...signs].some(isMissing)) fonts.push(await more());
  }
  const unprintable = new Set<string>();
  const found = new Map<string, Font>();
  // A font is asked once for each character: looking one up in a CJK font takes longer than setting it.
  const fontOf = (sign: string): Font => {
    const known = found.get(sign);
    if (known !== undefined) return known;
    const font = fonts.find((each) => hasAll(each, sign));
    if (font === undefined) unprintable.add(sign);
    found.set(sign, font ?? first);
    return font ?? first;
  };
  return { runs: (text) => runsOf(text, first, fontOf), unprintable };
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** An accent stays with its letter, so both come from one font. */
function runsOf(text: string, first: Font, fontOf: (sign: string) => Font): Run[] {
  if (/^[ -~]+$/.test(text)) return [{ font: first, text }];
  const runs: { font: Font; text: string }[] = [];
  for (const { segment } of graphemes.segment(text)) {
    const sign = [...segment].filter((each) => !isInvisible(each)).join('');
    const font = fontOf(sign);
    const last = runs.at(-1);
    if (last?.font === font) last.text += sign;
    else if (sign !== '') runs.push({ font, text: sign });
  }
  return runs;
}

/** Signs that only choose between the shapes of the sign before them. */
function isInvisible(sign: string): boolean {
  return /^\p{Variation_Selector}$/u.test(sign);
}

function hasAll(font: Font, text: string): boolean {
  return [...text].every((sign) => font.letters.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0));
}

const require = createRequire(import.meta.url);

const latin = once(async (): Promise<Font> => {
  const folder = join(dirname(require.resolve('@embedpdf/fonts-latin')), '../fonts');
  const open = async (weight: string) => opened(await readFile(join(folder, `NotoSans-${weight}.ttf`)));
  return { name: 'Latin', letters: await open('Regular'), bold: await open('Bold') };
});
/** Unicode's first block of Chinese characters, which holds those of Japan and Korea too, and both kana. */
const han = once(async () => await cjk('Han', fontFile('SourceHanSansCN')));
const hangul = once(async () => await cjk('Hangul', fontFile('SourceHanSansKR')));

async function cjk(name: string, path: URL): Promise<Font> {
  return { name, letters: opened(await readFile(path)), bold: null };
}

function opened(file: Buffer): Letters {
  const font = create(file);
  if ('fonts' in font) throw new Error('the file holds several fonts, not one');
  return font;
}

/** Opened at the first use, then kept: reading a font's tables takes longer than writing a page with it. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
