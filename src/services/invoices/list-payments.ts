// Money in over all invoices, and what of it was given back: a page of it, what it comes to, and sums of it.
import { says, type Message } from '../../domain/message.ts';
import { BOUNCED } from '../../domain/payment.ts';
import type { Move, PaidBy } from '../../domain/money-in.ts';
import { sumUp, total } from '../../domain/money.ts';
import { refOf } from '../../kinds/reference.ts';
import {
  listPayments as loadPayments,
  paymentsAsked,
  type ListedPayment,
  type PaymentFilter,
} from '../../store/books/payment-list.ts';
import { bouncesWithPayments, type Bounce } from '../../store/books/payments.ts';
import {
  countCustomersWhoPaid,
  movedByCustomer,
  movedByWord,
  totalPayments,
  type AskedPayments,
  type MoneyMoved,
  type PaymentTotals,
} from '../../store/derived/money-in.ts';
import type { ReadScope } from '../../store/scope.ts';
import { resolveParty } from '../resolve/resolve-party.ts';
import { samplesCount, samplesTold, type CountingInput, type SamplesTold } from '../shared/counted.ts';
import { namesSaid } from '../shared/names-in.ts';
import { readDays, type Days, type DaysInput } from '../shared/days.ts';
import {
  cutPage,
  DEFAULT_PAGE,
  makeSumCursor,
  newestDayFirst,
  readSumCursor,
  type PageAsked,
} from '../shared/paging.ts';
import { everyMonth, joinedByName, pageOfAll, type SumOf } from '../shared/sums.ts';

export type PaymentListInput = CountingInput &
  PageAsked &
  DaysInput & {
    readonly customer?: string | undefined;
    readonly job?: string | undefined;
    readonly method?: string | undefined;
    readonly kind?: Move | undefined;
    readonly by?: PaidBy | undefined;
  };

/** @property key `2026-03-10`, `2026-03`, `check` or `C-7`; null where no method is said */
export type PaidSum = MoneyMoved & SumOf;

/**
 * @property bounced what took it back
 * @property takesBack what it takes back, where it is a bounce
 */
export type PaymentWithBounce = ListedPayment & {
  readonly bounced: Bounce['bounce'] | null;
  readonly takesBack: Bounce['of'];
};

export type PaymentListFacts = {
  /** The methods that are meant, as they are written. */
  readonly methods: readonly string[] | null;
  readonly days: Days;
  readonly warnings: readonly Message[];
  readonly totals: Omit<PaymentTotals, 'hasSamples'> & SamplesTold;
  readonly payments: readonly PaymentWithBounce[];
  readonly sums: { readonly by: PaidBy; readonly rows: readonly PaidSum[]; readonly count: number } | null;
  readonly nextCursor: string | null;
};

export async function listPayments(scope: ReadScope, input: PaymentListInput): Promise<PaymentListFacts> {
  const { by, kind: move } = input;
  const { meant: methods, unknown } = await namesSaid(scope, 'method', input.method);
  const days = readDays(input);
  const bounced = await bouncesWithPayments(scope);
  // Money that came in by check and bounced was not paid by check.
  const bounces = bounced.map(({ bounce, of }) => ({ id: bounce.id, method: of === null ? BOUNCED : of.method }));
  const alike = bounces.flatMap(({ id, method }) => (method !== null && methods?.includes(method) ? [id] : []));
  const filter = {
    ...(await resolveParty(scope, input)),
    ...{ ...days, move, methods: methods ?? undefined, bounces: alike },
  };
  const samples = await samplesCount(scope, input, input.customer, input.job);
  const asked = { conditions: paymentsAsked(scope, filter), samples, bounces };
  const { hasSamples, ...sums } = await totalPayments(scope, asked);
  const totals = { ...sums, ...samplesTold(hasSamples, samples) };
  const warnings = unknown === null ? [] : [says('payment.no-such-method', unknown)];
  const about = { methods, days, totals, warnings };
  if (by === undefined)
    return {
      ...about,
      ...(await paymentPage(scope, { filter: { ...filter, realOnly: !samples }, bounced }, input)),
      sums: null,
    };
  const { rows, count, nextCursor } = await sumsPage(scope, asked, { ...input, by, days });
  return { ...about, payments: [], sums: { by, rows, count }, nextCursor };
}

async function paymentPage(
  scope: ReadScope,
  { filter, bounced }: { readonly filter: PaymentFilter; readonly bounced: readonly Bounce[] },
  asked: PageAsked,
) {
  const { page, nextCursor } = await newestDayFirst(
    'payments',
    asked,
    ({ paidOn }: ListedPayment) => paidOn,
    async ({ limit, after }) =>
      await loadPayments(scope, filter, { limit, after: after === null ? null : { paidOn: after.day, id: after.id } }),
  );
  const payments = page.map((payment) => ({
    ...payment,
    bounced: bounced.find(({ of }) => of?.id === payment.id)?.bounce ?? null,
    takesBack: bounced.find(({ bounce }) => bounce.id === payment.id)?.of ?? null,
  }));
  return { payments, nextCursor };
}

async function sumsPage(
  scope: ReadScope,
  asked: AskedPayments,
  { by, days, limit = DEFAULT_PAGE, cursor }: PageAsked & { readonly by: PaidBy; readonly days: Days },
) {
  const list = `payments/${by}`;
  if (by !== 'customer') return pageOfAll(list, await wordSums(scope, asked, { by, days }), { limit, cursor });
  const [net, id] = readSumCursor(list, cursor, 2) ?? [];
  const after = net === undefined || id === undefined ? null : { net, id };
  const rows = await movedByCustomer(scope, asked, { limit: limit + 1, after });
  const { page, nextCursor } = cutPage(rows, limit, (last) => makeSumCursor(list, [last.net, last.id]));
  const named = page.map(({ id: record, ...row }) => ({ ...row, key: refOf('customer', record) }));
  return { rows: named, count: await countCustomersWhoPaid(scope, asked), nextCursor };
}

const NONE = total<'price'>(0n);

async function wordSums(
  scope: ReadScope,
  asked: AskedPayments,
  { by, days }: { by: 'day' | 'month' | 'method'; days: Days },
): Promise<PaidSum[]> {
  const rows = await movedByWord(scope, asked, by);
  const sums =
    by === 'day'
      ? rows
      : by === 'month'
        ? everyMonth<Sums>(rows, days, { received: NONE, refunded: NONE, bounced: NONE, net: NONE })
        : joinedByName<Sums>(rows, added).toSorted((one, other) =>
            one.net < other.net ? 1 : one.net > other.net ? -1 : 0,
          );
  return sums.map((row) => ({ ...row, name: null, isSample: false }));
}

type Sums = Omit<MoneyMoved, 'count'>;

function added(same: readonly Sums[]): Sums {
  const of = (sum: keyof Sums) => sumUp(same.map((each) => each[sum]));
  return { received: of('received'), refunded: of('refunded'), bounced: of('bounced'), net: of('net') };
}
