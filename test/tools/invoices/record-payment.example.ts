import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'payment refund',
  calls: [
    {
      invoice: 'INV-1001',
      amount: 420.5,
      paidOn: '2026-03-02',
      method: 'check',
      note: 'No. 1187.',
      refund: false,
    },
    { void: 'P-1', voidReason: 'Typed twice.' },
    { payment: 'P-1', bounced: true, paidOn: '2026-03-11', note: 'No funds.' },
  ],
  most: [{ invoice: 'INV-1001', amount: 5 }],
};
