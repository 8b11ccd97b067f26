// Bytes that come in the call itself: base64, plain or for URLs, or a whole data: URL.
import { invalid } from '../domain/errors.ts';
import { checkSize } from './size.ts';

const FORM = 'base64 of the bytes, like "JVBERi0xLjcK…", or a data: URL with ;base64';

/** @throws Problem where it is not base64, is empty or too large */
export function fromBase64(said: string, field: string): Uint8Array {
  const url = /^\s*data:[^,]{0,200},/i.exec(said)?.[0] ?? '';
  if (url !== '' && !/;base64\s*,$/i.test(url))
    throw invalid(field, `must be ${FORM}; this data: URL is not in base64.`);
  const text = said.slice(url.length).replace(/\s+/g, '');
  const [, letters = null, padding = ''] = /^([\w+/-]*)(={0,2})$/.exec(text) ?? [];
  if (letters === null) throw invalid(field, `must be ${FORM}; this has other characters in it.`);
  const isWhole = padding === '' ? letters.length % 4 !== 1 : text.length % 4 === 0;
  if (!isWhole)
    throw invalid(field, `must be ${FORM}; this was cut off: ${text.length} characters do not come out even.`);
  checkSize(Math.floor((letters.length * 3) / 4), field);
  return Buffer.from(letters, 'base64');
}
