// A made-up noun: a tool that was rented for a job. All that the program has to know of it stands here. It is added to the
// kinds and tables of the whole program, so that a table by kind that would need an entry for it does not compile.
import {
  cost,
  money,
  madeAt,
  optional,
  own,
  partOf,
  refersTo,
  sample,
  text,
  type KindDeclaration,
} from '../../../src/kinds/kind.ts';

export const toolRental = {
  kind: 'tool_rental',
  noun: 'tool rental',
  called: ['rental'],
  numbers: [{ prefix: 'T', by: 'id' }],
  example: 'T-5',
  place: 'tool-rentals',
  table: 'tool_rentals',
  columns: {
    id: own,
    is_sample: sample,
    customer_id: refersTo('customer', 'customer'),
    job_id: optional(refersTo('job', 'job')),
    tool: text('tool'),
    charged: money('charged'),
    rent: cost('rent'),
    created_at: madeAt,
  },
  parts: {
    tool_rental_days: {
      noun: 'day',
      key: ['tool_rental_id', 'day'],
      of: 'tool_rental_id',
      columns: { tool_rental_id: partOf('tool_rental'), day: text('day') },
    },
  },
  under: ['job', 'customer'],
  filing: 'groupPapers',
  found: { rank: 9, by: ['tool'] },
  describe: ({ row, customer }) => [String(row['tool']), customer],
  stands: () => ({}),
  isOut: () => false,
  listedBy: 'get-tool-rental',
  toolset: 'site',
  plan: null,
  resource: { name: 'toolRental', title: 'Tool rental', description: 'A rented tool, by number (T-5) or name' },
  linked: true,
  counted: false,
  withoutCosts: 'shown',
  tellsCost: [],
  crew: null,
} as const satisfies KindDeclaration;

declare module '../../../src/kinds/index.ts' {
  interface Kinds {
    tool_rental: typeof toolRental;
  }
}
declare module '../../../src/store/database.ts' {
  interface Tables {
    tool_rental_days: { account_id: number; tool_rental_id: number; day: string };
  }
}
