// What a view says besides its figures: a message, which the printers put into words. In the answer that is sent it is text.
import { z } from 'zod';
import { isMessage, says, type Message, type Said } from '../domain/message.ts';
import { cut } from '../domain/text.ts';

export const message = z.custom<Message>(isMessage);

/** What the history says: a message, or the sentence of an earlier version. */
export const said = z.custom<Said>(isSaid);
/** What a write did. A schema of its own: what stands twice in a tool's is listed apart. */
export const did = z.custom<Said>(isSaid);

/** What a figure is made of, record by record. */
export const entry = z.custom<Said>(isSaid);

/** A warning or a note beside an answer. */
export const warning = z.custom<Said>(isSaid);

function isSaid(value: unknown): value is Said {
  return typeof value === 'string' || isMessage(value);
}

/** Whether this schema is of what is in words when it is sent. */
export function isInWords(schema: unknown): boolean {
  return schema === message || schema === warning || schema === said || schema === did || schema === entry;
}

/** What was said, with no more than so many characters of it. */
export function shortened(said: Said, most: number): Said {
  return typeof said === 'string' ? cut(said, most) : says('log.shortened', { what: said, most });
}
