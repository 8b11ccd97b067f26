// Vendors and ways of paying by words of theirs: which of them are meant, and where none is, which there are.
import { quoted } from '../../domain/errors.ts';
import { namesMeant } from '../../domain/names-meant.ts';
import { cut } from '../../domain/text.ts';
import { namesIn } from '../../store/derived/money-out.ts';
import type { ReadScope } from '../../store/scope.ts';

/** Names that words which fit none are answered with; the rest is counted. */
const SHOWN_NAMES = 8;
const LONGEST_NAME = 60;

/** What a word is answered with that fits none, or that others nearly fit. */
type Named = { readonly said: string; readonly names: readonly string[]; readonly more: number };
export type NamesSaid = {
  /** Every way in which it is written; null where nothing was asked for. */
  readonly meant: readonly string[] | null;
  /** All there are, where none fits. */
  readonly unknown: Named | null;
  /** What is nearly written so and was left out. */
  readonly near: Named | null;
};

export async function namesSaid(
  scope: ReadScope,
  of: 'vendor' | 'method',
  said: string | undefined,
): Promise<NamesSaid> {
  if (said === undefined) return { meant: null, unknown: null, near: null };
  const names = await namesIn(scope, of);
  const { meant, near } = namesMeant(said, names);
  const some = (all: readonly string[]): Named => {
    const shown = all.slice(0, SHOWN_NAMES).map((name) => cut(name, LONGEST_NAME));
    return { said: quoted(said), names: shown, more: all.length - shown.length };
  };
  return { meant, unknown: meant.length === 0 ? some(names) : null, near: near.length === 0 ? null : some(near) };
}
