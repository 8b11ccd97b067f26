// Random books against a plain model: whatever is quoted, billed, credited, corrected, paid and given back in any order,
// each invoice's figures and the job's profit summary are what simple sums say, and the books pass their own audit.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { remainderOf } from '../../src/domain/left-to-bill.ts';
import { auditBooks } from '../../src/store/audit/audit.ts';
import { type Book, openBook } from '../support/book.ts';
import { add, dollars, cents } from '../support/arithmetic.ts';
import { cases, chosen } from '../support/arbitrary.ts';

const RUNS = cases(2000);
/** Sequences that share a book, each on a job of its own: opening a book takes longer than a sequence. */
const PER_BOOK = 15;
const TODAY = '2026-03-10';

// --- the model: cents in plain numbers, nothing of the program ---
type Line = { cents: number; cost: number; rate: number };
type Quote = {
  ref: string;
  kind: 'original' | 'change_order';
  status: string;
  lines: Line[];
  contract: string;
  revises: Quote | null;
  /** Which acceptance of the job it, or what it revises, was. */
  acceptance: number;
};
type Bill = {
  ref: string;
  id: number;
  kind: string;
  status: 'draft' | 'issued' | 'void';
  base: number;
  tax: number;
  byRate: Map<number, number>;
  contract: string | null;
  credits: Bill | null;
  corrected: boolean;
  replacement: Bill | null;
  late: boolean;
  /** Of a bill from lines: whether it can count against contracts at all. */
  extra: boolean;
  /** What of it counts against each contract; of a credit note what it takes from there. */
  parts: Map<string, number>;
  /** Of a credit note: what of that the contract comes to less. */
  reduces: Map<string, number>;
};
type Payment = { ref: string; on: Bill; cents: number; refund: boolean; void: boolean };
type Model = { job: string; completed: boolean; quotes: Quote[]; bills: Bill[]; payments: Payment[]; expenses: number };
/** An offer that nobody answered yet. */
const isOpen = ({ status }: Quote) => status === 'draft' || status === 'sent';
const worth = (quotes: readonly Quote[]) => add(quotes.flatMap((quote) => quote.lines.map(({ cents }) => cents)));
const taxAt = (base: number, rate: number) => Math.sign(base) * Math.floor((Math.abs(base) * rate * 2 + 100) / 200);
const rates = (lines: readonly Line[]) => {
  const bases = new Map<number, number>();
  for (const { cents, rate } of lines) bases.set(rate, (bases.get(rate) ?? 0) + cents);
  return bases;
};
const taxOf = (lines: readonly Line[]) => add([...rates(lines)].map(([rate, base]) => taxAt(base, rate)));

/** Credit notes that stand on a bill. */
const notesOn = ({ bills }: Model, bill: Bill) =>
  bills.filter((note) => note.credits === bill && note.status === 'issued');
const paidOn = ({ payments }: Model, bill: Bill) =>
  add(payments.filter((each) => each.on === bill && !each.void).map(({ cents, refund }) => (refund ? -cents : cents)));
const balance = (model: Model, bill: Bill) =>
  bill.base + bill.tax + add(notesOn(model, bill).map(({ base, tax }) => base + tax)) - paidOn(model, bill);
const accepted = ({ quotes }: Model, contract: string) =>
  quotes.filter((quote) => quote.contract === contract && quote.status === 'accepted');
const original = (model: Model, contract: string) => accepted(model, contract).find(({ kind }) => kind === 'original');

/** What a quote revises, what that revises, and so on to the first. */
const earlier = ({ revises }: Quote): Quote[] => (revises === null ? [] : [revises, ...earlier(revises)]);
/** Another quote already stands in the place that this one would take. */
const isTaken = ({ quotes }: Model, quote: Quote) => {
  const [before, first] = [earlier(quote), earlier(quote).at(-1)];
  const standing = quotes.filter((each) => each.status === 'accepted' && each !== quote && !before.includes(each));
  return first !== undefined && standing.some((each) => each === first || earlier(each).at(-1) === first);
};
/** The contracts of the job that stand, in the order in which they were accepted. */
const contracts = ({ quotes }: Model) =>
  quotes
    .filter(({ kind, status }) => kind === 'original' && status === 'accepted')
    .sort((one, other) => one.acceptance - other.acceptance)
    .map(({ contract }) => contract);

/** What of a bill counts against a contract, its credits taken off. */
const countedBy = (model: Model, bill: Bill, contract: string) =>
  (bill.parts.get(contract) ?? 0) - add(notesOn(model, bill).map(({ parts }) => parts.get(contract) ?? 0));
const countedOn = (model: Model, contract: string) =>
  model.bills.filter(
    (bill) => bill.status === 'issued' && bill.credits === null && countedBy(model, bill, contract) !== 0,
  );
/** What a contract comes to: what was accepted less price reductions. */
const comesTo = (model: Model, contract: string) =>
  worth(accepted(model, contract)) -
  add(model.bills.filter(({ status }) => status === 'issued').map(({ reduces }) => reduces.get(contract) ?? 0));
const billedOn = (model: Model, contract: string) =>
  add(countedOn(model, contract).map((bill) => countedBy(model, bill, contract)));
const remaining = (model: Model, contract: string) => comesTo(model, contract) - billedOn(model, contract);

/** Counts a bill from lines against contracts, each up to what is left of it. */
function count(
  model: Model,
  bill: Bill,
  first: readonly string[] = [],
  only: readonly string[] = contracts(model),
): void {
  bill.parts.clear();
  if (bill.extra) return;
  const order = new Set([...first.filter((contract) => only.includes(contract)), ...only]);
  let rest = bill.base;
  for (const contract of order) {
    const amount = Math.min(rest, remaining(model, contract));
    if (amount <= 0) continue;
    bill.parts.set(contract, amount);
    rest -= amount;
  }
  if (order.size > 0 && bill.parts.size === 0) bill.extra = true;
}

