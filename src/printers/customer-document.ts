// What an answer that carries a customer’s paper says of it.
import { type CustomerDocument, FILES } from '../views/customer/document.ts';

/** The paper itself; before it, for a file, that it was made and what it lacks. */
export function documentText({ fileName, mimeType, text, unprintable = [] }: CustomerDocument): string {
  if (mimeType === FILES.text.mimeType) return text;
  const lacks =
    unprintable.length === 0
      ? ''
      : ` The PDF's fonts have no ${unprintable.join(' ')}: a box stands there. The html format shows it.`;
  return `Made ${fileName}.${lacks} It reads:\n\n${text}`;
}
