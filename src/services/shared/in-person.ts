// How an assistant's person says yes themselves, where their account demands it: on a page of ours, signed in, or in a
// terminal of the machine that the books are on. The assistant is told where, and nothing that it could say yes with.
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { refused } from '../../domain/errors.ts';
import { spendYes } from '../../store/directory/links.ts';
import type { DeferredCall } from './links.ts';

/** Whether only the person themselves says yes to what is costly in these books. */
export function demandsPerson({ account }: Pick<ReadScope, 'account'>): boolean {
  return account.confirmBy === 'person';
}

/** @throws Problem: no assistant says yes here */
export function refuseConfirm(): never {
  throw refused(
    'in these books only the person says yes, themselves, and no assistant with a value. Leave it out: the answer says where they do.',
    'confirm',
  );
}

/** @throws Problem: where its person can be asked no assistant answers for them, nor where only they themselves say yes */
export function refuseAnswered(scope: Pick<ReadScope, 'account'>): never {
  if (demandsPerson(scope)) refuseConfirm();
  throw refused('the person is asked here, and only their own answer counts. Leave it out.', 'confirm');
}

type Asking = {
  readonly personId: string | null;
  readonly siteUrl: URL | null;
  readonly deferCall: ((call: DeferredCall) => Promise<string>) | null;
};

/** Puts the call off. @returns what the assistant tells its person */
export async function leaveToPerson({ personId, siteUrl, deferCall }: Asking, call: DeferredCall): Promise<string> {
  if (deferCall === null || (personId !== null && siteUrl === null))
    return 'In these books only the person says yes to that, themselves, which they cannot from here.';
  const secret = await deferCall(call);
  const where =
    personId === null || siteUrl === null
      ? `In a terminal on the computer that the books are on they type: jobwright confirm ${secret}`
      : `They sign in, read what it comes to and press the button there: ${new URL(`/confirm/${secret}`, siteUrl).href}`;
  return `In these books only the person says yes to that, themselves, within 15 minutes, once. ${where}\nGive them this and wait: nothing that you could send does it. Once they say that it is done, look at the record.`;
}

/**
 * Notes, with the very write that a person said yes to, that they did.
 * @throws Problem where they did so before, or it was too long ago
 */
export async function spendYesOf(scope: WriteScope, yesHash: string): Promise<void> {
  if (await spendYes(scope, yesHash)) return;
  throw refused('this was done already, or its 15 minutes are over. Nothing was done now.');
}
