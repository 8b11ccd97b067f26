// Which invoices words can mean, by what is asked of them.
import type { Invoice, InvoiceStatus } from '../../domain/invoice.ts';
import type { MeantBy } from '../resolve/resolve.ts';

type Standing = Pick<Invoice, 'status' | 'kind' | 'correctedById'>;
type Asked = Readonly<
  Partial<Record<'discard' | 'correct' | 'countsAgainst' | 'lines' | 'kind', unknown>> & {
    status?: InvoiceStatus | undefined;
  }
>;

const isDraft = ({ status }: Standing) => status === 'draft';
const isNotVoid = ({ status }: Standing) => status !== 'void';
const stands = ({ status }: Standing) => status === 'issued';

/** What is issued, discarded or edited is a draft, and what is voided or corrected was issued. */
export function billMeant(asked: Asked): MeantBy<Standing> {
  const orElse = isNotVoid;
  if (asked.status === 'void') return { can: stands, orElse };
  if (asked.correct === true)
    return { can: (bill) => stands(bill) && bill.kind !== 'credit_note' && bill.correctedById === null, orElse };
  if (asked.countsAgainst !== undefined) return { can: stands, orElse };
  const ofDrafts = asked.status === 'issued' || asked.discard === true || asked.lines !== undefined;
  return ofDrafts || asked.kind !== undefined ? { can: isDraft, orElse } : { can: isNotVoid };
}
