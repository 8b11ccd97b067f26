// The pieces that tool schemas are made of. Limits stand here: on every text, list and page.
import { z } from 'zod';
import { CONFIRM_BY } from '../domain/account.ts';
import { APPOINTMENT_STATUSES, LONGEST_MINUTES } from '../domain/appointment.ts';
import { choiceMeant } from '../domain/choice.ts';
import { CATEGORIES } from '../domain/cost.ts';
import { INVOICE_KINDS, INVOICE_STATUSES } from '../domain/invoice.ts';
import { BILLINGS, JOB_STATUSES, ROLES } from '../domain/job.ts';
import { PAYMENT_STATES } from '../domain/payment.ts';
import { FILE_KINDS, FLAW_NAMES } from '../domain/file.ts';
import { COST_BASES, WARNING_CODES } from '../domain/profit.ts';
import { REPORT_KEYS } from '../domain/period.ts';
import { QUOTE_KINDS, QUOTE_STATUSES } from '../domain/quote.ts';
import { TEMPLATE_NAMES, TEMPLATES } from '../domain/templates.ts';
import { visible, visibleLine } from '../domain/text.ts';
import { LONGEST_TRANSCRIPT, MOST_POINTS } from '../domain/walk-and-talk.ts';

const LONGEST_NAME = 200;
const LONGEST_TEXT = 10_000;
export const MOST_LINES = 200;
const MOST_PEOPLE = 30;
const LONGEST_PAGE = 50;
const MOST_COST_CHANGES = 20;

function clean(text: string): string {
  return visible(text).trim();
}

/** Words of a person, on one line or several, without invisible characters. */
function words(longest: number) {
  return z.string().overwrite(clean).min(1).max(longest);
}

/** A name stands within a line of an answer, so it must not begin a line of its own. */
function oneLine(longest: number) {
  return z.string().overwrite(visibleLine).min(1).max(longest);
}

// --- inputs ---
export const name = oneLine(LONGEST_NAME);
export const text = words(LONGEST_TEXT);
export const reference = oneLine(LONGEST_NAME);
export const shortText = words(500);
export const shortLine = oneLine(500);
export const transcript = words(LONGEST_TRANSCRIPT);
export const points = z.array(shortLine).max(MOST_POINTS);
export const MOST_PHOTOS = 50;
/** A JSON number or plain decimal text in major units; the domain reads it, since only it knows the currency. */
export const amount = z.union([z.number(), z.string().max(40)]);
const decimal = z.union([z.number(), z.string().max(40)]);
export const percent = decimal;
/** YYYY-MM-DD; the domain reads it and shows the form where it is another. */
export const date = z.string().max(20);
export const limit = z.int().min(1).max(LONGEST_PAGE).optional();
export const changeNumber = z.int().min(0);
export const cursor = z.string().max(300).optional();
/** Else they count only until the book has a real customer or job. */
export const includeSamples = z.boolean().optional();
export const email = z.string().overwrite(clean).check(z.email()).max(LONGEST_NAME);
export const phone = z
  .string()
  .overwrite(clean)
  .max(40)
  .refine((value) => value.replace(/\D/g, '').length >= 5, {
    message: 'is not a phone number. Write it like (512) 555-0143 or +44 20 7946 0018.',
  });

const STAGES = [...new Set(Object.values(TEMPLATES).flatMap(({ stages }) => stages))];
/** A stage of any trade, however it is spelled; the services know which trade this is. */
export const stage = words(40).overwrite((said) => choiceMeant(STAGES, said) ?? said);
export const template = name.overwrite((said) => choiceMeant(TEMPLATE_NAMES, said) ?? said);
/** Asks for more than is done without it; false is as if left out. */
export const flag = z.boolean().transform((asked): true | undefined => asked || undefined);

export const category = z.enum(CATEGORIES);
export const jobStatus = z.enum(JOB_STATUSES);
export const billing = z.enum(BILLINGS);
export const assignees = z.array(z.strictObject({ name, role: z.enum(ROLES) })).max(MOST_PEOPLE);

/** A file of a conversation, as ChatGPT hands it over: the names are its own. */
export const conversationFile = z.strictObject({
  download_url: z.string().min(1).max(8000),
  file_id: z.string().max(500),
  mime_type: z.string().max(200).optional(),
  file_name: name.optional(),
});

