// Bytes that lie in pieces and are one text.

/** Erases in pieces as if they were one. @returns whether anything was erased */
export function eraseAcross(pieces: readonly Buffer[], erase: (whole: Buffer) => boolean): boolean {
  const whole = Buffer.concat(pieces);
  if (!erase(whole)) return false;
  let at = 0;
  for (const piece of pieces) {
    whole.copy(piece, 0, at, at + piece.length);
    at += piece.length;
  }
  return true;
}
