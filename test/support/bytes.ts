// Bytes as they are named and sent.
import { createHash } from 'node:crypto';

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export const base64 = (bytes: Buffer) => bytes.toString('base64');