export const uploadLink = z
  .boolean()
  .describe('true: gives a page where a phone sends many files to this job, without sign-in; false: ends it');

/** Who goes to an appointment. */
export const people = z.array(name).max(MOST_PEOPLE);
/** The domain reads the times, since only the books know the zone. */
export const when = {
  starts: z.string().max(40).describe('2026-03-12T09:00'),
  minutes: z.int().min(1).max(LONGEST_MINUTES),
  ends: z.string().max(40),
};

export const newCustomer = {
  name,
  phone: phone.optional(),
  email: email.optional(),
  address: shortText.optional(),
  notes: text.optional(),
  stage: stage.optional(),
  evenIfSimilar: z.boolean().optional(),
};

/** The customer or the job that a paper is for. */
export const forWhom = {
  customer: reference.optional(),
  job: reference.optional(),
};

const line = {
  description: shortText,
  quantity: decimal,
  unit: words(40).optional(),
  unitPrice: amount.nullable().describe('null: not known yet'),
  taxRatePercent: decimal.optional(),
};
export const invoiceLines = z.array(z.strictObject(line)).min(1).max(MOST_LINES);
export const quoteLines = z
  .array(
    z.strictObject({
      ...line,
      unitCost: amount.nullable().optional().describe('private'),
      category: category.optional(),
      changesLine: reference.optional().describe('Q-31/2'),
      cites: shortLine.optional().describe('verbatim'),
    }),
  )
  .min(1)
  .max(MOST_LINES);
/** Percentages; the costs change first. */
export const whatIfAsked = z.strictObject({
  costs: z
    .array(z.strictObject({ category: category.optional(), percent: decimal.describe('8: 8 % more') }))
    .max(MOST_COST_CHANGES)
    .optional(),
  discountPercent: decimal.optional(),
  marginPercent: decimal.optional(),
});

// --- outputs ---
export const money = z.string();
const moneyOrNull = money.nullable();
const textOrNull = z.string().nullable();
export const named = z.strictObject({ ref: z.string(), name: z.string() });
const sample = z.literal(true).optional();

const profitFigures = {
  billed: money,
  costOfWork: money,
  expenses: money,
  profit: money,
  marginPercent: z.number().nullable(),
  currency: z.string(),
  costBasis: z.enum([...COST_BASES, 'mixed']),
  notBilledYet: money,
  taxBilled: money,
};
export const profitSummary = z.strictObject({
  ...profitFigures,
  warnings: z.array(z.strictObject({ code: z.enum(WARNING_CODES), message: z.string(), refs: z.array(z.string()) })),
});
const group = z.strictObject({
  jobs: z.int(),
  billed: money,
  costOfWork: money,
  expenses: money,
  profit: money,
  marginPercent: z.number().nullable(),
});
/** There are some, which the sums leave out. */
export const samplesLeftOut = z.literal(true).optional();
export const totals = z.strictObject({
  ...profitSummary.shape,
  byStatus: z.partialRecord(jobStatus, group),
  byBilling: z.partialRecord(billing, group),
  includesSamples: z.boolean(),
  samplesLeftOut,
});
/** The profit summary of a job; null with the reason where the caller may not see it. */
const profitHidden = z.enum(['plan', 'scope']).optional();
export const profit = { profit: profitSummary.nullable(), profitHidden };

export const jobCard = z.strictObject({
  ref: z.string(),
  name: z.string(),
  status: jobStatus,
  billing,
  sample,
  customer: named,
  ...profit,
});
/** A job's own details, as a write answers with them. */
export const jobDetails = {
  ref: z.string(),
  name: z.string(),
  status: jobStatus,
  sample,
  customer: named,
  description: textOrNull,
  address: textOrNull,
  startsOn: textOrNull,
  endsOn: textOrNull,
  assignees: z.array(z.strictObject({ name: z.string(), role: z.enum(ROLES) })),
};

export const customerCard = z.strictObject({
  ref: z.string(),
  name: z.string(),
  sample,
  phone: textOrNull,
  email: textOrNull,
  address: textOrNull,
  stage: z.string(),
  notes: textOrNull,
  since: z.string(),
});

