// Links for a file that comes or goes: short-lived, used once, and of no use to anybody but whoever asked for them.
import { isScope, type Scope } from '../domain/access.ts';
import { plusMs } from '../domain/dates.ts';
import type { Directory } from '../store/directory.ts';
import { addLink, openLink, returnLink, spendLink } from '../store/links.ts';
import { hashOf, newSecret } from './secret.ts';

const LASTS_MS = 15 * 60 * 1000;

/** One call of a tool, put off until its link is opened. */
export type PutOff = {
  readonly accountId: number;
  /** Null for whoever runs the program on their own machine. */
  readonly personId: string | null;
  readonly scopes: ReadonlySet<Scope>;
  readonly client: string;
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
};

/** @returns the secret of the link */
export async function putOff(directory: Directory, call: PutOff): Promise<string> {
  const secret = newSecret();
  await directory.write(
    async (scope) =>
      await addLink(scope, {
        ...{ account_id: call.accountId, token_hash: hashOf(secret), person_id: call.personId, tool: call.tool },
        ...{ arguments: JSON.stringify(call.args), scopes: [...call.scopes].join(' '), client: call.client },
        expires_at: plusMs(scope.now, LASTS_MS),
      }),
  );
  return secret;
}

export function argumentsOf(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** Null for a link that is unknown, was used, or has ended. */
export async function callOf(directory: Directory, secret: string): Promise<PutOff | null> {
  const row = await directory.read(async (scope) => await openLink(scope, hashOf(secret)));
  if (row === null) return null;
  return {
    ...{ accountId: row.account_id, personId: row.person_id, client: row.client, tool: row.tool },
    scopes: new Set(row.scopes.split(' ').filter(isScope)),
    args: argumentsOf(row.arguments),
  };
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
