// Who works at this machine, by the name that the books' history has for them: as they say it, else their full name as the
// system has it, else the name they are signed in by. Nobody's history is made by "root".
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Config } from '../config.ts';
import { visibleLine } from '../domain/text.ts';

/** Whoever runs programs here without being anybody: as in a container, or as the machine's own administrator. */
const NOBODY = 'owner';
const LONGEST = 200;
const NO_PERSON = /^(?:root|admin|administrator|system|nobody|daemon|node|app|user|owner|system administrator)$/i;

type User = { readonly uid: number; readonly username: string };

export function userName({ about }: Pick<Config, 'about'>): string {
  if (about.me !== undefined) return about.me;
  try {
    return nameOf(userInfo({ encoding: 'utf8' }), fullNameHere);
  } catch {
    // A user without an entry in the system's list, as in some containers.
    return NOBODY;
  }
}

/** @param fullName as the system has it; empty where it has none */
export function nameOf(user: User, fullName: (user: User) => string): string {
  const named = [fullName(user), user.username].map((name) => visibleLine(name).slice(0, LONGEST));
  return (user.uid === 0 ? [] : named).find((name) => name !== '' && !NO_PERSON.test(name)) ?? NOBODY;
}

function fullNameHere(user: User): string {
  try {
    if (process.platform === 'darwin') return spawnSync('id', ['-F'], { encoding: 'utf8', timeout: 1000 }).stdout;
    return process.platform === 'win32' ? '' : fullNameIn(readFileSync('/etc/passwd', 'utf8'), user);
  } catch {
    return '';
  }
}

/** The first part of what the system's list of users says of somebody; & stands for the name they are signed in by. */
export function fullNameIn(list: string, { uid, username }: User): string {
  const line = list.split('\n').find((each) => each.split(':')[2] === String(uid));
  const [name = ''] = (line?.split(':')[4] ?? '').split(',');
  return name.replaceAll('&', username.slice(0, 1).toUpperCase() + username.slice(1)).trim();
}
