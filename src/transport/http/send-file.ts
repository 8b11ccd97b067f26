// Bytes out of the books, as a browser gets them: shown only where nothing in them could run.
import type { PageContext } from './browser.ts';

const SHOWN = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf'];

export function sendFile(
  c: PageContext,
  {
    name,
    mediaType,
    size,
    bytes,
  }: { name: string; mediaType: string; size: number; bytes: Uint8Array | ReadableStream },
): Response {
  const isShown = SHOWN.includes(mediaType);
  const plain = name.replace(/[^\w. -]/g, '_');
  return c.body(bytes instanceof Uint8Array ? Buffer.from(bytes) : bytes, 200, {
    'content-length': String(size),
    'content-type': isShown ? mediaType : 'application/octet-stream',
    'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, '_')}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-store',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex',
  });
}
