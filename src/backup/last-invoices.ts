// Which invoice numbers were given out since a backup was made, nobody knows but the person: what they say, by account.
import { Problem, quoted } from '../domain/errors.ts';
import { says, type Message } from '../domain/message.ts';
import { FIRST_INVOICE_NUMBER } from '../domain/invoice.ts';
import { parseReference } from '../kinds/reference.ts';

/** As far as any book will get; one more digit is a slip. */
const HIGHEST = 99_999_999;

/** Null: none was sent since. */
export type LastInvoice = number | null;

/**
 * @param given `INV-1050`, `2=INV-1050` where there are several accounts, or `none`
 * @throws Problem where it is no invoice number, or is about no account of the book
 */
export function readLastInvoices(
  given: readonly string[],
  accounts: readonly number[],
): ReadonlyMap<number, LastInvoice> {
  const found = new Map<number, LastInvoice>();
  for (const each of given) {
    const [, account, said = ''] = /^(?:(\d+)=)?(.*)$/s.exec(each) ?? [];
    const meant = account === undefined ? accounts : [Number(account)];
    const [only = 0] = meant;
    const value = readLastInvoice(said);
    if (!accounts.includes(only)) throw wrong(each, says('restore.no-such-account', { account: only }));
    if (meant.length > 1 && value !== null)
      throw wrong(each, says('restore.which-account', { count: accounts.length, like: `${only}=${each}` }));
    for (const id of meant) found.set(id, value);
  }
  return found;
}

/** @throws Problem where it is no invoice number */
export function readLastInvoice(said: string): LastInvoice {
  if (said.trim().toLowerCase() === 'none') return null;
  const reference = parseReference(said, 'invoice');
  if (reference?.by !== 'number' || reference.value < 1 || reference.value > HIGHEST)
    throw wrong(said, says('restore.no-invoice-number'));
  return reference.value;
}

function wrong(said: string, why: Message): Problem {
  return new Problem('invalid', says('restore.last-invoice', { said: quoted(said), why }));
}

/** More numbers than these are not given out between a backup and the day on which it is needed. */
const MOST_SINCE = 10_000;

/** @throws Problem where the backup itself has a later one, or the number is so far off that it must be a slip */
export function checkLastInvoice(said: LastInvoice, lastInvoice: number | null): void {
  if (said === null) return;
  const last = lastInvoice ?? FIRST_INVOICE_NUMBER - 1;
  if (said < last) throw wrong(`INV-${said}`, says('restore.has-later-invoice', { last }));
  if (said > last + MOST_SINCE) throw wrong(`INV-${said}`, says('restore.far-off', { count: said - last }));
}

type Account = { readonly account: number; readonly lastInvoice: number | null };

/** @throws Problem where nothing was said of an account, also of one without an invoice: its first may have been sent since */
export function requireLastInvoices(said: ReadonlyMap<number, LastInvoice>, accounts: readonly Account[]): void {
  const open = accounts.filter(({ account }) => !said.has(account));
  const [first] = open;
  if (first === undefined) return;
  const isOnly = accounts.length === 1;
  const like = `${isOnly ? '' : `${first.account}=`}INV-${first.lastInvoice ?? FIRST_INVOICE_NUMBER}`;
  throw new Problem(
    'refused',
    says('restore.say-last-invoice', {
      accounts: open.map(({ account, lastInvoice }) => ({ account, last: lastInvoice })),
      isOnly,
      like,
    }),
  );
}
