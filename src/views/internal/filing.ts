// What was filed where, as its owner sees it.
import { z } from 'zod';
import type { VisibleAccount } from '../../domain/account.ts';
import type { JobFigures } from '../../domain/forecast.ts';
import { done, NamedRef } from '../shapes.ts';
import { profitFields, profitOrHidden } from './profit-summary.ts';
import { named } from './format.ts';
import type { Message } from '../../domain/message.ts';
import { warning } from '../message.ts';

type JobAfter = { readonly job: { readonly id: number; readonly name: string }; readonly figures: JobFigures };
type Facts = {
  readonly summary: Message;
  readonly to: JobAfter | null;
  readonly left: readonly JobAfter[];
  readonly moved: readonly { readonly ref: string; readonly from: string | null; readonly along: boolean }[];
  readonly already: readonly string[];
  readonly cut: readonly { readonly expense: string; readonly line: string | null }[];
  readonly notes: readonly Message[];
};

export const Filing = z.strictObject({
  ...done,
  job: NamedRef.nullable(),
  ...profitFields,
  left: z.array(z.strictObject({ ...NamedRef.shape, ...profitFields })),
  moved: z.array(z.strictObject({ ref: z.string(), from: z.string().nullable(), along: z.literal(true).optional() })),
  already: z.array(z.string()),
  cut: z.array(z.strictObject({ expense: z.string(), line: z.string() })),
  warnings: z.array(warning),
});
export type Filing = z.output<typeof Filing>;

export function filing(
  { summary, to, left, moved, already, cut, notes }: Facts,
  account: VisibleAccount,
): Omit<Filing, 'change'> {
  return {
    did: summary,
    job: to === null ? null : named('job', to.job),
    ...(to === null ? { profit: null, forecast: null } : profitOrHidden(to.figures, account)),
    left: left.map(({ job, figures }) => ({ ...named('job', job), ...profitOrHidden(figures, account) })),
    moved: moved.map(({ ref, from, along }) => ({ ref, from, ...(along ? { along: true as const } : {}) })),
    already: [...already],
    cut: cut.map(({ expense, line }) => ({ expense, line: line ?? 'its line' })),
    warnings: [...notes],
  };
}