const quoteFields = {
  ref: z.string(),
  title: z.string(),
  kind: z.enum(QUOTE_KINDS),
  status: z.enum(QUOTE_STATUSES),
  sample,
  customer: named,
  job: named.nullable(),
  quotedOn: z.string(),
  subtotal: money,
  tax: money,
  total: money,
};
export const quoteRow = z.strictObject(quoteFields);
const taxLines = z.array(z.strictObject({ ratePercent: z.number(), base: money, tax: money }));
const pricedLine = {
  description: z.string(),
  quantity: z.number(),
  unit: textOrNull,
  unitPrice: moneyOrNull,
  taxRatePercent: z.number(),
  amount: money,
};
export const quotePage = z.strictObject({
  ...quoteFields,
  currency: z.string(),
  notes: textOrNull,
  revises: textOrNull,
  revisedBy: textOrNull,
  contract: z.string().optional(),
  fromWalkAndTalk: z.string().optional(),
  taxLines,
  cost: money,
  margin: money,
  marginPercent: z.number().nullable(),
  lineCount: z.int().optional(),
  linesFrom: z.int().optional(),
  unpricedLines: z.int().optional(),
  lines: z.array(
    z.strictObject({
      ref: z.string(),
      ...pricedLine,
      unitCost: moneyOrNull,
      cost: money,
      category: category.nullable(),
      changesLine: textOrNull,
      done: z.boolean(),
      cites: z.string().optional(),
    }),
  ),
});
export const whatIf = z.strictObject({
  lines: z.array(
    z.strictObject({
      ref: z.string(),
      unitPrice: moneyOrNull,
      was: moneyOrNull,
      unitCost: moneyOrNull,
      costWas: moneyOrNull,
      amount: money,
      marginPercent: z.number().nullable(),
    }),
  ),
  subtotal: money,
  subtotalWas: money,
  tax: money,
  total: money,
  cost: money,
  margin: money,
  marginPercent: z.number().nullable(),
  marginPercentWas: z.number().nullable(),
});

const invoiceFields = {
  ref: z.string(),
  kind: z.enum(INVOICE_KINDS),
  status: z.enum(INVOICE_STATUSES),
  sample,
  customer: named,
  job: named.nullable(),
  issuedOn: textOrNull,
  dueOn: textOrNull,
  subtotal: money,
  tax: money,
  total: money,
  paid: money,
  credited: money,
  balance: money,
  payment: z.enum(PAYMENT_STATES).nullable(),
  overdue: z.boolean(),
  creditFor: z.string().optional(),
};
export const invoiceRow = z.strictObject(invoiceFields);
export const paymentRow = z.strictObject({
  ref: z.string(),
  sample,
  kind: z.enum(['payment', 'refund']),
  amount: money,
  paidOn: z.string(),
  method: textOrNull,
  note: textOrNull,
  voidReason: textOrNull,
});
export const invoicePage = z.strictObject({
  payments: z.array(paymentRow),
  ...invoiceFields,
  currency: z.string(),
  notes: textOrNull,
  voidReason: textOrNull,
  voidedOn: textOrNull,
  countsAgainst: z.array(z.strictObject({ quote: z.string(), amount: money })).optional(),
  extraWork: money.optional(),
  taxLines,
  lineCount: z.int().optional(),
  linesFrom: z.int().optional(),
  paymentCount: z.int().optional(),
  lines: z.array(z.strictObject(pricedLine)),
});

/** A customer's paper; as HTML or PDF it goes beside this. */
export const customerDocument = z.strictObject({
  ref: z.string(),
  kind: z.enum(['quote', 'invoice']),
  title: z.string(),
  fileName: z.string(),
  mimeType: z.string(),
  currency: z.string(),
  total: money,
  balance: money.optional(),
  text: z.string(),
  downloadUrl: z.string().optional(),
  unprintable: z.array(z.string()).optional(),
});

/** Why whoever opens a file does not see it whole, or no model does. */
export const flaw = z.enum(FLAW_NAMES);

export const expenseRow = z.strictObject({
  ref: z.string(),
  description: z.string(),
  sample,
  amount: money,
  category,
  vendor: textOrNull,
  spentOn: z.string(),
  coversLine: textOrNull,
  receipt: textOrNull,
  receiptFlaw: flaw.optional(),
});

