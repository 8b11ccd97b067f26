import { z } from 'zod';
import { getAccount } from '../../services/account/account.ts';
import { accountCard, AccountCard } from '../../views/internal/account.ts';
import { accountBlocks } from '../../printers/account.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';

export const getAccountTool = defineTool({
  name: 'get-account',
  title: 'Show the account',
  description:
    'The business and its settings: template with stages and usual lines, currency, time zone, plan, record counts.',
  toolset: 'account',
  roles: OFFICE,
  costs: 'none',
  annotations: READ,
  input: z.strictObject({}),
  output: z.strictObject({ account: AccountCard }),
  reads: async (scope) => ({ account: accountCard(await getAccount(scope), scope.today) }),
  text: (output) => accountBlocks(output.account),
});
