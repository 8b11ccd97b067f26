// Vendors and ways of paying by words of theirs: which of them are meant, and where none is, which there are.
import { quoted } from '../../domain/errors.ts';
import { namesMeant } from '../../domain/names-meant.ts';
import { cut } from '../../domain/text.ts';
import { namesIn } from '../../store/derived/money-out.ts';
import type { ReadScope } from '../../store/scope.ts';

/** Names that words which fit none are answered with; the rest is counted. */
const SHOWN_NAMES = 8;
const LONGEST_NAME = 60;

export type NamesMeant = {
  /** Every way in which it is written; null where nothing was asked for. */
  readonly meant: readonly string[] | null;
  readonly unknown: { readonly said: string; readonly known: readonly string[]; readonly more: number } | null;
};

export async function namesSaid(
  scope: ReadScope,
  of: 'vendor' | 'method',
  said: string | undefined,
): Promise<NamesMeant> {
  if (said === undefined) return { meant: null, unknown: null };
  const names = await namesIn(scope, of);
  const meant = namesMeant(said, names);
  if (meant.length > 0) return { meant, unknown: null };
  const known = names.slice(0, SHOWN_NAMES).map((name) => cut(name, LONGEST_NAME));
  return { meant, unknown: { said: quoted(said), known, more: names.length - known.length } };
}
