import { z } from 'zod';
import { done } from '../../views/shapes.ts';
import { CONFIRM_BY } from '../../domain/account.ts';
import { isTemplateName } from '../../domain/templates.ts';
import { hidesJobs, sampleBookOf, updateAccount } from '../../services/account/account.ts';
import { accountCard, AccountCard, keptFields, keptShown } from '../../views/internal/account.ts';
import { changeOf } from '../../views/internal/format.ts';
import { line } from '../../printers/blocks.ts';
import { counted, didLine } from '../../printers/format.ts';
import { dueFields } from '../../views/internal/monthly-expense.ts';
import { OWNER, UPDATE } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { date, email, flag, name, phone, shortText, template } from '../fields.ts';
import { accountBlocks, keptBlocks } from '../../printers/account.ts';
import { says } from '../../domain/message.ts';

export const updateAccountTool = defineTool({
  name: 'update-account',
  title: 'Update the account',
  description:
    'Changes business details, terms, template, time zone, or the currency while no money is recorded; removeSamples takes all samples out.',
  toolset: 'account',
  roles: OWNER,
  costs: 'where granted',
  annotations: UPDATE,
  ofOverhead: true,
  changesLists: true,
  input: z.strictObject({
    name: name.optional(),
    address: shortText.nullable().optional(),
    phone: phone.nullable().optional(),
    email: email.nullable().optional(),
    template: template.optional(),
    currency: z.string().max(10).optional().describe('ISO 4217'),
    timeZone: z.string().max(60).optional().describe('IANA'),
    country: z.string().max(60).nullable().optional().describe('ISO 3166; null: guessed from the zone'),
    paymentTermsDays: z.int().min(0).max(365).optional(),
    removeSamples: flag.optional(),
    confirmBy: z
      .enum(CONFIRM_BY)
      .optional()
      .describe('who says yes to what is costly: person, on their own page or terminal'),
    closedThrough: date.nullable().optional().describe('closes months; earlier or null reopens, with a reason'),
    reason: shortText.optional(),
  }),
  output: z.strictObject({ ...done, account: AccountCard, ...keptFields, hiddenJobs: z.int(), ...dueFields }),
  waits: ({ removeSamples }) => removeSamples === true,
  fromEarlier: ({ account, ...answer }) => ({
    ...answer,
    account: { country: null, countryGuessed: false, ...(typeof account === 'object' ? account : {}) },
  }),
  prepare: async (input) =>
    input.template !== undefined && isTemplateName(input.template) ? await sampleBookOf(input.template) : null,
  writes: async (scope, input, book) => {
    const { card, changed, kept } = await updateAccount(scope, input, book);
    const did =
      changed.length === 0 ? says('log.account-so-already') : says('log.account-changed', { changes: changed });
    return {
      did,
      change: changeOf(scope),
      account: accountCard(card, scope.today),
      ...keptShown(kept, card.account),
      hiddenJobs: hidesJobs(card),
    };
  },
  text: (output) => [
    didLine(output),
    ...keptBlocks(output),
    ...(output.hiddenJobs === 0
      ? []
      : [
          line(
            `${counted(output.hiddenJobs, 'job')} ${output.hiddenJobs === 1 ? 'stays' : 'stay'} on the books, not shown on this template.`,
          ),
        ]),
    ...accountBlocks(output.account),
  ],
});
