// What `fetch` answers with where a record's words are longer than an answer may be: a part, and the cursor of the next.
import { partOf } from '../services/shared/paging.ts';
import { partText } from '../printers/part.ts';

type TextAnswer = { readonly id: string; readonly url: string; readonly text: string; readonly metadata: object };

/** @param cursor where the last part ended */
export function inPart<R extends TextAnswer>(
  record: R,
  cursor: string | undefined,
): R & { metadata: { nextCursor?: string } } {
  const part = partOf(record.url, record.text, cursor);
  const metadata = { ...record.metadata, ...(part.nextCursor === null ? {} : { nextCursor: part.nextCursor }) };
  return { ...record, metadata, text: partText(record.id, part) };
}