/** What a credit of so much takes: extra work first, then the contracts in reverse. */
function take(model: Model, bill: Bill, base: number, notes = notesOn(model, bill)): Map<string, number> {
  const order = contracts(model);
  const held = [...bill.parts.keys()].sort((one, other) => order.indexOf(one) - order.indexOf(other));
  const left = (contract: string) =>
    (bill.parts.get(contract) ?? 0) - add(notes.map(({ parts }) => parts.get(contract) ?? 0));
  const all = bill.base + add(notes.map((note) => note.base));
  let rest = base - Math.min(base, all - add(held.map(left)));
  const parts = new Map<string, number>();
  for (const contract of held.reverse()) {
    const amount = Math.min(rest, left(contract));
    if (amount > 0) parts.set(contract, amount);
    rest -= Math.max(0, amount);
  }
  return parts;
}

/** What of that the contracts come to less: all but what was billed beyond them. */
const reducedBy = (model: Model, parts: ReadonlyMap<string, number>) =>
  new Map(
    [...parts].map(([contract, amount]) => [contract, Math.max(0, amount + Math.min(0, remaining(model, contract)))]),
  );

/** Counts a bill anew, and its credits with it; those that were price reductions stay so. */
function recount(model: Model, bill: Bill, only?: readonly string[]): void {
  const notes = notesOn(model, bill);
  const reductions = new Set(notes.filter(({ reduces }) => add(reduces.values()) > 0));
  for (const note of notes) for (const kept of [note.parts, note.reduces]) kept.clear();
  count(model, bill, [], only ?? contracts(model));
  for (const [index, note] of notes.entries()) {
    note.parts = take(model, bill, 0 - note.base, notes.slice(0, index));
    if (reductions.has(note)) note.reduces = new Map(note.parts);
  }
}

function profitSummaryOf(model: Model) {
  const contracted = model.quotes.some(({ kind, status }) => kind === 'original' && status === 'accepted');
  const counted = model.quotes.filter((quote) => quote.status === 'accepted' || (!contracted && isOpen(quote)));
  const issued = model.bills.filter(({ status }) => status === 'issued');
  const billed = add(issued.map(({ base }) => base));
  const costOfWork = add(counted.flatMap(({ lines }) => lines.map(({ cost }) => cost)));
  const profit = billed - costOfWork - model.expenses;
  const tenths = Math.sign(profit) * Math.floor((Math.abs(profit) * 2000 + billed) / (2 * billed));
  return {
    billed: dollars(billed),
    costOfWork: dollars(costOfWork),
    expenses: dollars(model.expenses),
    profit: dollars(profit),
    marginPercent: billed <= 0 ? null : tenths / 10 + 0,
    notBilledYet: dollars(add(model.bills.filter(({ status }) => status === 'draft').map(({ base }) => base))),
    taxBilled: dollars(add(issued.map(({ tax }) => tax))),
  };
}

const quotesCounted = (model: Model) => {
  const contracted = contracts(model).length > 0;
  return model.quotes.filter((quote) => quote.status === 'accepted' || (!contracted && isOpen(quote)));
};
const issuedOf = ({ bills }: Model) => bills.filter(({ status }) => status === 'issued');
/** From lines and not said to be extra work, less their credits: what the one offer that is open would count. */
const fromLines = (model: Model) =>
  add(
    issuedOf(model)
      .filter(({ contract, credits, extra }) => contract === null && credits === null && !extra)
      .map((bill) => leftOf(model, bill).base),
  );

/** What is left of every contract, below 0 where it is to credit, and of quotes that are under none. */
function lefts(model: Model): number[] {
  const under = contracts(model);
  const counted = quotesCounted(model);
  const loose = worth(counted.filter(({ contract }) => !under.includes(contract)));
  const offers = counted.filter((quote) => quote.kind === 'original' && isOpen(quote));
  const billed = offers.length === 1 ? Math.max(0, Math.min(fromLines(model), loose)) : 0;
  return [...under.map((contract) => remaining(model, contract)), loose - billed];
}

/** Of one of several offers, as if it were accepted with its change orders. */
function leftOfOffer(model: Model, { contract }: Quote): number {
  const originals = quotesCounted(model).filter(({ kind }) => kind === 'original');
  const others = new Set(originals.map((each) => each.contract).filter((each) => each !== contract));
  const price = worth(
    quotesCounted(model).filter((each) =>
      each.kind === 'original' ? each.contract === contract : !others.has(each.contract),
    ),
  );
  return price - Math.max(0, Math.min(fromLines(model), price));
}

/** Where the job is heading, and where it stands. */
function headingOf(model: Model) {
  const [under, counted, left] = [contracts(model), quotesCounted(model), lefts(model)];
  const offers = counted.filter((quote) => quote.kind === 'original' && isOpen(quote));
  const isUndecided = offers.length > 1;
  const billed = add(issuedOf(model).map(({ base }) => base));
  const sold = under.length > 0 || billed > 0;
  const [leftToBill, toCredit] = [1, -1].map((sign) => add(left.map((each) => Math.max(0, sign * each))));
  const costToCome = add(counted.flatMap(({ lines }) => lines.map(({ cost }) => cost)));
  const revenue = billed + (leftToBill ?? 0) - (toCredit ?? 0);
  const known = (figure: number | undefined) => (isUndecided ? null : dollars(figure ?? 0));
  const reduced = under.map((contract) => worth(accepted(model, contract)) - comesTo(model, contract));
  const remainders = under.map((contract) => remaining(model, contract));
  const isSettled = remainders.every((each) => each === 0);
  const isUnsold = !sold && !model.completed && (offers.length > 0 || model.expenses === 0);
  // Of several offers one may be billed whole.
  const isLeft = isUndecided ? offers.every((each) => leftOfOffer(model, each) > 0) : left.some((each) => each > 0);
  const isSold = under.length > 0 || model.completed;
  const isFinished = isSettled && !isLeft && isSold && issuedOf(model).some(({ credits }) => credits === null);
  const isBilled = billed > 0 ? !isLeft : under.length > 0 && !isLeft;
  return {
    standing: isUnsold ? 'unsold' : isFinished ? 'finished' : 'running',
    billing: isBilled ? 'billed' : billed > 0 ? 'part_billed' : 'not_billed',
    offers: isUndecided ? Math.min(offers.length, 6) : undefined,
    forecast: {
      sold,
      contract: counted.length === 0 ? null : known(worth(counted) - add(reduced)),
      leftToBill: known(leftToBill),
      toCredit: isUndecided || toCredit === 0 ? undefined : dollars(toCredit ?? 0),
      spent: dollars(model.expenses),
      costToCome: known(costToCome),
      expectedProfit: known(revenue - costToCome - model.expenses),
      collected: dollars(add(model.bills.map((bill) => paidOn(model, bill)))),
    },
  };
}

