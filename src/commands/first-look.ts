// What a start over stdio does before anything is asked: it looks whose the book is, and opens it where that is not plain.
import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import type { PlanName } from '../domain/plans.ts';
import { hasDrafts } from '../files/drafts.ts';
import { makeFolder } from '../files/make-folder.ts';
import { markerIn } from '../files/marker.ts';
import { lookFirst, type FirstAccount, type FirstLook } from '../store/engine/first-look.ts';
import { readPlan } from './choices.ts';
import { bookFile, filesFolder, notedIdentity, refuseLostBook } from './data-folder.ts';
import { folderFault } from './faults.ts';

/** The account that a first start without sign-in makes, and that it opens where none is named. */
export const FIRST_ACCOUNT = 1;

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * @returns null where the book is to be opened at once: where something is to be made, changed, tidied or said first, and
 *   where it is no file
 */
export async function lookAtBook(config: Config): Promise<FirstLook | null> {
  const plan = readPlan(config.plan);
  const isElsewhere = config.database !== undefined || config.filesPlace !== undefined;
  if (isElsewhere || config.fileHosts.length > 0) return null;
  refuseLostBook(config);
  await makeFolder(resolve(config.dataFolder)).catch((error: unknown) => {
    throw folderFault(error, config.dataFolder);
  });
  const look = await lookFirst(bookFile(config));
  if (look === null) return null;
  if (isMeant({ ...config.about, plan }, look.account()) && (await isInOrder(config, look))) return look;
  look.close();
  return null;
}

type Meant = { readonly account: number | undefined; readonly plan: PlanName | undefined };

/** Whether it is the account that the options name, as they would have it. */
function isMeant({ account: id, plan }: Meant, account: FirstAccount | null): boolean {
  if (account === null || account.id !== (id ?? FIRST_ACCOUNT)) return false;
  return plan === undefined || plan === account.plan;
}

/** Whether what lies beside the book is its own, and was tidied within the day. */
async function isInOrder(config: Config, { identity, writeNumber, sweptAt }: FirstLook): Promise<boolean> {
  const files = filesFolder(config);
  if ((await notedIdentity(config)) !== identity || (await hasDrafts(files))) return false;
  const marker = await markerIn(files).read();
  if (marker === 'none') return true;
  if (marker === 'unreadable' || marker.identity !== identity || marker.writeNumber > writeNumber) return false;
  const rested = Date.now() - Date.parse(sweptAt ?? '');
  return rested >= 0 && rested < DAY_MS;
}
