import type { UndoMessages } from '../../domain/messages/undo.ts';
import { cut, inLine } from '../../domain/text.ts';
import type { Catalogue } from '../catalogue.ts';

function named({ change, summary }: { readonly change: number; readonly summary: string }): string {
  return `change ${change} (${cut(inLine(summary), 160)})`;
}

function listed(advice: readonly string[]): string {
  return advice.map((line) => `\n- ${line}`).join('');
}

export const undoMessages: Catalogue<UndoMessages> = {
  'undo.closed-months': (change) =>
    `${named(change)} closed months or opened them, and is not undone like others: update-account with closedThrough does that, with a reason where months are opened again.`,
  'undo.issued-stays': ({ advice, ...change }) =>
    `${named(change)} is not undone like others. An issued invoice keeps its number:${listed(advice)}\nNothing was changed.`,
  'undo.payment-stays': ({ advice, ...change }) =>
    `${named(change)} is not undone like others. A payment stays on the books:${listed(advice)}\nNothing was changed.`,
  'undo.void-already': ({ ref }) => `${ref} is void already: nothing is billed by it.`,
  'undo.part-of-correction': ({ ref }) =>
    `${ref} is part of a correction. Correct the replacement again: update-invoice with correct: true and the right lines.`,
  'undo.void-instead': ({ ref }) =>
    `${ref}: update-invoice with status: void and a voidReason takes it out of what is billed.`,
  'undo.has-payments': ({ ref, instead }) => `${ref} has payments or credits. ${instead}`,
  'undo.payment-void-already': ({ ref }) => `${ref} is void already: it counts nothing.`,
  'undo.void-payment-instead': ({ ref }) => `${ref}: record-payment with void: "${ref}" and a voidReason takes it out.`,
};
