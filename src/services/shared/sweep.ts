// What people's signing in leaves behind goes when it has ended.
import type { Directory } from '../../store/directory/directory.ts';
import { takeTurn } from '../../store/directory/turns.ts';
import { sweepSignIn } from '../../store/directory/sign-in.ts';

/** Every process asks for it each hour; those that start in between do not begin it anew. */
const TURN_MS = 50 * 60 * 1000;

/** @returns how many records went; null where another process did it lately */
export async function sweepDirectory(directory: Directory): Promise<number | null> {
  return await directory.write(async (scope) =>
    (await takeTurn(scope, 'sweep sign-ins', TURN_MS)) ? await sweepSignIn(scope, scope.now) : null,
  );
}
