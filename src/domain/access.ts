// Who may do what: the roles of people in an account, and the scopes that an assistant is granted by one of them.
// Which of them a tool is for, and what it needs, is declared with the tool (tools/authority.ts).

export const ROLES = ['owner', 'office', 'crew'] as const;
/** owner: everything; office: all but account settings and people; crew: the jobs they are on, and no money at all. */
export type Role = (typeof ROLES)[number];

export const SCOPES = ['books:read', 'books:write', 'costs:read'] as const;
/** What a person lets an assistant do. It never reaches further than the person's own role. */
export type Scope = (typeof SCOPES)[number];

/** What an assistant of somebody in this role can be granted at most. */
export function scopesOf(role: Role): readonly Scope[] {
  return role === 'crew' ? ['books:read', 'books:write'] : SCOPES;
}

export function isRole(name: string): name is Role {
  return (ROLES as readonly string[]).includes(name);
}

export function isScope(name: string): name is Scope {
  return (SCOPES as readonly string[]).includes(name);
}

/** Somebody of the crew, by their name as it is written on jobs and in who goes to appointments. */
export type Crew = { readonly names: readonly string[]; readonly goes: readonly string[] };

/** Who calls: one person in one account, with what they may do there and what they let this assistant do. */
export type Principal = {
  /** Null for whoever runs the program on their own machine. */
  readonly personId: string | null;
  /** The name by which the account knows them: that of the journal, and of who is on a job. */
  readonly name: string;
  readonly accountId: number;
  readonly role: Role;
  readonly scopes: ReadonlySet<Scope>;
};
