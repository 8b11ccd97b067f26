// A customer's paper as plain text, for a chat or an e-mail.
import type { PaperView } from './paper.ts';

export function paperText(view: PaperView): string {
  return [
    `${view.title.toUpperCase()} ${view.ref}${view.stamp === null ? '' : ` — ${view.stamp.text}`}`,
    ...(view.subject === null ? [] : [view.subject]),
    '',
    `From: ${[view.from.name, ...view.from.lines].join(', ')}`,
    `${view.to.label}: ${[view.to.name, ...view.to.lines].join(', ')}`,
    ...view.facts.map(({ label, value }) => `${label}: ${value}`),
    '',
    ...view.lines.map((line, index) => `${index + 1}. ${lineText(line, view.taxPerLine)}`),
    '',
    ...[...view.sums, view.result].map(({ label, amount }) => `${label}: ${amount}`),
    ...(view.notes === null ? [] : ['', `Notes: ${view.notes}`]),
    '',
    view.terms,
  ].join('\n');
}

function lineText(line: PaperView['lines'][number], taxPerLine: boolean): string {
  const count = line.unit === null ? line.quantity : `${line.quantity} ${line.unit}`;
  const each = line.unitPrice === null ? '' : ` × ${line.unitPrice}`;
  return `${line.description}: ${count}${each} = ${line.amount}${taxPerLine ? ` (tax ${line.tax})` : ''}`;
}