export const fileKind = z.enum(FILE_KINDS);
export const fileRow = z.strictObject({
  ref: z.string(),
  name: z.string(),
  kind: fileKind,
  mediaType: z.string(),
  size: z.int(),
  caption: textOrNull,
  flaw: flaw.optional(),
  sample,
  customer: named,
  job: named.nullable(),
  expense: textOrNull,
  addedOn: z.string(),
});

export const walkAndTalkRow = z.strictObject({
  ref: z.string(),
  title: z.string(),
  sample,
  customer: named,
  job: named.nullable(),
  heldAt: z.string(),
  summary: textOrNull,
});
/** Without the transcript. */
export const walkAndTalkDetails = z.strictObject({
  ...walkAndTalkRow.shape,
  consent: z.string(),
  findings: z.array(z.string()),
  followUps: z.array(z.string()),
  photos: z.array(fileRow),
  photoCount: z.int().optional(),
  transcriptLength: z.int(),
});

export const appointmentStatus = z.enum(APPOINTMENT_STATUSES);
export const appointmentRow = z.strictObject({
  ref: z.string(),
  title: z.string(),
  sample,
  customer: named,
  job: named.nullable(),
  when: z.string(),
  starts: z.string(),
  ends: z.string(),
  status: appointmentStatus,
  people: z.array(z.string()),
  place: textOrNull,
  notes: textOrNull,
  revision: z.int(),
});

/** The sections that a job's page and a customer's have in common; one asked for on its own stands alone. */
export const pageSections = {
  quotes: z.array(quoteRow).optional(),
  invoices: z.array(invoiceRow).optional(),
  files: z.array(fileRow).optional(),
  appointments: z.array(appointmentRow).optional(),
  walkAndTalks: z.array(walkAndTalkRow).optional(),
};

const entries = z.array(z.strictObject({ ref: z.string(), what: z.string(), amount: money }));
const lineOfWork = z.strictObject({
  ref: z.string(),
  description: z.string(),
  category: category.nullable(),
  planned: money,
  spent: money,
  done: z.boolean(),
  cost: money,
  coveredBy: z.array(z.string()),
});
export const explanation = z.strictObject({
  billed: entries,
  costOfWork: entries,
  expenses: entries,
  notBilledYet: entries,
  taxBilled: entries,
  profit: z.string(),
  more: z
    .array(
      z.strictObject({
        figure: z.enum(['billed', 'costOfWork', 'expenses', 'notBilledYet', 'taxBilled']),
        records: z.int(),
        amount: money,
      }),
    )
    .optional(),
  lines: z.array(lineOfWork),
});
/** Planned and spent by category; null where the caller may not see it. */
export const plan = z
  .array(
    z.strictObject({ category: z.enum([...CATEGORIES, 'uncategorized']), planned: money, spent: money, left: money }),
  )
  .nullable();

const counts = z.strictObject({
  customers: z.int(),
  jobs: z.int(),
  quotes: z.int(),
  invoices: z.int(),
  expenses: z.int(),
  appointments: z.int(),
  walkAndTalks: z.int(),
  files: z.int(),
});
export const accountCard = z.strictObject({
  name: z.string(),
  address: textOrNull,
  phone: textOrNull,
  email: textOrNull,
  template: z.enum(TEMPLATE_NAMES),
  currency: z.string(),
  timeZone: z.string(),
  today: z.string(),
  plan: z.string(),
  paymentTermsDays: z.int(),
  closedThrough: textOrNull,
  confirmBy: z.enum(CONFIRM_BY),
  stages: z.array(z.string()),
  usualLines: z.array(z.strictObject({ description: z.string(), unit: z.string(), category })),
  records: counts,
  samples: counts,
  countedTo: z.int(),
});

