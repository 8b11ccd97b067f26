// The compiler walks everything that a customer's views make, to any depth, for an amount that is not a price; and what
// crew's views make for any amount at all.
import { expectTypeOf, it } from 'vitest';
import type { Block, Phrase } from '../../src/printers/blocks.ts';
import type * as pdf from '../../src/documents/pdf.ts';
import type { Amount, AmountText, PriceText, Total } from '../../src/domain/money.ts';
import type { CostText } from '../../src/domain/cost.ts';
import type { Profit } from '../../src/domain/profit.ts';
import type { Paper } from '../../src/domain/paper.ts';
import type * as query from '../../src/store/books/paper.ts';
import type * as crewRecord from '../../src/printers/crew-record.ts';
import type * as crewPrinter from '../../src/printers/crew-work.ts';
import type * as crewWork from '../../src/views/crew/work.ts';
import type * as document from '../../src/views/customer/document.ts';
import type * as documentPrinter from '../../src/printers/customer-document.ts';
import type * as html from '../../src/printers/customer-html.ts';
import type * as paper from '../../src/views/customer/paper.ts';
import type * as text from '../../src/printers/customer-paper.ts';
import type { Message } from '../../src/domain/message.ts';

type CostOrProfit = Amount<'cost' | 'profit'> | Total<'cost' | 'profit'> | AmountText<'cost' | 'profit'>;
type AnyAmount = CostOrProfit | Amount<'price'> | Total<'price'> | AmountText<'price'>;
/** A block's phrases hold text alone. */
type Plain = string | number | bigint | boolean | symbol | null | undefined | Uint8Array | Block | Phrase;

/** The secrets within a type: behind null, in arrays, in what functions and promises give, and in what schemas let through. Never, where there is none. */
type Secrets<T, Secret = CostOrProfit> = T extends Secret
  ? T
  : // What is said is a code with facts in words, and no amount among them has a kind.
    T extends Plain | Message
    ? never
    : T extends { readonly _zod: { readonly output: infer Sent } }
      ? Secrets<Sent, Secret>
      : T extends (...given: never) => infer Made
        ? Secrets<Made, Secret>
        : T extends Promise<infer Kept>
          ? Secrets<Kept, Secret>
          : T extends readonly (infer Each)[]
            ? Secrets<Each, Secret>
            : T extends object
              ? { [K in keyof T]-?: Secrets<T[K], Secret> }[keyof T]
              : never;

/** Every module under views/customer, every printer of theirs, and what stands before and after them; a test in test/views sees that none is left out. */
type CustomerFacing = [
  typeof document,
  typeof documentPrinter,
  typeof html,
  typeof paper,
  typeof text,
  typeof query,
  typeof pdf,
  Paper,
];

it('nothing that a customer is shown is a cost or a profit', () => {
  expectTypeOf<Secrets<CustomerFacing>>().toBeNever();
});

it('nothing that crew are shown is an amount of any kind', () => {
  expectTypeOf<Secrets<[typeof crewWork, typeof crewPrinter, typeof crewRecord], AnyAmount>>().toBeNever();
  // @ts-expect-error a price among them is found
  expectTypeOf<Secrets<[typeof crewWork, { readonly total: PriceText }], AnyAmount>>().toBeNever();
});

it('amounts keep the kind that the walk looks for, down to the printed page', () => {
  expectTypeOf<paper.PaperView['lines'][number]['unitPrice']>().toEqualTypeOf<PriceText | null>();
  expectTypeOf<paper.PaperView['result']['amount']>().toEqualTypeOf<PriceText>();
  expectTypeOf<paper.PaperView['sums'][number]['amount']>().toEqualTypeOf<PriceText>();
});

it('a cost or a profit planted anywhere is found', () => {
  type Planted = [
    typeof paper,
    () => Promise<{ readonly lines: readonly { readonly deep: readonly (CostText | null)[] | undefined }[] }>,
  ];
  // @ts-expect-error behind null, in an array, in an array, in a promise
  expectTypeOf<Secrets<Planted>>().toBeNever();
  expectTypeOf<Secrets<Planted>>().toEqualTypeOf<CostText>();
  // @ts-expect-error a bare profit in place of one field
  expectTypeOf<Secrets<paper.PaperView & { readonly margin?: Profit | null }>>().toBeNever();
});
