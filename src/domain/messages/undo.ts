import type { Message } from '../message.ts';

/** A change as it is named: its number, and what it did. */
type Change = { readonly change: number; readonly summary: Message | string };
type Of = { readonly ref: string };

/** What is said where a change is undone, or cannot be. */
export type UndoMessages = {
  'undo.closed-months': Change;
  'undo.issued-stays': Change & { readonly advice: readonly Message[] };
  'undo.payment-stays': Change & { readonly advice: readonly Message[] };
  'undo.void-already': Of;
  'undo.part-of-correction': Of;
  'undo.void-instead': Of;
  'undo.has-payments': Of & { readonly instead: Message };
  'undo.payment-void-already': Of;
  'undo.void-payment-instead': Of;
};
