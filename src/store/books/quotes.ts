// Quotes and their lines: queries, and rows as the domain knows them.
import type { CalendarDate, Instant } from '../../domain/dates.ts';
import { expressionBuilder, sql } from 'kysely';
import { cost } from '../../domain/cost.ts';
import { price, quantity, taxRate } from '../../domain/money.ts';
import type { Discount, PaperTotals } from '../../domain/paper.ts';
import type { Quote, QuoteKind, QuoteLine, QuoteStatus, QuoteSummary } from '../../domain/quote.ts';
import { lineRef } from '../../kinds/reference.ts';
import type { Tables } from '../database.ts';
import { categoryOrNull } from '../one-of.ts';
import { gathered } from '../engine/gathered.ts';
import { matching, prepared, type Conditions } from '../engine/prepared.ts';
import { LEDGER } from '../journal/ledger.ts';
import type { ReadScope, WriteScope } from '../scope.ts';
import { havingTerms } from '../search/find.ts';
import { discountRow } from './discounts.ts';
import { quoteSummaries, quoteSummaryOf } from './quote-summaries.ts';
import { linePlaces, placesNow } from './quote-places.ts';

/** Conditions on these tables, by the names that the queries here and in derived/open-quotes.ts know them by. */
const where = expressionBuilder<{ q: Tables['quotes'] }, 'q'>();

export type QuoteFilter = {
  readonly customerId?: number | undefined;
  readonly jobId?: number | undefined;
  readonly status?: QuoteStatus | undefined;
  /** Offers that wait for an answer, or are yet to be made. */
  readonly open?: boolean | undefined;
  readonly query?: string | undefined;
  /** Whether samples are left out. */
  readonly realOnly?: boolean | undefined;
};

/** Newest first, from below `before`. */
export async function listQuotes(
  scope: ReadScope,
  filter: QuoteFilter,
  { limit, before }: { limit: number; before: number | null },
): Promise<QuoteSummary[]> {
  const given = { ...givenOf(filter), account: scope.account.id, before: before ?? undefined, limit };
  return (await newest(scope.db, given, await others(scope, filter))).map(quoteSummaryOf);
}

type Given = {
  readonly customer: number | undefined;
  readonly job: number | undefined;
  readonly status: QuoteStatus | undefined;
};
type PageGiven = Given & { readonly account: number; readonly before: number | undefined; readonly limit: number };

function givenOf({ customerId, jobId, status }: QuoteFilter): Given {
  return { customer: customerId, job: jobId, status };
}

const newest = prepared((db, { account, before, limit, ...given }: PageGiven, besides) => {
  const rows = quoteSummaries(db, account).where((eb) => eb.and([...conditions(given), ...besides]));
  return (before === undefined ? rows : rows.where('q.id', '<', before)).orderBy('q.id', 'desc').limit(limit);
});

function conditions({ customer, job, status }: Given): Conditions {
  return matching({ 'q.customer_id': customer, 'q.job_id': job, 'q.status': status });
}

/** What a filter asks for besides. */
async function others(scope: ReadScope, { open, query, realOnly }: QuoteFilter): Promise<Conditions> {
  return [
    ...(realOnly === true ? [where('q.is_sample', '=', 0)] : []),
    ...(open === undefined ? [] : [where('q.status', open ? 'in' : 'not in', ['draft', 'sent'])]),
    ...(query === undefined ? [] : [await havingTerms(scope, 'quote', query, 'q.id')]),
  ];
}

/** All that a filter asks for, for a query that knows quotes as `q`. */
export async function quotesAsked(scope: ReadScope, filter: QuoteFilter): Promise<Conditions> {
  return [...conditions(givenOf(filter)), ...(await others(scope, filter))];
}

/** Those of them that were sent and not answered yet, however many. */
export async function sentQuotes(
  scope: ReadScope,
  filter: QuoteFilter,
): Promise<{ id: number; status: 'sent'; quotedOn: CalendarDate }[]> {
  if (filter.status !== undefined && filter.status !== 'sent') return [];
  const asked = await quotesAsked(scope, { ...filter, status: 'sent' });
  const rows = await scope.db
    .selectFrom('quotes as q')
    .select(['q.id', 'q.quoted_on'])
    .where('q.account_id', '=', scope.account.id)
    .where((eb) => eb.and(asked))
    .execute();
  return rows.map(({ id, quoted_on: quotedOn }) => ({ id, status: 'sent', quotedOn }));
}

export async function countQuotes(scope: ReadScope, filter: QuoteFilter): Promise<number> {
  const asked = await quotesAsked(scope, filter);
  const { count } = await scope.db
    .selectFrom('quotes as q')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('q.account_id', '=', scope.account.id)
    .where((eb) => eb.and(asked))
    .executeTakeFirstOrThrow();
  return count;
}

