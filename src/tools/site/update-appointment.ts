import { z } from 'zod';
import * as workBlocks from '../../printers/crew-work.ts';
import * as work from '../../views/crew/work.ts';
import { updateAppointment } from '../../services/site/appointments.ts';
import { appointmentWritten, AppointmentWritten } from '../../views/internal/appointment.ts';
import { changeOf } from '../../views/internal/format.ts';
import { appointmentWrittenBlocks } from '../../printers/appointment.ts';
import { line } from '../../printers/blocks.ts';
import { didLine } from '../../printers/format.ts';
import { OFFICE, UPDATE } from '../authority.ts';
import { defineTool, forCrew } from '../define-tool.ts';
import { loadClock } from '../load-clock.ts';
import { appointmentStatus, flag, name, people, reference, shortText, text, when } from '../fields.ts';

const changes = {
  appointment: reference,
  title: name.optional(),
  starts: when.starts.optional(),
  minutes: when.minutes.optional(),
  ends: when.ends.optional(),
  place: shortText.nullable().optional(),
  notes: text.nullable().optional(),
  people: people.optional().describe('replaces who goes'),
  status: appointmentStatus.optional(),
};

export const updateAppointmentTool = defineTool({
  name: 'update-appointment',
  title: 'Change an appointment',
  description:
    'Moves an appointment (starts alone keeps its length), changes, completes or cancels it, alone or with the rest that repeat with it; clashes are named.',
  toolset: 'site',
  roles: OFFICE,
  costs: 'none',
  annotations: UPDATE,
  input: z.strictObject({
    ...changes,
    rest: flag.optional().describe('also all later visits that repeat with it'),
  }),
  output: AppointmentWritten,
  prepare: loadClock,
  writes: async (scope, input, clock) =>
    appointmentWritten(await updateAppointment(scope, input, clock), {
      change: changeOf(scope),
      account: scope.account,
    }),
  text: appointmentWrittenBlocks,
  crew: forCrew({
    description:
      'Moves (starts alone keeps its length), changes, completes or cancels an appointment of yours or of your jobs.',
    annotations: UPDATE,
    input: z.strictObject(changes),
    output: work.VisitWritten,
    prepare: loadClock,
    writes: async (scope, input, clock) => {
      const { appointment, warnings, summary: did } = await updateAppointment(scope, input, clock);
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
