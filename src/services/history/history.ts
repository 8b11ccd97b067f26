// The history of the books: who changed what, when and through which assistant, and what one change did row by row.
import { addDays, parseDate, type CalendarDate, instantAt } from '../../domain/dates.ts';
import { invalid, Problem, quoted } from '../../domain/errors.ts';
import type { Change } from '../../domain/history.ts';
import type { Names, RowChange } from '../../kinds/history.ts';
import { FOUND_BY_WORDS } from '../../kinds/declared.ts';
import type { Kind } from '../../kinds/index.ts';
import { parseReference } from '../../kinds/reference.ts';
import { readAsked } from '../../kinds/uri.ts';
import {
  changeByNumber,
  countChanges,
  hasHistory,
  listChanges as loadChanges,
  namesIn,
  recordsOf,
  removedSampleInvoice,
  rowsOf,
  stepsOf,
  stepsOfAll,
  undoneAmong,
  type ChangeFilter,
  type RowStep,
} from '../../store/journal/history.ts';
import { invoiceIdByNumber } from '../../store/books/invoices.ts';
import type { ReadScope } from '../../store/scope.ts';
import { FIT, searchTerms } from '../../store/search/find.ts';
import { checkDays } from '../shared/days.ts';
import { namesOf } from '../shared/names.ts';
import { cutPage, DEFAULT_PAGE, makeCursor, readCursor } from '../shared/paging.ts';
import { resolveAny } from '../resolve/resolve.ts';
import { visibleTerms, type VisibleBooks } from '../shared/visibility.ts';
import { says } from '../../domain/message.ts';
import { startOfDay } from './days.ts';

export type HistoryInput = {
  readonly record?: string | undefined;
  readonly person?: string | undefined;
  readonly assistant?: string | undefined;
  readonly on?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly change?: number | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
};

type RecordId = { readonly kind: Kind; readonly id: number };

/** A change with the records it was about, and the rows that are to be shown of it. */
export type HistoryEntry = {
  readonly change: Change;
  readonly undoneBy: number | null;
  readonly records: readonly RecordId[];
  readonly rows: readonly RowChange[];
};

export type History = {
  readonly entries: readonly HistoryEntry[];
  /** The record that was asked for. */
  readonly record: RecordId | null;
  /** One change was asked for, so that all it did is to be shown. */
  readonly isWhole: boolean;
  readonly count: number | null;
  readonly nextCursor: string | null;
  readonly names: Names;
};

export async function listChanges(scope: VisibleBooks, input: HistoryInput): Promise<History> {
  const { change: number, limit = DEFAULT_PAGE, cursor: _, ...filters } = input;
  if (number !== undefined) return await oneChange(scope, number, filters);
  const { filter, record } = await readFilter(scope, filters);
  const [after = null, at = null] = readCursor('changes', input.cursor, 2) ?? [];
  const changes = await loadChanges(scope, filter, {
    limit: limit + 1,
    after: after === null || at === null ? null : { number: after, at: instantAt(at) },
  });
  const { page, nextCursor } = cutPage(changes, limit, (last) =>
    makeCursor('changes', [last.number, Date.parse(last.at)]),
  );
  const numbers = record === null ? [] : page.map(({ number }) => number);
  const steps = numbers.length === 0 ? new Map<number, RowStep[]>() : await stepsOfAll(scope, numbers);
  const rowsOfRecord = ({ number }: Change) =>
    record === null ? [] : changedRows(steps.get(number) ?? []).filter((row) => isOf(row, record));
  const entries = await entriesOf(scope, page, rowsOfRecord);
  // Over one index a count is cheap; where filters meet, each change would have to be looked at.
  const isCheap = [record, input.person, input.assistant, filter.from ?? filter.until].filter(Boolean).length < 2;
  const count = isCheap ? await countChanges(scope, filter) : null;
  return { entries, record, isWhole: false, count, nextCursor, names: await namesFor(scope, entries) };
}

async function oneChange(scope: ReadScope, number: number, filters: object): Promise<History> {
  const other = Object.entries(filters).find(([, value]) => value !== undefined);
  if (other !== undefined) throw invalid(other[0], says('history.not-with-change'));
  const change = await changeByNumber(scope, number);
  if (change === null) throw new Problem('not_found', says('history.no-such-change', { number }), 'change');
  const rows = changedRows(await stepsOf(scope, number));
  const entries = await entriesOf(scope, [change], () => rows);
  return { entries, record: null, isWhole: true, count: 1, nextCursor: null, names: await namesFor(scope, entries) };
}

async function entriesOf(
  scope: ReadScope,
  changes: readonly Change[],
  shown: (change: Change) => readonly RowChange[],
): Promise<HistoryEntry[]> {
  if (changes.length === 0) return [];
  const numbers = changes.map(({ number }) => number);
  const undone = await undoneAmong(scope, numbers);
  const records = await recordsOf(scope, numbers);
  return changes.map((change) => ({
    change,
    undoneBy: undone.get(change.number) ?? null,
    records: records.get(change.number) ?? [],
    rows: shown(change),
  }));
}

