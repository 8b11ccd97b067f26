// Which visit is meant by words. Of visits that repeat many go by one name, so that what matters is which of them is
// next: candidates are told in the order in which they come, and all of the rest begins with the first of them.
import type { Appointment } from '../../domain/appointment.ts';
import { Problem, quoted } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import { namingTerms, withoutKind } from '../../domain/terms.ts';
import { appointment as declaration } from '../../kinds/appointment.ts';
import { parseReference } from '../../kinds/reference.ts';
import { appointmentsAmong } from '../../store/books/repeated-visits.ts';
import type { ReadScope } from '../../store/scope.ts';
import { FIT, searchTerms, SHOWN_CANDIDATES, type Hit } from '../../store/search/find.ts';
import { couldBe, standingRecords } from '../resolve/described.ts';
import { resolveAppointment } from '../resolve/resolve.ts';

/** Visits of one name that are looked through. */
const LOOKED_THROUGH = 300;

type Asked = {
  readonly ref: string;
  /** What is over or called off is no candidate for being moved or called off. */
  readonly becomes: 'moved' | 'done' | null;
  readonly rest: boolean;
};

/** @throws Problem where several can be meant, naming the nearest first */
export async function visitMeant(scope: ReadScope, { ref, becomes, rest }: Asked): Promise<Appointment> {
  const { now } = scope;
  const isAhead = ({ status, endsAt }: Appointment) => status === 'scheduled' && endsAt > now;
  if (parseReference(ref, 'appointment') === null) {
    const all = await calledSo(scope, ref);
    const ahead = all.filter(isAhead);
    const [next] = ahead;
    const isOneSeries = next?.seriesId !== null && ahead.every(({ seriesId }) => seriesId === next?.seriesId);
    if (next !== undefined && rest && isOneSeries) return next;
    const shown = becomes === 'moved' && next !== undefined ? ahead : nearestFirst(all, isAhead, becomes);
    if (shown.length > 1) throw await oneOfSeveral(scope, ref, shown);
  }
  const said = { ref, field: 'appointment', intent: 'write' } as const;
  return await resolveAppointment(scope, said, becomes === 'moved' ? { can: isAhead } : undefined);
}

/** What is to come in its order, and what is over with the last of it first; that before, where one is done. */
function nearestFirst(
  visits: readonly Appointment[],
  isAhead: (visit: Appointment) => boolean,
  becomes: Asked['becomes'],
): Appointment[] {
  const ahead = visits.filter(isAhead);
  const over = visits.filter((visit) => !isAhead(visit)).toReversed();
  return becomes === 'done' ? [...over, ...ahead] : [...ahead, ...over];
}

/** In time order. Where one alone goes by this very name there is no question. */
async function calledSo(scope: ReadScope, ref: string): Promise<Appointment[]> {
  const hits = await hitsOf(scope, ref);
  const found = hits.length > 0 ? hits : await hitsOf(scope, withoutKind(ref, declaration.called));
  if (found.filter(({ fit }) => fit === FIT.full).length === 1) return [];
  const real = found.filter(({ isSample }) => !isSample);
  return await appointmentsAmong(
    scope,
    (real.length > 0 ? real : found).map(({ id }) => id),
  );
}

async function hitsOf({ db, account, crew }: ReadScope, query: string): Promise<Hit[]> {
  if (namingTerms(query).length === 0) return [];
  const within = { accountId: account.id, withoutCosts: false, crew };
  const { hits } = await searchTerms(db, within, { kinds: ['appointment'], query, limit: LOOKED_THROUGH });
  return hits.filter(({ fit }) => fit >= FIT.alike);
}

async function oneOfSeveral(scope: ReadScope, ref: string, shown: readonly Appointment[]): Promise<Problem> {
  const ids = shown.slice(0, SHOWN_CANDIDATES).map(({ id }) => id);
  const records = (await standingRecords(scope, 'appointment', ids)).map((record) => couldBe(record, scope.account));
  const are = shown.length > SHOWN_CANDIDATES ? 'soonest' : 'some';
  return new Problem('ambiguous', says('record.could-be', { said: quoted(ref), records, are }), 'appointment');
}
