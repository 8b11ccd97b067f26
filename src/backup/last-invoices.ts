// Which invoice numbers were given out since a backup was made, nobody knows but the person: what they say, by account.
import { Problem, quoted } from '../domain/errors.ts';
import { parseReference } from '../domain/reference.ts';

/** As far as any book will get; one more digit is a slip. */
const HIGHEST = 99_999_999;

/** Null: none was sent since. */
export type Said = number | null;

/**
 * @param given `INV-1050`, `2=INV-1050` where there are several accounts, or `none`
 * @throws Problem where it is no invoice number, or is about no account of the book
 */
export function readLastInvoices(given: readonly string[], accounts: readonly number[]): ReadonlyMap<number, Said> {
  const found = new Map<number, Said>();
  for (const each of given) {
    const [, account, said = ''] = /^(?:(\d+)=)?(.*)$/s.exec(each) ?? [];
    const meant = account === undefined ? accounts : [Number(account)];
    const [only = 0] = meant;
    const value = readLastInvoice(said);
    if (!accounts.includes(only)) throw wrong(each, `there is no account ${only} in this backup`);
    if (meant.length > 1 && value !== null)
      throw wrong(each, `there are ${accounts.length} accounts; say which, like ${only}=${each}`);
    for (const id of meant) found.set(id, value);
  }
  return found;
}

/** @throws Problem where it is no invoice number */
export function readLastInvoice(said: string): Said {
  if (said.trim().toLowerCase() === 'none') return null;
  const reference = parseReference(said, 'invoice');
  if (reference?.by !== 'number' || reference.value < 1 || reference.value > HIGHEST)
    throw wrong(said, 'it is the number of an issued invoice, like INV-1050, or none');
  return reference.value;
}

function wrong(said: string, why: string): Problem {
  return new Problem('invalid', `--last-invoice ${quoted(said)}: ${why}.`);
}

/** @throws Problem where an account has issued invoices and nothing was said of it */
export function requireLastInvoices(
  said: ReadonlyMap<number, Said>,
  accounts: readonly { readonly account: number; readonly lastInvoice: number | null }[],
): void {
  const open = accounts.filter(({ account, lastInvoice }) => lastInvoice !== null && !said.has(account));
  const [first] = open;
  if (first === undefined) return;
  const all = open.map(({ account, lastInvoice }) => `account ${account}: INV-${lastInvoice ?? 0}`).join(', ');
  const form = accounts.length === 1 ? '' : `${first.account}=`;
  throw new Problem(
    'refused',
    `Say which invoice was the last one sent, so that no number is given out twice. The last in this backup is ${all}. --last-invoice ${form}INV-${first.lastInvoice ?? 0} says that it was this one or names a later one; --last-invoice none says that none was sent since.`,
  );
}