type One = { readonly account: number; readonly id: number };

export async function quoteById({ db, account }: ReadScope, id: number): Promise<Quote | null> {
  const {
    quotes: [row],
    lines,
    changed,
  } = await wholeQuote(db, { account: account.id, id });
  if (row === undefined) return null;
  const places = placesNow(changed);
  return {
    ...quoteSummaryOf(row),
    notes: row.notes,
    walkAndTalkId: row.walk_and_talk_id,
    to: row.to_name === null ? null : { name: row.to_name, address: row.to_address },
    lines: lines.map((line): QuoteLine => {
      const changes = line.changes_line_id === null ? undefined : places.get(line.changes_line_id);
      return {
        lineId: line.line_id,
        description: line.description,
        quantity: quantity(line.quantity),
        unit: line.unit,
        unitPrice: line.unit_price === null ? null : price(line.unit_price),
        unitCost: line.unit_cost === null ? null : cost(line.unit_cost),
        category: categoryOrNull(line.category),
        taxRate: taxRate(line.tax_rate),
        changes:
          changes === undefined ? null : { lineId: changes.lineId, ref: lineRef(changes.quoteId, changes.position) },
        done: line.done_line_id !== null,
        cites: line.cites,
      };
    }),
  };
}

const wholeQuote = gathered((db, { account, id }: One) => ({
  quotes: quoteSummaries(db, account)
    .select(['q.notes', 'q.walk_and_talk_id', 'q.to_name', 'q.to_address'])
    .where('q.id', '=', id),
  lines: db
    .selectFrom('quote_lines as l')
    .leftJoin('done_lines as d', (join) =>
      join.onRef('d.account_id', '=', 'l.account_id').onRef('d.line_id', '=', 'l.line_id'),
    )
    .select(['l.line_id', 'l.description', 'l.quantity', 'l.unit', 'l.unit_price', 'l.unit_cost', 'l.category'])
    .select(['l.tax_rate', 'l.changes_line_id', 'l.cites', 'd.line_id as done_line_id'])
    .where('l.account_id', '=', account)
    .where('l.quote_id', '=', id)
    .orderBy('l.position'),
  changed: linePlaces(db, account)
    .where('l.line_id', 'in', (eb) =>
      eb
        .selectFrom('quote_lines as own')
        .select('own.changes_line_id')
        .where('own.account_id', '=', account)
        .where('own.quote_id', '=', id)
        .where('own.changes_line_id', 'is not', null)
        .$narrowType<{ changes_line_id: number }>(),
    )
    .orderBy('q.id'),
}));

export type NewLine = Omit<QuoteLine, 'changes' | 'done' | 'lineId' | 'cites'> & {
  /** Null gives the line an identity of its own. */
  readonly lineId: number | null;
  readonly changesLineId: number | null;
  readonly cites?: string | null;
};
export type NewQuote = {
  readonly customerId: number;
  readonly jobId: number | null;
  readonly kind: QuoteKind;
  readonly status: QuoteStatus;
  readonly title: string;
  readonly notes: string | null;
  readonly revisesId: number | null;
  /** Null on a new original, which begins a contract of its own. */
  readonly contractId: number | null;
  /** The site visit that it was drafted from. */
  readonly walkAndTalkId?: number | null;
  readonly discount?: Discount | null;
  readonly totals: PaperTotals;
  readonly lines: readonly NewLine[];
  readonly quotedOn: CalendarDate;
};

export async function insertQuote(
  scope: WriteScope,
  { quote, sample, at }: { quote: NewQuote; sample: boolean; at: Instant },
): Promise<number> {
  const unnamed = quote.lines.filter(({ lineId }) => lineId === null).length;
  const [[id = 0] = [], lineIds = []] = await scope.journal.take(
    [{ series: 'quote' }, ...(unnamed === 0 ? [] : [{ series: 'line', many: unnamed } as const])],
    { sample },
  );
  await scope.journal.insert('quotes', {
    id,
    is_sample: sample ? 1 : 0,
    customer_id: quote.customerId,
    job_id: quote.jobId,
    kind: quote.kind,
    status: quote.status,
    title: quote.title,
    notes: quote.notes,
    revises_id: quote.revisesId,
    contract_id: quote.contractId ?? id,
    subtotal: quote.totals.subtotal,
    tax: quote.totals.tax,
    total: quote.totals.total,
    quoted_on: quote.quotedOn,
    created_at: at,
    walk_and_talk_id: quote.walkAndTalkId ?? null,
    accepted_in: quote.status === 'accepted' && !sample ? scope.changeNumber : null,
    to_name: null,
    to_address: null,
    ...discountRow(quote.discount ?? null),
  });
  await insertLines(scope, id, quote.lines, lineIds);
  return id;
}

