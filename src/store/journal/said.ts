// How the journal keeps what it says: a code with its facts as JSON, or, from before there were codes, a sentence.
import { isMessage, type Said } from '../../domain/message.ts';

export type StoredSaid = { readonly code: string | null; readonly text: string };

export function stored(said: Said): StoredSaid {
  if (typeof said === 'string') return { code: null, text: said.toWellFormed() };
  // Half a character would be stored as another, which its digest is not of.
  const whole = (_: string, value: unknown) => (typeof value === 'string' ? value.toWellFormed() : value);
  return { code: said.code, text: JSON.stringify(said.facts, whole) };
}

/** Whatever stands there: it may be a newer version's, or damaged. */
export function saidIn({ code, text }: StoredSaid): Said {
  if (code === null) return text;
  const message: unknown = { code, facts: factsIn(text) };
  return isMessage(message) ? message : code;
}

function factsIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
