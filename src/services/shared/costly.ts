// What waits for a person's yes: decided by the rows that a write changed, so that it does not matter by which tool, or
// by which undo, they came to be changed. What rows do not show, a use case says of itself (`Journal.asks`), or a tool by
// its arguments (`waits`).
import { isTemplateName, TEMPLATES } from '../../domain/templates.ts';
import { tableNamed } from '../../kinds/tables.ts';
import { countRecords } from '../../store/books/counts.ts';
import type { Snapshot, LedgerTable } from '../../store/journal/ledger.ts';
import type { WriteScope } from '../../store/scope.ts';

/** A row that was there and is there still: `before` and `after` of it. */
type Changed = { readonly before: Snapshot; readonly after: Snapshot };

/** True where somebody should say yes before this write is kept. */
export async function isCostly(scope: WriteScope): Promise<boolean> {
  const { journal } = scope;
  if (journal.asked.length > 0) return true;
  for (const { table, before, after } of journal.changes) {
    if (before === null && after !== null && givesBack(scope, table, after)) return true;
    if (before !== null && after === null && takesOut(scope, table, before)) return true;
    if (before !== null && after !== null && (await alters(scope, table, { before, after }))) return true;
  }
  return false;
}

/** A credit of an invoice that stood before, or a refund of one. A sample book comes with both in it. */
function givesBack({ journal }: WriteScope, table: LedgerTable, row: Snapshot): boolean {
  const isOfEarlier = (id: unknown) =>
    !journal.changes.some((each) => each.table === 'invoices' && each.before === null && each.after?.['id'] === id);
  if (table === 'invoices') return row['kind'] === 'credit_note' && isOfEarlier(row['credits_id']);
  return table === 'payments' && row['is_refund'] === 1 && isOfEarlier(row['invoice_id']);
}

/** An expense off a job that stays. */
function takesOut({ journal }: WriteScope, table: LedgerTable, row: Snapshot): boolean {
  // Asked first: months of thousands of jobs are opened again by as many rows, none of which is one.
  if (table !== 'expenses') return false;
  return !journal.changes.some(
    ({ table: other, before, after }) => other === 'jobs' && after === null && before?.['id'] === row['job_id'],
  );
}

async function alters(scope: WriteScope, table: LedgerTable, { before, after }: Changed): Promise<boolean> {
  const becomes = (column: string, value: string) => before[column] !== value && after[column] === value;
  const columns = Object.entries(tableNamed(table)?.columns ?? {});
  if (columns.some(([column, { asks }]) => asks === true && before[column] !== after[column])) return true;
  switch (table) {
    case 'invoices':
      return becomes('status', 'void');
    // As by an undo of the undo.
    case 'customers':
      return before['merged_into'] === null && after['merged_into'] !== null;
    case 'payments':
      return before['voided_on'] === null && after['voided_on'] !== null;
    case 'jobs':
      return (
        becomes('status', 'cancelled') ||
        (after['billing_done_on'] !== null && before['billing_done_on'] !== after['billing_done_on'])
      );
    case 'accounts':
      if (before['closed_through'] !== after['closed_through']) return true;
      return hidesJobs({ before, after }) && (await countRecords(scope, { samples: false })).jobs > 0;
    default:
      return false;
  }
}

function hidesJobs({ before, after }: Changed): boolean {
  const hasJobs = ({ template }: Snapshot) =>
    typeof template === 'string' && isTemplateName(template) && TEMPLATES[template].jobs;
  return hasJobs(before) && !hasJobs(after);
}
