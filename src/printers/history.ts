// The history in words: what changed, by whom, through which assistant.
import { cut } from '../domain/text.ts';
import { type EntryOut, type HistoryOut, oneLine } from '../views/internal/history.ts';
import { counted, listed } from './format.ts';

export function historyText({ changes, record, records, moreRecords, count, nextCursor }: HistoryOut): string {
  if (changes.length === 0) return 'No changes match.';
  const about = record === undefined ? '' : `${record}: `;
  const head = records === undefined ? [`${about}${howMany(changes.length, count)}, newest first.`] : [];
  return [
    ...head,
    ...changes.map(entryText),
    ...(records ?? []).flatMap(recordText),
    ...(moreRecords === undefined ? [] : [`and ${counted(moreRecords, 'record')} more`]),
    ...(nextCursor === undefined ? [] : [`Older ones with cursor "${nextCursor}".`]),
  ].join('\n');
}

function howMany(shownNow: number, count: number | undefined): string {
  if (count === undefined || count === shownNow) return counted(shownNow, 'change');
  return `${shownNow} of ${counted(count, 'change')}`;
}

function entryText(entry: EntryOut): string {
  const refs = listed([...entry.refs, entry.moreRefs !== undefined && `${entry.moreRefs} more`]);
  const marks = listed(
    [
      refs,
      entry.undoes !== undefined && `undoes change ${entry.undoes}`,
      entry.undoneBy !== undefined && `undone by change ${entry.undoneBy}`,
    ],
    '; ',
  );
  const { changed = [] } = entry;
  // The sentence mostly says the same again.
  const isSaid =
    changed.length > 0 && changed.every((each) => entry.summary.includes(each)) && entry.undoes === undefined;
  const what = [changed.join('; '), isSaid ? '' : entry.summary].filter((part) => part !== '').join(' · ');
  return `Change ${entry.number}, ${entry.at}, ${entry.by} through ${entry.through}: ${what}${marks === '' ? '' : ` [${marks}]`}`;
}

function recordText({ ref, what, fields, moreFields }: NonNullable<HistoryOut['records']>[number]): string[] {
  const lines = fields.map(({ field, before, after }) => {
    const [from, to] = [before, after].map((value) => cut(oneLine(value), 120));
    if (before === null && what === 'added') return `  ${field}: ${to ?? ''}`;
    if (after === null && what === 'removed') return `  ${field}: ${from ?? ''}`;
    return `  ${field}: ${from ?? ''} → ${to ?? ''}`;
  });
  return [
    `${ref} ${what}`,
    ...lines,
    ...(moreFields === undefined ? [] : [`  and ${counted(moreFields, 'field')} more`]),
  ];
}
