import { z } from 'zod';
import * as workBlocks from '../../printers/crew-work.ts';
import * as work from '../../views/crew/work.ts';
import { scheduleAppointment } from '../../services/site/appointments.ts';
import { appointmentWritten, AppointmentWritten } from '../../views/internal/appointment.ts';
import { changeOf } from '../../views/internal/format.ts';
import { appointmentWrittenBlocks } from '../../printers/appointment.ts';
import { line } from '../../printers/blocks.ts';
import { didLine } from '../../printers/format.ts';
import { EVERY, MOST_VISITS } from '../../domain/repeated-visits.ts';
import { CREATE, OFFICE } from '../authority.ts';
import { defineTool, forCrew } from '../define-tool.ts';
import { loadClock } from '../load-clock.ts';
import { date, forWhom, name, people, shortText, text, when, reference } from '../fields.ts';

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
  description: `Books an appointment or site visit in local time, with repeats every week or month until a day (at most ${MOST_VISITS} visits); clashes are named. Nothing clinical: times only.`,
  toolset: 'site',
  roles: OFFICE,
  costs: 'none',
  annotations: CREATE,
  feature: (input) => (input.job === undefined ? null : 'groupPapers'),
  input: z.strictObject({
    ...forWhom,
    ...visit,
    repeats: z
      .strictObject({ every: z.enum(EVERY), until: date })
      .optional()
      .describe('a visit of its own each time, until that day: { every: "week", until: "2026-10-31" }'),
  }),
  output: AppointmentWritten,
  prepare: loadClock,
  writes: async (scope, input, clock) =>
    appointmentWritten(await scheduleAppointment(scope, input, clock), {
      change: changeOf(scope),
      account: scope.account,
    }),
  text: appointmentWrittenBlocks,
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
      const { appointment, warnings, summary: did } = await scheduleAppointment(scope, input, clock);
      return {
        did,
        change: changeOf(scope),
        appointment: work.visitRow(appointment, scope.account),
        warnings: [...warnings],
      };
    },
    text: (output) => [
      didLine(output),
      ...output.warnings.map((warning) => line(warning)),
      line(workBlocks.visitText(output.appointment)),
    ],
  }),
});
