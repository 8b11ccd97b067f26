import { z } from 'zod';
import { updateAppointment } from '../../services/site/appointments.ts';
import { visitRow, VisitWritten } from '../../views/crew/work.ts';
import { changeOf } from '../../views/internal/format.ts';
import { line } from '../../printers/blocks.ts';
import { visitText } from '../../printers/crew-work.ts';
import { didLine } from '../../printers/format.ts';
import { CREW, UPDATE } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { appointmentStatus, name, people, reference, shortText, text, when } from '../fields.ts';

export const updateAppointmentTool = defineTool({
  name: 'update-appointment',
  variant: 'crew',
  title: 'Change an appointment',
  description:
    'Moves (starts alone keeps its length), changes, completes or cancels an appointment of yours or of your jobs.',
  toolset: 'site',
  roles: CREW,
  costs: 'none',
  annotations: UPDATE,
  input: z.strictObject({
    appointment: reference,
    title: name.optional(),
    starts: when.starts.optional(),
    minutes: when.minutes.optional(),
    ends: when.ends.optional(),
    place: shortText.nullable().optional(),
    notes: text.nullable().optional(),
    people: people.optional().describe('replaces who goes'),
    status: appointmentStatus.optional(),
  }),
  output: VisitWritten,
  prepare: async () => await import('../../services/resolve/appointment-time.ts'),
  writes: async (scope, input, clock) => {
    const { appointment, warnings, summary: did } = await updateAppointment(scope, input, clock);
    return {
      did,
      change: changeOf(scope),
      appointment: visitRow(appointment, scope.account),
      warnings: [...warnings],
    };
  },
  text: (output) => [
    didLine(output),
    ...output.warnings.map((warning) => line(warning)),
    line(visitText(output.appointment)),
  ],
});
