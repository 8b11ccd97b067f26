// Queries and use cases of the made-up noun.
import { cost, type Cost } from '../../../src/domain/cost.ts';
import { parseAmount, price, type Price } from '../../../src/domain/money.ts';
import { refOf } from '../../../src/kinds/reference.ts';
import { resolveAny } from '../../../src/services/resolve/resolve.ts';
import { resolvePartyFor } from '../../../src/services/resolve/resolve-party.ts';
import type { VisibleBooks } from '../../../src/services/shared/visibility.ts';
import type { ReadScope, WriteScope } from '../../../src/store/scope.ts';

export type Rental = { readonly ref: string; readonly tool: string; readonly charged: Price; readonly rent: Cost };

async function rentalById({ db, account }: ReadScope, id: number): Promise<Rental> {
  const row = await db
    .selectFrom('tool_rentals')
    .select(['id', 'tool', 'charged', 'rent'])
    .where('account_id', '=', account.id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const { tool } = row;
  return { ref: refOf('tool_rental', row.id), tool, charged: price(row.charged), rent: cost(row.rent) };
}

export type RentInput = {
  readonly customer: string;
  readonly tool: string;
  readonly charged: number;
  readonly rent: number;
  readonly days: readonly string[];
};

export async function rentTool(scope: WriteScope, input: RentInput): Promise<Rental> {
  const { journal, account, now } = scope;
  const { customer } = await resolvePartyFor(scope, { customer: input.customer });
  const id = await journal.next('tool_rental');
  const minor = (amount: number, field: string) => Number(parseAmount(amount, field, account.currency));
  await journal.insert('tool_rentals', {
    ...{ id, is_sample: 0, customer_id: customer.id, job_id: null, tool: input.tool, created_at: now },
    charged: minor(input.charged, 'charged'),
    rent: minor(input.rent, 'rent'),
  });
  for (const day of input.days) await journal.insert('tool_rental_days', { tool_rental_id: id, day });
  return await rentalById(scope, id);
}

export async function getRental(scope: VisibleBooks, ref: string): Promise<Rental> {
  return await rentalById(scope, (await resolveAny(scope, 'tool_rental', { ref, field: 'rental', intent: 'read' })).id);
}