function figures(model: Model, bill: Bill) {
  const owed = bill.status === 'issued' && bill.credits === null;
  const open = owed ? balance(model, bill) : 0;
  const paid = owed ? paidOn(model, bill) : 0;
  const credited = owed ? 0 - add(notesOn(model, bill).map(({ base, tax }) => base + tax)) : 0;
  return {
    ref: bill.ref,
    kind: bill.kind,
    status: bill.status,
    subtotal: dollars(bill.base),
    tax: dollars(bill.tax),
    total: dollars(bill.base + bill.tax),
    paid: dollars(paid),
    credited: dollars(credited),
    balance: dollars(open),
    payment: !owed ? null : paymentOf(open, paid, credited),
    overdue: open > 0 && bill.late,
  };
}

function paymentOf(open: number, paid: number, credited: number): string {
  if (open > 0) return paid > 0 ? 'partly_paid' : 'unpaid';
  return paid === 0 && credited > 0 ? 'credited' : 'paid';
}

// --- what is done ---
type Share = { percent: number } | { thousandths: number } | { rest: true };
type Op =
  | { do: 'quote'; kind: Quote['kind']; status: 'draft' | 'sent' | 'accepted'; lines: Line[]; named: number | null }
  | { do: 'revise'; pick: number; status: 'draft' | 'accepted'; lines: Line[] }
  | { do: 'answer'; pick: number; status: 'sent' | 'accepted' | 'declined' }
  | { do: 'complete'; again: boolean }
  | { do: 'share'; pick: number; share: Share; draft: boolean }
  | { do: 'bill'; kind: 'standard' | 'deposit' | 'progress' | undefined; lines: Line[]; draft: boolean; late: boolean }
  | { do: 'issue' | 'void'; pick: number }
  | {
      do: 'credit';
      pick: number;
      what: { thousandths: number } | { all: true } | { lines: number };
      billAgain: boolean | undefined;
    }
  | { do: 'counts'; pick: number; against: number | null }
  | { do: 'correct'; pick: number; lines: Line[] }
  | { do: 'pay' | 'refund'; pick: number; thousandths: number }
  | { do: 'take out'; pick: number }
  | { do: 'spend'; cents: number };

const pick = fc.nat(60);
const seldom = fc.constantFrom(false, false, true);
const thousandths = fc.oneof(fc.constantFrom(1, 500, 1000), fc.integer({ min: 1, max: 1100 }));
const rate = fc.constantFrom(0, 0, 8.25, 10);
const line = (least: number) =>
  fc.record({
    cents: fc.oneof(fc.integer({ min: least, max: 300 }), fc.integer({ min: least, max: 900_000 })),
    cost: fc.nat(400_000),
    rate,
  });
const work = fc.array(line(1), { minLength: 1, maxLength: 3 });
/** Work, at times with a discount of up to half of its first line. */
const billed = fc
  .tuple(work, fc.option(fc.tuple(fc.integer({ min: 1, max: 500 }), rate)))
  .map(([lines, discount]): Line[] => {
    const less = discount === null ? 0 : Math.floor(((lines[0]?.cents ?? 0) * discount[0]) / 1000);
    return less === 0 ? lines : [...lines, { cents: -less, cost: 0, rate: discount?.[1] ?? 0 }];
  });
const change = fc.array(
  fc.oneof(
    line(1),
    line(-300).map(({ cents, rate }) => ({ cents, cost: 0, rate })),
  ),
  { minLength: 1, maxLength: 2 },
);
const share: fc.Arbitrary<Share> = fc.oneof(
  fc.record({ percent: fc.constantFrom(10, 25, 30, 33.3333, 50, 100) }),
  fc.record({ thousandths }),
  fc.constant({ rest: true } as const),
);
const op: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('quote'),
      kind: fc.constant('original'),
      status: fc.constantFrom('draft', 'sent', 'accepted'),
      lines: work,
      named: fc.constant(null),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('quote'),
      kind: fc.constant('change_order'),
      status: fc.constantFrom('draft', 'sent', 'accepted'),
      lines: change,
      named: fc.option(pick),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('revise'),
      pick,
      status: fc.constantFrom('draft', 'draft', 'accepted'),
      lines: work,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('answer'),
      pick,
      status: fc.constantFrom('sent', 'accepted', 'accepted', 'declined'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('complete'), again: seldom }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('share'), pick, share, draft: seldom }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('bill'),
      kind: fc.constantFrom('standard', 'deposit', 'progress', undefined, undefined),
      lines: billed,
      draft: seldom,
      late: fc.boolean(),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('issue'), pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('void'), pick }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('credit'),
      pick,
      what: fc.oneof(
        fc.record({ thousandths }),
        fc.record({ lines: thousandths }),
        fc.constant({ all: true } as const),
      ),
      billAgain: fc.constantFrom(undefined, true, false),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('correct'), pick, lines: billed }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('counts'), pick, against: fc.option(pick) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('pay'), pick, thousandths }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('refund'), pick, thousandths }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('take out'), pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('spend'), cents: fc.integer({ min: 1, max: 200_000 }) }) },
);
/** Every sequence begins with something to bill. */
const sequence = fc
  .tuple(work, fc.array(op, { minLength: 10, maxLength: 18 }))
  .map(([lines, ops]): Op[] => [{ do: 'quote', kind: 'original', status: 'accepted', lines, named: null }, ...ops]);

