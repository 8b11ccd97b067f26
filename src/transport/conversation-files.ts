// Fetches a file that somebody gave their assistant in a conversation, from where the assistant's host keeps it. A model
// writes the address, so it leads only to hosts that the operator names. It is a key to the file: it stands in no error.
import { invalid, Problem, quoted, refused } from '../domain/errors.ts';
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
        throw new Problem('busy', 'Other files are being fetched just now. Try again in a moment.');
      inFlight.push(accountId);
      const signal = AbortSignal.timeout(patienceMs);
      try {
        return await bytesOf(await fetchOutside(url, { signal }), field);
      } catch (error) {
        throw error instanceof Problem ? error : inWords(error, { isLate: signal.aborted, field });
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
    throw invalid(field, `its download_url must be an https address without a port. ${INSTEAD}`);
  const isNamed = (host: string) =>
    host.startsWith('*.') ? url.hostname.endsWith(host.slice(1)) : url.hostname === host;
  if (!hosts.some(isNamed))
    throw refused(
      `files are not fetched from ${quoted(url.hostname)}, but from ${hosts.join(', ')}. Whoever runs this Jobwright can name other hosts with --file-hosts (JOBWRIGHT_FILE_HOSTS). ${INSTEAD}`,
      field,
    );
  return url;
}

async function bytesOf(answer: Response, field: string): Promise<Uint8Array> {
  if (answer.status >= 300 && answer.status < 400)
    throw refused(`its host sends us elsewhere for it, and we do not go. ${INSTEAD}`, field);
  if (answer.status !== 200)
    throw new Problem('unavailable', `its host did not give it (${answer.status}). ${AGAIN}`, field);
  return new Uint8Array(await answer.arrayBuffer());
}

function inWords(error: unknown, { isLate, field }: { isLate: boolean; field: string }): Problem {
  if (error instanceof TooLong)
    return invalid(
      field,
      `is too large: a file may have ${LARGEST_FILE / 1024 / 1024} MB. Send a smaller copy, or the file in parts.`,
    );
  if (error instanceof LeadsInside)
    return refused(`its host has no public address, so nothing is fetched. ${INSTEAD}`, field);
  const why = isLate ? 'its host was too slow' : 'its host could not be reached';
  return new Problem('unavailable', `${why}, so nothing was attached. ${AGAIN}`, field);
}

/** Their addresses end after a few minutes. */
const AGAIN = 'Attach it to the conversation again and call again.';
const INSTEAD = 'Leave file out to learn another way.';
