// The lines of a quote as they are written: which keep the identity of an earlier line, what they change, and the words
// of a walk & talk that they rest on.
import { invalid, quoted, refused } from '../../domain/errors.ts';
import { counts, isContracted, type Quote } from '../../domain/quote.ts';
import { lineRef, parseLineReference, refOf } from '../../kinds/reference.ts';
import { checkCited, readTranscript, type Transcript, type WalkAndTalk } from '../../domain/walk-and-talk.ts';
import { fold } from '../../domain/terms.ts';
import type { NewLine } from '../../store/books/quotes.ts';
import type { WriteScope } from '../../store/scope.ts';
import { jobQuotes } from './contracts.ts';
import { readQuoteLine, type QuoteLineInput } from '../shared/lines.ts';
import { says } from '../../domain/message.ts';
import { currentLines, lineAt, type LinePlace } from '../../store/books/quote-places.ts';

/** What the lines of a quote are measured against. */
type LineContext = {
  /** The quote whose lines these follow. */
  readonly earlier: Quote | null;
  /** Where its change orders may point. */
  readonly jobId: number | null;
  readonly customerId: number;
  /** What its lines may cite; while it is drafted from that, each must. */
  readonly walk: WalkAndTalk | null;
  readonly mustCite: boolean;
  /** The argument that gives them. */
  readonly field?: 'lines' | 'addLines';
};

/** Reads the lines; one that says the same as an earlier line, or names it, keeps that line's identity. */
export async function readLines(
  scope: WriteScope,
  lines: readonly QuoteLineInput[],
  context: LineContext,
): Promise<NewLine[]> {
  const unclaimed = [...(context.earlier?.lines ?? [])];
  const claim = (matches: (line: Quote['lines'][number]) => boolean) => {
    const index = unclaimed.findIndex(matches);
    return index < 0 ? null : (unclaimed.splice(index, 1)[0] ?? null);
  };
  const readCites = citesReader(context);
  const { field: list = 'lines' } = context;
  const read: NewLine[] = [];
  for (const [index, given] of lines.entries()) {
    const line = readQuoteLine(given, `${list}[${index}]`, scope.account.currency);
    const named =
      given.changesLine === undefined
        ? null
        : await changedLine(scope, given.changesLine, `${list}[${index}].changesLine`, context);
    const own = named !== null && context.earlier?.lines.some((earlier) => earlier.lineId === named.lineId) === true;
    const kept = own
      ? claim((earlier) => earlier.lineId === named.lineId)
      : claim((earlier) => fold(earlier.description) === fold(line.description));
    const changesLineId = own ? (kept?.changes?.lineId ?? null) : (named?.lineId ?? kept?.changes?.lineId ?? null);
    const cites = readCites(given.cites, kept?.cites ?? null, `${list}[${index}].cites`);
    read.push({ ...line, lineId: kept?.lineId ?? null, changesLineId, cites });
  }
  return read;
}

/** Reads the words of the walk & talk that a line rests on: those given, or those that the line rested on before. */
function citesReader({ earlier, walk, mustCite }: LineContext) {
  let transcript: Transcript | undefined;
  return (said: string | undefined, before: string | null, field: string): string | null => {
    // Words of another site visit say nothing about this one.
    const cites = said ?? (walk === null || earlier?.walkAndTalkId === walk.id ? before : null);
    if (walk === null) {
      if (said === undefined) return cites;
      throw invalid(field, says('quote.not-from-a-walk'));
    }
    const ref = refOf('walk_and_talk', walk.id);
    if (cites !== null) {
      transcript ??= readTranscript(walk.transcript);
      checkCited(transcript, cites, { field, ref });
    } else if (mustCite) {
      throw invalid(field, says('quote.cites-missing', { ref }));
    }
    return cites;
  };
}

async function changedLine(scope: WriteScope, ref: string, field: string, context: LineContext): Promise<LinePlace> {
  const reference = parseLineReference(ref);
  if (reference === null) throw invalid(field, says('line.not-a-number', { said: quoted(ref) }));
  const place = await lineAt(scope, reference.quoteId, reference.position);
  if (place === null) throw invalid(field, says('record.no-such-line', { said: quoted(ref) }));
  const sameWork =
    context.jobId === null
      ? place.customerId === context.customerId && place.jobId === null
      : place.jobId === context.jobId;
  if (!sameWork) throw refused(says('line.of-other-work'), field);
  return place;
}

export function sameLines(before: Quote, lines: readonly NewLine[]): boolean {
  const bare = (line: Omit<NewLine, 'changesLineId'>, changesLineId: number | null) =>
    JSON.stringify([
      line.lineId,
      line.description,
      line.quantity,
      line.unit,
      line.unitPrice,
      line.unitCost,
      line.category,
      line.taxRate,
      line.cites,
      changesLineId,
    ]);
  return (
    before.lines.length === lines.length &&
    before.lines.every((line, index) => {
      const other = lines[index];
      return other !== undefined && bare(line, line.changes?.lineId ?? null) === bare(other, other.changesLineId);
    })
  );
}

/**
 * A line of this quote, by number within it (`2`) or in full (`Q-31/2`), and behind it the line that it changes, what
 * that changes, and so on: one piece of work, which is marked where it began. A line whose quote does not count is no
 * part of it, so that what changes such a line stands alone.
 */
export async function workOf(scope: WriteScope, quote: Quote, ref: string, field: string): Promise<LinePlace[]> {
  const reference = parseLineReference(ref) ?? {
    quoteId: quote.id,
    position: /^\d{1,4}$/.test(ref) ? Number(ref) : 0,
  };
  const place = reference.quoteId === quote.id ? await lineAt(scope, quote.id, reference.position) : null;
  if (place === null) {
    throw invalid(
      field,
      says('line.not-of-quote', {
        said: quoted(ref),
        quote: refOf('quote', quote.id),
        first: lineRef(quote.id, 1),
        last: lineRef(quote.id, quote.lines.length),
      }),
    );
  }
  const contracted = quote.job !== null && isContracted(await jobQuotes(scope, quote.job.id));
  const work = [place];
  for (let next = place.changesLineId; next !== null && work.length < 20; ) {
    const changed: LinePlace | undefined = (await currentLines(scope, [next])).get(next);
    if (changed === undefined || !counts(changed.status, contracted)) break;
    work.push(changed);
    next = changed.changesLineId;
  }
  return work;
}
