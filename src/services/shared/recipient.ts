// To whom a document goes that was marked as sent, or issued. Nothing here mails it, and whoever did that is told so.
import type { Customer } from '../../domain/customer.ts';
import type { Named } from '../../domain/named.ts';
import { standingCustomer } from '../../store/books/customers.ts';
import type { ReadScope } from '../../store/scope.ts';

export type Recipient = Pick<Customer, 'name' | 'email' | 'phone'>;

export async function recipientOf(scope: ReadScope, { id, name }: Named): Promise<Recipient> {
  const { email = null, phone = null } = (await standingCustomer(scope, id)) ?? {};
  return { name, email, phone };
}
