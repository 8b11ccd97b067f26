// Which contract is billed a share of: the quote that is named, or the one that the work named has.
import type { Customer } from '../../domain/customer.ts';
import { invalid, Problem, quoted, refused } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import type { Named } from '../../domain/named.ts';
import type { QuoteSummary } from '../../domain/quote.ts';
import { refOf } from '../../kinds/reference.ts';
import { listQuotes } from '../../store/books/quotes.ts';
import type { ReadScope } from '../../store/scope.ts';
import { inOrder } from '../../store/in-order.ts';
import { SHOWN_CANDIDATES } from '../../store/search/find.ts';
import { contractById, writtenOffOf } from '../quotes/contracts.ts';
import { couldBe, standingRecords } from '../resolve/described.ts';
import { isContract } from '../quotes/quote-meant.ts';
import { resolveQuote } from '../resolve/resolve.ts';

/** Whose work is billed, where that is said beside the quote or in its place. */
type WorkNamed = { readonly customer: Pick<Customer, 'id' | 'name'>; readonly job: Named | null };

const FIELD = 'fromQuote.quote';
/** Contracts of one customer that are looked through. */
const LOOKED_THROUGH = 200;

/** @throws Problem where several can be meant, or none */
export async function contractMeant(
  scope: ReadScope,
  ref: string | undefined,
  work: WorkNamed | null,
): Promise<QuoteSummary> {
  if (ref !== undefined) {
    const said = { ref, field: FIELD, intent: 'write' } as const;
    return await resolveQuote(scope, said, {
      can: (quote) => isContract(quote) && isOf(work, quote),
      orElse: isContract,
    });
  }
  if (work === null) throw invalid(FIELD, says('billing.say-which-quote'));
  const asked = { customerId: work.customer.id, jobId: work.job?.id, status: 'accepted' } as const;
  const all = (await listQuotes(scope, asked, { limit: LOOKED_THROUGH, before: null })).filter(isContract);
  const left = all.length === 1 ? all : (await withRest(scope, all)).filter((quote) => quote !== null);
  const [only] = left;
  if (only !== undefined && left.length === 1) return only;
  const name = work.job?.name ?? work.customer.name;
  if (all.length === 0) {
    const of = work.job === null ? refOf('customer', work.customer.id) : refOf('job', work.job.id);
    throw refused(says('billing.no-contract-of', { of, name }), FIELD);
  }
  throw await oneOfSeveral(scope, name, left.length > 0 ? left : all);
}

function isOf(work: WorkNamed | null, { customer, job }: QuoteSummary): boolean {
  return work === null || (customer.id === work.customer.id && (work.job === null || work.job.id === job?.id));
}

/** Null in place of those of which nothing is left to bill. */
async function withRest(scope: ReadScope, quotes: readonly QuoteSummary[]) {
  return await inOrder(quotes, async (quote) => {
    const remaining = (await contractById(scope, quote.contractId))?.state.remaining ?? 0;
    return remaining - (await writtenOffOf(scope, quote.contractId)) > 0 ? quote : null;
  });
}

async function oneOfSeveral(scope: ReadScope, name: string, quotes: readonly QuoteSummary[]): Promise<Problem> {
  const ids = quotes.slice(0, SHOWN_CANDIDATES).map(({ id }) => id);
  const records = (await standingRecords(scope, 'quote', ids)).map((record) => couldBe(record, scope.account));
  const are = quotes.length > SHOWN_CANDIDATES ? 'many' : 'some';
  return new Problem('ambiguous', says('record.could-be', { said: quoted(name), records, are }), FIELD);
}
