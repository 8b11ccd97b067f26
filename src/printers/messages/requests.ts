import type { RequestMessages } from '../../domain/messages/requests.ts';
import { inLine } from '../../domain/text.ts';
import type { Catalogue } from '../catalogue.ts';

function ago(minutes: number | null): string {
  if (minutes === null) return 'before the clock was set';
  return minutes < 1 ? 'a moment ago' : `${minutes} minute${minutes === 1 ? '' : 's'} ago`;
}

export const requestMessages: Catalogue<RequestMessages> = {
  'request.used-for-another': ({ said }) =>
    `${said} was used for another call. Give every new write an id of its own; the same id is for sending the same call again.`,
  'request.repeated': ({ minutesAgo, summary, change, record, otherwise }) => {
    const what = `${inLine(summary)} (change ${change}${record === null ? '' : `, ${record} in it`}). Nothing was added again.`;
    if (!otherwise)
      return {
        says: `the very same was done ${ago(minutesAgo)}: ${what}`,
        next: 'If it is meant twice, call again with allowDuplicate: true.',
      };
    return {
      says: `the same was done ${ago(minutesAgo)}, only that it counts otherwise: ${what} To have it count so, take that back first.`,
      next: 'If both are meant, call again with allowDuplicate: true.',
    };
  },
};
