// What came after a change and bears on it, and how a refusal to take the change back names it.
import { cut, inLine } from '../../domain/text.ts';
import { wallClock } from '../../domain/dates.ts';
import { refused, type Problem } from '../../domain/errors.ts';
import type { Change } from '../../domain/history.ts';
import { changeByNumber, stepsAfter, undoneBy, type Step } from '../../store/journal/history.ts';
import type { LedgerTable } from '../../store/journal/ledger.ts';
import type { ReadScope } from '../../store/scope.ts';

/** Changes and records that an error names before it counts the rest. */
const SHOWN = 5;

/** Which steps of later changes bear on something. */
export type Bearing = { readonly tables: readonly LedgerTable[]; readonly touches: (step: Step) => boolean };

/**
 * The later changes that bear on something and still have an effect, newest first. One that was undone has none, and
 * neither has its undo.
 */
export async function dependentChanges(
  scope: ReadScope,
  { number }: Change,
  { tables, touches }: Bearing,
): Promise<Change[]> {
  const found: Change[] = [];
  for (const [each, steps] of await stepsAfter(scope, number, [...new Set(tables)])) {
    if (!steps.some(touches) || (await undoneBy(scope, each)) !== null) continue;
    const change = await changeByNumber(scope, each);
    if (change !== null && (change.undoes === null || change.undoes <= number)) found.push(change);
  }
  return found;
}

/** The refusal to undo a change, with what stands on it. */
export function refuseFor(
  scope: ReadScope,
  change: Change,
  { why, changes, records = [] }: { why: string; changes: readonly Change[]; records?: readonly string[] },
): Problem {
  const lines = [...changes.map((each) => changeInWords(scope, each)), ...records];
  const shown = lines.slice(0, SHOWN).map((line) => `\n- ${line}`);
  const more = lines.length > SHOWN ? `\n- and ${lines.length - SHOWN} more` : '';
  const next =
    changes.length === 0
      ? 'Set those right first.'
      : `Undo ${changes.length === 1 ? `change ${changes[0]?.number ?? 0}` : 'those, the newest'} first, or set things right directly.`;
  return refused(
    `change ${change.number} (${shortened(change.summary)}) cannot be undone: ${why}:${shown.join('')}${more}\nNothing was changed. ${next}`,
    'change',
  );
}

function changeInWords({ account }: ReadScope, { number, at, actor, client, summary }: Change): string {
  return `change ${number} by ${actor} through ${client}, ${wallClock(at, account.timeZone)}: ${shortened(summary)}`;
}

function shortened(summary: string): string {
  return cut(inLine(summary), 160);
}