/** Rows that came out otherwise than they went in. */
function changedRows(steps: readonly RowStep[]): RowChange[] {
  return rowsOf(steps).filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
}

function isOf({ record }: RowChange, { kind, id }: RecordId): boolean {
  return record?.kind === kind && record.id === id;
}

async function readFilter(
  scope: VisibleBooks,
  { record: ref, person, assistant, on, from, to }: HistoryInput,
): Promise<{ filter: ChangeFilter; record: RecordId | null }> {
  if (on !== undefined && (from !== undefined || to !== undefined)) throw invalid('on', says('history.day-or-period'));
  const first = day(on ?? from, on === undefined ? 'from' : 'on');
  const last = day(on ?? to, on === undefined ? 'to' : 'on');
  checkDays(first, last);
  const record = ref === undefined ? null : await recordMeant(scope, ref);
  const { timeZone } = scope.account;
  return {
    record,
    filter: {
      record: record ?? undefined,
      actors: person === undefined ? undefined : await actorsNamed(scope, person),
      clients: assistant === undefined ? undefined : await named(scope, 'client', assistant),
      from: first === null ? undefined : startOfDay(first, timeZone),
      until: last === null ? undefined : startOfDay(addDays(last, 1), timeZone),
    },
  };
}

function day(text: string | undefined, field: string): CalendarDate | null {
  return text === undefined ? null : parseDate(text, field);
}

/** Whoever asks is "me" to themselves, and "you" to their assistant. */
async function actorsNamed(scope: VisibleBooks, said: string): Promise<string[]> {
  const isThemselves = /^(?:me|you|myself|i)$/i.test(said);
  return isThemselves ? [scope.account.seenBy] : await named(scope, 'actor', said);
}

/** The names in the journal that are meant: those that hold what was said, in any case. */
async function named(scope: ReadScope, column: 'actor' | 'client', text: string): Promise<string[]> {
  const all = await namesIn(scope, column);
  const said = text.toLowerCase();
  const meant = all.filter((name) => name.toLowerCase() === said);
  const found = meant.length > 0 ? meant : all.filter((name) => name.toLowerCase().includes(said));
  if (found.length > 0) return found;
  const names = all.slice(0, 10);
  throw new Problem(
    'not_found',
    says('history.nobody-of-that-name', { of: column, said: quoted(text), names, count: all.length }),
    column === 'actor' ? 'person' : 'assistant',
  );
}

/** The record that is meant, by number also where it is gone from the books. */
async function recordMeant(scope: VisibleBooks, said: string): Promise<RecordId> {
  const { place, ref } = readAsked(said);
  if (place !== null && place !== 'document') return await numbered(scope, place, ref);
  if (/^[#\s\d]+$/.test(ref)) throw invalid('record', says('history.could-be-anything', { said: quoted(said) }));
  const { hits: found } = await searchTerms(scope.db, visibleTerms(scope), {
    kinds: FOUND_BY_WORDS,
    query: ref,
    limit: 20,
  });
  const [best, ...hits] = found;
  if (best === undefined || best.fit < FIT.close) {
    throw new Problem('not_found', says('history.gone-by-number', { said: quoted(said) }), 'record');
  }
  const alike = hits.some(
    ({ kind, fit, isSample }) => kind === best.kind && fit === best.fit && isSample === best.isSample,
  );
  // Says which there are where several fit alike.
  return alike ? await resolveAny(scope, best.kind, { ref, field: 'record', intent: 'read' }) : best;
}

async function numbered(scope: ReadScope, place: Kind, text: string): Promise<RecordId> {
  const reference = parseReference(text.split('/', 1).join(), place);
  if (reference === null) throw noRecord(text);
  const { kind, by, value } = reference;
  const id = by === 'id' ? value : await issuedAs(scope, value);
  if (id === null || !(await hasHistory(scope, { kind, id }))) throw noRecord(text);
  return { kind, id };
}

async function issuedAs(scope: ReadScope, number: number): Promise<number | null> {
  const id = await invoiceIdByNumber(scope, number);
  return id === null && number < 0 ? await removedSampleInvoice(scope, number) : id;
}

function noRecord(said: string): Problem {
  return new Problem('not_found', says('history.never-called-so', { said: quoted(said) }), 'record');
}

/** The numbers of invoices and lines that stand in what is shown. */
async function namesFor(scope: ReadScope, entries: readonly HistoryEntry[]): Promise<Names> {
  const invoices = entries.flatMap(({ records }) =>
    records.flatMap(({ kind, id }) => (kind === 'invoice' ? [id] : [])),
  );
  const rows = entries.flatMap(({ rows }) =>
    rows.map(({ table, before, after }) => ({ table, images: [before, after] })),
  );
  return await namesOf(scope, rows, invoices);
}
