import type { MonthlyMessages } from '../../domain/messages/monthly.ts';
import type { Catalogue } from '../catalogue.ts';

export const monthlyMessages: Catalogue<MonthlyMessages> = {
  'monthly.ends-before-start': ({ first, until }) =>
    `${until} is before its first day, ${first}. Give a later last day, or none where it goes on.`,
  'monthly.began-long-ago': ({ first, months }) =>
    `from ${first} on these would be more than ${months} months at once. Give a later first day, and log what was before as single expenses.`,
  'monthly.booked-already': ({ ref, last }) =>
    `${ref} has booked that month already (${last}), and each month is booked once. Give a day in a later month.`,
  'monthly.overhead-alone': () => ({
    says: 'what comes every month is overhead: it is on no job, is no return, covers no line and has no receipt of its own.',
    next: 'Leave job, refund, coversLine and receipt out, or monthly.',
    instead: 'Log it as a single expense.',
  }),
  'monthly.until-alone': () => ({
    says: 'this is the last day of what comes every month, and this comes once.',
    next: 'Add monthly: true, or leave until out.',
    instead: 'Leave it out.',
  }),
  'monthly.has-none': ({ ref }) =>
    `${ref} comes every month and has none of this. What it has booked are expenses of their own (E-88), which are corrected one by one.`,
  'monthly.is-none': ({ field }) => ({
    says: 'this is of what comes every month, and this expense comes once.',
    next: `Give the monthly expense (M-2), or leave ${field} out.`,
    instead: 'Leave it out.',
  }),
  'monthly.from-needs-amount': () => ({
    says: 'say what it is from that day on.',
    next: 'Give amount with from; where it ends, give until or remove.',
  }),
  'monthly.from-amount-alone': () => ({
    says: 'from a day on its amount becomes another, and nothing else of it.',
    next: 'Leave this or from out. Or end it (until) and begin another (add-expenses, monthly: true).',
    instead: 'Leave this out. Or end it and begin another.',
  }),
  'monthly.changes-already': ({ ref, amount, from }) => ({
    says: `${ref} is ${amount} from ${from} on already, and one change is kept ahead.`,
    next: 'Take it back first (from: null), or give that day.',
    instead: 'Take it back first, or give that day.',
  }),
  'monthly.like': ({ monthly, other, amount, vendor, ref }) =>
    `${monthly} and ${other} are both ${amount} every month${vendor === null ? '' : ` from ${vendor}`}. If they are the same, remove ${ref}.`,
};
