// A customer's paper as the answer that carries it, in the form that was asked for.
import { z } from 'zod';
import type { PaperView } from './paper.ts';

export const FORMATS = ['text', 'html', 'pdf'] as const;
export type Format = (typeof FORMATS)[number];

export const FILES: Readonly<Record<Format, { readonly ending: string; readonly mimeType: string }>> = {
  text: { ending: 'txt', mimeType: 'text/plain' },
  html: { ending: 'html', mimeType: 'text/html' },
  pdf: { ending: 'pdf', mimeType: 'application/pdf' },
};

const money = z.string();

/** A customer's paper; as HTML or PDF it goes beside this. */
export const CustomerDocument = z.strictObject({
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
export type CustomerDocument = z.output<typeof CustomerDocument>;

/** A PDF as it was made; `unprintable` are the characters that none of its fonts has. */
export type MadePdf = { readonly bytes: Uint8Array; readonly unprintable: readonly string[] };

/** Its amounts stay known as prices, which test/types looks for. @param unprintable of a PDF */
export function customerDocument(
  view: PaperView,
  { format, text, unprintable = [] }: { format: Format; text: string; unprintable?: readonly string[] },
) {
  const { ending, mimeType } = FILES[format];
  return {
    ref: view.ref,
    kind: view.noun,
    title: `${view.title} ${view.ref}`,
    fileName: `${view.fileStem}.${ending}`,
    mimeType,
    currency: view.currency,
    total: view.total,
    ...(view.balance === null ? {} : { balance: view.balance }),
    text,
    ...(unprintable.length === 0 ? {} : { unprintable: [...unprintable] }),
  } satisfies CustomerDocument;
}
