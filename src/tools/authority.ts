// What a tool may do and show, and for whom: declared with the tool. What is not declared is nobody's, and shows no costs.
import type { Role, Scope } from '../domain/access.ts';

/** Account settings are the owner's. */
export const OWNER = ['owner'] as const satisfies readonly Role[];
export const OFFICE = ['owner', 'office'] as const satisfies readonly Role[];
/** The jobs they are on, without money and papers: by declarations of their own, which take and show less. */
export const CREW = ['crew'] as const satisfies readonly Role[];

/**
 * Whether what something cost or made is shown or taken: never, also to whoever may see it; where it was granted, and
 * left out where not; or always, so that nothing is left without it, for all calls or for these arguments, as they were
 * sent.
 */
export type Costs = 'none' | 'where granted' | 'needed' | ((args: Readonly<Record<string, unknown>>) => boolean);

/** All four hints, always. No tool reaches beyond the books and the file that it is given, so none is open-world. */
export type Hints = {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  readonly openWorldHint: false;
};
export const READ = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
} as const satisfies Hints;
export const CREATE = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: false,
  openWorldHint: false,
} as const satisfies Hints;
/** Overwrites, clears or takes out what is there, though the history keeps it; once more, it changes nothing. */
export const UPDATE = {
  readOnlyHint: false,
  destructiveHint: true,
  idempotentHint: true,
  openWorldHint: false,
} as const satisfies Hints;
/** Can take something out as well, and each call does something anew: another note, another payment. */
export const VOID = {
  readOnlyHint: false,
  destructiveHint: true,
  idempotentHint: false,
  openWorldHint: false,
} as const satisfies Hints;

export type Authority = {
  readonly roles: readonly Role[];
  readonly costs: Costs;
  /** What a call does to the books: the hints that hosts are given, and whether it writes. */
  readonly annotations: Hints;
};

/** As the types do not vouch for at run time: a part that is missing gives nothing. */
type Declared = { readonly [Part in keyof Authority]?: Authority[Part] | undefined };

export function isFor({ roles = [] }: Declared, role: Role): boolean {
  return roles.includes(role);
}

/** Whether its use case is shown costs at all. */
export function mayShowCosts({ costs = 'none' }: Declared): boolean {
  return costs !== 'none';
}

export function writes({ annotations = VOID }: Declared): boolean {
  return !annotations.readOnlyHint;
}

/** What somebody has to grant for a call. @param args as they were sent */
export function scopesFor(tool: Declared, args: unknown): readonly Scope[] {
  return [
    'books:read',
    ...(writes(tool) ? (['books:write'] as const) : []),
    ...(needsCosts(tool, args) ? (['costs:read'] as const) : []),
  ];
}

function needsCosts({ costs = 'none' }: Declared, args: unknown): boolean {
  if (typeof costs === 'function') return costs(typeof args === 'object' && args !== null ? { ...args } : {});
  return costs === 'needed';
}