/** @param lineIds of those that have no identity yet */
async function insertLines(
  scope: WriteScope,
  quoteId: number,
  lines: readonly NewLine[],
  lineIds: readonly number[],
): Promise<void> {
  const given = lineIds[Symbol.iterator]();
  await scope.journal.insertAll(
    'quote_lines',
    lines.map((line, index) => ({
      quote_id: quoteId,
      position: index + 1,
      line_id: line.lineId ?? given.next().value ?? 0,
      description: line.description,
      quantity: line.quantity,
      unit: line.unit,
      unit_price: line.unitPrice,
      unit_cost: line.unitCost,
      category: line.category,
      tax_rate: line.taxRate,
      changes_line_id: line.changesLineId,
      cites: line.cites ?? null,
    })),
  );
}

export type QuoteChanges = Partial<Pick<NewQuote, 'status' | 'title' | 'notes' | 'jobId'>>;

/** On its way to these a quote is made out anew: to whoever it is for, as they are called by then. */
const MADE_OUT_ANEW: readonly QuoteStatus[] = ['draft', 'sent', 'accepted'];

export async function updateQuote(
  scope: WriteScope,
  id: number,
  { status, title, notes, jobId }: QuoteChanges,
): Promise<boolean> {
  return await scope.journal.update(
    'quotes',
    { id },
    {
      ...(status === undefined ? {} : { status }),
      ...(status !== undefined && MADE_OUT_ANEW.includes(status) ? { to_name: null, to_address: null } : {}),
      ...(status === 'accepted' ? { accepted_in: scope.changeNumber } : {}),
      ...(title === undefined ? {} : { title }),
      ...(notes === undefined ? {} : { notes }),
      ...(jobId === undefined ? {} : { job_id: jobId }),
    },
  );
}

/** Gives an accepted revision the place, in the order of contracts, of what it replaces. */
export async function keepPlace(scope: WriteScope, id: number, acceptedIn: number | null): Promise<void> {
  await scope.journal.update('quotes', { id }, { accepted_in: acceptedIn });
}

/** Puts these lines in place of the quote's lines. */
export async function replaceLines(scope: WriteScope, quote: Quote, lines: readonly NewLine[]): Promise<void> {
  const before = await lineRows(scope.db, { account: scope.account.id, id: quote.id });
  await scope.journal.removeAll('quote_lines', before);
  const unnamed = lines.filter(({ lineId }) => lineId === null).length;
  const sample = quote.isSample;
  const [lineIds = []] = unnamed === 0 ? [] : await scope.journal.take([{ series: 'line', many: unnamed }], { sample });
  await insertLines(scope, quote.id, lines, lineIds);
}

/** What a quote is less by, and what it comes to with that. False where it was so already. */
export async function setDiscount(
  scope: WriteScope,
  id: number,
  { discount, totals }: { readonly discount: Discount | null; readonly totals: PaperTotals },
): Promise<boolean> {
  const { subtotal, tax, total } = totals;
  return await scope.journal.update('quotes', { id }, { ...discountRow(discount), subtotal, tax, total });
}

const lineRows = prepared((db, { account, id }: One) =>
  db
    .selectFrom('quote_lines')
    .select(LEDGER.quote_lines.columns)
    .where('account_id', '=', account)
    .where('quote_id', '=', id)
    .orderBy('position'),
);

/** Marks a line's work as done, or takes the mark back. False where it was so already. */
export async function markDone(
  scope: WriteScope,
  lineId: number,
  done: boolean,
  { spentNothing = false }: { spentNothing?: boolean } = {},
): Promise<boolean> {
  const marked = await scope.db
    .selectFrom('done_lines')
    .select('line_id')
    .where('account_id', '=', scope.account.id)
    .where('line_id', '=', lineId)
    .executeTakeFirst();
  const spent_nothing = spentNothing ? 1 : null;
  if (marked !== undefined && done)
    return await scope.journal.update('done_lines', { line_id: lineId }, { spent_nothing });
  if ((marked !== undefined) === done) return false;
  if (done) await scope.journal.insert('done_lines', { line_id: lineId, spent_nothing });
  else await scope.journal.remove('done_lines', { line_id: lineId });
  return true;
}

/** The quote that revises this one, if any: of several the one that took its place, else the newest. */
export async function revisionOf({ db, account }: ReadScope, id: number): Promise<number | null> {
  const row = await db
    .selectFrom('quotes')
    .select('id')
    .where('account_id', '=', account.id)
    .where('revises_id', '=', id)
    .orderBy(sql`case status when 'accepted' then 0 when 'superseded' then 1 else 2 end`)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}
