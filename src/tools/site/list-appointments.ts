import { z } from 'zod';
import * as workBlocks from '../../printers/crew-work.ts';
import * as work from '../../views/crew/work.ts';
import { appointmentsForCalendar, listAppointments } from '../../services/site/appointments.ts';
import { appointmentList, calendarEntry, listToPassOn, AppointmentList } from '../../views/internal/appointment.ts';
import { appointmentListBlocks } from '../../printers/appointment.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool, forCrew } from '../define-tool.ts';
import { loadClock } from '../load-clock.ts';
import { appointmentStatus, cursor, date, forWhom, includeSamples, limit, name, reference } from '../fields.ts';

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
    includeSamples,
    limit,
    cursor,
  }),
  output: AppointmentList,
  prepare: loadClock,
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
  crew: forCrew({
    description:
      'Your appointments and those of your jobs in time order, 30 days from today unless from and to say otherwise.',
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
    output: work.VisitList,
    prepare: loadClock,
    reads: async (scope, input, clock) => work.visitList(await listAppointments(scope, input, clock), scope.account),
    text: workBlocks.visitListBlocks,
  }),
});
