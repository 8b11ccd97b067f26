// What a PDF tells of itself before anybody opens it: that it is one, that it is not whole, and that it is locked. Readers
// mend much, so that only what none of them can show is called damaged.

/** How far into a file its first letters may stand, as readers look for them. */
const HEAD = 1024;

/** Blank lines may stand before its first letters: some programs and mail gateways write them. */
export function isPdf(bytes: Uint8Array): boolean {
  return /^(?:\u00EF\u00BB\u00BF)?[\s\0]*%PDF-/.test(latin1(bytes.subarray(0, HEAD)));
}

/** Null for one that opens. A cut one ends before the place where readers begin, or begins there anew and breaks off. */
export function pdfFlaw(bytes: Uint8Array): 'damaged' | 'locked' | null {
  const whole = latin1(bytes);
  const end = whole.slice(Math.max(0, whole.lastIndexOf('startxref')));
  const [, offset = '0'] = /^startxref\s+(\d{1,15})/.exec(end) ?? [];
  // The beginning of one that is laid out for the web points nowhere: what it means comes at the end.
  const isWhole = Number(offset) > 0 && Number(offset) < bytes.length && !/\d\s+\d+\s+obj\b/.test(end);
  if (!isWhole) return 'damaged';
  return /\/Encrypt\s*(?:\d+\s+\d+\s+R\b|<<)/.test(whole) ? 'locked' : null;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
