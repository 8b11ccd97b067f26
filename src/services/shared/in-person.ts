// How an assistant's person says yes themselves, where their account demands it: on a page of ours, signed in, or in a
// terminal of the machine that the books are on. The assistant is told where, and nothing that it could say yes with.
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { refused } from '../../domain/errors.ts';
import { says, type Message } from '../../domain/message.ts';
import { linkByHash, spendYes } from '../../store/directory/links.ts';
import type { DeferredCall } from './links.ts';

/** Whether only the person themselves says yes to what is costly in these books. */
export function demandsPerson({ account }: Pick<ReadScope, 'account'>): boolean {
  return account.confirmBy === 'person';
}

/** @throws Problem: no assistant says yes here */
export function refuseConfirm(): never {
  throw refused(says('confirm.by-the-person'), 'confirm');
}

/** @throws Problem: where its person can be asked no assistant answers for them, nor where only they themselves say yes */
export function refuseAnswered(scope: Pick<ReadScope, 'account'>): never {
  if (demandsPerson(scope)) refuseConfirm();
  throw refused(says('confirm.person-is-asked'), 'confirm');
}

type Asking = {
  readonly personId: string | null;
  readonly siteUrl: URL | null;
  readonly deferCall: ((call: DeferredCall) => Promise<string>) | null;
};

/** Puts the call off. @returns what the assistant tells its person */
export async function leaveToPerson({ personId, siteUrl, deferCall }: Asking, call: DeferredCall): Promise<Message> {
  if (deferCall === null || (personId !== null && siteUrl === null)) return says('confirm.not-from-here');
  const secret = await deferCall(call);
  return personId === null || siteUrl === null
    ? says('confirm.in-terminal', { code: secret })
    : says('confirm.on-page', { url: new URL(`/confirm/${secret}`, siteUrl).href });
}

/** @throws Problem where they said yes before, or it was too long ago */
export async function refuseSpent(scope: WriteScope, yesHash: string): Promise<void> {
  const link = await linkByHash(scope, { purpose: 'confirm', tokenHash: yesHash });
  if (link?.used_at !== null) throw refused(says('confirm.done-already'));
}

/**
 * Notes, with the very write that a person said yes to, that they did.
 * @throws Problem where they did so before, or it was too long ago
 */
export async function spendYesOf(scope: WriteScope, yesHash: string): Promise<void> {
  if (await spendYes(scope, yesHash)) return;
  throw refused(says('confirm.done-already'));
}
