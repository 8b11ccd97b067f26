// What came after a change and bears on it, and how a refusal to take the change back names it.
import { wallClock } from '../../domain/dates.ts';
import { refused, type Problem } from '../../domain/errors.ts';
import type { Change } from '../../domain/history.ts';
import { changeByNumber, rowsOf, stepsAfter, stepsOfAll, undoneBy, type RowStep } from '../../store/journal/history.ts';
import type { LedgerTable } from '../../store/journal/ledger.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { says, type Message } from '../../domain/message.ts';
import { stays } from './undo-frozen.ts';

/** Changes and records that an error names before it counts the rest. */
const SHOWN = 5;

/** Which steps of later changes bear on something. */
export type Bearing = { readonly tables: readonly LedgerTable[]; readonly touches: (step: RowStep) => boolean };

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

/** What stands on a change, and why that matters. */
type Standing = {
  readonly why: Message;
  readonly changes: readonly Change[];
  readonly records?: readonly (Message | string)[];
  /** A paper or a payment refers to it itself, and does so when it is void. */
  readonly forGood?: boolean;
};

/** The refusal to undo a change, with what stands on it. */
export async function refuseFor(
  scope: WriteScope,
  { number, summary }: Change,
  { why, changes, records = [], forGood = false }: Standing,
): Promise<Problem> {
  const { account, author } = scope;
  const shown = changes.slice(0, SHOWN);
  const steps = await stepsOfAll(
    scope,
    shown.map(({ number: change }) => change),
  );
  const isFrozen = (change: number) => rowsOf(steps.get(change) ?? []).some(stays);
  const areFrozen = shown.some(({ number: change }) => isFrozen(change));
  const facts = {
    change: number,
    summary,
    why,
    changes: shown.map(({ number: change, at, actor, client, summary: did }) => {
      const by = actor === author.actor ? null : actor;
      const when = wallClock(at, account.timeZone);
      return { change, by, client, at: when, summary: did, isFrozen: isFrozen(change) };
    }),
    frozen: areFrozen ? (forGood ? ('for good' as const) : ('until void' as const)) : null,
    records: records.slice(0, SHOWN - shown.length),
    more: Math.max(0, changes.length + records.length - SHOWN),
    later: changes.length,
    only: changes.length === 1 ? (changes[0]?.number ?? null) : null,
  };
  return refused(says('undo.cannot', facts), 'change');
}

/** What would be wrong after the undo, and which steps of later changes may have made it so. */
export type Broken = Bearing & { readonly why: Message };
