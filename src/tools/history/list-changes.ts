import { z } from 'zod';
import { asksForEvents, listEvents } from '../../services/history/events.ts';
import { listChanges } from '../../services/history/history.ts';
import { changeList, ChangeList, eventList } from '../../views/internal/history.ts';
import { historyBlocks } from '../../printers/history.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { anyReference, changeNumber, cursor, date, includeSamples, limit, name } from '../fields.ts';

export const listChangesTool = defineTool({
  name: 'list-changes',
  title: 'What happened, and who changed what',
  description:
    'With dates alone, what happened on those days over all jobs ("last week"): jobs started and done, quotes sent, visits, spending, invoices, payments. Else who changed what, when, through which assistant, newest first; change shows one in full. show chooses.',
  toolset: 'history',
  roles: OFFICE,
  costs: 'needed',
  annotations: READ,
  input: z.strictObject({
    record: anyReference.optional().describe('E-88, INV-1043 or words'),
    person: name.optional(),
    assistant: name.optional().describe('like ChatGPT'),
    on: date.optional(),
    from: date.optional(),
    to: date.optional(),
    change: changeNumber.optional(),
    show: z.enum(['events', 'changes']).optional(),
    includeSamples,
    limit,
    cursor,
  }),
  output: ChangeList,
  reads: async (scope, { show, ...input }) =>
    asksForEvents(show, input)
      ? eventList(await listEvents(scope, input), scope.account)
      : changeList(await listChanges(scope, input), scope.account),
  text: historyBlocks,
});
