import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'send customer pdf',
  calls: [{ document: 'INV-1001', kind: 'invoice', format: 'text' }],
  most: [
    { document: 'Q-1' },
    { document: 'INV-1001', format: 'text' },
    { document: 'INV-1001', format: 'html' },
    { document: 'INV-1001', format: 'pdf' },
  ],
};