const summed = { billed: money, costOfWork: money, expenses: money };
const apart = z.strictObject({ jobs: z.int(), ...summed });
const ranking = {
  count: z.int(),
  jobs: z.array(
    z.strictObject({
      ref: z.string(),
      name: z.string(),
      sample,
      profit: money,
      marginPercent: z.number().nullable(),
    }),
  ),
};
const changeFields = {
  number: z.int(),
  at: z.string(),
  by: z.string(),
  through: z.string(),
  tool: z.string(),
  summary: z.string(),
};
export const changeEntry = z.strictObject(changeFields);
export const historyAnswer = z.strictObject({
  changes: z.array(
    z.strictObject({
      ...changeFields,
      refs: z.array(z.string()),
      moreRefs: z.int().optional(),
      changed: z.array(z.string()).optional(),
      undoes: z.int().optional(),
      undoneBy: z.int().optional(),
    }),
  ),
  record: z.string().optional(),
  records: z
    .array(
      z.strictObject({
        ref: z.string(),
        what: z.enum(['added', 'changed', 'removed']),
        fields: z.array(z.strictObject({ field: z.string(), before: textOrNull, after: textOrNull })),
        moreFields: z.int().optional(),
      }),
    )
    .optional(),
  moreRecords: z.int().optional(),
  currency: z.string(),
  count: z.int().optional(),
  nextCursor: z.string().optional(),
});

/** What of these sums changes since have made of closed months. */
const fromClosedMonths = z
  .strictObject({ billed: money, costOfWork: money, expenses: money, profit: money })
  .optional();
/** Of a kind of cost: over whole jobs with its plan. */
const outlay = { planned: money.optional(), spent: money.optional(), left: money.optional() };

export const profitReportAnswer = z.strictObject({
  by: z.enum(REPORT_KEYS),
  period: z.strictObject({ from: textOrNull, to: textOrNull }).nullable(),
  rows: z.array(
    z.strictObject({
      key: z.string(),
      name: z.string(),
      sample,
      customer: named.optional(),
      status: jobStatus.optional(),
      billing: billing.optional(),
      costNotYetBilled: money.optional(),
      jobs: z.int(),
      billed: moneyOrNull,
      costOfWork: moneyOrNull,
      expenses: moneyOrNull,
      profit: moneyOrNull,
      marginPercent: z.number().nullable(),
      fromClosedMonths,
      ...outlay,
      records: z
        .array(
          z.strictObject({
            job: z.string(),
            ref: z.string(),
            what: z.string(),
            figure: z.enum(['billed', 'costOfWork', 'expenses', 'planned', 'spent']),
            amount: money,
          }),
        )
        .optional(),
      more: z
        .strictObject({ jobs: z.int(), billed: moneyOrNull, costOfWork: moneyOrNull, expenses: moneyOrNull, ...outlay })
        .optional(),
    }),
  ),
  totals: z.strictObject({
    ...group.shape,
    fromClosedMonths,
    notBilledYet: money,
    costNotYetBilled: money,
    includesSamples: z.boolean(),
  }),
  currency: z.string(),
  thinJobs: z.strictObject({ belowPercent: z.number(), ...ranking }).optional(),
  lossJobs: z.strictObject(ranking),
  partBilled: apart,
  notBilled: apart,
  count: z.int(),
  nextCursor: z.string().optional(),
});

const aged = {
  invoices: z.int(),
  total: money,
  overdue: money,
  current: money,
  days1to30: money,
  days31to60: money,
  days61to90: money,
  over90: money,
};
export const receivablesAnswer = z.strictObject({
  customer: z.string().optional(),
  customers: z.array(
    z.strictObject({
      ...named.shape,
      sample,
      ...aged,
      records: z
        .array(z.strictObject({ ref: z.string(), dueOn: textOrNull, daysLate: z.int(), balance: money }))
        .optional(),
      more: z.strictObject({ invoices: z.int(), balance: money }).optional(),
    }),
  ),
  totals: z.strictObject({ ...aged, includesSamples: z.boolean() }),
  owedToCustomers: z.strictObject({
    total: money,
    count: z.int(),
    invoices: z.array(z.strictObject({ customer: named, ref: z.string(), sample, amount: money })),
  }),
  currency: z.string(),
  count: z.int(),
  nextCursor: z.string().optional(),
});

/**
 * What a write did, in one sentence, and the number of its change; null where it was so already. A preview did nothing
 * yet; where the write waits for a yes, confirm is what to call it again with.
 */
export const done = {
  did: z.string(),
  change: z.int().nullable(),
  preview: z.literal(true).optional(),
  confirm: z.string().optional(),
};
