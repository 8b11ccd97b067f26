// A customer's paper as plain text, for a chat or an e-mail.
import { inLine, inLines } from '../domain/text.ts';
import type { PaperView } from '../views/customer/paper.ts';

/** Lines of notes and descriptions stay lines, further in than ours. */
export function paperText(view: PaperView): string {
  return [
    `${view.title.toUpperCase()} ${view.ref}${view.stamp === null ? '' : ` — ${inLine(view.stamp.text)}`}`,
    ...(view.subject === null ? [] : [`Subject: ${inLine(view.subject)}`]),
    '',
    `From: ${inLine([view.from.name, ...view.from.lines].join(', '))}`,
    `${view.to.label}: ${inLine([view.to.name, ...view.to.lines].join(', '))}`,
    ...view.facts.map(({ label, value }) => `${label}: ${inLine(value)}`),
    '',
    ...view.lines.map((line, index) => `${index + 1}. ${lineText(line, view.taxPerLine)}`),
    '',
    ...[...view.sums, view.result].map(({ label, amount }) => `${label}: ${amount}`),
    ...(view.notes === null ? [] : ['', `Notes: ${indented(view.notes)}`]),
    '',
    view.terms,
  ].join('\n');
}

function lineText(line: PaperView['lines'][number], taxPerLine: boolean): string {
  const count = line.unit === null ? line.quantity : `${line.quantity} ${inLine(line.unit)}`;
  const each = line.unitPrice === null ? '' : ` × ${line.unitPrice}`;
  return `${indented(line.description)}: ${count}${each} = ${line.amount}${taxPerLine ? ` (tax ${line.tax})` : ''}`;
}

function indented(words: string): string {
  return inLines(words, '    ').join('\n').trimStart();
}
