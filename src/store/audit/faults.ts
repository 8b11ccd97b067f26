// What is wrong with a book, in words: one line each, which names the record. A file that is badly damaged has thousands
// of faults; each check says its first ones and counts the rest.
import { codeOf } from '../../domain/disk.ts';
import { Problem } from '../../domain/errors.ts';
import { says, type Said } from '../../domain/message.ts';
import { cut } from '../../domain/text.ts';

/** The first faults of one check are enough to see what happened. */
const MOST = 100;
const LONGEST = 400;

/** What could not be read, from the number of one record to that of another; null: to the end. */
export type Gap = { readonly from: number; readonly to: number | null; readonly reason: Said };

/** What lies in gaps: `quote_lines` of `Q-12`. */
export type Lost = { readonly what: string; readonly name: (key: number) => string };

export class Faults {
  readonly #lines: Said[] = [];
  readonly #counts = new Map<string, number>();
  readonly #gaps = new Map<string, { lost: Lost; gaps: Gap[] }>();

  /** @param check which check found it, for counting: `jobs` */
  add(check: string, line: Said): void {
    const count = (this.#counts.get(check) ?? 0) + 1;
    this.#counts.set(check, count);
    if (count <= MOST) this.#lines.push(typeof line === 'string' ? oneLine(line) : line);
  }

  /** Does the work. Where damaged values make it impossible, that is a fault, which begins with `saying`. */
  trying(check: string, saying: string, work: () => void): boolean {
    try {
      work();
      return true;
    } catch (error) {
      this.add(check, because(saying, saidOf(error)));
      return false;
    }
  }

  /** These could not be read. What follows one another becomes one line. */
  lose(lost: Lost, from: number, to: number | null, error: unknown): void {
    const known = this.#gaps.get(lost.what) ?? { lost, gaps: [] };
    this.#gaps.set(lost.what, known);
    const { gaps } = known;
    const last = gaps.at(-1);
    const isNext = last !== undefined && (last.to === null || from <= last.to + 1);
    if (!isNext) gaps.push({ from, to, reason: error instanceof Problem ? error.said : reasonOf(error) });
    else if (last.to !== null && (to === null || to > last.to)) gaps[gaps.length - 1] = { ...last, to };
  }

  isLost(what: string, key: number): boolean {
    const { gaps = [] } = this.#gaps.get(what) ?? {};
    return gaps.some(({ from, to }) => key >= from && (to === null || key <= to));
  }

  /** True where anything at all of this could not be read. */
  hasLost(what: string): boolean {
    return this.#gaps.has(what);
  }

  get lines(): Said[] {
    const gaps = [...this.#gaps.values()].flatMap(({ lost, gaps: some }) => [
      ...some.slice(0, MOST).map((gap) => gapInWords(lost, gap)),
      ...more(some.length, lost.what),
    ]);
    const rest = [...this.#counts].flatMap(([check, count]) => more(count, check));
    return [...gaps, ...this.#lines, ...rest];
  }
}

function more(count: number, what: string): string[] {
  return count > MOST ? [`and ${(count - MOST).toLocaleString('en-US')} more faults in the ${what}`] : [];
}

function gapInWords({ what, name }: Lost, { from, to, reason }: Gap): Said {
  if (from === to) return because(`${name(from)}: ${what} could not be read`, reason);
  const isAll = from === Number.MIN_SAFE_INTEGER;
  const where = to === null ? (isAll ? '' : ` from ${name(from)} on`) : ` from ${name(from)} to ${name(to)}`;
  return because(`${what}${isAll && to !== null ? ` before ${name(to + 1)}` : where} could not be read`, reason);
}

/** What is wrong, with the reason. */
function because(about: string, why: Said): Said {
  return typeof why === 'string' ? oneLine(`${about}: ${why}`) : says('doctor.fault', { about: oneLine(about), why });
}

/** What a rule of the books has against a value; of any other error its own words. */
function saidOf(error: unknown): Said {
  if (error instanceof Problem) return error.said;
  return error instanceof Error ? error.message : String(error);
}

/** Why a file could not be read, in words. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return 'the file is damaged there';
  if (code.startsWith('SQLITE_IOERR')) return 'the disk did not answer there';
  return error instanceof Error ? error.message : String(error);
}

/** Stored words may hold anything, also what would begin a line of its own or hide one. */
export function oneLine(text: string): string {
  return cut(text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' '), LONGEST);
}
