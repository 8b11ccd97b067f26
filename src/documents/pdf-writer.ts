// Writes text in boxes onto the pages of a PDF: several fonts on one line, lines broken where a reader expects it.
// Knows nothing of papers; lengths are points, y counts down from the top of the page.
import { buffer } from 'node:stream/consumers';
import Pdf from 'pdfkit';
import { fontsFor, type Font, type Fonts, type Run } from './fonts.ts';

export type Style = { readonly size: number; readonly bold?: boolean; readonly color: string };
export type Line = { readonly runs: readonly (Run & { readonly width: number })[]; readonly width: number };
export type Box = { readonly x: number; readonly width: number; readonly align?: 'left' | 'right' };

type Setup = {
  readonly size: 'LETTER' | 'A4';
  readonly margin: number;
  readonly title: string;
  readonly author: string;
  readonly language: string;
  /** Every text that will be written, so that the fonts they need are there before the first is. */
  readonly texts: Iterable<string>;
};

const LEADING = 1.4;
/** How far below the top of its line a text stands, as a share of its size. */
const ASCENT = 1.05;
/** Fonts without bold letters are drawn with a thin stroke around them. */
const STROKE = 0.035;

/** The library also takes fonts that are open already, which its types do not say yet. */
type Source = Parameters<PDFKit.PDFDocument['registerFont']>[1];
type Shelf = { registerFont(name: string, source: Source | Font['letters']): unknown };

export class PdfWriter {
  readonly #document: PDFKit.PDFDocument;
  readonly #bytes: Promise<Buffer>;
  readonly #fonts: Fonts;
  readonly #shelf: Shelf;
  readonly #known = new Set<string>();
  /** Of what was measured, at a size of 1: a word or a character comes again and again. */
  readonly #widths = new Map<string, number>();
  readonly margin: number;
  y: number;
  /** Drawn first on every page, below what is written there. */
  #onPage: () => void = () => {};

  static async open(setup: Setup): Promise<PdfWriter> {
    return new PdfWriter(setup, await fontsFor(setup.texts));
  }

