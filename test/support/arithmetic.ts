// Sums and days, reckoned apart from the program's own.
export const add = (numbers: Iterable<number>) => [...numbers].reduce((sofar, each) => sofar + each, 0);

export const dollars = (cents: number) =>
  `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;
export const cents = (text: string) => Math.round(Number(text) * 100);

export const nextDay = (date: string) => new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
