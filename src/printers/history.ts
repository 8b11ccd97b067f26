// The history in words: what changed, by whom, through which assistant.
import type { ChangeList, UndoneState } from '../views/internal/history.ts';
import { LONGEST_NOTE } from '../domain/room.ts';
import { detail, line, next, phrase, row, said, toRecord, type Block, type Phrase } from './blocks.ts';
import { capital, counted, joined, listed, moreRows, sampleText, shortRow } from './format.ts';
import type { Printed } from './catalogue.ts';
import { jobFiguresBlocks } from './forecast.ts';
import { isNotZero } from './profit-summary.ts';

export function historyBlocks(list: Printed<ChangeList>): Block[] {
  return list.happened === undefined ? changeBlocks(list) : eventBlocks(list, list.happened);
}

function changeBlocks({ changes, record, records, moreRecords, count, nextCursor }: Printed<ChangeList>): Block[] {
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

type Happened = NonNullable<Printed<ChangeList>['happened']>;

function eventBlocks({ count = 0, currency, nextCursor }: Printed<ChangeList>, happened: Happened): Block[] {
  const { from, to, days, invoiced, paid, refunded, bounced, spent } = happened;
  const when = from === to ? `on ${from}` : `from ${from} to ${to}`;
  if (count === 0) return [line(`Nothing happened ${when}.`)];
  const sums = listed([
    isNotZero(invoiced) && `invoiced ${invoiced}`,
    isNotZero(paid) && `paid ${paid}`,
    isNotZero(refunded) && `refunded ${refunded}`,
    isNotZero(bounced) && `bounced ${bounced}`,
    isNotZero(spent) && `spent ${spent}`,
  ]);
  const shownNow = days.reduce((all, { events }) => all + events.length, 0);
  return [
    line(`What happened ${when}: ${counted(count, 'event')}.${sums === '' ? '' : ` ${capital(sums)} ${currency}.`}`),
    ...days.flatMap(({ day, weekday, events }) => [
      line(`${weekday} ${day}:`),
      ...events.map((each) => row(eventText(each))),
    ]),
    ...moreRows(shownNow, count, nextCursor),
  ];
}

function eventText({ what, dated, note, customer, job, ...marks }: Happened['days'][number]['events'][number]): Phrase {
  const about = joined([
    job !== undefined && phrase`${toRecord(job.ref)} ${job.name}`,
    customer !== undefined && phrase`${toRecord(customer.ref)} ${customer.name}`,
  ]);
  const words = note === undefined ? '' : phrase`: ${said(shortRow(note, LONGEST_NOTE))}`;
  return phrase`${what}${dated === undefined ? '' : ` (dated ${dated})`}${sampleText(marks)}${words}${job === undefined && customer === undefined ? '' : phrase` · ${about}`}`;
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

/** The state that an undo leaves. */
export function undoneBlocks({ records, moreRecords, jobs, moreJobs }: Printed<UndoneState>): Block[] {
  return [
    ...records.map(({ ref, is, title, fields }) => {
      const now = fields.map(({ field, now: value }) => `${field} ${shortRow(value ?? 'none', 120)}`).join('; ');
      const state = is === 'as before' ? (now === '' ? 'as before' : now) : is === 'back' ? 'back' : 'gone';
      return row(phrase`${title ?? ref}: ${state}`);
    }),
    ...(moreRecords === undefined ? [] : [line(`and ${counted(moreRecords, 'record')} more`)]),
    ...jobs.flatMap(({ job, ...figures }) => jobFiguresBlocks(figures, phrase`${toRecord(job.ref)} ${job.name} now: `)),
    ...(moreJobs === undefined ? [] : [line(`The figures of ${counted(moreJobs, 'more job')} changed too.`)]),
  ];
}
