// The lines of a paper as a table that goes over as many pages as it takes, with its head again on each.
import type { PaperView } from '../views/customer/paper.ts';
import { ACCENT, INK, RULE, WHITE } from './ink.ts';
import { leading, type Line, type Pen, type Style } from './pen.ts';

type PaperLine = PaperView['lines'][number];
type Column = { readonly head: string; readonly align: 'left' | 'right'; readonly cell: (line: PaperLine) => string };
type Placed = Column & { readonly x: number; readonly width: number };
type Table = { readonly columns: readonly Placed[]; readonly style: Style };

const PAD = 6;
const GAP = 12;
const ROW_PAD = 3.5;
/** Large amounts make the letters smaller, so that no column runs into another. */
const SIZES = [9.5, 8.5, 7.5, 6.5];
const SMALLEST = 5.5;
const NARROWEST_DESCRIPTION = 150;
const WIDEST_UNIT = 72;

export function drawLines(pen: Pen, view: PaperView): void {
  const table = tableFor(pen, view);
  // A head never stands alone at the end of a page.
  pen.need(3 * rowHeight(table.style, 1));
  drawHead(pen, table);
  for (const line of view.lines) drawRow(pen, table, line);
  pen.y += 12;
}

function tableFor(pen: Pen, { lines, taxPerLine }: PaperView): Table {
  const numbers: readonly Column[] = [
    { head: 'Quantity', align: 'right', cell: (line) => line.quantity },
    { head: 'Unit', align: 'left', cell: (line) => line.unit ?? '' },
    { head: 'Unit price', align: 'right', cell: (line) => line.unitPrice ?? '' },
    { head: 'Tax', align: 'right', cell: (line) => (taxPerLine ? line.tax : '') },
    { head: 'Amount', align: 'right', cell: (line) => line.amount },
  ];
  const used = numbers.filter(({ cell }) => lines.some((line) => cell(line) !== ''));
  for (const size of SIZES) {
    const table = placed(pen, used, lines, { size, color: INK });
    if ((table.columns[0]?.width ?? 0) >= NARROWEST_DESCRIPTION) return table;
  }
  return placed(pen, used, lines, { size: SMALLEST, color: INK });
}

/** Each column as wide as what stands in it, and the description in the room that is left. */
function placed(pen: Pen, columns: readonly Column[], lines: readonly PaperLine[], style: Style): Table {
  const head = headStyle(style);
  const widths = columns.map((column) => {
    const widest = Math.max(pen.width(column.head, head), ...lines.map((line) => pen.width(column.cell(line), style)));
    return column.align === 'left' ? Math.min(widest, WIDEST_UNIT) : widest;
  });
  const taken = widths.reduce((sum, width) => sum + width + GAP, 0);
  const description = { head: 'Description', align: 'left', cell: (line: PaperLine) => line.description } as const;
  let x = pen.left + PAD;
  const place = (column: Column, width: number): Placed => {
    const at = x;
    x += width + GAP;
    return { ...column, x: at, width };
  };
  return {
    columns: [
      place(description, pen.right - pen.left - 2 * PAD - taken),
      ...columns.map((column, index) => place(column, widths[index] ?? 0)),
    ],
    style,
  };
}

function headStyle({ size }: Style): Style {
  return { size, bold: true, color: WHITE };
}

function rowHeight(style: Style, lines: number): number {
  return lines * leading(style) + 2 * ROW_PAD;
}

function drawHead(pen: Pen, { columns, style }: Table): void {
  const head = headStyle(style);
  const height = rowHeight(head, 1) + 2;
  pen.fill(ACCENT, { x: pen.left, y: pen.y, width: pen.right - pen.left, height });
  for (const column of columns) pen.put(pen.line(column.head, head), head, column, pen.y + ROW_PAD + 1);
  pen.y += height;
}

function drawRow(pen: Pen, table: Table, line: PaperLine): void {
  const { columns, style } = table;
  const cells = columns.map((column) => ({
    column,
    lines: pen.lines(column.cell(line), style, column.align === 'left' ? column.width : Infinity),
  }));
  const count = Math.max(...cells.map((cell) => cell.lines.length));
  // A row stays whole where a page has room for it; one that is longer begins here and goes on overleaf.
  const whole = rowHeight(style, count);
  const fitsOnePage = whole < (pen.bottom - pen.margin) / 2;
  if (pen.need(fitsOnePage ? whole : rowHeight(style, 2))) drawHead(pen, table);
  pen.y += ROW_PAD;
  for (let index = 0; index < count; index += 1) {
    if (pen.need(leading(style) + ROW_PAD)) {
      drawHead(pen, table);
      pen.y += ROW_PAD;
    }
    for (const { column, lines } of cells) putAt(pen, lines[index], style, column);
    pen.y += leading(style);
  }
  pen.y += ROW_PAD;
  pen.rule(RULE, 0.6);
}

function putAt(pen: Pen, line: Line | undefined, style: Style, column: Placed): void {
  if (line !== undefined) pen.put(line, style, column);
}
