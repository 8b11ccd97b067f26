// Which quotes words can mean, by what is asked of them.
import { isOpen, type QuoteStatus, type QuoteSummary } from '../../domain/quote.ts';
import type { MeantBy } from '../resolve/resolve.ts';

type Standing = Pick<QuoteSummary, 'kind' | 'status'>;
type Asked = Readonly<
  Partial<Record<'lines' | 'addLines' | 'discount' | 'doneLines' | 'notDoneLines', unknown>> & {
    status?: QuoteStatus | undefined;
  }
>;

const isStillOpen = ({ status }: Standing) => isOpen(status);
const isSent = ({ status }: Standing) => status === 'sent';

/** By a new version of itself. */
export const isNotReplaced = ({ status }: Standing) => status !== 'superseded';

/** What is billed. */
export const isContract = ({ kind, status }: Standing) => kind === 'original' && status === 'accepted';

/** What is revised, or changed by an order. */
export const isOfferedOrAccepted = ({ status }: Standing) => isOpen(status) || status === 'accepted';

/** What is answered was sent, most likely; what is sent is a draft; what is edited is open, and what is done was accepted. */
export function quoteMeant(asked: Asked): MeantBy<Standing> {
  const orElse = isNotReplaced;
  if (asked.status === 'sent') return { can: ({ status }) => status === 'draft', orElse: isStillOpen };
  if (asked.status === 'draft') return { can: ({ status }) => status === 'sent' || status === 'declined', orElse };
  if (asked.status !== undefined) return { can: isStillOpen, orElse, first: isSent };
  if ((asked.doneLines ?? asked.notDoneLines) !== undefined)
    return { can: ({ status }) => status === 'accepted', orElse };
  const edits = (asked.lines ?? asked.addLines ?? asked.discount) !== undefined;
  return edits ? { can: isStillOpen, orElse } : { can: isNotReplaced };
}
