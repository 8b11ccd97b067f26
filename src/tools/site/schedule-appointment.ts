import { z } from 'zod';
import * as workBlocks from '../../printers/crew-work.ts';
import * as work from '../../views/crew/work.ts';
import { done } from '../../views/shapes.ts';
import { scheduleAppointment } from '../../services/site/appointments.ts';
import { appointmentRow, AppointmentRow } from '../../views/internal/appointment.ts';
import { changeOf } from '../../views/internal/format.ts';
import { appointmentText } from '../../printers/appointment.ts';
import { line } from '../../printers/blocks.ts';
import { didLine } from '../../printers/format.ts';
import { CREATE, OFFICE } from '../authority.ts';
import { defineTool, forCrew } from '../define-tool.ts';
import { loadClock } from '../load-clock.ts';
import { forWhom, name, people, shortText, text, when, reference } from '../fields.ts';
import { says } from '../../domain/message.ts';
import { warning } from '../../views/message.ts';

const visit = {
  title: name,
  starts: when.starts,
  minutes: when.minutes.optional(),
  ends: when.ends.optional(),
  place: shortText.optional(),
  notes: text.optional(),
  people: people.optional().describe('who goes'),
};

export const scheduleAppointmentTool = defineTool({
  name: 'schedule-appointment',
  title: 'Schedule an appointment',
  description: 'Books an appointment or site visit in local time; clashes are named. Nothing clinical: times only.',
  toolset: 'site',
  roles: OFFICE,
  costs: 'none',
  annotations: CREATE,
  feature: (input) => (input.job === undefined ? null : 'groupPapers'),
  input: z.strictObject({
    ...forWhom,
    ...visit,
  }),
  output: z.strictObject({ ...done, appointment: AppointmentRow, warnings: z.array(warning) }),
  prepare: loadClock,
  writes: async (scope, input, clock) => {
    const { appointment, warnings } = await scheduleAppointment(scope, input, clock);
    const out = appointmentRow(appointment, scope.account);
    const { ref, title, customer, when } = out;
    const did = says('log.scheduled', { ref, title, customer: customer.name, when });
    return { did, change: changeOf(scope), appointment: out, warnings: [...warnings] };
  },
  text: (output) => [
    didLine(output),
    ...output.warnings.map((warning) => line(warning)),
    line(appointmentText(output.appointment)),
  ],
  crew: forCrew({
    description: 'Books a visit for a job you are on, in local time. Nothing clinical: times only.',
    annotations: CREATE,
    needsJobs: true,
    feature: 'groupPapers',
    input: z.strictObject({
      job: reference,
      ...visit,
    }),
    output: work.VisitWritten,
    prepare: loadClock,
    writes: async (scope, input, clock) => {
      const { appointment, warnings } = await scheduleAppointment(scope, input, clock);
      const out = work.visitRow(appointment, scope.account);
      const { ref, title, customer, when: span } = out;
      const did = says('log.scheduled', { ref, title, customer: customer.name, when: span });
      return { did, change: changeOf(scope), appointment: out, warnings: [...warnings] };
    },
    text: (output) => [
      didLine(output),
      ...output.warnings.map((warning) => line(warning)),
      line(workBlocks.visitText(output.appointment)),
    ],
  }),
});
