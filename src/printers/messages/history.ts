import type { HistoryMessages } from '../../domain/messages/history.ts';
import { inLine } from '../../domain/text.ts';
import type { Catalogue } from '../catalogue.ts';

export const historyMessages: Catalogue<HistoryMessages> = {
  'history.not-with-change': () => 'does not go with change, which asks for that one. Leave it out.',
  'history.no-such-change': ({ number }) => `there is no change ${number}. Without change, the newest are listed.`,
  'history.day-or-period': () => 'is one day; give either on, or from and to.',
  'history.ends-before-start': ({ last, first }) => `${last} is before ${first}.`,
  'history.could-be-anything': ({ said }) => `${said} could be anything. Say which kind: E-88, J-12, INV-1043.`,
  'history.gone-by-number': ({ said }) =>
    `nothing in these books goes by ${said} now. What was removed is found by its number only, like E-88; without record, the newest changes name theirs.`,
  'history.never-called-so': ({ said }) =>
    `nothing in these books was ever called ${said}. Give a number, like E-88, J-12 or INV-1043, or words from a name.`,
  'history.nobody-of-that-name': ({ of, said, names, count }) =>
    `${of === 'actor' ? 'Nobody' : 'No assistant'} of that name has changed anything: ${said}. There ${count === 1 ? 'is' : 'are'} ${inLine(names.join(', '))}.`,
};
