// The pieces that the shapes of answers are made of, for whomever they are. None of them is money.
import { z } from 'zod';
import { did } from './message.ts';
import { FLAW_NAMES } from '../domain/file.ts';
import { JOB_STATUSES, ASSIGNEE_ROLES } from '../domain/job.ts';

export const textOrNull = z.string().nullable();
/** Marks a record of the sample books. */
export const sample = z.literal(true).optional();

/** A record by its number and its name. */
export const NamedRef = z.strictObject({ ref: z.string(), name: z.string() });
export type NamedRef = z.output<typeof NamedRef>;

/** What goes with a page of a list: how many match in all, and what leads on. */
export const paged = { count: z.int(), nextCursor: z.string().optional() };

export function placeOf({ count, nextCursor }: { count: number; nextCursor: string | null }) {
  return { count, ...(nextCursor === null ? {} : { nextCursor }) };
}

export const jobStatus = z.enum(JOB_STATUSES);
/** Who is on a job. */
export const assignees = z.array(z.strictObject({ name: z.string(), role: z.enum(ASSIGNEE_ROLES) }));

/** Why whoever opens a file does not see it whole, or no model does. */
export const flaw = z.enum(FLAW_NAMES);

/**
 * What a write did, in one sentence, and the number of its change; null where it was so already. A preview did nothing
 * yet; where the write waits for a yes, confirm is what to call it again with.
 */
export const done = {
  did,
  change: z.int().nullable(),
  preview: z.literal(true).optional(),
  confirm: z.string().optional(),
};
export type Done = z.output<z.ZodObject<typeof done>>;

/** Who did something, to whoever reads it: what they did themselves was they, by whatever name the journal has for them. */
export function byWhom(actor: string, { seenBy }: { readonly seenBy: string }): string {
  return actor === seenBy ? 'you' : actor;
}
