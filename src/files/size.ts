// How large a file may be.
import { invalid } from '../domain/errors.ts';
import { says } from '../domain/message.ts';
import { LARGEST_FILE } from '../domain/file.ts';

/** @throws Problem that names the size and the limit */
export function checkSize(bytes: number, field: string): void {
  if (bytes === 0) throw invalid(field, says('file.empty'));
  if (bytes <= LARGEST_FILE) return;
  const inMb = (count: number) => (count / 1024 / 1024).toFixed(count === LARGEST_FILE ? 0 : 2);
  throw invalid(field, says('file.too-large', { size: inMb(bytes), most: inMb(LARGEST_FILE) }));
}
