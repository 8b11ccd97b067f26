// Fetches a file that somebody gave their assistant in a conversation, from where the assistant's host keeps it. A model
// writes the address, so it leads only to hosts that the operator names. It is a key to the file: it stands in no error.
import { invalid, Problem, quoted, refused } from '../domain/errors.ts';
import { says } from '../domain/message.ts';
import { LARGEST_FILE } from '../domain/file.ts';
import type { ConversationFiles } from '../services/context.ts';
import { fetcherOf, LeadsInside, type Fetching } from './auth/client-documents.ts';
import { TooLong } from './auth/pinned.ts';

const PATIENCE_MS = 20_000;
const MOST_AT_ONCE = { account: 4, all: 12 };

/** @param hosts as names, or as `*.example.com` for all names below one */
export function conversationFiles(hosts: readonly string[], outside: Fetching = {}): ConversationFiles {
  const patienceMs = outside.patienceMs ?? PATIENCE_MS;
  const fetchOutside = fetcherOf({ ...outside, patienceMs, largest: LARGEST_FILE });
  const inFlight: number[] = [];
  return {
    check: (address, field) => void checkedAddress(address, hosts, field),
    fetch: async (address, { accountId, field }) => {
      const url = checkedAddress(address, hosts, field);
      if (
        inFlight.length >= MOST_AT_ONCE.all ||
        inFlight.filter((each) => each === accountId).length >= MOST_AT_ONCE.account
      )
        throw new Problem('busy', says('fetching.others'));
      inFlight.push(accountId);
      const signal = AbortSignal.timeout(patienceMs);
      try {
        return await bytesOf(await fetchOutside(url, { signal }), field);
      } catch (error) {
        throw error instanceof Problem ? error : asProblem(error, { isLate: signal.aborted, field });
      } finally {
        inFlight.splice(inFlight.indexOf(accountId), 1);
      }
    },
  };
}

/** @throws Problem where this is not fetched */
function checkedAddress(address: string, hosts: readonly string[], field: string): URL {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '')
    throw invalid(field, says('fetching.address'));
  const isNamed = (host: string) =>
    host.startsWith('*.') ? url.hostname.endsWith(host.slice(1)) : url.hostname === host;
  if (!hosts.some(isNamed)) throw refused(says('fetching.other-host', { host: quoted(url.hostname), hosts }), field);
  return url;
}

async function bytesOf(answer: Response, field: string): Promise<Uint8Array> {
  if (answer.status >= 300 && answer.status < 400) throw refused(says('fetching.sent-elsewhere'), field);
  if (answer.status !== 200)
    throw new Problem('unavailable', says('fetching.not-given', { status: answer.status }), field);
  return new Uint8Array(await answer.arrayBuffer());
}

function asProblem(error: unknown, { isLate, field }: { isLate: boolean; field: string }): Problem {
  if (error instanceof TooLong)
    return invalid(field, says('file.too-large', { size: null, most: String(LARGEST_FILE / 1024 / 1024) }));
  if (error instanceof LeadsInside) return refused(says('fetching.no-public-address'), field);
  return new Problem('unavailable', says('fetching.no-answer', { isLate }), field);
}