const oneLine: Line[] = [{ cents: 50_000, cost: 20_000, rate: 8.25 }];
/** What chance seldom comes to: no payment is taken out and no bill voided or corrected once money or work went back. */
const REFUSALS: readonly Op[] = [
  { do: 'quote', kind: 'original', status: 'accepted', lines: oneLine, named: null },
  { do: 'bill', kind: 'standard', lines: oneLine, draft: false, late: false },
  { do: 'pay', pick: 0, thousandths: 500 },
  { do: 'refund', pick: 0, thousandths: 1000 },
  { do: 'take out', pick: 0 },
  { do: 'void', pick: 0 },
  { do: 'credit', pick: 0, what: { all: true }, billAgain: undefined },
  { do: 'correct', pick: 0, lines: oneLine },
];

/** Two offers, billed from before any is accepted. */
const OFFERS: readonly Op[] = [
  { do: 'quote', kind: 'original', status: 'draft', lines: oneLine, named: null },
  { do: 'bill', kind: undefined, lines: oneLine, draft: false, late: false },
  { do: 'quote', kind: 'original', status: 'draft', lines: oneLine, named: null },
  { do: 'spend', cents: 700 },
];

/** Part is billed before the offer is accepted, and before and after that the job is done. */
const ANSWERED: readonly Op[] = [
  { do: 'quote', kind: 'original', status: 'sent', lines: [{ cents: 100_000, cost: 60_000, rate: 0 }], named: null },
  { do: 'bill', kind: undefined, lines: oneLine, draft: false, late: false },
  { do: 'complete', again: false },
  { do: 'answer', pick: 0, status: 'accepted' },
];

const seenSoFar = new Map<string, number>();
const saw = (what: string) => seenSoFar.set(what, (seenSoFar.get(what) ?? 0) + 1);

/** Calls a tool; undefined where it refuses, which the model must expect. */
async function attempt(book: Book, tool: string, args: object, allowed: boolean, what: string): Promise<any> {
  const { isError, structuredContent, content } = await book.callWithYes(tool, args);
  const said = content[0]?.text ?? '';
  // A bill can be refused for its tax alone, which the model leaves to the program.
  if (isError === true && allowed && said.includes('total below 0')) return undefined;
  expect(isError !== true, `${tool} ${JSON.stringify(args)}: ${said}`).toBe(allowed);
  if (isError === true) expect(said).not.toContain('inside Jobwright');
  saw(`${what} ${allowed ? 'done' : 'refused'}`);
  return structuredContent;
}

const spoken = (lines: readonly Line[], costs: boolean) =>
  lines.map((each, index) => ({
    description: `Work ${index}`,
    quantity: 1,
    unitPrice: dollars(each.cents),
    taxRatePercent: each.rate,
    ...(costs ? { unitCost: dollars(each.cost) } : {}),
  }));
/** Most often from the issued bills, else from all. */
const aBill = ({ bills }: Model, index: number) =>
  chosen(
    index % 5 === 0 ? bills : bills.filter(({ status, credits }) => status === 'issued' && credits === null),
    Math.floor(index / 5),
  );

function keep(model: Model, out: any, more: Partial<Bill> = {}): Bill {
  const bill: Bill = {
    ref: out.ref,
    id: model.bills.length,
    kind: out.kind,
    status: out.status,
    base: cents(out.subtotal),
    tax: cents(out.tax),
    byRate: rates(out.lines.map((each: any) => ({ cents: cents(each.amount), cost: 0, rate: each.taxRatePercent }))),
    contract: null,
    credits: null,
    corrected: false,
    replacement: null,
    late: false,
    extra: false,
    parts: new Map(),
    reduces: new Map(),
    ...more,
  };
  model.bills.push(bill);
  return bill;
}

/** All bills of a contract together carry its tax, once nothing of it remains; where all of each counts against it. */
function expectTaxWhole(model: Model, contract: string): void {
  const bills = countedOn(model, contract);
  const notes = model.bills.filter(
    ({ parts, credits, status }) => credits !== null && status === 'issued' && parts.has(contract),
  );
  const split = [...bills, ...notes].some(({ parts, base }) => parts.get(contract) !== Math.abs(base));
  const mixed = notes.some(({ parts, reduces }) => ![0, parts.get(contract)].includes(reduces.get(contract) ?? 0));
  if (remaining(model, contract) !== 0 || split || mixed) return;
  saw('contracts billed to the end');
  const reduced = notes.filter(({ reduces }) => (reduces.get(contract) ?? 0) > 0);
  const all = new Set([...bills, ...notes, ...notes.flatMap(({ credits }) => credits ?? [])]);
  expect(add([...all].map(({ tax }) => tax))).toBe(
    taxOf(accepted(model, contract).flatMap(({ lines }) => lines)) + add(reduced.map(({ tax }) => tax)),
  );
}

type Doing = { book: Book; model: Model };

/** What an acceptance does: it takes the place of what it revises, and of bills that came before any contract. */
function accept(model: Model, quote: Quote): void {
  const standing = earlier(quote).find(({ status }) => status === 'accepted');
  quote.status = 'accepted';
  quote.acceptance = standing?.acceptance ?? Math.max(0, ...model.quotes.map(({ acceptance }) => acceptance)) + 1;
  for (const each of earlier(quote)) each.status = 'superseded';
  if (quote.kind !== 'original' || contracts(model).length !== 1) return;
  for (const bill of model.bills)
    if (
      bill.status === 'issued' &&
      bill.credits === null &&
      bill.contract === null &&
      !bill.extra &&
      bill.parts.size === 0
    )
      recount(model, bill);
}

