import type { WorkMessages, WorkName } from '../../domain/messages/work.ts';
import type { Catalogue } from '../catalogue.ts';

/** What each is to a person, and what they can do instead. */
const WORDS: Readonly<Record<WorkName, { readonly what: string; readonly instead: string }>> = {
  'make PDF': { what: 'This PDF', instead: 'Ask for format html, or put fewer lines on the paper.' },
  'make calendar': { what: 'This calendar file', instead: 'Narrow it with from and to.' },
  'look-at-file': { what: 'Looking through this file', instead: 'Open it, save it as a new file, and send that.' },
  'show picture': { what: 'Decoding this picture', instead: 'Open it, save it as a smaller one, and send that.' },
};

export const workMessages: Catalogue<WorkMessages> = {
  'work.others-of-account': () =>
    'Other documents and files of this account are being worked on. Try again in a moment.',
  'work.others-of-all': () => 'Many documents and files are being worked on just now. Try again in a moment.',
  'work.ending': () => 'Jobwright is ending. Try again once it has started anew.',
  'work.too-long': ({ work, seconds }) =>
    `${WORDS[work].what} took longer than ${seconds} seconds and was given up. ${WORDS[work].instead}`,
  'work.too-much-memory': ({ work }) =>
    `${WORDS[work].what} took too much memory and was given up. ${WORDS[work].instead}`,
  'work.broke': ({ work }) => `${WORDS[work].what} could not be finished. ${WORDS[work].instead}`,
};
