// The paper that a customer gets of a quote or an invoice.
import { invalid, quoted } from '../../domain/errors.ts';
import { checkPriced, type Paper } from '../../domain/paper.ts';
import { invoiceRef, parseReference, refOf } from '../../kinds/reference.ts';
import { invoicePaper, quotePaper, type Stored } from '../../store/books/paper.ts';
import type { ReadScope } from '../../store/scope.ts';
import { resolveInvoice, resolveQuote } from '../resolve/resolve.ts';
import { says } from '../../domain/message.ts';

type PaperNoun = 'quote' | 'invoice';
export type PaperInput = { readonly document: string; readonly kind?: PaperNoun | undefined };

/** @throws Problem where it is not found, or a line has no price yet: a customer gets no paper with a hole in it */
export async function getPaper(scope: ReadScope, { document, kind }: PaperInput): Promise<Paper> {
  const said = { ref: document, field: 'document', intent: 'read' } as const;
  if (nounOf(document, kind) === 'quote') {
    const { id } = await resolveQuote(scope, said);
    return named(refOf('quote', id), await quotePaper(scope, id));
  }
  const { id, number } = await resolveInvoice(scope, said);
  return named(invoiceRef(id, number), await invoicePaper(scope, id));
}

function named(ref: string, stored: Stored | null): Paper {
  if (stored === null) throw new Error(`${ref} vanished within its own scope`);
  const { creditsNumber, ...paper } = stored;
  checkPriced(ref, paper.lines, 'document');
  return { ...paper, ref, credits: creditsNumber === null ? null : invoiceRef(creditsNumber, creditsNumber) };
}

/** A number with its letters decides; a bare number or words could be either. */
function nounOf(ref: string, kind: PaperNoun | undefined): PaperNoun {
  const asQuote = parseReference(ref, 'quote')?.kind;
  const asInvoice = parseReference(ref, 'invoice')?.kind;
  const noun = asQuote === asInvoice ? asQuote : undefined;
  if (noun === 'quote' || noun === 'invoice') return noun;
  if (noun !== undefined) {
    throw invalid('document', says('document.of-other-kind', { said: quoted(ref) }));
  }
  if (kind !== undefined) return kind;
  throw invalid('kind', says('document.quote-or-invoice', { said: quoted(ref) }));
}
