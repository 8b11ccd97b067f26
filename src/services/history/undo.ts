// Taking one change back: the exact earlier state of every row it touched, unless something later stands on it.
import { refused } from '../../domain/errors.ts';
import type { Change } from '../../domain/history.ts';
import { tableNamed } from '../../kinds/tables.ts';
import {
  changeByNumber,
  listChanges,
  recordsOf,
  rowsOf,
  stepsOf,
  undoneBy,
  type RowStep,
} from '../../store/journal/history.ts';
import type { LedgerTable } from '../../store/journal/ledger.ts';
import { rowAt } from '../../store/journal/references.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import type { MayUndo } from '../context.ts';
import { readPhonesAnew } from '../shared/contact.ts';
import { dependentChanges, refuseFor } from './dependent-changes.ts';
import { says, type Message } from '../../domain/message.ts';
import { checkMerges, goOn } from './undo-merged.ts';
import { checkFrozen } from './undo-frozen.ts';
import { checkReferences } from './undo-references.ts';
import { stateAfterUndo, type AfterUndo } from './undone-state.ts';
import { checkCurrency, checkPromises, excessBefore } from './undo-promises.ts';

/** Writes that no tool made: what Jobwright or its operator did, and how that is taken back instead. */
const OWN_WRITES: Readonly<Record<string, Message>> = {
  open: says('undo.opened-the-books'),
  '--plan': says('undo.plan-is-set'),
  restore: says('undo.restored'),
  monthly: says('undo.booked-by-itself'),
  'first start': says('undo.samples-loaded'),
};

/** A change counts up with every state of this column: what holds a later one takes no earlier one back. */
function countIn(table: LedgerTable): string | undefined {
  return Object.entries(tableNamed(table)?.columns ?? {}).find(([, { countsUp }]) => countsUp === true)?.[0];
}

/** What every write settles at its end, and so an undo, which takes none of it back: whether a sample is one still, too. */
function isSettled({ table, before, after }: RowStep): boolean {
  if (tableNamed(table)?.settled === true) return true;
  return before !== null && after !== null && JSON.stringify(unmarked(before)) === JSON.stringify(unmarked(after));
}

function unmarked<R extends NonNullable<RowStep['before']>>(row: R): Omit<R, 'is_sample'> {
  const { is_sample: _, ...rest } = row;
  return rest;
}

export type Undone = {
  readonly summary: Message;
  /** The change that was taken back. */
  readonly change: Change;
  readonly state: AfterUndo;
  /** What came back otherwise than it was. */
  readonly notes: readonly Message[];
};

type UndoScope = WriteScope & { readonly mayUndo: MayUndo };

/** @param input without a number: the newest change of this person that is not an undo and stands */
export async function undoChange(scope: UndoScope, input: { change?: number | undefined }): Promise<Undone> {
  const change =
    input.change === undefined ? await newestOf(scope) : await undoable(scope, await named(scope, input.change));
  const steps = (await stepsOf(scope, change.number)).filter((step) => !isSettled(step));
  const rows = rowsOf(steps);
  await checkFrozen(scope, change, rows);
  await checkUnchanged(scope, change, steps);
  await checkReferences(scope, change, rows);
  await checkCurrency(scope, change, rows);
  const excess = await excessBefore(scope, rows);
  await putBack(scope, steps);
  await readPhonesOf(scope, rows);
  await checkMerges(scope, change, rows);
  const back = await goOn(scope, rows);
  await checkPromises(scope, change, back.rows, excess);
  scope.journal.undo(change.number);
  const summary = await undoing(scope, change);
  const touched = (await recordsOf(scope, [change.number])).get(change.number) ?? [];
  for (const { kind, id } of touched) scope.journal.log({ kind, id, entry: 'undone', said: summary });
  return { summary, change, state: await stateAfterUndo(scope, back.rows), notes: back.notes };
}

async function named(scope: ReadScope, number: number): Promise<Change> {
  const change = await changeByNumber(scope, number);
  if (change !== null) return change;
  throw refused(says('undo.no-such-change', { change: number }), 'change');
}

async function undoable(scope: UndoScope, change: Change): Promise<Change> {
  const facts = { change: change.number, summary: change.summary };
  const own = ownWrite(change);
  if (own !== null) throw refused(says('undo.not-by-a-tool', { ...facts, instead: own }), 'change');
  const made = await madeBy(scope, change);
  if (!scope.mayUndo(made)) throw refused(says('undo.not-for-you', { ...facts, tool: made }), 'change');
  const by = await undoneBy(scope, change.number);
  if (by === null) return change;
  throw refused(says('undo.undone-already', { ...facts, by }), 'change');
}

