// That a document which was marked as sent, or issued, is on its way by nobody's hand yet, and how its customer is reached.
import { z } from 'zod';

type Recipient = { readonly name: string; readonly email: string | null; readonly phone: string | null };

/** @property phone where there is no e-mail address; none of them where it is several documents */
const NotMailed = z.strictObject({
  customer: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
});
export type NotMailed = z.output<typeof NotMailed>;
export const notMailedFields = { notMailed: NotMailed.optional() };

/** @param to null where nothing went out; several where each has its own */
export function notMailed(to: Recipient | 'several' | null): { notMailed?: NotMailed } {
  if (to === null) return {};
  if (to === 'several') return { notMailed: {} };
  const { name: customer, email, phone } = to;
  const reached = email !== null ? { email } : phone !== null ? { phone } : {};
  return { notMailed: { customer, ...reached } };
}
