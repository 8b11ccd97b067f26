// How large a file may be.
import { invalid } from '../domain/errors.ts';
import { LARGEST_FILE } from '../domain/file.ts';

/** @throws Problem that names the size and the limit */
export function checkSize(bytes: number, field: string): void {
  if (bytes === 0) throw invalid(field, 'must not be an empty file.');
  if (bytes <= LARGEST_FILE) return;
  const inMb = (count: number) => (count / 1024 / 1024).toFixed(count === LARGEST_FILE ? 0 : 2);
  throw invalid(
    field,
    `is too large: ${inMb(bytes)} MB, and a file may have ${inMb(LARGEST_FILE)} MB. Send a smaller copy, or the file in parts.`,
  );
}
