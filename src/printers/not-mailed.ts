// That nothing was mailed, once, behind what was marked as sent or issued.
import type { NotMailed } from '../views/internal/not-mailed.ts';
import { line, phrase, type Block } from './blocks.ts';
import { listed } from './format.ts';

export function notMailedBlocks({ notMailed }: { readonly notMailed?: NotMailed | undefined }): Block[] {
  if (notMailed === undefined) return [];
  const { customer, email, phone } = notMailed;
  if (customer === undefined) return [line('Nothing was mailed from here', { next: ': get-document makes the PDFs.' })];
  const whom = listed([customer, email, phone]);
  return [line(phrase`Nothing was mailed from here to ${whom}`, { next: ': get-document makes the PDF.' })];
}
