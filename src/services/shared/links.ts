// Calls put off until whoever asked for them comes: by a link that moves a file, or to say yes. Short-lived, done once,
// and of no use to anybody else.
import { isScope, type Scope } from '../../domain/access.ts';
import { plusMs } from '../../domain/dates.ts';
import { refused } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import type { Directory } from '../../store/directory/directory.ts';
import { holdAccount } from '../../store/directory/holding.ts';
import { addLink, countWaiting, linkByHash, returnLink, spendLink } from '../../store/directory/links.ts';
import { codeIn, hashOf, newCode, newSecret } from './secret.ts';
import type { LinkRow } from '../../store/directory/rows.ts';

const LASTS_MS = 15 * 60 * 1000;

/** For each person: an assistant that repeats itself fills nobody's disk. */
const MOST_WAITING = 50;

/** One call of a tool, put off. */
export type DeferredCall = {
  /** A link that moves a file says no yes, and the other way round. */
  readonly purpose: LinkRow['purpose'];
  readonly accountId: number;
  /** Null for whoever runs the program on their own machine. */
  readonly personId: string | null;
  readonly scopes: ReadonlySet<Scope>;
  readonly client: string;
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
};

/**
 * @returns the secret of the link; a code that can be typed, for the yes of who is on this machine
 * @throws Problem where too many wait for their person
 */
export async function deferCall(directory: Directory, call: DeferredCall): Promise<string> {
  const isTyped = call.purpose === 'confirm' && call.personId === null;
  const secret = isTyped ? newCode() : newSecret();
  await directory.write(async (scope) => {
    if (call.purpose === 'confirm') await holdAccount(scope, call.accountId);
    if (call.purpose === 'confirm' && (await countWaiting(scope, call)) >= MOST_WAITING)
      throw refused(says('link.too-many-wait', { count: MOST_WAITING }));
    await addLink(scope, {
      ...{ account_id: call.accountId, token_hash: hashOf(secret), person_id: call.personId, tool: call.tool },
      ...{ arguments: JSON.stringify(call.args), scopes: [...call.scopes].join(' '), client: call.client },
      purpose: call.purpose,
      expires_at: plusMs(scope.now, LASTS_MS),
    });
  });
  return secret;
}

export function argumentsOf(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** Null for a link that moves no file, is unknown, was used, or has ended. */
export async function callOf(directory: Directory, secret: string): Promise<DeferredCall | null> {
  const asked = { purpose: 'file' as const, tokenHash: hashOf(secret) };
  const row = await directory.read(async (scope) => await linkByHash(scope, asked));
  return row?.used_at === null ? callIn(row) : null;
}

function callIn(row: NonNullable<Awaited<ReturnType<typeof linkByHash>>>): DeferredCall {
  return {
    ...{ accountId: row.account_id, personId: row.person_id, client: row.client, tool: row.tool },
    ...{ purpose: row.purpose, args: argumentsOf(row.arguments) },
    scopes: new Set(row.scopes.split(' ').filter(isScope)),
  };
}

/** A call that waits for the yes of its person. */
export type WaitingCall = {
  /** What the write that it becomes is known by. */
  readonly yesHash: string;
  readonly call: DeferredCall;
  /** The change that it became; null where there was nothing to change. Undefined while it waits. */
  readonly became: number | null | undefined;
};

/** @param said the secret of a link, or a code as somebody types it. Null for one that is unknown, or has ended */
export async function waitingCall(directory: Directory, said: string): Promise<WaitingCall | null> {
  const asked = { purpose: 'confirm' as const, tokenHash: hashOf(codeIn(said) ?? said) };
  const row = await directory.read(async (scope) => await linkByHash(scope, asked));
  if (row === null) return null;
  const became = row.used_at === null ? undefined : row.change_number;
  return { yesHash: row.token_hash, call: callIn(row), became };
}

/**
 * Does the call of a link, once: of many that open it together one is the first.
 * @param work undefined where it came to nothing, and the link shall work again
 * @returns null where somebody was first
 */
export async function spending<T>(
  directory: Directory,
  secret: string,
  work: () => Promise<T | undefined>,
): Promise<{ readonly done: T | undefined } | null> {
  const hash = hashOf(secret);
  if (!(await directory.write(async (scope) => await spendLink(scope, hash)))) return null;
  let done: T | undefined;
  try {
    done = await work();
  } finally {
    if (done === undefined) await directory.write(async (scope) => await returnLink(scope, hash));
  }
  return { done };
}