async function quote({ book, model }: Doing, { kind, status, lines, named }: Op & { do: 'quote' }): Promise<void> {
  const originals = model.quotes.filter((each) => each.kind === 'original');
  const standing = originals.filter((each) => each.status === 'accepted');
  const candidates = [
    ...new Set((standing.length > 0 ? standing : originals.filter(isOpen)).map((each) => each.contract)),
  ];
  const to = named === null ? undefined : chosen(candidates, named);
  const contract = to ?? (candidates.length === 1 ? candidates[0] : undefined);
  const out = await attempt(
    book,
    'create-quote',
    { job: model.job, kind, status, lines: spoken(lines, true), ...(to === undefined ? {} : { contract: to }) },
    kind === 'original' || contract !== undefined,
    `a ${kind}`,
  );
  if (out === undefined) return;
  const ref: string = out.quote.ref;
  const made: Quote = {
    ref,
    kind,
    status: status === 'sent' ? status : 'draft',
    lines,
    contract: ref,
    revises: null,
    acceptance: 0,
  };
  if (kind === 'change_order') made.contract = contract ?? ref;
  model.quotes.push(made);
  if (status === 'accepted') accept(model, made);
  if (status === 'accepted' && original(model, made.contract) !== undefined && remaining(model, made.contract) < 0)
    // Where nothing stands on it, there is nothing to credit either.
    expect(out.warnings).toEqual([expect.stringMatching(/^Billed beyond the contract: |^The contract \S+ comes to -/)]);
}

async function answer({ book, model }: Doing, { pick, status }: Op & { do: 'answer' }): Promise<void> {
  const about = chosen(model.quotes, pick);
  if (about === undefined) return;
  const { contract } = about;
  const bills = countedOn(model, contract).filter((bill) => countedBy(model, bill, contract) > 0);
  const stands = original(model, contract) !== undefined && bills.length > 0;
  const others = comesTo(model, contract) - worth([about]);
  const carries = stands && (about.kind === 'original' || billedOn(model, contract) > others);
  const steps = {
    sent: about.status !== 'accepted',
    accepted: !isTaken(model, about),
    declined: !(about.status === 'accepted' && carries),
  };
  const allowed = about.status === status || (about.status !== 'superseded' && steps[status]);
  if ((await attempt(book, 'update-quote', { quote: about.ref, status }, allowed, `a quote ${status}`)) === undefined)
    return;
  if (about.status === status) return;
  if (status === 'accepted') accept(model, about);
  else about.status = status;
}

async function revise({ book, model }: Doing, { pick, status, lines }: Op & { do: 'revise' }): Promise<void> {
  const revises = chosen(model.quotes, pick);
  if (revises === undefined) return;
  const { kind, contract } = revises;
  const quote: Quote = { ref: '', kind, status: 'draft', lines, contract, revises, acceptance: 0 };
  const allowed = revises.status !== 'superseded' && !(status === 'accepted' && isTaken(model, quote));
  const args = { revises: revises.ref, status, lines: spoken(lines, true) };
  const out = await attempt(book, 'create-quote', args, allowed, 'a revision');
  if (out === undefined) return;
  quote.ref = out.quote.ref;
  model.quotes.push(quote);
  if (status === 'accepted') accept(model, quote);
  else if (isOpen(revises)) revises.status = 'superseded';
}

async function shareOf({ book, model }: Doing, { pick, share, draft }: Op & { do: 'share' }): Promise<void> {
  const about = chosen(model.quotes, pick % 3 === 0 ? pick : 0);
  if (about === undefined) return;
  const { contract } = about;
  const whole = comesTo(model, contract);
  const left = remaining(model, contract);
  const asked =
    'percent' in share
      ? Math.round((whole * share.percent) / 100)
      : 'rest' in share
        ? left
        : Math.ceil((left * share.thousandths) / 1000);
  // A percentage gives way by no more than the roundings of the bills.
  const bills = countedOn(model, contract).length;
  const amount = 'percent' in share && left > 0 && asked > left && asked - left <= (bills + 1) / 2 ? left : asked;
  if ('thousandths' in share && amount <= 0) return;
  const how = 'thousandths' in share ? { amount: dollars(amount) } : share;
  const allowed =
    ['accepted', 'superseded'].includes(about.status) &&
    original(model, contract) !== undefined &&
    left > 0 &&
    amount > 0 &&
    amount <= left;
  const out = await attempt(
    book,
    'create-invoice',
    { fromQuote: { quote: about.ref, ...how }, draft },
    allowed,
    draft ? 'a draft share' : 'a share',
  );
  if (out === undefined) return;
  expect(out.invoice.subtotal).toBe(dollars(amount));
  const bill = keep(model, out.invoice, { contract });
  if (draft) return;
  bill.parts.set(contract, bill.base);
  expectTaxWhole(model, contract);
}

async function billLines({ book, model }: Doing, { kind, lines, draft, late }: Op & { do: 'bill' }): Promise<void> {
  const dates = late ? { dueOn: '2026-03-09', ...(draft ? {} : { issuedOn: '2026-02-01' }) } : {};
  const out = await attempt(
    book,
    'create-invoice',
    { job: model.job, kind, draft, lines: spoken(lines, false), ...dates },
    true,
    'a bill',
  );
  if (out === undefined) return;
  expect([out.invoice.subtotal, out.invoice.tax]).toEqual([
    dollars(add(lines.map((each) => each.cents))),
    dollars(taxOf(lines)),
  ]);
  const bill = keep(model, out.invoice, { late, extra: kind === 'standard' });
  if (!draft) count(model, bill);
  const beyond = !draft && contracts(model).length > 0 && add(bill.parts.values()) < bill.base;
  expect(out.warnings.length).toBe(beyond ? 1 : 0);
  expect(bill.status).toBe(draft ? 'draft' : 'issued');
}

