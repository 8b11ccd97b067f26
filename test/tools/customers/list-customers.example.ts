import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'leads clients',
  calls: [{ query: 'dana', stage: 'lead', limit: 5 }],
};
