// A customer's paper as a PDF: letterhead, whom it is for, its lines, sums, notes and terms. It prints what the
// customer's view says and can say no more.
import { refused } from '../domain/errors.ts';
import { says } from '../domain/message.ts';
import type { MadePdf } from '../views/customer/document.ts';
import type { PaperView } from '../views/customer/paper.ts';
import { ACCENT, BAD, GOOD, INK, MUTED, RULE, WHITE } from './palette.ts';
import { leading, PdfWriter, type Box, type Style } from './pdf-writer.ts';
import { drawLines } from './table.ts';

const BODY: Style = { size: 9.5, color: INK };
const QUIET: Style = { size: 9, color: MUTED };
const LABEL: Style = { size: 7.5, bold: true, color: MUTED };
const MARGIN = 54;
/** The left part of the letterhead; the right one has the rest. */
const LEFT_PART = 0.56;
const SUMS_WIDTH = 264;

/** Countries that write on US Letter; all others write on A4. */
const LETTER_COUNTRIES = ['US', 'CA', 'MX', 'PH', 'CL', 'CO', 'CR', 'GT', 'NI', 'PA', 'SV', 'VE', 'DO', 'BZ'];

/** Of all words of a paper; 200 lines as long as a line may be have a third of it. */
const LONGEST = 300_000;

/** @throws Problem where the paper has more words than a PDF of a moment can hold */
export async function renderPdf(view: PaperView): Promise<MadePdf> {
  const words = JSON.stringify(view);
  if (words.length > LONGEST)
    throw refused(says('document.too-long-for-pdf', { ref: view.ref, characters: words.length, most: LONGEST }));
  const { stamp } = view;
  const writer = await PdfWriter.open({
    size: LETTER_COUNTRIES.includes(view.currency.slice(0, 2)) ? 'LETTER' : 'A4',
    margin: MARGIN,
    title: `${view.title} ${view.ref}`,
    author: view.from.name,
    language: view.locale,
    texts: [words],
  });
  writer.begin(() => {
    if (stamp !== null && !stamp.inForce) writer.watermark(stamp.text, { size: 110, bold: true, color: BAD });
  });
  drawLetterhead(writer, view);
  drawWhom(writer, view);
  drawLines(writer, view);
  drawSums(writer, view);
  drawClosing(writer, view);
  const bytes = await writer.end((page, pages) => drawPageFoot(writer, view, `Page ${page} of ${pages}`));
  return { bytes, unprintable: writer.unprintable };
}

function drawLetterhead(writer: PdfWriter, { from, title, ref, stamp }: PaperView): void {
  const top = writer.y;
  const { left, right } = parts(writer);
  writer.write(from.name, { size: 17, bold: true, color: INK }, left);
  writer.y += 2;
  for (const line of from.lines) writer.write(line, QUIET, left);
  const leftEnd = writer.y;
  writer.y = top;
  writer.write(title, { size: 20, bold: true, color: ACCENT }, right);
  writer.write(ref, { size: 11, color: MUTED }, right);
  if (stamp !== null) drawStamp(writer, stamp);
  writer.y = Math.max(leftEnd, writer.y) + 10;
  writer.rule(ACCENT, 1.5);
  writer.y += 16;
}

/** Two boxes side by side, the right one flush right. */
function parts(writer: PdfWriter): { readonly left: Box; readonly right: Box } {
  const width = writer.right - writer.left;
  const gap = 16;
  return {
    left: { x: writer.left, width: width * LEFT_PART - gap },
    right: { x: writer.left + width * LEFT_PART, width: width * (1 - LEFT_PART), align: 'right' },
  };
}

function drawStamp(writer: PdfWriter, { text, inForce }: NonNullable<PaperView['stamp']>): void {
  const style: Style = { size: 10, bold: true, color: inForce ? GOOD : BAD };
  const width = writer.width(text, style) + 18;
  const x = writer.right - width;
  writer.y += 5;
  writer.frame(style.color, { x, y: writer.y, width, height: 19 });
  writer.y += 2.5;
  writer.write(text, style, { x: x + 9, width });
  writer.y += 6;
}

