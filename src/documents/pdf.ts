// A customer's paper as a PDF: letterhead, whom it is for, its lines, sums, notes and terms. It prints what the
// customer's view says and can say no more.
import { refused } from '../domain/errors.ts';
import type { MadePdf } from '../views/customer/document.ts';
import type { PaperView } from '../views/customer/paper.ts';
import { ACCENT, BAD, GOOD, INK, MUTED, RULE, WHITE } from './ink.ts';
import { leading, Pen, type Box, type Style } from './pen.ts';
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
    throw refused(
      `${view.ref} is too long for a PDF here: ${words.length} characters, and at most ${LONGEST} fit. Ask for format html, which a browser prints.`,
    );
  const { stamp } = view;
  const pen = await Pen.open({
    size: LETTER_COUNTRIES.includes(view.currency.slice(0, 2)) ? 'LETTER' : 'A4',
    margin: MARGIN,
    title: `${view.title} ${view.ref}`,
    author: view.from.name,
    language: view.locale,
    texts: [words],
  });
  pen.begin(() => {
    if (stamp !== null && !stamp.inForce) pen.watermark(stamp.text, { size: 110, bold: true, color: BAD });
  });
  drawLetterhead(pen, view);
  drawWhom(pen, view);
  drawLines(pen, view);
  drawSums(pen, view);
  drawClosing(pen, view);
  const bytes = await pen.end((page, pages) => drawPageFoot(pen, view, `Page ${page} of ${pages}`));
  return { bytes, unprintable: pen.unprintable };
}

function drawLetterhead(pen: Pen, { from, title, ref, stamp }: PaperView): void {
  const top = pen.y;
  const { left, right } = parts(pen);
  pen.write(from.name, { size: 17, bold: true, color: INK }, left);
  pen.y += 2;
  for (const line of from.lines) pen.write(line, QUIET, left);
  const leftEnd = pen.y;
  pen.y = top;
  pen.write(title, { size: 20, bold: true, color: ACCENT }, right);
  pen.write(ref, { size: 11, color: MUTED }, right);
  if (stamp !== null) drawStamp(pen, stamp);
  pen.y = Math.max(leftEnd, pen.y) + 10;
  pen.rule(ACCENT, 1.5);
  pen.y += 16;
}

/** Two boxes side by side, the right one flush right. */
function parts(pen: Pen): { readonly left: Box; readonly right: Box } {
  const width = pen.right - pen.left;
  const gap = 16;
  return {
    left: { x: pen.left, width: width * LEFT_PART - gap },
    right: { x: pen.left + width * LEFT_PART, width: width * (1 - LEFT_PART), align: 'right' },
  };
}

function drawStamp(pen: Pen, { text, inForce }: NonNullable<PaperView['stamp']>): void {
  const style: Style = { size: 10, bold: true, color: inForce ? GOOD : BAD };
  const width = pen.width(text, style) + 18;
  const x = pen.right - width;
  pen.y += 5;
  pen.frame(style.color, { x, y: pen.y, width, height: 19 });
  pen.y += 2.5;
  pen.write(text, style, { x: x + 9, width });
  pen.y += 6;
}

function drawWhom(pen: Pen, { to, facts, subject }: PaperView): void {
  const top = pen.y;
  const { left, right } = parts(pen);
  pen.write(to.label.toUpperCase(), LABEL, left);
  pen.write(to.name, { size: 11, bold: true, color: INK }, left);
  for (const line of to.lines) pen.write(line, BODY, left);
  const leftEnd = pen.y;
  pen.y = top;
  for (const { label, value } of facts) {
    drawPair(pen, { label, value, labelStyle: { ...BODY, color: MUTED }, valueStyle: BODY }, right);
  }
  pen.y = Math.max(leftEnd, pen.y) + 14;
  if (subject === null) return;
  pen.write(subject, { size: 12, bold: true, color: INK }, { x: pen.left, width: pen.right - pen.left });
  pen.y += 8;
}

type Pair = { readonly label: string; readonly value: string; readonly labelStyle: Style; readonly valueStyle: Style };

/** A label and, flush right beside it, what it is. Where the two do not fit on one line the label is broken. */
function drawPair(pen: Pen, { label, value, labelStyle, valueStyle }: Pair, { x, width }: Box): void {
  const top = pen.y;
  pen.write(value, valueStyle, { x, width, align: 'right' });
  const valueEnd = pen.y;
  pen.y = top;
  pen.write(label, labelStyle, { x, width: Math.max(width - pen.width(value, valueStyle) - 10, width * 0.3) });
  pen.y = Math.max(valueEnd, pen.y);
}

/** The sums stand together: on the next page, where this one has no room for them. */
function drawSums(pen: Pen, { sums, result }: PaperView): void {
  const box = { x: pen.right - SUMS_WIDTH, width: SUMS_WIDTH };
  const inner = { x: box.x + 8, width: box.width - 14 };
  const strong = resultStyle(pen, result, inner.width);
  const height = leading(strong) + 12;
  pen.need((sums.length + 1) * (leading(BODY) + 2) + height + 4);
  for (const { label, amount } of sums) {
    drawPair(pen, { label, value: amount, labelStyle: { ...BODY, color: MUTED }, valueStyle: BODY }, inner);
    pen.y += 2;
  }
  pen.y += 4;
  pen.need(height);
  pen.fill(ACCENT, { x: box.x, y: pen.y, width: box.width, height });
  pen.y += 6;
  drawPair(pen, { label: result.label, value: result.amount, labelStyle: strong, valueStyle: strong }, inner);
  pen.y += 24;
}

/** As large as fits on one line. */
function resultStyle(pen: Pen, { label, amount }: PaperView['result'], width: number): Style {
  const styles = [12, 10.5, 9, 7.5].map((size): Style => ({ size, bold: true, color: WHITE }));
  const fits = (style: Style) => pen.width(label, style) + pen.width(amount, style) + 10 <= width;
  return styles.find(fits) ?? { size: 6, bold: true, color: WHITE };
}

function drawClosing(pen: Pen, { notes, terms, signature }: PaperView): void {
  const box = { x: pen.left, width: pen.right - pen.left };
  if (notes !== null) {
    pen.need(3 * leading(BODY));
    pen.write('NOTES', LABEL, box);
    pen.write(notes, BODY, box);
    pen.y += 12;
  }
  pen.write(terms, { ...BODY, color: MUTED }, box);
  if (!signature) return;
  pen.need(70);
  pen.y += 46;
  const split = pen.left + (pen.right - pen.left) * 0.66;
  pen.rule(MUTED, 0.6, { from: pen.left, to: split - 12 });
  pen.rule(MUTED, 0.6, { from: split + 12, to: pen.right });
  pen.y += 3;
  pen.write('Accepted by', QUIET, box);
  pen.y -= leading(QUIET);
  pen.write('Date', QUIET, { x: split + 12, width: 100 });
}

function drawPageFoot(pen: Pen, { from, title, ref }: PaperView, pages: string): void {
  const style: Style = { size: 8, color: MUTED };
  pen.y = pen.bottom + 12;
  pen.rule(RULE, 0.6);
  pen.y += 5;
  const width = pen.right - pen.left;
  const [name] = pen.lines(`${title} ${ref} · ${from.name}`, style, width * 0.8);
  if (name !== undefined) pen.put(name, style, { x: pen.left, width });
  pen.put(pen.line(pages, style), style, { x: pen.left, width, align: 'right' });
}
