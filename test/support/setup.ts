// Before every test file: what is compared is never a promise, which equals any other and so would assert nothing. And
// random cases are those of the run's seed.
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { SEED } from './seed.ts';

declare global {
  /** Files of one process share what is set up. */
  var comparesNoPromises: true | undefined;
}

if (globalThis.comparesNoPromises === undefined) {
  globalThis.comparesNoPromises = true;
  fc.configureGlobal({ seed: SEED });
  expect.addEqualityTesters([
    (one, other) => {
      if (one instanceof Promise || other instanceof Promise)
        throw new TypeError('a promise was compared: await it first');
      return undefined;
    },
  ]);
}
