// Whether bytes are text that a person reads. Pages, pictures and programs are text too, and are told apart here, since a
// browser or a shell would run them.
import { isPdf } from './pdf.ts';
import type { Sniffed } from './sniffed.ts';

/** What the text begins with, after spaces and comments. */
const BEGINNINGS: readonly (readonly [RegExp, string])[] = [
  [/^#!/, 'a script'],
  [/^<\?(php|=)/i, 'a script'],
  [
    /^<(!doctype\s+html|html|head|body|script|iframe|style|title|table|div|font|h[1-6]|meta|link|img|form|p|br|a)[\s/>]/i,
    'an HTML page',
  ],
  [/^<(!doctype\s+svg|svg)[\s>]/i, 'an SVG picture'],
  [/^%!PS/, 'a PostScript file'],
  [/^\{\\rtf/, 'an RTF document'],
  [/^begin:vcard/i, 'a contact card'],
  [/^begin:vcalendar/i, 'a calendar'],
  [/^-----BEGIN [A-Z ]*PRIVATE KEY/, 'a private key'],
];
/** What makes it more than text wherever it stands. */
const WITHIN: readonly (readonly [RegExp, string])[] = [
  [/<(!doctype\s+html|html|script|iframe)[\s/>]/i, 'an HTML page'],
  [/<svg[\s>]/i, 'an SVG picture'],
];

/** @returns null where the bytes are no text */
export function textType(bytes: Uint8Array, name: string): Sniffed | null {
  if (isPdf(bytes)) return null;
  const text = textIn(bytes);
  // oxlint-disable-next-line no-control-regex -- they are what tells text from other bytes
  if (text === null || /[\u0000-\u0008\u000B\u000E-\u001F\u007F]/.test(text)) return oldText(bytes);
  const beginning = text.slice(0, 4096).replace(/^(\s+|<!--[^]*?-->)+/, '');
  const told =
    BEGINNINGS.find(([pattern]) => pattern.test(beginning)) ?? WITHIN.find(([pattern]) => pattern.test(text));
  if (told !== undefined) return { is: told[1] };
  if (/^<\?xml/i.test(beginning)) return { is: 'an XML file' };
  return { type: /\.csv$/i.test(name.trim()) ? 'csv' : 'text' };
}

/** @returns null where the bytes are no UTF-8, nor UTF-16 that says so */
export function textIn(bytes: Uint8Array): string | null {
  const mark = Buffer.from(bytes.subarray(0, 2)).toString('hex');
  const encoding = mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Text in the one-byte letters of old programs, which nothing tells apart from each other. */
function oldText(bytes: Uint8Array): Sniffed | null {
  if (bytes.some((byte) => byte === 0x7f || (byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d].includes(byte)))) return null;
  return startsWith(bytes, 'BM') ? null : { is: 'text in an old encoding (save it as UTF-8)' };
}

function startsWith(bytes: Uint8Array, letters: string): boolean {
  return Buffer.from(bytes.subarray(0, letters.length)).toString('latin1') === letters;
}
