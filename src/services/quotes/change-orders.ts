// Which contract a change order belongs to, and what accepting or declining a quote does to what is billed.
import { billedBy } from '../../domain/billing.ts';
import type { Customer } from '../../domain/customer.ts';
import { refused } from '../../domain/errors.ts';
import type { Job } from '../../domain/job.ts';
import { isOpen, type Quote, type QuoteSummary } from '../../domain/quote.ts';
import { lineRef, refOf } from '../../kinds/reference.ts';
import { listQuotes, quoteById } from '../../store/books/quotes.ts';
import { inOrder } from '../../store/in-order.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import {
  billedBeyond,
  contractById,
  contractQuotes,
  contractRef,
  contractsOn,
  countEarlier,
  standingBills,
  type Contract,
} from './contracts.ts';
import { othersOpen } from './others-open.ts';
import { isOfferedOrAccepted } from './quote-meant.ts';
import { reload } from '../shared/patch.ts';
import { resolveQuote } from '../resolve/resolve.ts';
import { says, type Message } from '../../domain/message.ts';
import { worthText } from '../shared/amounts.ts';
import { leftOutside } from '../shared/outside-jobs.ts';

type Place = { readonly customer: Customer; readonly job: Pick<Job, 'id' | 'name'> | null };

/**
 * The original that a change order stands beside: an accepted one before an open one. Where there are several, it has
 * to be named.
 */
export async function originalFor(
  scope: ReadScope,
  { customer, job }: Place,
  named: string | undefined,
): Promise<QuoteSummary> {
  const of = job === null ? { customerId: customer.id } : { jobId: job.id };
  const originals = (await listQuotes(scope, of, { limit: 1000, before: null })).filter(
    (quote) => quote.kind === 'original' && (job !== null || quote.job === null),
  );
  const accepted = originals.filter(({ status }) => status === 'accepted');
  const standing = accepted.length > 0 ? accepted : originals.filter(({ status }) => isOpen(status));
  const candidates = [...new Map(standing.toReversed().map((quote) => [quote.contractId, quote])).values()];
  const where = job === null ? customer.name : `${refOf('job', job.id)} ${job.name}`;
  const asked =
    named === undefined
      ? null
      : await resolveQuote(scope, { ref: named, field: 'contract', intent: 'write' }, { can: isOfferedOrAccepted });
  const fitting = candidates.filter(({ contractId }) => asked === null || contractId === asked.contractId);
  const [original, ...others] = fitting;
  if (original !== undefined && others.length === 0) return original;
  const contracts = candidates.map((quote) => describe(scope, quote));
  if (original === undefined && asked !== null && candidates.length > 0)
    throw refused(says('order.no-such-contract', { quote: refOf('quote', asked.id), where, contracts }), 'contract');
  if (original === undefined) throw refused(says('order.no-original', { where }), 'kind');
  throw refused(says('order.say-which', { where, quote: refOf('quote', original.id), contracts }), 'contract');
}

function describe(scope: ReadScope, quote: QuoteSummary) {
  const { id, title, status } = quote;
  return { ref: refOf('quote', id), title, status, amount: worthText(scope, quote) };
}

/** The contract that a change order belongs to; null for any other quote. */
export async function contractOfOrder(scope: ReadScope, { kind, contractId }: QuoteSummary): Promise<string | null> {
  return kind === 'change_order' ? await contractRef(scope, contractId) : null;
}

/**
 * What a person should know once a quote was accepted: bills that count against it now, what is billed beyond it, others that are still
 * open, and that no job counts it.
 */
export async function acceptanceNotes(scope: WriteScope, quote: Quote): Promise<Message[]> {
  const { kind, contractId, job } = quote;
  const isFirst = kind === 'original' && job !== null && (await contractsOn(scope, job.id)).length === 1;
  const earlier = isFirst ? await countEarlier(scope, job.id) : [];
  const contract = await contractById(scope, contractId);
  const accepted = { ...quote, ref: refOf('quote', quote.id) };
  const outside = await leftOutside(scope, accepted);
  const others = kind === 'original' ? await othersOpen(scope, accepted) : [];
  const gone = contract === null || quote.revisesId === null ? [] : await changedLinesGone(scope, quote, contract);
  return [...earlier, ...gone, ...(contract === null ? [] : billedBeyond(scope, contract)), ...others, ...outside];
}

/** Change orders of lines that a revision has no more: they go on counting, by themselves. */
async function changedLinesGone(scope: ReadScope, revision: Quote, { quotes }: Contract): Promise<Message[]> {
  const orders = await inOrder(
    quotes.filter(({ kind }) => kind === 'change_order'),
    async ({ id }) => await reload(quoteById, scope, id),
  );
  const standing = new Set([revision, ...orders].flatMap(({ lines }) => lines.map(({ lineId }) => lineId)));
  const lines = orders.flatMap(({ id, lines: own }) =>
    own.flatMap(({ changes }, index) =>
      changes === null || standing.has(changes.lineId) ? [] : [{ ref: lineRef(id, index + 1), changes: changes.ref }],
    ),
  );
  return lines.length === 0 ? [] : [says('note.changed-lines-gone', { lines, contract: refOf('quote', revision.id) })];
}

/** What of a quote that was declined goes on counting: its accepted change orders. */
export async function declinedNotes(scope: ReadScope, { id, kind, contractId }: QuoteSummary): Promise<Message[]> {
  if (kind !== 'original') return [];
  const standing = (await contractQuotes(scope, contractId)).filter(({ status }) => status === 'accepted');
  if (standing.length === 0 || standing.some((quote) => quote.kind === 'original')) return [];
  const orders = standing.map((quote) => refOf('quote', quote.id));
  return [says('note.orders-stay', { orders, changes: refOf('quote', id) })];
}

/** The issued invoices that stand on an accepted quote; a change order carries those that its original cannot. */
export async function invoicesOn(scope: ReadScope, quote: Quote): Promise<string[]> {
  const contract = await contractById(scope, quote.contractId);
  if (contract === null) return [];
  const { billedSubtotal, subtotal } = contract.state;
  const stands = quote.kind === 'original' || billedSubtotal > subtotal - quote.subtotal;
  return stands
    ? standingBills(contract)
        .filter((bill) => billedBy(bill) > 0)
        .map(({ ref }) => ref)
    : [];
}
