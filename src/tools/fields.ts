// The pieces that the inputs of tools are made of. Limits stand here: on every text, list and page.
import { z } from 'zod';
import { APPOINTMENT_STATUSES, LONGEST_MINUTES } from '../domain/appointment.ts';
import type { ExpenseSaid } from '../domain/cost.ts';
import { choiceMeant } from '../domain/choice.ts';
import { BILLINGS, JOB_STATUSES, ASSIGNEE_ROLES } from '../domain/job.ts';
import { FILE_KINDS } from '../domain/file.ts';
import { MOST_LINES } from '../domain/paper.ts';
import { TEMPLATE_NAMES, TEMPLATES } from '../domain/templates.ts';
import { visible, visibleLine } from '../domain/text.ts';
import { category } from '../views/internal/money.ts';
import { orBareNumber } from './read-kindly.ts';
import { LONGEST_TRANSCRIPT, MOST_POINTS } from '../domain/walk-and-talk.ts';

const LONGEST_NAME = 200;
const LONGEST_TEXT = 10_000;
const MOST_PEOPLE = 30;
const LONGEST_PAGE = 50;
const MOST_COST_CHANGES = 20;
export const MOST_EXPENSES = 50;

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

export const name = oneLine(LONGEST_NAME);
export const text = words(LONGEST_TEXT);
/** A record of a kind that is known, so that its bare number says it too. */
export const reference = orBareNumber(oneLine(LONGEST_NAME));
/** One of any kind. */
export const anyReference = oneLine(LONGEST_NAME);
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
export const phone = orBareNumber(
  z
    .string()
    .overwrite(clean)
    .max(40)
    .refine((value) => value.replace(/\D/g, '').length >= 5, {
      message: 'is not a phone number. Write it like (512) 555-0143 or +44 20 7946 0018.',
    }),
);

const STAGES = [...new Set(Object.values(TEMPLATES).flatMap(({ stages }) => stages))];
/** A stage of any trade, however it is spelled; the services know which trade this is. */
export const stage = words(40).overwrite((said) => choiceMeant(STAGES, said) ?? said);
export const template = name.overwrite((said) => choiceMeant(TEMPLATE_NAMES, said) ?? said);
/** Asks for more than is done without it; false is as if left out. */
export const flag = z.boolean().transform((asked): true | undefined => asked || undefined);

export const jobStatus = z.enum(JOB_STATUSES);
export const billing = z.enum(BILLINGS);
export const appointmentStatus = z.enum(APPOINTMENT_STATUSES);
export const fileKind = z.enum(FILE_KINDS);
export const assignees = z.array(z.strictObject({ name, role: z.enum(ASSIGNEE_ROLES) })).max(MOST_PEOPLE);

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

/** Money that a supplier gave back. */
export const refund = z.boolean().optional().describe('true: money back from the supplier');

/** What is said of an expense, of a new one and where it is corrected. */
export const newExpense = {
  description: shortText,
  amount,
  category,
  vendor: name.optional(),
  spentOn: date.optional(),
  reclaimableTax: amount.optional().describe('part of amount'),
} satisfies Record<keyof ExpenseSaid, z.ZodType>;
export const correctedExpense = {
  description: shortText.optional(),
  amount: amount.optional(),
  category: category.optional(),
  vendor: name.nullable().optional(),
  spentOn: date.optional(),
  reclaimableTax: amount.nullable().optional(),
} satisfies Record<keyof ExpenseSaid, z.ZodType>;

/** On a whole document. */
export const discount = z
  .strictObject({ percent: decimal.optional(), amount: amount.optional() })
  .nullable()
  .describe('{"percent": 10} or {"amount": 250}');

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
/** Beside those that a quote has. */
export const addedLines = z
  .array(
    z.strictObject({
      ...line,
      unitPrice: amount.nullable(),
      unitCost: amount.nullable().optional(),
      category: category.optional(),
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
