import { z } from 'zod';
import { appointmentsForCalendar, listAppointments } from '../../services/site/appointments.ts';
import { appointmentList, calendarEntry, listToPassOn, AppointmentList } from '../../views/internal/appointment.ts';
import { appointmentListBlocks } from '../../printers/appointment.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { appointmentStatus, cursor, date, forWhom, limit, name } from '../fields.ts';

export const listAppointmentsTool = defineTool({
  name: 'list-appointments',
  title: 'List appointments',
  description:
    'Appointments on the calendar in time order, 30 days from today unless from and to say otherwise; ical adds a calendar file.',
  toolset: 'site',
  roles: OFFICE,
  costs: 'none',
  annotations: READ,
  input: z.strictObject({
    ...forWhom,
    person: name.optional(),
    status: appointmentStatus.optional(),
    from: date.optional(),
    to: date.optional(),
    format: z.enum(['text', 'ical']).optional(),
    private: z.boolean().optional().describe('with notes and people'),
    limit,
    cursor,
  }),
  output: AppointmentList,
  prepare: async () => await import('../../services/resolve/appointment-time.ts'),
  reads: async (scope, input, clock) => ({
    list: appointmentList(await listAppointments(scope, input, clock), scope.account),
    entries:
      input.format === 'ical'
        ? (await appointmentsForCalendar(scope, input, clock)).map((entry) =>
            calendarEntry(entry, { isPrivate: input.private === true }),
          )
        : null,
    now: scope.now,
  }),
  render: async ({ list, entries, now }, { private: isPrivate }, effects) => {
    if (entries === null) return { output: list };
    const shown = isPrivate === true ? list : listToPassOn(list);
    const fileName = `appointments-${list.from}-to-${list.to}.ics`;
    const { bytes } = await effects.inWorker('make calendar', { entries, madeAt: now });
    const base64 = Buffer.from(bytes).toString('base64');
    return {
      output: { ...shown, file: fileName },
      extras: [{ kind: 'file', fileName, mimeType: 'text/calendar', base64 }],
    };
  },
  text: appointmentListBlocks,
});
