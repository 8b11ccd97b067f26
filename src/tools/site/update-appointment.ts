import { z } from 'zod';
import * as workBlocks from '../../printers/crew-work.ts';
import * as work from '../../views/crew/work.ts';
import { done } from '../../views/shapes.ts';
import { updateAppointment } from '../../services/site/appointments.ts';
import { appointmentRow, AppointmentRow } from '../../views/internal/appointment.ts';
import { changeOf } from '../../views/internal/format.ts';
import { appointmentText } from '../../printers/appointment.ts';
import { line } from '../../printers/blocks.ts';
import { didLine } from '../../printers/format.ts';
import { OFFICE, UPDATE } from '../authority.ts';
import { defineTool, forCrew } from '../define-tool.ts';
import { loadClock } from '../load-clock.ts';
import { appointmentStatus, name, people, reference, shortText, text, when } from '../fields.ts';
import { warning } from '../../views/message.ts';

const changes = z.strictObject({
  appointment: reference,
  title: name.optional(),
  starts: when.starts.optional(),
  minutes: when.minutes.optional(),
  ends: when.ends.optional(),
  place: shortText.nullable().optional(),
  notes: text.nullable().optional(),
  people: people.optional().describe('replaces who goes'),
  status: appointmentStatus.optional(),
});

export const updateAppointmentTool = defineTool({
  name: 'update-appointment',
  title: 'Change an appointment',
  description:
    'Moves an appointment (starts alone keeps its length), changes, completes or cancels it; clashes are named.',
  toolset: 'site',
  roles: OFFICE,
  costs: 'none',
  annotations: UPDATE,
  input: changes,
  output: z.strictObject({ ...done, appointment: AppointmentRow, warnings: z.array(warning) }),
  prepare: loadClock,
  writes: async (scope, input, clock) => {
    const { appointment, warnings, summary: did } = await updateAppointment(scope, input, clock);
    const out = appointmentRow(appointment, scope.account);
    return { did, change: changeOf(scope), appointment: out, warnings: [...warnings] };
  },
  text: (output) => [
    didLine(output),
    ...output.warnings.map((warning) => line(warning)),
    line(appointmentText(output.appointment)),
  ],
  crew: forCrew({
    description:
      'Moves (starts alone keeps its length), changes, completes or cancels an appointment of yours or of your jobs.',
    annotations: UPDATE,
    input: changes,
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
