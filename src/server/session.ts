// What the calls of one process share, who is calling, and what a call comes back with.
import type { Principal, Role, Scope } from '../domain/access.ts';
import type { FileStore } from '../files/file-store.ts';
import type { Logger } from '../logger.ts';
import type { Block } from '../printers/blocks.ts';
import type { ConversationFiles } from '../services/context.ts';
import type { DeferredCall } from '../services/shared/links.ts';
import type { Store } from '../store/scope.ts';
import type { Toolset } from '../domain/toolsets.ts';
import type { Extra } from '../tools/define-tool.ts';
import type { Workers } from '../workers/workers.ts';

/** What the calls of one process share: where the books are, and what the operator switched off. */
export type App = {
  readonly store: Store;
  readonly files: FileStore;
  /** For what would keep everybody else waiting. */
  readonly workers: Workers;
  /** Folders of this machine that files may be taken from. */
  readonly folders: readonly string[];
  /** Files of the conversations that calls come from, where the operator named their hosts. */
  readonly conversation: ConversationFiles | null;
  readonly toolsets: readonly Toolset[];
  readonly readOnly: boolean;
  readonly log: Logger;
  /** The public address, where records have pages that open; null where there is no site. */
  readonly siteUrl: URL | null;
  /** How a call is put off until its person comes; null where there is nowhere to come to. */
  readonly deferCall: ((call: DeferredCall) => Promise<string>) | null;
  /** Calls not answered yet, for an orderly end. */
  readonly inFlight: Set<symbol>;
  /** Told for how many milliseconds the books were open for a caller. */
  readonly spent?: (whose: Pick<Session, 'accountId' | 'personId'>, ms: number) => void;
};

/** What every call needs to know: whose books these are, and who is calling. */
export type Session = App & {
  readonly accountId: number;
  /** The name that the journal has for who is calling. */
  readonly actor: string;
  readonly role: Role;
  readonly scopes: ReadonlySet<Scope>;
  /** Null for whoever runs the program on their own machine. */
  readonly personId: string | null;
};

/** The books as this caller may use them. */
export function sessionFor(app: App, { accountId, name, role, scopes, personId }: Principal): Session {
  return { ...app, accountId, actor: name, role, scopes, personId };
}

/** The assistant that a call comes through: as it calls itself, and whether it can put a question to its person. */
export type Caller = {
  readonly client: string;
  readonly canAsk: boolean;
  /** What the question was put with to which the person, and nobody else, has just said yes. */
  readonly yes?: string | undefined;
  /** The person themselves, on our own page or terminal: by which put-off call, which is noted as done with the write. */
  readonly inPerson?: { readonly yesHash: string };
  /** A person at a terminal who keeps what comes with an answer; everybody else is a model, which sees it. */
  readonly wantsWhole?: boolean;
};

export type Result<Sent = Record<string, unknown>> = {
  readonly content: { type: 'text'; text: string }[];
  readonly structuredContent?: Sent;
  /** The same for the person themselves, who said yes: what was done, and all of it. */
  readonly forPerson?: { readonly did: string; readonly blocks: readonly Block[] };
  readonly extras?: readonly Extra[];
  /** What the person is asked about; a yes is said by calling again with this `confirm`. */
  readonly question?: { readonly message: string; readonly confirm: string };
  readonly isError?: true;
  /** What went wrong, for a person who reads it on a page or in a terminal; and the argument at fault. */
  readonly problem?: { readonly why: string; readonly field: string | undefined };
};
