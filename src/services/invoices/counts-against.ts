// Saying what an issued bill from lines counts against: a contract of its job, or none, as extra work.
import { subtotalOf } from '../../domain/billing.ts';
import { refused } from '../../domain/errors.ts';
import type { Invoice } from '../../domain/invoice.ts';
import { refOf } from '../../kinds/reference.ts';
import type { WriteScope } from '../../store/scope.ts';
import { contractById, countedOf, recount, type Contract } from '../quotes/contracts.ts';
import { countingNotes, logPaper, refIn } from './issuing.ts';
import { isContract } from '../quotes/quote-meant.ts';
import { resolveQuote } from '../resolve/resolve.ts';
import { freshInvoice, type InvoiceWithState } from './with-payments.ts';
import { says, type Message } from '../../domain/message.ts';

const FIELD = 'countsAgainst';

type Counted = { readonly invoice: InvoiceWithState; readonly summary: Message; readonly notes: readonly Message[] };

export async function countAgainst(scope: WriteScope, bill: Invoice, asked: string): Promise<Counted> {
  checkCountable(bill);
  const ref = refIn(bill);
  const contract = asked.trim().toLowerCase() === 'extra' ? null : await contractFor(scope, bill, asked);
  const isSo = await countsSo(scope, bill, contract);
  const counts = { invoice: ref, contract: contract?.ref ?? null };
  if (!isSo) {
    const counting = contract === null ? 'extra' : 'contract';
    await recount(scope, bill, { counting, ...(contract === null ? {} : { only: contract.id }) });
    logPaper(scope, bill, says('log.counts', { ...counts, already: false }));
  }
  const invoice = await freshInvoice(scope, bill.id);
  const summary = says('log.counts', { ...counts, already: isSo });
  return { invoice, summary, notes: await countingNotes(scope, invoice) };
}

/** Whether it counts there already, as far as there is room for it. */
async function countsSo(scope: WriteScope, bill: Invoice, contract: Contract | null): Promise<boolean> {
  if (contract === null) return bill.counting === 'extra';
  const { parts, extra } = await countedOf(scope, bill);
  const [first, ...others] = parts;
  if (first?.contractId !== contract.id || others.length > 0) return false;
  return subtotalOf(extra) <= 0 || contract.state.remaining <= 0;
}

function checkCountable({ id, number, kind, status, contractId, correctedById }: Invoice): void {
  const ref = refIn({ id, number });
  if (kind === 'credit_note') throw refused(says('counting.credit-note', { ref }), FIELD);
  if (status !== 'issued') throw refused(says('counting.not-issued', { ref, status }), FIELD);
  if (contractId !== null)
    throw refused(says('counting.from-quote', { ref, quote: refOf('quote', contractId) }), FIELD);
  if (correctedById !== null) throw refused(says('counting.corrected', { ref }), FIELD);
}

async function contractFor(scope: WriteScope, bill: Invoice, asked: string): Promise<Contract> {
  const said = { ref: asked, field: FIELD, intent: 'write' } as const;
  const quote = await resolveQuote(scope, said, { can: isContract });
  const ref = refOf('quote', quote.id);
  if (bill.job === null || quote.job?.id !== bill.job.id)
    throw refused(says('counting.other-work', { ref, invoice: refIn(bill) }), FIELD);
  const contract = await contractById(scope, quote.contractId);
  if (contract === null) throw refused(says('counting.not-accepted', { ref }), FIELD);
  const own = contract.bills.find(({ id }) => id === bill.id);
  if (contract.state.remaining <= 0 && own === undefined)
    throw refused(says('counting.nothing-left', { contract: contract.ref, invoice: refIn(bill) }), FIELD);
  return contract;
}
