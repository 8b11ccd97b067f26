/** What payments are added up by. */
export const PAID_BY = ['day', 'month', 'method', 'customer'] as const;
export type PaidBy = (typeof PAID_BY)[number];

/** Money in; given back to the customer; taken back by the bank; entered by mistake, which counts nowhere. */
export const MOVES = ['payment', 'refund', 'bounced', 'void'] as const;
export type Move = (typeof MOVES)[number];
