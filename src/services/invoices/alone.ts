// What is done to an invoice by one argument takes only those that go with it.
import { invalid } from '../../domain/errors.ts';
import { says, type Messages } from '../../domain/message.ts';

/** @throws Problem where an argument was given that means nothing beside the others */
export function checkAlone<T extends object>(
  input: T,
  allowed: readonly (keyof T & string)[],
  beside: Messages['invoice.stands-alone']['beside'],
): void {
  const names: readonly string[] = ['invoice', ...allowed];
  const extra = Object.entries(input).find(([name, value]) => value !== undefined && !names.includes(name));
  if (extra !== undefined) throw invalid(extra[0], says('invoice.stands-alone', { beside }));
}

export function countGiven(input: object): number {
  return Object.values(input).filter((value) => value !== undefined).length;
}
