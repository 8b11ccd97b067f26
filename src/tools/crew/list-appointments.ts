import { z } from 'zod';
import { listAppointments } from '../../services/site/appointments.ts';
import { VisitList, visitList } from '../../views/crew/work.ts';
import { visitListBlocks } from '../../printers/crew-work.ts';
import { CREW, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { appointmentStatus, cursor, date, limit, name, reference } from '../fields.ts';

export const listAppointmentsTool = defineTool({
  name: 'list-appointments',
  variant: 'crew',
  title: 'List appointments',
  description:
    'Your appointments and those of your jobs in time order, 30 days from today unless from and to say otherwise.',
  toolset: 'site',
  roles: CREW,
  costs: 'none',
  annotations: READ,
  input: z.strictObject({
    job: reference.optional(),
    person: name.optional(),
    status: appointmentStatus.optional(),
    from: date.optional(),
    to: date.optional(),
    limit,
    cursor,
  }),
  output: VisitList,
  prepare: async () => await import('../../services/resolve/appointment-time.ts'),
  reads: async (scope, input, clock) => visitList(await listAppointments(scope, input, clock), scope.account),
  text: visitListBlocks,
});
