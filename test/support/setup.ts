// Before every test file: what is compared is never a promise, which equals any other and so would assert nothing.
import { expect } from 'vitest';

declare global {
  /** Files of one process share what is set up. */
  var comparesNoPromises: true | undefined;
}

if (globalThis.comparesNoPromises === undefined) {
  globalThis.comparesNoPromises = true;
  expect.addEqualityTesters([
    (one, other) => {
      if (one instanceof Promise || other instanceof Promise)
        throw new TypeError('a promise was compared: await it first');
      return undefined;
    },
  ]);
}
