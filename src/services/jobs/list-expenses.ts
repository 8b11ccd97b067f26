// Money out over all jobs: a page of it, what all of it comes to, and sums of it by whom, what, where and when.
import type { Category } from '../../domain/cost.ts';
import { quoted } from '../../domain/errors.ts';
import { says, type Message } from '../../domain/message.ts';
import type { SpentBy } from '../../domain/money-out.ts';
import { sumUp, text, total } from '../../domain/money.ts';
import { comesBetween, type MonthlyExpense } from '../../domain/monthly-expense.ts';
import { namesMeant } from '../../domain/names-meant.ts';
import { refOf } from '../../kinds/reference.ts';
import {
  expensesAsked,
  listExpenses as loadExpenses,
  type ExpenseFilter,
  type ListedExpense,
} from '../../store/books/expense-list.ts';
import {
  countRecordsSpentOn,
  spentByRecord,
  spentByWord,
  spentOnCategories,
  type Asked,
  type CategorySpent,
  type Spent,
} from '../../store/derived/money-out.ts';
import { monthliesBookedIn, monthlyExpensesAsked } from '../../store/books/monthly-expenses.ts';
import type { ReadScope } from '../../store/scope.ts';
import { resolveParty } from '../resolve/resolve-party.ts';
import { samplesCount, samplesTold, type CountingInput, type SamplesTold } from '../shared/counted.ts';
import { perhapsPlanned } from './expense-doubts.ts';
import { namesSaid } from '../shared/names-in.ts';
import { readDays, type Days, type DaysInput } from '../shared/days.ts';
import { everyMonth, joinedByName, pageOfAll, type SumOf } from '../shared/sums.ts';
import {
  cutPage,
  DEFAULT_PAGE,
  makeSumCursor,
  newestDayFirst,
  readSumCursor,
  type PageAsked,
} from '../shared/paging.ts';

export type ExpenseListInput = CountingInput &
  PageAsked &
  DaysInput & {
    readonly customer?: string | undefined;
    readonly job?: string | undefined;
    readonly vendor?: string | undefined;
    readonly category?: Category | undefined;
    readonly hasReceipt?: boolean | undefined;
    readonly covers?: boolean | undefined;
    readonly overhead?: boolean | undefined;
    readonly query?: string | undefined;
    readonly by?: SpentBy | undefined;
  };

/** @property key `J-12`, `C-7`, `2026-03`, `materials` or a vendor; null where there is none, of a job or customer: overhead */
export type SpentSum = Spent & SumOf;

export type ExpenseListFacts = {
  /** The vendors that are meant, as they are written. */
  readonly vendors: readonly string[] | null;
  readonly days: Days;
  readonly warnings: readonly Message[];
  readonly totals: Spent & SamplesTold & { readonly byCategory: readonly CategorySpent[] };
  readonly expenses: readonly ListedExpense[];
  /** Lines that one of these may already be planned in, by its number. */
  readonly perhapsPlanned: ReadonlyMap<number, readonly string[]>;
  readonly sums: { readonly by: SpentBy; readonly rows: readonly SpentSum[]; readonly count: number } | null;
  /** Overhead that goes on coming every month, where overhead is asked for. */
  readonly monthly: readonly MonthlyExpense[];
  readonly nextCursor: string | null;
};

export async function listExpenses(scope: ReadScope, input: ExpenseListInput): Promise<ExpenseListFacts> {
  const { by } = input;
  const { meant: vendors, unknown, near } = await namesSaid(scope, 'vendor', input.vendor);
  const days = readDays(input);
  const { category, hasReceipt, covers, overhead, query } = input;
  const party = await resolveParty(scope, input);
  const filter = { ...party, ...days, category, hasReceipt, covers, overhead, query, vendors: vendors ?? undefined };
  const samples = await samplesCount(scope, input, input.customer, input.job);
  const asked = { conditions: await expensesAsked(scope, filter), samples };
  const categories = await spentOnCategories(scope, asked);
  const hasSamples = categories.some((each) => each.hasSamples);
  const byCategory = categories.filter(({ count }) => count > 0);
  const totals = {
    count: byCategory.reduce((sofar, { count }) => sofar + count, 0),
    ...added(byCategory),
    byCategory,
    ...samplesTold(hasSamples, samples),
  };
  const monthly = await monthlyAsked(scope, filter, input.vendor);
  const isKnown = unknown === null || monthly.length > 0;
  const warnings = [
    ...(isKnown ? [] : [says('expense.no-such-vendor', unknown)]),
    ...(near === null ? [] : [says('expense.near-vendors', near)]),
    ...(input.vendor === undefined ? [] : await namedOnly(scope, filter, { vendor: input.vendor, samples })),
  ];
  const about = { vendors, days, totals, warnings, monthly };
  if (by === undefined)
    return { ...about, ...(await expensePage(scope, { ...filter, realOnly: !samples }, input)), sums: null };
  const { rows, count, nextCursor } = await sumsPage(scope, asked, { ...input, by, days });
  return { ...about, expenses: [], perhapsPlanned: new Map(), sums: { by, rows, count }, nextCursor };
}