function drawWhom(writer: PdfWriter, { to, facts, subject }: PaperView): void {
  const top = writer.y;
  const { left, right } = parts(writer);
  writer.write(to.label.toUpperCase(), LABEL, left);
  writer.write(to.name, { size: 11, bold: true, color: INK }, left);
  for (const line of to.lines) writer.write(line, BODY, left);
  const leftEnd = writer.y;
  writer.y = top;
  for (const { label, value } of facts) {
    drawPair(writer, { label, value, labelStyle: { ...BODY, color: MUTED }, valueStyle: BODY }, right);
  }
  writer.y = Math.max(leftEnd, writer.y) + 14;
  if (subject === null) return;
  writer.write(subject, { size: 12, bold: true, color: INK }, { x: writer.left, width: writer.right - writer.left });
  writer.y += 8;
}

type Pair = { readonly label: string; readonly value: string; readonly labelStyle: Style; readonly valueStyle: Style };

/** A label and, flush right beside it, what it is. Where the two do not fit on one line the label is broken. */
function drawPair(writer: PdfWriter, { label, value, labelStyle, valueStyle }: Pair, { x, width }: Box): void {
  const top = writer.y;
  writer.write(value, valueStyle, { x, width, align: 'right' });
  const valueEnd = writer.y;
  writer.y = top;
  writer.write(label, labelStyle, { x, width: Math.max(width - writer.width(value, valueStyle) - 10, width * 0.3) });
  writer.y = Math.max(valueEnd, writer.y);
}

/** The sums stand together: on the next page, where this one has no room for them. */
function drawSums(writer: PdfWriter, { sums, result }: PaperView): void {
  const box = { x: writer.right - SUMS_WIDTH, width: SUMS_WIDTH };
  const inner = { x: box.x + 8, width: box.width - 14 };
  const strong = resultStyle(writer, result, inner.width);
  const height = leading(strong) + 12;
  writer.need((sums.length + 1) * (leading(BODY) + 2) + height + 4);
  for (const { label, amount } of sums) {
    drawPair(writer, { label, value: amount, labelStyle: { ...BODY, color: MUTED }, valueStyle: BODY }, inner);
    writer.y += 2;
  }
  writer.y += 4;
  writer.need(height);
  writer.fill(ACCENT, { x: box.x, y: writer.y, width: box.width, height });
  writer.y += 6;
  drawPair(writer, { label: result.label, value: result.amount, labelStyle: strong, valueStyle: strong }, inner);
  writer.y += 24;
}

/** As large as fits on one line. */
function resultStyle(writer: PdfWriter, { label, amount }: PaperView['result'], width: number): Style {
  const styles = [12, 10.5, 9, 7.5].map((size): Style => ({ size, bold: true, color: WHITE }));
  const fits = (style: Style) => writer.width(label, style) + writer.width(amount, style) + 10 <= width;
  return styles.find(fits) ?? { size: 6, bold: true, color: WHITE };
}

function drawClosing(writer: PdfWriter, { notes, terms, signature }: PaperView): void {
  const box = { x: writer.left, width: writer.right - writer.left };
  if (notes !== null) {
    writer.need(3 * leading(BODY));
    writer.write('NOTES', LABEL, box);
    writer.write(notes, BODY, box);
    writer.y += 12;
  }
  writer.write(terms, { ...BODY, color: MUTED }, box);
  if (!signature) return;
  writer.need(70);
  writer.y += 46;
  const split = writer.left + (writer.right - writer.left) * 0.66;
  writer.rule(MUTED, 0.6, { from: writer.left, to: split - 12 });
  writer.rule(MUTED, 0.6, { from: split + 12, to: writer.right });
  writer.y += 3;
  writer.write('Accepted by', QUIET, box);
  writer.y -= leading(QUIET);
  writer.write('Date', QUIET, { x: split + 12, width: 100 });
}

function drawPageFoot(writer: PdfWriter, { from, title, ref }: PaperView, pages: string): void {
  const style: Style = { size: 8, color: MUTED };
  writer.y = writer.bottom + 12;
  writer.rule(RULE, 0.6);
  writer.y += 5;
  const width = writer.right - writer.left;
  const [name] = writer.lines(`${title} ${ref} · ${from.name}`, style, width * 0.8);
  if (name !== undefined) writer.put(name, style, { x: writer.left, width });
  writer.put(writer.line(pages, style), style, { x: writer.left, width, align: 'right' });
}
