// Bytes that come in the call itself: base64, plain or for URLs, or a whole data: URL.
import { invalid } from '../domain/errors.ts';
import { says, type Message } from '../domain/message.ts';
import type { FileMessages } from '../domain/messages/files.ts';
import { checkSize } from './size.ts';

/** @throws Problem where it is not base64, is empty or too large */
export function fromBase64(said: string, field: string): Uint8Array {
  const url = /^\s*data:[^,]{0,200},/i.exec(said)?.[0] ?? '';
  if (url !== '' && !/;base64\s*,$/i.test(url)) throw invalid(field, none('data address', said));
  const text = said.slice(url.length).replace(/\s+/g, '');
  const [, letters = null, padding = ''] = /^([\w+/-]*)(={0,2})$/.exec(text) ?? [];
  if (letters === null) throw invalid(field, none('other characters', text));
  const isWhole = padding === '' ? letters.length % 4 !== 1 : text.length % 4 === 0;
  if (!isWhole) throw invalid(field, none('cut off', text));
  checkSize(Math.floor((letters.length * 3) / 4), field);
  return Buffer.from(letters, 'base64');
}

type Fault = FileMessages['file.no-base64']['fault'];

function none(fault: Fault, { length }: string): Message {
  return says('file.no-base64', { fault, length });
}
