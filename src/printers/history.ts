// The history in words: what changed, by whom, through which assistant.
import type { ChangeList } from '../views/internal/history.ts';
import { detail, line, next, phrase, toRecord, type Block } from './blocks.ts';
import { counted, listed, shortRow } from './format.ts';
import type { Printed } from './catalogue.ts';

export function historyBlocks({
  changes,
  record,
  records,
  moreRecords,
  count,
  nextCursor,
}: Printed<ChangeList>): Block[] {
  if (changes.length === 0) return [line('No changes match.')];
  const about = record === undefined ? '' : `${record}: `;
  const head = records === undefined ? [line(`${about}${howMany(changes.length, count)}, newest first.`)] : [];
  return [
    ...head,
    ...changes.map((entry) => line(entryText(entry))),
    ...(records ?? []).flatMap(recordBlocks),
    ...(moreRecords === undefined ? [] : [line(`and ${counted(moreRecords, 'record')} more`)]),
    ...(nextCursor === undefined ? [] : [next(`Older ones with cursor "${nextCursor}".`)]),
  ];
}

function howMany(shownNow: number, count: number | undefined): string {
  if (count === undefined || count === shownNow) return counted(shownNow, 'change');
  return `${shownNow} of ${counted(count, 'change')}`;
}

type Entry = Printed<ChangeList>['changes'][number];

function entryText(entry: Entry): string {
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

function recordBlocks({ ref, what, fields, moreFields }: NonNullable<ChangeList['records']>[number]): Block[] {
  const lines = fields.map(({ field, before, after }) => {
    const [from, to] = [before, after].map((value) => shortRow(value ?? 'none', 120));
    if (before === null && what === 'added') return detail(`${field}: ${to ?? ''}`);
    if (after === null && what === 'removed') return detail(`${field}: ${from ?? ''}`);
    return detail(`${field}: ${from ?? ''} → ${to ?? ''}`);
  });
  return [
    line(phrase`${toRecord(ref)} ${what}`),
    ...lines,
    ...(moreFields === undefined ? [] : [detail(`and ${counted(moreFields, 'field')} more`)]),
  ];
}
