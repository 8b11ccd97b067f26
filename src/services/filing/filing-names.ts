// The records that somebody names to be filed: of any kind that can be, each open on the plans that have it.
import { invalid, quoted } from '../../domain/errors.ts';
import { checkPlan, type Feature } from '../../domain/plans.ts';
import { declared } from '../../kinds/declared.ts';
import { KINDS } from '../../kinds/index.ts';
import { parseReference } from '../../kinds/reference.ts';
import { isFiled, type Filed, type FiledKind } from '../../store/books/filing.ts';
import { recordRows } from '../../store/books/records.ts';
import type { VisibleBooks } from '../shared/visibility.ts';
import { resolveAny } from '../resolve/resolve.ts';
import { says } from '../../domain/message.ts';
import type { Named } from '../../domain/named.ts';

export type NamedRecord = Filed & {
  /** The argument that named it. */
  readonly field: string;
  /** Null: a file that is nobody's. */
  readonly customer: Named | null;
  /** The contract of a quote, or the one that an invoice was made from. */
  readonly contractId: number | null;
  readonly expenseId: number | null;
  readonly walkAndTalkId: number | null;
};

/** Each record once, in the order named. */
export async function namedRecords(scope: VisibleBooks, records: readonly string[]): Promise<NamedRecord[]> {
  const kinds = records.map((ref, index) => kindOf(ref, `records[${index}]`));
  for (const [index, { feature }] of kinds.entries()) checkPlan(scope.account.plan, feature, `records[${index}]`);
  const found = new Map<string, NamedRecord>();
  for (const [index, { kind, words }] of kinds.entries()) {
    const record = await load(scope, kind, { ref: words, field: `records[${index}]`, intent: 'write' });
    if (!found.has(`${kind} ${record.id}`)) found.set(`${kind} ${record.id}`, record);
  }
  return [...found.values()];
}

/** By the letter of its number, or by a word that says what it is: `Q-31`, "the roof quote". */
function kindOf(ref: string, field: string): Fileable & { readonly words: string } {
  // Payments are never filed: a bare number reads as one, so that it is not taken for a quote's.
  const reference = parseReference(ref, 'payment');
  const named = FILEABLE.find(({ kind }) => kind === reference?.kind);
  if (named !== undefined) return { ...named, words: ref };
  const [said, ...more] = reference === null ? FILEABLE.filter(({ pattern }) => pattern.test(ref)) : [];
  if (said !== undefined && more.length === 0) {
    const words = ref.replace(said.pattern, ' ').trim();
    return { ...said, words: words === '' ? ref : words };
  }
  if (reference?.kind === 'expense') throw invalid(field, says('filing.expense-has-its-job'));
  throw invalid(field, says('filing.what-is-it', { said: quoted(ref) }));
}

type Fileable = { readonly kind: FiledKind; readonly feature: Feature; readonly pattern: RegExp };

/** What can be filed, what the plan needs to have for it, and what people call one. */
const FILEABLE: readonly Fileable[] = KINDS.flatMap(({ kind, noun, filing }) => {
  if (!isFiled(kind) || filing === null) return [];
  const spelled = noun.replace(/\s*&\s*/, String.raw`\s*(?:&|and)\s*`);
  return [{ kind, feature: filing, pattern: new RegExp(String.raw`\b${spelled}\b`, 'i') }];
});

async function load(
  scope: VisibleBooks,
  kind: FiledKind,
  said: { ref: string; field: string; intent: 'write' },
): Promise<NamedRecord> {
  const { id, ref } = await resolveAny(scope, kind, said);
  const [record] = await recordRows(scope, kind, [id]);
  if (record === undefined) throw new Error(`${ref} is gone`);
  /** What it is always on one job with. */
  const together = (column: string) => {
    const value = declared(kind).columns[column]?.sameJob === undefined ? null : record.row[column];
    return typeof value === 'number' ? value : null;
  };
  return {
    ...{ kind, id, ref, field: said.field, customer: record.customer, jobId: record.job?.id ?? null },
    contractId: together('contract_id'),
    expenseId: together('expense_id'),
    walkAndTalkId: together('walk_and_talk_id'),
  };
}
