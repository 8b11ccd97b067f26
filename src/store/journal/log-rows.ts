// Which records a change touched, and the lines that it left in their logs, as rows of one table: a record's first line
// stands in the row that says that the record was touched, and what the first line of one record says is not said again
// in the log of another.
import type { Ref } from './chain.ts';
import type { LogLineRow, RecordLogRow } from './rows.ts';

/** What a row says that says no line. */
const NOTHING = { at: null, entry: null, code: null, text: null, salt: null, as_kind: null, as_id: null };
/** Of a row that says only that the record was touched. */
export const BARE = -1;

/** Where the first line of a record stands. @param line its number among all lines of the change */
function placeOfFirst(line: number): number {
  return BARE - 1 - line;
}

/** The number of the line among all lines of its change; below 0 where the row has none. */
function lineAt(position: number): number {
  return position < BARE ? BARE - 1 - position : position;
}

type Change = Pick<RecordLogRow, 'account_id' | 'change_number'>;
type Line = Omit<LogLineRow, 'salt' | 'position' | keyof Change>;

/** @param change with when it was @param lines in their order */
export function logRows(
  { at: then, ...change }: Change & { readonly at: string },
  refs: readonly Ref[],
  lines: readonly Line[],
) {
  const told = new Set<string>();
  const firstToSay = new Map<string, Line>();
  const said = lines.map(({ code, text, ...line }, index) => {
    const [record, words] = [`${line.kind} ${line.record_id}`, `${code} ${text}`];
    const isFirst = !told.has(record);
    told.add(record);
    const same = firstToSay.get(words);
    if (same === undefined && isFirst) firstToSay.set(words, { ...line, code, text });
    return {
      ...{ ...NOTHING, ...change, kind: line.kind, record_id: line.record_id, entry: line.entry },
      position: isFirst ? placeOfFirst(index) : index,
      at: line.at === then ? null : line.at,
      ...(same === undefined ? { code, text } : { as_kind: same.kind, as_id: same.record_id }),
    };
  });
  const touched = refs.filter(([kind, id]) => !told.has(`${kind} ${id}`));
  return [...touched.map(([kind, record_id]) => ({ ...NOTHING, ...change, kind, record_id, position: BARE })), ...said];
}

type StoredRow = Omit<RecordLogRow, 'at'> & { readonly at: string | null };

/** The lines of a change, whole and in their order. @param saltOf what goes into the digest of one that keeps none */
export function logLines(
  change: { readonly at: string },
  rows: readonly StoredRow[],
  saltOf: (line: number) => string,
): LogLineRow[] {
  const first = new Map(
    rows.filter(({ position }) => position < BARE).map((row) => [`${row.kind} ${row.record_id}`, row]),
  );
  return rows
    .filter(({ position }) => position !== BARE)
    .map(({ as_kind, as_id, ...row }) => {
      const said = as_kind === null ? row : first.get(`${as_kind} ${as_id}`);
      const position = lineAt(row.position);
      return {
        ...{ ...row, position, at: row.at ?? change.at, entry: row.entry ?? '' },
        ...{ code: said?.code ?? null, text: said?.text ?? '', salt: row.salt ?? saltOf(position) },
      };
    })
    .sort((one, other) => one.position - other.position);
}
