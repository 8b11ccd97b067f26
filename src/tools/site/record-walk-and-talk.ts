import { z } from 'zod';
import * as workBlocks from '../../printers/crew-work.ts';
import * as work from '../../views/crew/work.ts';
import { done } from '../../views/shapes.ts';
import { recordWalkAndTalk } from '../../services/site/walk-and-talks.ts';
import { walkAndTalkDetails, WalkAndTalkDetails } from '../../views/internal/walk-and-talk.ts';
import { changeOf } from '../../views/internal/format.ts';
import { didLine } from '../../printers/format.ts';
import { dueFields } from '../../views/internal/monthly-expense.ts';
import { OFFICE, VOID } from '../authority.ts';
import { defineTool, forCrew } from '../define-tool.ts';
import { loadClock } from '../load-clock.ts';
import { forWhom, MOST_PHOTOS, name, points, reference, shortLine, text, transcript } from '../fields.ts';
import { walkAndTalkWrittenBlocks } from '../../printers/walk-and-talk.ts';

const recorded = {
  title: name.optional(),
  heldAt: reference.optional(),
  consent: shortLine.optional().describe('who agreed to be recorded, and how'),
  transcript: transcript.optional().describe('verbatim'),
  summary: text.nullable().optional(),
  findings: points.optional(),
  followUps: points.optional(),
  photos: z.array(reference).max(MOST_PHOTOS).optional().describe('["F-9"]'),
};

export const recordWalkAndTalkTool = defineTool({
  name: 'record-walk-and-talk',
  title: 'Record a walk & talk',
  description:
    'Keeps a recorded site visit (title, consent, transcript) to quote from; corrects replaces parts of an earlier one. No clinical records: appointment times, superbills, invoices and receipts only.',
  toolset: 'site',
  roles: OFFICE,
  costs: 'where granted',
  annotations: VOID,
  feature: ({ job, photos = [] }) => (photos.length > 0 ? 'files' : job === undefined ? null : 'groupPapers'),
  input: z.strictObject({
    ...forWhom,
    corrects: reference.optional().describe('W-3'),
    ...recorded,
  }),
  output: z.strictObject({ ...done, walkAndTalk: WalkAndTalkDetails, ...dueFields }),
  adds: ({ corrects }) => corrects === undefined,
  prepare: loadClock,
  writes: async (scope, input, { instantOf }) => {
    const { summary: did, ...page } = await recordWalkAndTalk(scope, input, instantOf);
    return { did, change: changeOf(scope), walkAndTalk: walkAndTalkDetails(page, scope.account) };
  },
  text: (output) => [didLine(output), ...walkAndTalkWrittenBlocks(output.walkAndTalk)],
  crew: forCrew({
    description:
      'Keeps a recorded site visit (consent, transcript) on a job you are on; corrects replaces parts of an earlier one. No clinical records: appointment times, superbills, invoices and receipts only.',
    annotations: VOID,
    feature: ({ photos = [] }) => (photos.length > 0 ? 'files' : 'groupPapers'),
    input: z.strictObject({
      job: reference.optional(),
      corrects: reference.optional().describe('W-3, instead of job'),
      ...recorded,
    }),
    output: z.strictObject({
      ...done,
      walkAndTalk: work.WalkDetails,
    }),
    adds: ({ corrects }) => corrects === undefined,
    prepare: loadClock,
    writes: async (scope, input, { instantOf }) => {
      const { summary: did, walkAndTalk, photos } = await recordWalkAndTalk(scope, input, instantOf);
      return { did, change: changeOf(scope), walkAndTalk: work.walkDetails(walkAndTalk, photos, scope.account) };
    },
    text: (output) => [didLine(output), ...workBlocks.walkWrittenBlocks(output.walkAndTalk)],
  }),
});