/** The tool of the change, or, where it is an undo, of what it took back in the end. */
async function madeBy(scope: ReadScope, { tool, undoes }: Change): Promise<string> {
  const before = undoes === null ? null : await changeByNumber(scope, undoes);
  return before === null ? tool : await madeBy(scope, before);
}

function ownWrite({ tool }: Change): Message | null {
  return Object.hasOwn(OWN_WRITES, tool) ? (OWN_WRITES[tool] ?? null) : null;
}

/** Changes looked through at once. */
const AT_ONCE = 50;

async function newestOf(scope: UndoScope): Promise<Change> {
  const { actor } = scope.author;
  let after = null;
  for (;;) {
    const changes = await listChanges(scope, { actors: [actor] }, { limit: AT_ONCE, after });
    for (const change of changes) {
      if (change.undoes !== null || ownWrite(change) !== null || !scope.mayUndo(change.tool)) continue;
      if ((await undoneBy(scope, change.number)) === null) return change;
    }
    after = changes.at(-1) ?? null;
    if (after === null) throw refused(says('undo.no-change-of'));
  }
}

/** @throws Problem where a row is no longer as the change left it, naming the later changes */
async function checkUnchanged(scope: WriteScope, change: Change, steps: readonly RowStep[]): Promise<void> {
  const changed: RowStep[] = [];
  for (const row of rowsOf(steps)) {
    const now = await rowAt(scope, row.table, row.key);
    if (asCompared(row.table, now) !== asCompared(row.table, row.after)) changed.push(row);
  }
  if (changed.length === 0) return;
  const isOne = (step: RowStep) =>
    changed.some((row) => row.table === step.table && JSON.stringify(row.key) === JSON.stringify(step.key));
  const changes = await dependentChanges(scope, change, { tables: changed.map(({ table }) => table), touches: isOne });
  throw await refuseFor(scope, change, { why: says('undo.later-changes'), changes });
}

function asCompared(table: LedgerTable, row: RowStep['after']): string {
  const column = countIn(table);
  if (row === null) return JSON.stringify(row);
  return JSON.stringify(unmarked(column === undefined ? row : { ...row, [column]: null }));
}

/** Runs the change backwards. Every state on the way is one that the books have been in, so no reference breaks. */
async function putBack(scope: WriteScope, steps: readonly RowStep[]): Promise<void> {
  for (const { table, key, before, after } of steps.toReversed()) {
    if (before === null) await scope.journal.remove(table, key);
    else if (after === null) await scope.journal.insert(table, before);
    else await scope.journal.update(table, key, unmarked(withoutCount(table, before)));
  }
  for (const { table, key, before, after } of rowsOf(steps)) {
    const column = countIn(table);
    if (column === undefined || before === null || after === null) continue;
    const now = Number((await rowAt(scope, table, key))?.[column] ?? 0);
    await scope.journal.update(table, key, { [column]: now + 1 });
  }
}

/** Numbers were read in the country of their time: those that come back, or all where the country itself does. */
async function readPhonesOf(scope: WriteScope, rows: readonly RowStep[]): Promise<void> {
  const place = rows.find(({ table }) => table === 'accounts')?.before;
  const { country = scope.account.country, time_zone: timeZone = scope.account.timeZone } = place ?? {};
  const account = {
    ...scope.account,
    country: typeof country === 'string' ? country : null,
    timeZone: typeof timeZone === 'string' ? timeZone : scope.account.timeZone,
  };
  const isElsewhere = account.country !== scope.account.country || account.timeZone !== scope.account.timeZone;
  const back = rows.flatMap(({ table, key, before }) =>
    table === 'customers' && before !== null ? [Number(key['id'])] : [],
  );
  if (isElsewhere) await readPhonesAnew({ ...scope, account });
  else if (back.length > 0) await readPhonesAnew(scope, back);
}

function withoutCount(table: LedgerTable, row: NonNullable<RowStep['before']>): NonNullable<RowStep['before']> {
  return Object.fromEntries(Object.entries(row).filter(([column]) => column !== countIn(table)));
}

/** `Undid change 41: …`; of an undo, also what became of the change that it had undone. */
async function undoing(scope: ReadScope, change: Change): Promise<Message> {
  const { number, summary } = change;
  if (change.undoes === null) return says('log.undone', { change: number, summary });
  let first = change;
  let stands = false;
  while (first.undoes !== null) {
    first = await named(scope, first.undoes);
    stands = !stands;
  }
  return says('log.undone-again', { change: number, first: first.number, stands, summary: first.summary });
}
