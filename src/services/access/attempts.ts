// Tries at what nobody should guess, counted over all processes of a server.
import { countAttempt, uncountAttempt } from '../../store/directory/attempts.ts';
import type { Directory } from '../../store/directory/directory.ts';
import { hashOf } from '../shared/secret.ts';

export type Attempts = {
  /** One more of this kind. @returns milliseconds until they are forgotten, where that makes more than so many; else null */
  readonly count: (key: string, most: number) => Promise<number | null>;
  readonly takeBack: (key: string) => Promise<void>;
};

/** @param ms how long they count, from the first one on */
export function attemptsIn(directory: Directory, ms: number): Attempts {
  return {
    count: async (key, most) =>
      await directory.write(async (scope) => {
        const { count, endsAt } = await countAttempt(scope, hashOf(key), ms);
        return count > most ? Date.parse(endsAt) - Date.parse(scope.now) : null;
      }),
    takeBack: async (key) => await directory.write(async (scope) => await uncountAttempt(scope, hashOf(key))),
  };
}
