// The records that somebody names to be filed: any of five kinds, each open on the plans that have it.
import { invalid, quoted } from '../domain/errors.ts';
import { checkPlan, type Feature } from '../domain/plans.ts';
import { invoiceRef, parseReference, refOf } from '../kinds/reference.ts';
import type { Named } from '../domain/quote.ts';
import type { Filed, FiledKind } from '../store/filing.ts';
import type { VisibleBooks } from './visibility.ts';
import { resolveAppointment, resolveFile, resolveInvoice, resolveQuote, resolveWalkAndTalk } from './resolve.ts';

export type NamedRecord = Filed & {
  /** The argument that named it. */
  readonly field: string;
  readonly customer: Named;
  /** The contract of a quote, or the one that an invoice was made from. */
  readonly contractId: number | null;
  readonly expenseId: number | null;
  readonly walkAndTalkId: number | null;
};

const FEATURE: Readonly<Record<FiledKind, Feature>> = {
  quote: 'groupPapers',
  invoice: 'groupPapers',
  appointment: 'groupPapers',
  walk_and_talk: 'groupPapers',
  file: 'files',
};

/** Each record once, in the order named. */
export async function namedRecords(scope: VisibleBooks, records: readonly string[]): Promise<NamedRecord[]> {
  const kinds = records.map((spoken, index) => kindOf(spoken, `records[${index}]`));
  for (const [index, { kind }] of kinds.entries()) checkPlan(scope.account.plan, FEATURE[kind], `records[${index}]`);
  const found = new Map<string, NamedRecord>();
  for (const [index, { kind, words }] of kinds.entries()) {
    const record = await load(scope, kind, { spoken: words, field: `records[${index}]`, intent: 'write' });
    if (!found.has(`${kind} ${record.id}`)) found.set(`${kind} ${record.id}`, record);
  }
  return [...found.values()];
}

/** By the letter of its number, or by a word that says what it is: `Q-31`, "the roof quote". */
function kindOf(spoken: string, field: string): { kind: FiledKind; words: string } {
  // Payments are never filed: a bare number reads as one, so that it is not taken for a quote's.
  const reference = parseReference(spoken, 'payment');
  if (reference !== null && isFiled(reference.kind)) return { kind: reference.kind, words: spoken };
  const [said, ...more] = reference === null ? KIND_WORDS.filter(({ pattern }) => pattern.test(spoken)) : [];
  if (said !== undefined && more.length === 0) {
    const words = spoken.replace(said.pattern, ' ').trim();
    return { kind: said.kind, words: words === '' ? spoken : words };
  }
  if (reference?.kind === 'expense')
    throw invalid(field, 'an expense is always on a job. update-job-expense with job moves it to another.');
  throw invalid(
    field,
    `${quoted(spoken)} does not say what it is. Give a number like Q-31, INV-1043, DRAFT-5, F-9, A-4 or W-3, or words like "the roof quote".`,
  );
}

const KIND_WORDS: readonly { readonly kind: FiledKind; readonly pattern: RegExp }[] = [
  { kind: 'quote', pattern: /\bquote\b/i },
  { kind: 'invoice', pattern: /\binvoice\b/i },
  { kind: 'file', pattern: /\bfile\b/i },
  { kind: 'appointment', pattern: /\bappointment\b/i },
  { kind: 'walk_and_talk', pattern: /\bwalk\s*(?:&|and)\s*talk\b/i },
];

function isFiled(kind: string): kind is FiledKind {
  return Object.hasOwn(FEATURE, kind);
}

const ALONE = { contractId: null, expenseId: null, walkAndTalkId: null };

async function load(
  scope: VisibleBooks,
  kind: FiledKind,
  said: { spoken: string; field: string; intent: 'write' },
): Promise<NamedRecord> {
  const whose = ({ id, customer, job }: { id: number; customer: Named; job: Named | null }) => ({
    ...ALONE,
    id,
    customer,
    jobId: job?.id ?? null,
    field: said.field,
  });
  switch (kind) {
    case 'quote': {
      const quote = await resolveQuote(scope, said);
      return { kind, ...whose(quote), ref: refOf(kind, quote.id), contractId: quote.contractId };
    }
    case 'invoice': {
      const invoice = await resolveInvoice(scope, said);
      const ref = invoiceRef(invoice.id, invoice.number);
      return { kind, ...whose(invoice), ref, contractId: invoice.contractId };
    }
    case 'file': {
      const file = await resolveFile(scope, said);
      const { expenseId, walkAndTalkId } = file;
      return { kind, ...whose(file), ref: refOf(kind, file.id), expenseId, walkAndTalkId };
    }
    case 'appointment': {
      const appointment = await resolveAppointment(scope, said);
      return { kind, ...whose(appointment), ref: refOf(kind, appointment.id) };
    }
    case 'walk_and_talk': {
      const walk = await resolveWalkAndTalk(scope, said);
      return { kind, ...whose(walk), ref: refOf(kind, walk.id) };
    }
  }
}
