// Bytes that lie in pieces and are one text.
import type { Work } from './work.ts';

/** Erases in pieces as if they were one. @returns whether anything was erased @throws TooMuchWork */
export function eraseAcross(
  pieces: readonly Buffer[],
  erase: (whole: Buffer, work: Work) => boolean,
  work: Work,
): boolean {
  // Pieces may be the same bytes over and over.
  work.spend(pieces.reduce((sum, piece) => sum + piece.length, 0));
  const whole = Buffer.concat(pieces);
  if (!erase(whole, work)) return false;
  let at = 0;
  for (const piece of pieces) {
    whole.copy(piece, 0, at, at + piece.length);
    at += piece.length;
  }
  return true;
}
