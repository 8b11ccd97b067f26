// View and tools of the made-up noun.
import { z } from 'zod';
import { seesCosts, type VisibleAccount } from '../../../src/domain/account.ts';
import { text } from '../../../src/domain/money.ts';
import { line } from '../../../src/printers/blocks.ts';
import { didLine } from '../../../src/printers/format.ts';
import { CREATE, OFFICE, READ } from '../../../src/tools/authority.ts';
import { BY_ROWS, defineTool, type Tool } from '../../../src/tools/define-tool.ts';
import { reference, shortLine } from '../../../src/tools/fields.ts';
import { changeOf } from '../../../src/views/internal/format.ts';
import { done } from '../../../src/views/shapes.ts';
import { getRental, rentTool, type Rental } from './rentals.ts';

const RentalRow = z.strictObject({
  ref: z.string(),
  title: z.string(),
  charged: z.string(),
  rent: z.string().optional(),
});
type RentalRow = z.output<typeof RentalRow>;

function rentalRow({ ref, tool, charged, rent }: Rental, account: VisibleAccount): RentalRow {
  const { currency } = account;
  const shown = seesCosts(account) ? { rent: text(rent, currency) } : {};
  return { ref, title: tool, charged: text(charged, currency), ...shown };
}

const rowText = ({ ref, title, charged, rent }: RentalRow) =>
  line(`${ref} ${title}: charged ${charged}${rent === undefined ? '' : `, rent ${rent}`}`);

export const RENTAL_TOOLS: readonly Tool[] = [
  defineTool({
    name: 'rent-tool',
    title: 'Rent a tool',
    description: 'Notes a rented tool.',
    toolset: 'site',
    roles: OFFICE,
    costs: 'needed',
    annotations: CREATE,
    input: z.strictObject({
      customer: reference,
      tool: shortLine,
      charged: z.number(),
      rent: z.number(),
      days: z.array(z.string()),
    }),
    output: z.strictObject({ ...done, toolRental: RentalRow }),
    waits: BY_ROWS,
    writes: async (scope, input) => {
      const toolRental = rentalRow(await rentTool(scope, input), scope.account);
      return { did: `Rented ${toolRental.ref} ${toolRental.title}`, change: changeOf(scope), toolRental };
    },
    text: (output) => [didLine(output), rowText(output.toolRental)],
  }),
  defineTool({
    name: 'get-tool-rental',
    title: 'Show a tool rental',
    description: 'One rented tool.',
    toolset: 'site',
    roles: OFFICE,
    costs: 'where granted',
    annotations: READ,
    input: z.strictObject({ rental: reference }),
    output: z.strictObject({ toolRental: RentalRow }),
    reads: async (scope, { rental }) => ({ toolRental: rentalRow(await getRental(scope, rental), scope.account) }),
    text: ({ toolRental }) => [rowText(toolRental)],
  }),
];
