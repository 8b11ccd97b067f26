import { z } from 'zod';
import { done } from '../../views/shapes.ts';
import { recordWalkAndTalk } from '../../services/site/walk-and-talks.ts';
import { walkDetails, WalkDetails } from '../../views/crew/work.ts';
import { changeOf } from '../../views/internal/format.ts';
import { didLine } from '../../printers/format.ts';
import { CREW, VOID } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { MOST_PHOTOS, name, points, reference, shortLine, text, transcript } from '../fields.ts';
import { walkWrittenBlocks } from '../../printers/crew-work.ts';

export const recordWalkAndTalkTool = defineTool({
  name: 'record-walk-and-talk',
  variant: 'crew',
  title: 'Record a walk & talk',
  description:
    'Keeps a recorded site visit (consent, transcript) on a job you are on; corrects replaces parts of an earlier one. No clinical records: appointment times, superbills, invoices and receipts only.',
  toolset: 'site',
  roles: CREW,
  costs: 'none',
  annotations: VOID,
  feature: ({ photos = [] }) => (photos.length > 0 ? 'files' : 'groupPapers'),
  input: z.strictObject({
    job: reference.optional(),
    corrects: reference.optional().describe('W-3, instead of job'),
    title: name.optional(),
    heldAt: reference.optional(),
    consent: shortLine.optional().describe('who agreed to be recorded, and how'),
    transcript: transcript.optional().describe('verbatim'),
    summary: text.nullable().optional(),
    findings: points.optional(),
    followUps: points.optional(),
    photos: z.array(reference).max(MOST_PHOTOS).optional().describe('["F-9"]'),
  }),
  output: z.strictObject({
    ...done,
    walkAndTalk: WalkDetails,
  }),
  adds: ({ corrects }) => corrects === undefined,
  prepare: async () => await import('../../services/resolve/appointment-time.ts'),
  writes: async (scope, input, { instantOf }) => {
    const { summary: did, walkAndTalk, photos } = await recordWalkAndTalk(scope, input, instantOf);
    return { did, change: changeOf(scope), walkAndTalk: walkDetails(walkAndTalk, photos, scope.account) };
  },
  text: (output) => [didLine(output), ...walkWrittenBlocks(output.walkAndTalk)],
});
