import { z } from 'zod';
import { scheduleAppointment } from '../../services/site/appointments.ts';
import { visitRow, VisitWritten } from '../../views/crew/work.ts';
import { changeOf } from '../../views/internal/format.ts';
import { line } from '../../printers/blocks.ts';
import { visitText } from '../../printers/crew-work.ts';
import { didLine } from '../../printers/format.ts';
import { CREATE, CREW } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { name, people, reference, shortText, text, when } from '../fields.ts';

export const scheduleAppointmentTool = defineTool({
  name: 'schedule-appointment',
  variant: 'crew',
  title: 'Schedule an appointment',
  description: 'Books a visit for a job you are on, in local time. Nothing clinical: times only.',
  toolset: 'site',
  roles: CREW,
  costs: 'none',
  annotations: CREATE,
  needsJobs: true,
  feature: 'groupPapers',
  input: z.strictObject({
    job: reference,
    title: name,
    starts: when.starts,
    minutes: when.minutes.optional(),
    ends: when.ends.optional(),
    place: shortText.optional(),
    notes: text.optional(),
    people: people.optional().describe('who goes'),
  }),
  output: VisitWritten,
  prepare: async () => await import('../../services/resolve/appointment-time.ts'),
  writes: async (scope, input, clock) => {
    const { appointment, warnings } = await scheduleAppointment(scope, input, clock);
    const out = visitRow(appointment, scope.account);
    const did = `Scheduled ${out.ref} ${out.title} with ${out.customer.name}, ${out.when}`;
    return { did, change: changeOf(scope), appointment: out, warnings: [...warnings] };
  },
  text: (output) => [
    didLine(output),
    ...output.warnings.map((warning) => line(warning)),
    line(visitText(output.appointment)),
  ],
});