async function issue({ book, model }: Doing, { pick }: { pick: number }): Promise<void> {
  const drafts = model.bills.filter(({ status }) => status === 'draft');
  const draft = chosen(pick % 4 === 0 ? model.bills : drafts, pick);
  if (draft === undefined || draft.status === 'issued') return;
  const { contract } = draft;
  const fits =
    contract === null || (original(model, contract) !== undefined && draft.base <= remaining(model, contract));
  // One that was due before today is issued with a date of its own.
  const args = { invoice: draft.ref, status: 'issued', ...(draft.late ? { issuedOn: '2026-02-01' } : {}) };
  const out = await attempt(book, 'update-invoice', args, draft.status === 'draft' && fits, 'an issue');
  if (out === undefined) return;
  model.bills.splice(model.bills.indexOf(draft), 1);
  expect(out.invoice.subtotal).toBe(dollars(draft.base));
  if (contract === null) expect(out.invoice.tax).toBe(dollars(draft.tax));
  const bill = keep(model, out.invoice, { contract, late: draft.late, extra: draft.extra });
  if (contract === null) count(model, bill);
  else {
    bill.parts.set(contract, bill.base);
    expectTaxWhole(model, contract);
  }
}

async function voidBill({ book, model }: Doing, { pick }: { pick: number }): Promise<void> {
  const bill = chosen(model.bills, pick);
  if (bill === undefined) return;
  const received = model.payments.some((each) => each.on === bill && !each.void && !each.refund);
  const allowed =
    bill.status === 'issued' &&
    !isReplaced(bill) &&
    !received &&
    notesOn(model, bill).length === 0 &&
    !(bill.credits !== null && isReplaced(bill.credits)) &&
    [...(bill.credits?.parts.keys() ?? [])].every((contract) => original(model, contract) !== undefined);
  const out = await attempt(
    book,
    'update-invoice',
    { invoice: bill.ref, status: 'void', voidReason: 'a mistake' },
    allowed,
    'a void',
  );
  if (out === undefined) return;
  bill.status = 'void';
  if (bill.credits !== null) bill.credits.corrected = false;
}

/** Corrected, and its replacement stands. */
const isReplaced = ({ corrected, replacement }: Bill) => corrected && replacement?.status !== 'void';

/** What is left of a bill at a rate, before tax. */
const leftAt = (model: Model, bill: Bill, at: number) =>
  (bill.byRate.get(at) ?? 0) + add(notesOn(model, bill).map(({ byRate }) => byRate.get(at) ?? 0));
const leftOf = (model: Model, bill: Bill) => ({
  base: bill.base + add(notesOn(model, bill).map(({ base }) => base)),
  tax: bill.tax + add(notesOn(model, bill).map(({ tax }) => tax)),
});

async function credit({ book, model }: Doing, { pick, what, billAgain }: Op & { do: 'credit' }): Promise<void> {
  const bill = aBill(model, pick);
  if (bill === undefined) return;
  const left = leftOf(model, bill);
  const sound = bill.status === 'issued' && bill.credits === null && (left.base > 0 || left.tax > 0);
  const [at = 0] = [...bill.byRate].sort((one, other) => other[1] - one[1])[0] ?? [];
  let args: object = { all: true };
  let [allowed, base] = [sound, left.base];
  if ('thousandths' in what) {
    base = Math.ceil((Math.max(left.base, 1) * what.thousandths) / 1000);
    args = { amount: dollars(base) };
    allowed = sound && base <= left.base;
  } else if ('lines' in what) {
    base = Math.ceil((Math.max(leftAt(model, bill, at), 1) * what.lines) / 1000);
    args = { lines: spoken([{ cents: base, cost: 0, rate: at }], false) };
    const tax = taxAt(base, at);
    // With discounts at another rate the last cents are left to the program: a credit either fits or is refused.
    if (bill.byRate.size > 1 && (base >= left.base - 1 || base + tax >= left.base + left.tax - 2)) return;
    allowed = sound && base <= leftAt(model, bill, at);
  }
  const parts = sound ? take(model, bill, base) : new Map<string, number>();
  const reduced = reducedBy(model, parts);
  // One over all that is left says what becomes of the contract, where it does anything to one.
  if (allowed && billAgain === undefined && base === left.base && add(reduced.values()) > 0) {
    const refused = await attempt(book, 'create-invoice', { creditFor: bill.ref, ...args }, false, 'a full credit');
    return expect(refused).toBeUndefined();
  }
  if (billAgain !== undefined) args = { ...args, billAgain };
  const out = await attempt(book, 'create-invoice', { creditFor: bill.ref, ...args }, allowed, 'a credit');
  if (out === undefined) return;
  expect(out.invoice.subtotal).toBe(dollars(0 - base));
  const note = keep(model, out.invoice, { credits: bill, parts, reduces: billAgain === true ? new Map() : reduced });
  const after = leftOf(model, bill);
  if ('all' in what || after.base === 0) expect(after).toEqual({ base: 0, tax: 0 });
  expect(after.base + after.tax).toBeGreaterThanOrEqual(0);
  if (bill.tax > 0 && bill.byRate.size === 1) expect(note.tax).toBeLessThanOrEqual(0);
}

