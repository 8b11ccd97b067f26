import {
  amountIn,
  day,
  type StandingRow,
  type KindDeclaration,
  madeAt,
  money,
  partOf,
  percent,
  quantity,
  refersTo,
  said,
  optional,
  own,
  serial,
  sample,
  silent,
  text,
  textIn,
  word,
  yes,
} from './kind.ts';

export const invoice = {
  kind: 'invoice',
  noun: 'invoice',
  called: ['invoice', 'bill'],
  // An issued one goes by its own series, a draft by the number of its record.
  numbers: [
    { prefix: 'INV', by: 'number' },
    { prefix: 'DRAFT', by: 'id' },
  ],
  example: 'INV-1043',
  place: 'invoices',
  table: 'invoices',
  columns: {
    id: own,
    is_sample: sample,
    /** Given at issue; gapless per account. */
    number: optional(serial),
    customer_id: refersTo('customer', 'customer'),
    job_id: optional(refersTo('job', 'job')),
    /** What was not said is told by what was billed before. */
    kind: { ...word('kind'), reckoned: true },
    status: word('status'),
    notes: optional(text('notes')),
    issued_on: optional(day('issued on')),
    due_on: optional(day('due on')),
    subtotal: money('subtotal'),
    tax: money('tax'),
    total: money('total'),
    void_reason: optional(text('void reason')),
    voided_on: optional(day('voided on')),
    /** The contract that it bills a share of. */
    contract_id: { ...optional(refersTo('contract', 'quote')), sameJob: 'sharing' },
    /** On a credit note: the invoice it credits. */
    credits_id: { ...optional(refersTo('credits', 'invoice')), sameJob: 'named' },
    /** The invoice that replaced it in a correction. */
    corrected_by_id: { ...optional(refersTo('corrected by', 'invoice')), reckoned: true },
    created_at: madeAt,
    /** How it counts against contracts; null on what was written before that was kept. */
    counting: { ...optional(word('counts as')), reckoned: true },
    /** Name and address as it was made out, once the customer's own are others. */
    to_name: optional(text('made out to')),
    to_address: optional(text('address on it')),
  },
  parts: {
    invoice_lines: {
      noun: 'line',
      key: ['invoice_id', 'position'],
      of: 'invoice_id',
      columns: {
        invoice_id: partOf('invoice'),
        position: silent,
        description: text('description'),
        quantity: quantity('quantity'),
        unit: text('unit'),
        unit_price: money('unit price'),
        tax_rate: percent('tax rate'),
      },
    },
    invoice_taxes: {
      noun: 'tax group',
      key: ['invoice_id', 'tax_rate'],
      of: 'invoice_id',
      columns: {
        invoice_id: partOf('invoice'),
        tax_rate: percent('tax rate'),
        base: money('base'),
        tax: money('tax'),
      },
    },
    contract_parts: {
      noun: 'part of a contract',
      key: ['invoice_id', 'contract_id', 'reduces', 'tax_rate'],
      of: 'invoice_id',
      reckoned: true,
      columns: {
        invoice_id: partOf('invoice'),
        contract_id: refersTo('contract', 'quote'),
        reduces: yes('price reduction'),
        tax_rate: percent('tax rate'),
        base: money('base'),
        tax: money('tax'),
      },
    },
    closed_invoices: {
      noun: 'closed month',
      key: ['invoice_id', 'day'],
      of: null,
      settled: true,
      columns: { invoice_id: partOf('invoice'), day: day('day'), amount: money('moved outside of jobs') },
    },
  },
  under: ['job', 'customer'],
  filing: 'groupPapers',
  found: { rank: 4, by: [] },
  describe: ({ row, customer, job }) => [job ?? said(row['kind']), customer, String(row['status'])],
  stands: (record) => ({
    status: stateOf(record),
    day: textIn(record.row['issued_on']),
    amount: amountIn(record.row['total']),
  }),
  isOut: ({ status }) => status === 'void',
  listedBy: 'list-invoices',
  toolset: 'invoices',
  plan: null,
  resource: {
    name: 'invoice',
    title: 'Invoice',
    description: 'An invoice with its payments, by number (INV-1043, DRAFT-5)',
  },
  linked: true,
  counted: true,
  withoutCosts: 'shown',
  tellsCost: [],
  crew: null,
} as const satisfies KindDeclaration;

/** Where it stands with what is paid, as lists of invoices say it: overdue before unpaid. */
function stateOf({ row, open, paid, today }: StandingRow): string {
  const status = String(row['status']);
  if (status !== 'issued' || row['kind'] === 'credit_note' || open === null) return status;
  if (open <= 0n) return paid === 0 && Number(row['total']) > 0 ? 'credited' : 'paid';
  if (String(row['due_on'] ?? today) < today) return 'overdue';
  return paid > 0 ? 'partly_paid' : 'unpaid';
}
