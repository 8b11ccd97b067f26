// A file that somebody sent, looked through: what it is, and its bytes as they are kept. It takes as long as somebody
// else decides, so it is done in a worker.
import { says } from '../domain/message.ts';
import { createHash } from 'node:crypto';
import { refused } from '../domain/errors.ts';
import type { FileTypeName } from '../domain/file.ts';
import { fromBase64 } from './base64.ts';
import { withoutLocation } from './location.ts';
import { pdfFlaw } from './pdf.ts';
import { sniff } from './type.ts';

export type GivenFile = {
  /** In base64, or as bytes. */
  readonly content: string | Uint8Array;
  /** The argument that it came by. */
  readonly field: string;
  readonly name: string;
  readonly keepLocation: boolean;
};
export type InspectedFile = {
  readonly type: FileTypeName;
  readonly bytes: Uint8Array;
  readonly hash: string;
  readonly locationRemoved: boolean;
  /** Why whoever opens it will not see it whole. */
  readonly flaw: 'damaged' | 'locked' | null;
};

/** @throws Problem where it is not kept here */
export async function lookAt({ content, field, name, keepLocation }: GivenFile): Promise<InspectedFile> {
  const bytes = typeof content === 'string' ? fromBase64(content, field) : content;
  const sniffed = await sniff(bytes, name);
  if (!('type' in sniffed)) throw refused(says('file.type-not-kept', { is: sniffed.is }), field);
  const { type } = sniffed;
  const cleaned = keepLocation ? null : withoutLocation(type, bytes, field);
  const kept = cleaned ?? bytes;
  const hash = createHash('sha256').update(kept).digest('hex');
  const flaw = type === 'pdf' ? pdfFlaw(kept) : null;
  return { type, bytes: kept, hash, locationRemoved: cleaned !== null, flaw };
}
