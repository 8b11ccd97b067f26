// Documents that went out name whom they were made out to, whatever that customer is called since.
import { says, type Message } from '../../domain/message.ts';

/** @param name as they go on to say it */
export function stillMadeOut(documents: readonly { readonly ref: string }[], name: string): Message {
  return says('note.still-made-out', { refs: documents.map(({ ref }) => ref), name });
}
