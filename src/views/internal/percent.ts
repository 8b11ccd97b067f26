// Percentages in the owner's answers: numbers with at most one decimal.

/** One decimal; null where there is nothing to hold it against. */
export function marginPercent(tenths: number | null): number | null {
  return tenths === null ? null : tenths / 10;
}
