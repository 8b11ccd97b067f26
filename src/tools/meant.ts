// Which argument was probably meant by one that a tool does not take, and where else a choice belongs that is none here.
import { choiceMeant } from '../domain/choice.ts';
import { asSchema, type JsonSchema } from './forms.ts';

/** What people and models call arguments by, besides our names for them. */
const ALSO_CALLED: Readonly<Record<string, readonly string[]>> = {
  date: ['asOf', 'spentOn', 'paidOn', 'issuedOn', 'quotedOn', 'starts', 'startsOn', 'on', 'heldAt'],
  day: ['on', 'spentOn', 'paidOn'],
  time: ['starts'],
  due: ['dueOn'],
  since: ['from'],
  until: ['to'],
  items: ['lines', 'expenses'],
  receipts: ['expenses'],
  into: ['keep'],
  merge: ['duplicate'],
  qty: ['quantity'],
  price: ['unitPrice'],
  rate: ['unitPrice'],
  cost: ['unitCost'],
  tax: ['taxRatePercent'],
  client: ['customer'],
  customer: ['invoice', 'document'],
  project: ['job'],
  invoice: ['document', 'record', 'records', 'creditFor'],
  quote: ['document', 'record', 'records', 'fromQuote', 'copyOf'],
  estimate: ['quote', 'fromQuote', 'document'],
  supplier: ['vendor'],
  store: ['vendor'],
  merchant: ['vendor'],
  memo: ['note', 'notes'],
  comment: ['note', 'notes'],
  note: ['notes'],
  notes: ['note', 'description'],
  text: ['note', 'query'],
  reason: ['voidReason'],
  crew: ['assignees', 'people'],
  team: ['assignees', 'people'],
  assignee: ['assignees', 'people'],
  duration: ['minutes'],
  deadline: ['endsOn', 'dueOn'],
  groupBy: ['by'],
  search: ['query'],
  id: ['record', 'job', 'customer', 'quote', 'invoice', 'expense'],
  title: ['name'],
  name: ['title'],
};

/** The argument of these that goes by this name elsewhere; null where nothing is near. */
export function argumentMeant(unknown: string, expected: readonly string[]): string | null {
  const plain = folded(unknown);
  const alike = expected.find((each) => folded(each) === plain);
  if (alike !== undefined) return alike;
  const called = Object.entries(ALSO_CALLED).flatMap(([name, ours]) =>
    ENDINGS.some((ending) => folded(name) + ending === plain) ? ours : [],
  );
  const known = called.find((each) => expected.includes(each));
  if (known !== undefined) return known;
  const near = expected.filter(
    (each) => plain.length > 2 && (folded(each).includes(plain) || plain.includes(folded(each))),
  );
  return near.length === 1 ? (near[0] ?? null) : null;
}

/** With which a name may be longer: dueDate, supplierName. */
const ENDINGS = ['', 's', 'date', 'on', 'at', 'name', 'id', 'percent', 'time'];

function folded(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Where a choice that is none here belongs: to another argument of the same tool, or to another tool. */
export function belongsTo(
  value: unknown,
  schema: JsonSchema,
  { tool, field }: { tool: string; field: string },
): string {
  if (typeof value !== 'string') return '';
  for (const [name, property] of Object.entries(asSchema(schema['properties']))) {
    const { enum: choices, type } = asSchema(property);
    const choice = Array.isArray(choices) && name !== field ? choiceMeant(choices.map(String), value) : undefined;
    if (choice !== undefined) return ` For that give ${name}: "${choice}".`;
    if (type === 'boolean' && folded(name) === folded(value)) return ` For that give ${name}: true.`;
  }
  const elsewhere = ELSEWHERE[`${tool} ${field}`]?.[folded(value)];
  return elsewhere === undefined ? '' : ` ${elsewhere}`;
}

const ELSEWHERE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'update-invoice status': {
    paid: 'record-payment records that it was paid.',
    sent: 'An invoice is issued, and get-document makes what goes to the customer.',
    draft: 'An issued invoice is corrected (correct: true), credited or voided.',
  },
  'update-job status': {
    deleted: 'Jobs are never deleted: cancelled is the end of one that fell through.',
    billed: 'create-invoice bills it, and billingDone: true writes off what is left.',
    paid: 'record-payment records what was paid on its invoice.',
  },
};
