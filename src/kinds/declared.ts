// What is declared of a kind, by its name.
import { KINDS, type Kind } from './index.ts';
import type { KindDeclaration } from './kind.ts';

/** Those that are found by words, in the order in which they are meant where several fit alike. */
export const FOUND_BY_WORDS: readonly Kind[] = KINDS.flatMap(({ kind, found }) =>
  found === null ? [] : [{ kind, found }],
)
  .toSorted((one, other) => one.found.rank - other.found.rank)
  .map(({ kind }) => kind);

export const KIND_NAMES: readonly Kind[] = KINDS.map(({ kind }) => kind);

export function isKind(name: string): name is Kind {
  return KINDS.some(({ kind }) => kind === name);
}

/** What is declared of each kind, as a table by its name. */
export function byKind<T>(make: (declared: KindDeclaration) => T): Readonly<Record<Kind, T>> {
  // Every kind is in the list, as a test sees to.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.fromEntries(KINDS.map((declared) => [declared.kind, make(declared)])) as Record<Kind, T>;
}

const DECLARED = byKind((declared) => declared);

export function declared(kind: Kind): KindDeclaration {
  return DECLARED[kind];
}
