// What servers do about their files beside answering: drafts of processes that were killed, and bytes that nobody needs.
import { stackOf } from '../logger.ts';
import { sweepWhenDue } from '../services/site/file-sweep.ts';
import type { Opened } from './book.ts';

/** Drafts are looked for at once, and again when those that a kill left a moment ago are old enough to be sure. */
const DRAFTS_AGAIN_MS = 12_000;
/** Left-over bytes are looked for once the first answers are out. */
const FIRST_SWEEP_MS = 3000;
const NEXT_LOOK_MS = 60 * 60 * 1000;

/**
 * Tidies the files while a server serves. It keeps no process alive, and what it could not do is done another day.
 * @returns ends it: between two files, and by itself once the book is closed
 */
export function tidyFiles({ app, directory, doubt }: Opened): () => Promise<void> {
  const { store, files, log } = app;
  if (app.readOnly || store.isReadOnly) return async () => undefined;
  let ending = false;
  const isEnding = () => ending;
  let last: Promise<void> = Promise.resolve();
  const next = (work: () => Promise<string>) => {
    last = last.then(async () => {
      if (isEnding()) return;
      try {
        log.info(await work());
      } catch (error) {
        if (!isEnding()) log.error('files were not tidied', stackOf(error));
      }
    });
  };
  const drafts = () => next(async () => `files half written, removed: ${await files.removeDrafts(new Date())}`);
  const sweep = () =>
    next(async () => {
      const swept = await sweepWhenDue({ store, files, directory }, { doubt, now: new Date(), isEnding });
      const { step, discarded, emptied } = swept;
      return `left-over files: ${step}, moved to the trash: ${discarded}, emptied from it: ${emptied}`;
    });
  drafts();
  const timers = [
    setTimeout(sweep, FIRST_SWEEP_MS),
    setTimeout(drafts, DRAFTS_AGAIN_MS),
    setInterval(drafts, NEXT_LOOK_MS),
    setInterval(sweep, NEXT_LOOK_MS),
  ];
  for (const timer of timers) timer.unref();
  return async () => {
    ending = true;
    for (const timer of timers) clearTimeout(timer);
    await last;
  };
}