  private constructor({ size, margin, title, author, language }: Setup, fonts: Fonts) {
    this.#document = new Pdf({
      size,
      margin: 0,
      bufferPages: true,
      autoFirstPage: false,
      lang: language,
      displayTitle: true,
      info: { Title: title, Author: author, Creator: 'Jobwright', Producer: 'Jobwright' },
    });
    this.#shelf = this.#document;
    this.#bytes = buffer(this.#document);
    this.#fonts = fonts;
    this.margin = margin;
    this.y = margin;
  }

  get left(): number {
    return this.margin;
  }

  get right(): number {
    return this.#document.page.width - this.margin;
  }

  get bottom(): number {
    return this.#document.page.height - this.margin;
  }

  get unprintable(): readonly string[] {
    return [...this.#fonts.unprintable];
  }

  /** Begins the first page, and has every page begin with this. */
  begin(onPage: () => void): void {
    this.#onPage = onPage;
    this.turn();
  }

  /** Begins the next page. */
  turn(): void {
    this.#document.addPage();
    this.y = this.margin;
    this.#onPage();
  }

  /** Begins the next page where this much no longer fits on this one. True where it did. */
  need(height: number): boolean {
    if (this.y + height <= this.bottom) return false;
    this.turn();
    return true;
  }

  width(text: string, style: Style): number {
    const key = style.bold === true ? `bold ${text}` : `plain ${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known * style.size;
    const { width } = this.line(text, style);
    this.#widths.set(key, width / style.size);
    return width;
  }

  /** Breaks a text into lines no wider than this: at its own line ends, between words, and within a word that is too long. */
  lines(text: string, style: Style, width: number): Line[] {
    return text.split('\n').flatMap((paragraph) => {
      const lines: string[] = [];
      let line = '';
      let used = 0;
      for (const piece of piecesOf(paragraph).flatMap((each) => this.#fitting(each, style, width))) {
        if (line !== '' && used + this.width(piece.trimEnd(), style) > width) {
          lines.push(line);
          line = '';
          used = 0;
        }
        line += piece;
        used += this.width(piece, style);
      }
      return [...lines, line].map((each) => this.line(each.trimEnd(), style));
    });
  }

  #fitting(piece: string, style: Style, width: number): string[] {
    return this.width(piece.trimEnd(), style) <= width
      ? [piece]
      : [...graphemes.segment(piece)].map((each) => each.segment);
  }

  /** A text on one line, however wide. */
  line(text: string, style: Style): Line {
    const runs = this.#fonts.runs(text.replaceAll('\t', ' ')).map((run) => {
      this.#take(run.font, style);
      return { ...run, width: this.#document.widthOfString(run.text) };
    });
    return { runs, width: runs.reduce((sum, run) => sum + run.width, 0) };
  }

  /** Writes one line at `y`, which stays where it is. */
  put(line: Line, style: Style, { x, width, align = 'left' }: Box, y = this.y): void {
    let at = align === 'right' ? x + width - line.width : x;
    for (const run of line.runs) {
      const isDrawnBold = this.#take(run.font, style);
      this.#document
        .fillColor(style.color)
        .strokeColor(style.color)
        .lineWidth(style.size * STROKE)
        .text(run.text, at, y + style.size * ASCENT, {
          lineBreak: false,
          baseline: 'alphabetic',
          fill: true,
          stroke: isDrawnBold,
        });
      at += run.width;
    }
  }

  /** Writes a text downwards from `y`, over as many pages as it takes, and leaves `y` below it. */
  write(text: string, style: Style, box: Box): void {
    for (const line of this.lines(text, style, box.width)) {
      this.need(leading(style));
      this.put(line, style, box);
      this.y += leading(style);
    }
  }

  /** Chooses the font for what is measured or written next. True where its bold letters have to be drawn. */
  #take({ name, letters, bold }: Font, style: Style): boolean {
    const isBold = style.bold === true;
    const key = isBold && bold !== null ? `${name} bold` : name;
    if (!this.#known.has(key)) this.#shelf.registerFont(key, isBold ? (bold ?? letters) : letters);
    this.#known.add(key);
    this.#document.font(key).fontSize(style.size);
    return isBold && bold === null;
  }

  /** A line across at `y`, from margin to margin unless told otherwise. */
  rule(color: string, thickness: number, { from, to } = { from: this.left, to: this.right }): void {
    this.#document.moveTo(from, this.y).lineTo(to, this.y).lineWidth(thickness).strokeColor(color).stroke();
  }

  fill(color: string, { x, y, width, height }: { x: number; y: number; width: number; height: number }): void {
    this.#document.rect(x, y, width, height).fill(color);
  }

  frame(color: string, { x, y, width, height }: { x: number; y: number; width: number; height: number }): void {
    this.#document.roundedRect(x, y, width, height, 3).lineWidth(1.2).stroke(color);
  }

  /** One word across the whole page, so faint that what stands on it can be read. */
  watermark(word: string, style: Style): void {
    const { width, height } = this.#document.page;
    const line = this.line(word, style);
    this.#document
      .save()
      .rotate(-40, { origin: [width / 2, height / 2] })
      .opacity(0.09);
    this.put(line, style, { x: (width - line.width) / 2, width: line.width }, height / 2 - style.size / 2);
    this.#document.restore();
  }

  /** Ends the document, with this drawn onto each page. */
  async end(onEach: (page: number, pages: number) => void): Promise<Uint8Array> {
    const { start, count } = this.#document.bufferedPageRange();
    for (let page = start; page < start + count; page += 1) {
      this.#document.switchToPage(page);
      onEach(page - start + 1, count);
    }
    this.#document.end();
    return await this.#bytes;
  }
}

export function leading({ size }: Style): number {
  return size * LEADING;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Where CJK text may not begin a line: closing signs and small kana stay with what they follow. */
const STAYS = /^[、。，．・：；？！」』）】〕〉》”’ーぁぃぅぇぉっゃゅょァィゥェォッャュョ]/u;
const CJK = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** The parts between which a line may be broken; each keeps the spaces after it. */
function piecesOf(paragraph: string): string[] {
  const pieces: string[] = [];
  let mayBreak = true;
  for (const { segment } of graphemes.segment(paragraph)) {
    const isSpace = /^\s/u.test(segment);
    const isCjk = CJK.test(segment);
    const last = pieces.at(-1);
    if (last !== undefined && (isSpace || STAYS.test(segment) || !(mayBreak || isCjk)))
      pieces[pieces.length - 1] = last + segment;
    else pieces.push(segment);
    mayBreak = isSpace || isCjk || /^[-–—/]/u.test(segment);
  }
  return pieces;
}