/** Wages of Tom, of whom nobody said that he is the vendor, are in no list of what Tom was paid. */
async function namedOnly(
  scope: ReadScope,
  filter: ExpenseFilter,
  { vendor, samples }: { readonly vendor: string; readonly samples: boolean },
): Promise<Message[]> {
  const conditions = await expensesAsked(scope, { ...filter, vendors: undefined, namesOnly: vendor });
  const found = await spentOnCategories(scope, { conditions, samples });
  const count = found.reduce((sofar, each) => sofar + each.count, 0);
  if (count === 0) return [];
  const spent = text(added(found).spent, scope.account.currency);
  return [says('expense.named-only', { said: quoted(vendor), count, spent })];
}

/** Overhead that goes on, as far as it is asked for too: it is on no job, covers no line and has no receipt. */
async function monthlyAsked(
  scope: ReadScope,
  { overhead, jobId, customerId, covers, hasReceipt, from, to, category, query }: ExpenseFilter,
  vendor: string | undefined,
): Promise<MonthlyExpense[]> {
  if (overhead !== true || covers === true || hasReceipt === true) return [];
  if (jobId !== undefined || customerId !== undefined) return [];
  const all = await monthlyExpensesAsked(scope, { category, query });
  const vendors = all.flatMap((each) => (each.vendor === null ? [] : [each.vendor]));
  const meant = vendor === undefined ? null : namesMeant(vendor, vendors).meant;
  const theirs = all.filter((each) => meant === null || (each.vendor !== null && meant.includes(each.vendor)));
  if (theirs.length === 0 || (from === undefined && to === undefined)) return theirs;
  const booked = await monthliesBookedIn(scope, { from, to });
  return theirs.filter((each) => booked.has(each.id) || comesBetween(each, { from, to }));
}

async function expensePage(scope: ReadScope, filter: ExpenseFilter, asked: PageAsked) {
  const { page, nextCursor } = await newestDayFirst(
    'expenses',
    asked,
    ({ spentOn }: ListedExpense) => spentOn,
    async ({ limit, after }) =>
      await loadExpenses(scope, filter, { limit, after: after === null ? null : { spentOn: after.day, id: after.id } }),
  );
  return { expenses: page, perhapsPlanned: await perhapsPlanned(scope, page), nextCursor };
}

type SumsPage = { readonly rows: readonly SpentSum[]; readonly count: number; readonly nextCursor: string | null };

async function sumsPage(
  scope: ReadScope,
  asked: Asked,
  { by, days, limit = DEFAULT_PAGE, cursor }: PageAsked & { readonly by: SpentBy; readonly days: Days },
): Promise<SumsPage> {
  const list = `expenses/${by}`;
  if (by === 'job' || by === 'customer') {
    const [spent, id] = readSumCursor(list, cursor, 2) ?? [];
    const after = spent === undefined || id === undefined ? null : { spent, id };
    const rows = await spentByRecord(scope, asked, by, { limit: limit + 1, after });
    const { page, nextCursor } = cutPage(rows, limit, ({ spent: sum, record }) =>
      makeSumCursor(list, [sum, record?.id ?? 0]),
    );
    const named = page.map(({ record, ...row }) => ({
      ...row,
      key: record === null ? null : refOf(by, record.id),
      name: record?.name ?? null,
      isSample: record?.isSample ?? false,
    }));
    return { rows: named, count: await countRecordsSpentOn(scope, asked, by), nextCursor };
  }
  return pageOfAll(list, await wordSums(scope, asked, { by, days }), { limit, cursor });
}

async function wordSums(
  scope: ReadScope,
  asked: Asked,
  { by, days }: { by: 'vendor' | 'category' | 'month'; days: Days },
): Promise<SpentSum[]> {
  const rows = await spentByWord(scope, asked, by);
  const sums =
    by === 'month'
      ? everyMonth<Sums>(rows, days, { spent: NONE, returned: NONE, reclaimable: NONE })
      : largestFirst(by === 'vendor' ? joinedByName<Sums>(rows, added) : rows);
  return sums.map((row) => ({ ...row, name: null, isSample: false }));
}

type Sums = Omit<Spent, 'count'>;

function added(all: readonly Sums[]): Sums {
  const of = (sum: keyof Sums) => sumUp(all.map((each) => each[sum]));
  return { spent: of('spent'), returned: of('returned'), reclaimable: of('reclaimable') };
}

const NONE = total<'cost'>(0n);

function largestFirst<T extends Spent>(rows: readonly T[]): T[] {
  return rows.toSorted((one, other) => (one.spent < other.spent ? 1 : one.spent > other.spent ? -1 : 0));
}
