// Words, lines and lists that are as long as they may be.
export const words = (what: string, length: number) =>
  `${what} `.padEnd(length, 'as long as anybody ever wrote it ').trimEnd();
export const NAME = (what: string) => words(what, 200);
export const LINE = (what: string) => words(what, 500);
export const TEXT = (what: string) => words(what, 10_000);
/** The longest text of words that are short. */
export const PROSE = 'x y '.repeat(2500);

export const times = (count: number, make: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => make(n + 1));

const LINES = Array.from({ length: 200 }, (_, index) => ({
  description: LINE(`Line ${index + 1}`),
  quantity: 1.2345,
  unit: words('square', 40),
  unitPrice: 450.25 + index,
  taxRatePercent: 8.25,
}));
/** As many lines as a paper may have. */
export const MANY = {
  bill: LINES,
  quote: LINES.map((line) => ({ ...line, unitCost: 280.15, category: 'materials' })),
} as const;

/** Who is on J-1 of `largeBook`. */
export const CREW = NAME('Tom Becker');
