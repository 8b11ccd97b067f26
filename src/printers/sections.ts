// The sections of a job’s and a customer’s page in words that stay short enough to be read at once.
import type { AppointmentRow } from '../views/internal/appointment.ts';
import type { SectionRows } from '../views/internal/sections.ts';
import { heading, line, phrase, row, said, toRecord, type Block, type Phrase } from './blocks.ts';
import { chat } from './chat.ts';
import { expenseRowText } from './expense.ts';
import { fileText } from './file.ts';
import { invoiceRowText } from './invoice.ts';
import { quoteRowText } from './quote.ts';
import { walkAndTalkText } from './walk-and-talk.ts';
import { joined, listed, moreRows, sampleText } from './format.ts';
import type { Printed } from './catalogue.ts';

/** A section in words: its rows, and how many there are in all. */
export type Listing = {
  /** As `section` is spelled in a call. */
  readonly name: string;
  readonly title: string;
  readonly rows: readonly Phrase[];
  readonly count: number;
};

type Counts = { readonly [name: string]: number | undefined };

/** @param onJob where a row is filed, in words to put behind it; on a job's own page nothing */
export function listings(
  out: Printed<Partial<SectionRows>>,
  counts: Counts,
  onJob: (row: { job: { ref: string } | null }) => Phrase = () => '',
): Listing[] {
  const { quotes, invoices, expenses, files, appointments, walkAndTalks, activity } = out;
  const listing = (key: string, title: string, rows: readonly Phrase[] | undefined): Listing[] =>
    rows === undefined ? [] : [{ name: key, title, rows, count: counts[key] ?? rows.length }];
  return [
    ...listing(
      'quotes',
      'Quotes',
      quotes?.map((each) => phrase`${quoteRowText(each)}${onJob(each)}`),
    ),
    ...listing(
      'invoices',
      'Invoices',
      invoices?.map((each) => phrase`${invoiceRowText(each)}${onJob(each)}`),
    ),
    ...listing('expenses', 'Expenses', expenses?.map(expenseRowText)),
    ...listing(
      'files',
      'Files',
      files?.map((each) => phrase`${fileText(each)}${onJob(each)}`),
    ),
    ...listing(
      'appointments',
      'Appointments',
      appointments?.map((each) => phrase`${visitText(each)}${onJob(each)}`),
    ),
    ...listing(
      'walk-and-talks',
      'Walk & talks',
      walkAndTalks?.map((each) => phrase`${walkAndTalkText(each)}${onJob(each)}`),
    ),
    ...listing(
      'activity',
      'Activity',
      activity?.map(({ at, text, by, through }) => phrase`${at} ${said(text)} (${listed([by, through], ' via ')})`),
    ),
  ];
}

/** An appointment on the page of the customer or job that it is for. */
function visitText({ ref, title, when, people, status, ...rest }: Omit<AppointmentRow, 'customer'>): Phrase {
  const details = joined([
    phrase`${toRecord(ref)} ${title}${sampleText(rest)}`,
    status !== 'scheduled' && status,
    people.length > 0 && `who goes: ${people.join(', ')}`,
  ]);
  return phrase`${when}: ${details}`;
}

/** What a page of a busy job or customer may come to, in characters of its text. */
const LONGEST_PAGE = 6000;
const LONGEST_ROW = 160;
/** Rows that a section keeps however long the page gets. */
const LEAST_ROWS = 3;

type Fitted = Listing & { readonly fitting: { readonly block: Block; readonly size: number }[] };

/**
 * The sections as they fit behind what is said of the record itself. Where not all fits, the longest give way first.
 * @param how how to get the rest of a section, by its name
 */
export function sectionsBlocks(
  sections: readonly Listing[],
  before: readonly Block[],
  how: (name: string) => string,
): Block[] {
  const fitted = sections.map((section) => ({
    ...section,
    fitting: section.rows.map((text) => {
      const block = row(text, { longest: LONGEST_ROW });
      return { block, size: sizeIn([block]) };
    }),
  }));
  const titleOf = ({ title, name, fitting, count }: Fitted) =>
    count > fitting.length ? heading(title, `${fitting.length} of ${count}`, { next: how(name) }) : heading(title);
  const sizeOf = (section: Fitted) =>
    section.fitting.reduce((sofar, { size }) => sofar + size, sizeIn([titleOf(section)]));
  for (;;) {
    const size = fitted.reduce((sofar, section) => sofar + sizeOf(section), chat(before).length);
    const [longest] = fitted
      .filter(({ fitting }) => fitting.length > LEAST_ROWS)
      .sort((left, right) => sizeOf(right) - sizeOf(left));
    if (size <= LONGEST_PAGE || longest === undefined) break;
    longest.fitting.pop();
  }
  return fitted
    .filter(({ fitting }) => fitting.length > 0)
    .flatMap((section) => [titleOf(section), ...section.fitting.map(({ block }) => block)]);
}

function sizeIn(blocks: readonly Block[]): number {
  return chat(blocks).length + 1;
}

/** One section on its own: a page of it, whole. */
export function sectionBlocks(
  { title, rows, count }: Listing,
  { first, nextCursor }: { first: readonly Block[]; nextCursor: string | undefined },
): Block[] {
  if (rows.length === 0) return [...first, line(`No ${title.toLowerCase()}.`)];
  return [
    ...first,
    heading(title, String(count)),
    ...rows.map((text) => row(text, { longest: Infinity })),
    ...moreRows(rows.length, count, nextCursor),
  ];
}
