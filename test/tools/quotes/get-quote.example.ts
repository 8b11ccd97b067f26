import type { Example } from '../../support/example.ts';

export const example: Example = {
  said: 'estimate cost margin',
  calls: [{ quote: 'Q-1', whatIf: { costs: [{ category: 'materials', percent: 8 }], marginPercent: 35 } }],
  most: [{ quote: 'Q-1' }, { quote: 'Q-1', whatIf: { costs: [{ percent: 8 }], marginPercent: 35 } }],
};
