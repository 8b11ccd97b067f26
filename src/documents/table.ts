// The lines of a paper as a table that goes over as many pages as it takes, with its head again on each.
import type { PaperView } from '../views/customer/paper.ts';
import { ACCENT, INK, RULE, WHITE } from './palette.ts';
import { leading, type Line, type PdfWriter, type Style } from './pdf-writer.ts';

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

export function drawLines(writer: PdfWriter, view: PaperView): void {
  const table = tableFor(writer, view);
  // A head never stands alone at the end of a page.
  writer.need(3 * rowHeight(table.style, 1));
  drawHead(writer, table);
  for (const line of view.lines) drawRow(writer, table, line);
  writer.y += 12;
}

function tableFor(writer: PdfWriter, { lines, taxPerLine }: PaperView): Table {
  const numbers: readonly Column[] = [
    { head: 'Quantity', align: 'right', cell: (line) => line.quantity },
    { head: 'Unit', align: 'left', cell: (line) => line.unit ?? '' },
    { head: 'Unit price', align: 'right', cell: (line) => line.unitPrice ?? '' },
    { head: 'Tax', align: 'right', cell: (line) => (taxPerLine ? line.tax : '') },
    { head: 'Amount', align: 'right', cell: (line) => line.amount },
  ];
  const used = numbers.filter(({ cell }) => lines.some((line) => cell(line) !== ''));
  for (const size of SIZES) {
    const table = placed(writer, used, lines, { size, color: INK });
    if ((table.columns[0]?.width ?? 0) >= NARROWEST_DESCRIPTION) return table;
  }
  return placed(writer, used, lines, { size: SMALLEST, color: INK });
}

/** Each column as wide as what stands in it, and the description in the room that is left. */
function placed(writer: PdfWriter, columns: readonly Column[], lines: readonly PaperLine[], style: Style): Table {
  const head = headStyle(style);
  const widths = columns.map((column) => {
    const widest = Math.max(
      writer.width(column.head, head),
      ...lines.map((line) => writer.width(column.cell(line), style)),
    );
    return column.align === 'left' ? Math.min(widest, WIDEST_UNIT) : widest;
  });
  const taken = widths.reduce((sum, width) => sum + width + GAP, 0);
  const description = { head: 'Description', align: 'left', cell: (line: PaperLine) => line.description } as const;
  let x = writer.left + PAD;
  const place = (column: Column, width: number): Placed => {
    const at = x;
    x += width + GAP;
    return { ...column, x: at, width };
  };
  return {
    columns: [
      place(description, writer.right - writer.left - 2 * PAD - taken),
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

function drawHead(writer: PdfWriter, { columns, style }: Table): void {
  const head = headStyle(style);
  const height = rowHeight(head, 1) + 2;
  writer.fill(ACCENT, { x: writer.left, y: writer.y, width: writer.right - writer.left, height });
  for (const column of columns) writer.put(writer.line(column.head, head), head, column, writer.y + ROW_PAD + 1);
  writer.y += height;
}

function drawRow(writer: PdfWriter, table: Table, line: PaperLine): void {
  const { columns, style } = table;
  const cells = columns.map((column) => ({
    column,
    lines: writer.lines(column.cell(line), style, column.align === 'left' ? column.width : Infinity),
  }));
  const count = Math.max(...cells.map((cell) => cell.lines.length));
  // A row stays whole where a page has room for it; one that is longer begins here and goes on overleaf.
  const whole = rowHeight(style, count);
  const fitsOnePage = whole < (writer.bottom - writer.margin) / 2;
  if (writer.need(fitsOnePage ? whole : rowHeight(style, 2))) drawHead(writer, table);
  writer.y += ROW_PAD;
  for (let index = 0; index < count; index += 1) {
    if (writer.need(leading(style) + ROW_PAD)) {
      drawHead(writer, table);
      writer.y += ROW_PAD;
    }
    for (const { column, lines } of cells) putAt(writer, lines[index], style, column);
    writer.y += leading(style);
  }
  writer.y += ROW_PAD;
  writer.rule(RULE, 0.6);
}

function putAt(writer: PdfWriter, line: Line | undefined, style: Style, column: Placed): void {
  if (line !== undefined) writer.put(line, style, column);
}
