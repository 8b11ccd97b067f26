// What people's signing in leaves behind goes when it has ended.
import type { Directory } from '../../store/directory/directory.ts';
import { sweepSignIn } from '../../store/directory/sign-in.ts';

/** @returns how many records went */
export async function sweepDirectory(directory: Directory): Promise<number> {
  return await directory.write(async (scope) => await sweepSignIn(scope, scope.now));
}