async function correct({ book, model }: Doing, { pick, lines }: Op & { do: 'correct' }): Promise<void> {
  const bill = aBill(model, pick);
  if (bill === undefined) return;
  const left = leftOf(model, bill);
  const allowed =
    bill.status === 'issued' && bill.credits === null && !bill.corrected && (left.base > 0 || left.tax > 0);
  const out = await attempt(
    book,
    'update-invoice',
    { invoice: bill.ref, correct: true, lines: spoken(lines, false) },
    allowed,
    'a correction',
  );
  if (out === undefined) return;
  const number = Number(out.invoice.ref.slice(4));
  const noteRef = `INV-${number - 1}`;
  const order = contracts(model);
  const held = [...bill.parts.keys()].sort((one, other) => order.indexOf(one) - order.indexOf(other));
  const parts = take(model, bill, left.base);
  const note = keep(model, (await book.ok('get-invoice', { invoice: noteRef })).invoice, { credits: bill, parts });
  expect([note.kind, note.base, note.tax]).toEqual(['credit_note', 0 - left.base, 0 - left.tax]);
  bill.corrected = true;
  const { contract } = bill;
  const replacement = keep(model, out.invoice, { contract, extra: bill.extra });
  bill.replacement = replacement;
  if (contract === null) count(model, replacement, held);
  else replacement.parts.set(contract, replacement.base);
  expect([replacement.base, replacement.tax, replacement.kind]).toEqual([
    add(lines.map((each) => each.cents)),
    taxOf(lines),
    bill.kind,
  ]);
  let room = Math.min(paidOn(model, bill), replacement.base + replacement.tax);
  for (const payment of model.payments.filter((each) => each.on === bill && !each.void && !each.refund)) {
    const moved = Math.min(room, payment.cents);
    room -= moved;
    if (moved === payment.cents) payment.on = replacement;
    else if (moved > 0) {
      payment.cents -= moved;
      const refs: string[] = out.invoice.payments.map(({ ref }: { ref: string }) => ref);
      const fresh = refs.find((ref) => model.payments.every((each) => each.ref !== ref));
      model.payments.push({ ref: fresh ?? 'none', on: replacement, cents: moved, refund: false, void: false });
    }
  }
  expect(out.invoice.payments.map((each: any) => [each.ref, each.amount])).toEqual(
    model.payments.filter((each) => each.on === replacement).map((each) => [each.ref, dollars(each.cents)]),
  );
}

async function counts({ book, model }: Doing, { pick, against }: Op & { do: 'counts' }): Promise<void> {
  const loose = model.bills.filter(
    (each) => each.status === 'issued' && each.credits === null && each.contract === null,
  );
  const bill = pick % 4 === 0 ? aBill(model, pick) : chosen(loose, pick);
  const contract = against === null ? undefined : chosen(contracts(model), against);
  if (bill === undefined) return;
  const allowed =
    bill.status === 'issued' &&
    bill.credits === null &&
    bill.contract === null &&
    !bill.corrected &&
    (contract === undefined || remaining(model, contract) > 0 || bill.parts.has(contract));
  const countsAgainst = contract === undefined ? 'extra' : original(model, contract)?.ref;
  const out = await attempt(book, 'update-invoice', { invoice: bill.ref, countsAgainst }, allowed, 'a bill counted');
  if (out === undefined) return;
  // Said again it changes nothing, however its credits came to lie.
  const held = [...bill.parts.keys()];
  const extra = leftOf(model, bill).base - add(held.map((each) => countedBy(model, bill, each)));
  const isThere = held.length === 1 && held[0] === contract;
  if (isThere && contract !== undefined && (extra <= 0 || remaining(model, contract) <= 0))
    return expect(out.change).toBeNull();
  bill.extra = contract === undefined;
  recount(model, bill, contract === undefined ? undefined : [contract]);
}

async function pay(
  { book, model }: Doing,
  { do: what, pick, thousandths: part }: Op & { do: 'pay' | 'refund' },
): Promise<void> {
  const refund = what === 'refund';
  const paid = model.payments.map(({ on }) => on);
  const bill = refund && pick % 4 > 0 ? chosen(paid, pick) : aBill(model, pick);
  if (bill === undefined) return;
  const owed = bill.status === 'issued' && bill.credits === null;
  const most = owed ? (refund ? paidOn(model, bill) : balance(model, bill)) : 0;
  const amount = Math.ceil((Math.max(most, 1) * part) / 1000);
  const out = await attempt(
    book,
    'record-payment',
    { invoice: bill.ref, amount: dollars(amount), ...(refund ? { refund } : {}) },
    amount <= most,
    `a ${what}`,
  );
  if (out !== undefined) model.payments.push({ ref: out.payment.ref, on: bill, cents: amount, refund, void: false });
}

async function takeOut({ book, model }: Doing, { pick }: { pick: number }): Promise<void> {
  const payment = chosen(model.payments, pick);
  if (payment === undefined) return;
  const { on, cents: moved, refund } = payment;
  const paid = paidOn(model, on);
  const allowed = !payment.void && (refund ? paid + moved <= on.base + on.tax : moved <= paid);
  const out = await attempt(
    book,
    'record-payment',
    { void: payment.ref, voidReason: 'a mistake' },
    allowed,
    'a payment taken out',
  );
  if (out !== undefined) payment.void = true;
}

async function perform(doing: Doing, each: Op): Promise<void> {
  const { book, model } = doing;
  switch (each.do) {
    case 'quote':
      return await quote(doing, each);
    case 'revise':
      return await revise(doing, each);
    case 'answer':
      return await answer(doing, each);
    case 'share':
      return await shareOf(doing, each);
    case 'bill':
      return await billLines(doing, each);
    case 'issue':
      return await issue(doing, each);
    case 'void':
      return await voidBill(doing, each);
    case 'credit':
      return await credit(doing, each);
    case 'correct':
      return await correct(doing, each);
    case 'counts':
      return await counts(doing, each);
    case 'pay':
    case 'refund':
      return await pay(doing, each);
    case 'take out':
      return await takeOut(doing, each);
    case 'complete':
      model.completed = !each.again;
      await book.ok('update-job', { job: model.job, status: each.again ? 'open' : 'completed' });
      return;
    case 'spend':
      await book.ok('add-job-expense', {
        job: model.job,
        description: 'Dump fee',
        amount: dollars(each.cents),
        category: 'other',
      });
      model.expenses += each.cents;
  }
}

