import { z } from 'zod';
import { listChanges } from '../../services/history/history.ts';
import { changeList, ChangeList } from '../../views/internal/history.ts';
import { historyBlocks } from '../../printers/history.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { changeNumber, cursor, date, limit, name, reference } from '../fields.ts';

export const listChangesTool = defineTool({
  name: 'list-changes',
  title: 'Who changed what',
  description: 'Who changed what, when, through which assistant, newest first; change shows one in full.',
  toolset: 'history',
  roles: OFFICE,
  costs: 'needed',
  annotations: READ,
  booksDue: true,
  input: z.strictObject({
    record: reference.optional().describe('E-88, INV-1043 or words'),
    person: name.optional(),
    assistant: name.optional().describe('like ChatGPT'),
    on: date.optional(),
    from: date.optional(),
    to: date.optional(),
    change: changeNumber.optional(),
    limit,
    cursor,
  }),
  output: ChangeList,
  reads: async (scope, input) => changeList(await listChanges(scope, input), scope.account),
  text: historyBlocks,
});
