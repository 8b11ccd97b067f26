import { z } from 'zod';
import { done } from '../../views/shapes.ts';
import { undoChange } from '../../services/history/undo.ts';
import { changeEntry, ChangeEntry, undoneState, UndoneState } from '../../views/internal/history.ts';
import { changeOf } from '../../views/internal/format.ts';
import { line, note } from '../../printers/blocks.ts';
import { undoneBlocks } from '../../printers/history.ts';
import { warning } from '../../views/message.ts';
import { didLine } from '../../printers/format.ts';
import { dueFields } from '../../views/internal/monthly-expense.ts';
import { OFFICE, VOID } from '../authority.ts';
import { BY_ROWS, defineTool } from '../define-tool.ts';
import { changeNumber } from '../fields.ts';

export const undoChangeTool = defineTool({
  name: 'undo-change',
  title: 'Undo a change',
  description:
    "Takes a change back exactly (this person's newest if left out), unless something later stands on it; answers with the state after it.",
  toolset: 'history',
  roles: OFFICE,
  costs: 'needed',
  annotations: VOID,
  changesLists: true,
  input: z.strictObject({ change: changeNumber.optional() }),
  output: z.strictObject({ ...done, undone: ChangeEntry, now: UndoneState, warnings: z.array(warning), ...dueFields }),
  // Sent again, "undo the last" would take back one more.
  adds: ({ change }) => change === undefined,
  meansNewest: true,
  waits: BY_ROWS,
  writes: async (scope, input) => {
    const { summary: did, change, state, notes } = await undoChange(scope, input);
    return {
      ...{ did, change: changeOf(scope), undone: changeEntry(change, scope.account) },
      now: undoneState(state, scope.account),
      warnings: [...notes],
    };
  },
  text: (output) => [
    didLine(output),
    line(`It was made by ${output.undone.by} through ${output.undone.through}, ${output.undone.at}.`),
    ...output.warnings.map(note),
    ...undoneBlocks(output.now),
  ],
});