async function expectAgreed({ book, model }: Doing): Promise<void> {
  const { invoices, totalOpen, totalOverdue } = await book.ok('list-invoices', { job: model.job, limit: 50 });
  const mine = new Map(model.bills.map((bill) => [bill.ref, figures(model, bill)]));
  expect(invoices).toHaveLength(mine.size);
  for (const out of invoices) expect(out).toMatchObject(mine.get(out.ref) ?? { ref: 'nowhere' });
  const open = (some: Iterable<{ balance: string }>) =>
    dollars(add([...some].map((each) => Math.max(0, cents(each.balance)))));
  expect([totalOpen, totalOverdue]).toEqual([
    open(mine.values()),
    open([...mine.values()].filter(({ overdue }) => overdue)),
  ]);
  for (const payment of ['unpaid', 'partly_paid', 'paid', 'credited'] as const) {
    const list = await book.ok('list-invoices', { job: model.job, payment, limit: 50 });
    const expected = [...mine.values()].filter((each) => each.payment === payment).map(({ ref }) => ref);
    expect(list.invoices.map(({ ref }: { ref: string }) => ref).sort()).toEqual(expected.sort());
  }
  const { profit, ...stands } = (await book.ok('get-job', { job: model.job })).job;
  expect(profit).toMatchObject(profitSummaryOf(model));
  const { standing, billing, forecast, offers: offered } = headingOf(model);
  expect(stands).toMatchObject({ standing, billing });
  const { expectedMarginPercent: _, offers, ...heading } = stands.forecast;
  expect([heading, offers?.length]).toEqual([forecast, offered]);
  saw(`${standing} and ${billing}`);
  if (billing === 'part_billed' && model.completed && contracts(model).length === 0)
    saw('an offer billed in part and done');
  if (forecast.toCredit !== undefined) saw('something to credit');
  if (offered !== undefined) saw('several offers');
  // What contracts come to is what is billed on them, left of them, less what is to credit.
  const billed = add(contracts(model).map((contract) => billedOn(model, contract)));
  const worth = billed + cents(heading.leftToBill) - cents(heading.toCredit ?? '0.00');
  expect(contracts(model).length > 0 ? cents(heading.contract) : worth).toBe(worth);
  expect(cents(profit.profit)).toBe(cents(profit.billed) - cents(profit.costOfWork) - cents(profit.expenses));
  // What reports date costs by holds the same of each contract.
  const { ledger } = await book.store.read(1, async ({ jobs }) => await jobs.of(Number(model.job.slice(2))));
  expect(ledger.contracts.map((each) => [`Q-${each.contractId}`, each.worth, remainderOf(each, null)])).toEqual(
    contracts(model).map((contract) => [contract, comesTo(model, contract), remaining(model, contract)]),
  );
  for (const { contract, ref } of model.quotes.filter(
    ({ kind, status }) => kind === 'original' && status === 'accepted',
  )) {
    const said = await book.error('create-invoice', { fromQuote: { quote: contract, amount: 900_000_000 } });
    const left = remaining(model, contract);
    expect(said).toContain(
      `${dollars(billedOn(model, contract))} USD of ${dollars(comesTo(model, contract))} USD is billed`,
    );
    expect(said).toContain(
      left > 0 ? `than the ${dollars(left)} USD that remains of ${ref}` : `nothing remains to bill on ${ref}`,
    );
  }
}

test('whatever is billed, credited, corrected, paid and given back, the figures are what plain sums say', {
  timeout: 1_800_000,
}, async () => {
  let book: Book | null = null;
  let jobs = 0;
  await fc.assert(
    fc.asyncProperty(sequence, async (ops) => {
      if (book === null || jobs % PER_BOOK === 0) {
        book = await openBook({ now: `${TODAY}T17:00:00.000Z` });
        await book.ok('create-customer', { name: 'Dana Henderson' });
      }
      jobs += 1;
      const { job } = await book.ok('create-job', { customer: 'C-1', name: `Roof ${jobs}` });
      const doing: Doing = {
        book,
        model: { job: job.ref, completed: false, quotes: [], bills: [], payments: [], expenses: 0 },
      };
      for (const each of ops) await perform(doing, each);
      await expectAgreed(doing);
      expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
    }),
    {
      numRuns: RUNS,
      examples: [...[REFUSALS, OFFERS.slice(0, 2), OFFERS, ANSWERED.slice(0, 2), ANSWERED.slice(0, 3), ANSWERED]].map(
        (ops): [Op[]] => [[...ops]],
      ),
    },
  );
  // The sequences really did all of it, and were refused where they should be.
  const seen = (what: string) => seenSoFar.get(what) ?? 0;
  const most = [
    'a quote declined',
    'a share',
    'a void',
    'a credit',
    'a correction',
    'a pay',
    'a refund',
    'a payment taken out',
  ];
  for (const what of [
    ...most,
    'a change_order',
    'a revision',
    'a quote accepted',
    'a draft share',
    'a bill',
    'an issue',
    'a bill counted',
  ])
    expect(seen(`${what} done`), what).toBeGreaterThan(4);
  for (const what of [...most, 'a full credit', 'a change_order', 'a bill counted'])
    expect(seen(`${what} refused`), what).toBeGreaterThan(0);
  expect(seen('contracts billed to the end')).toBeGreaterThan(RUNS / 10);
  expect(seen('an offer billed in part and done')).toBeGreaterThan(0);
  for (const what of ['finished and billed', 'running and part_billed', 'unsold and not_billed', 'something to credit'])
    expect(seen(what), what).toBeGreaterThan(RUNS / 100);
  expect(seen('several offers')).toBeGreaterThan(0);
});
