import { z } from 'zod';
import { listAppointments } from '../../services/site/appointments.ts';
import { visitInRow, VisitRow } from '../../views/crew/work.ts';
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
  output: z.strictObject({
    from: z.string(),
    to: z.string(),
    timeZone: z.string(),
    appointments: z.array(VisitRow),
    count: z.int(),
    nextCursor: z.string().optional(),
  }),
  prepare: async () => await import('../../services/resolve/appointment-time.ts'),
  reads: async (scope, input, clock) => {
    const list = await listAppointments(scope, input, clock);
    const { from, to, count, nextCursor } = list;
    const { timeZone } = scope.account;
    const appointments = list.appointments.map((each) => visitInRow(each, scope.account));
    return { from, to, timeZone, appointments, count, ...(nextCursor === null ? {} : { nextCursor }) };
  },
  text: visitListBlocks,
});
