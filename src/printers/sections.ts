// The sections of a job’s and a customer’s page in words that stay short enough to be read at once.
import { cut } from '../domain/text.ts';
import type { AppointmentOut } from '../views/internal/appointment.ts';
import type { SectionsOut } from '../views/internal/sections.ts';
import { expenseRowText } from './expense.ts';
import { fileText } from './file.ts';
import { invoiceRowText } from './invoice.ts';
import { quoteRowText } from './quote.ts';
import { walkAndTalkText } from './walk-and-talk.ts';
import { listed, moreText, sampleText } from './format.ts';

/** A section in words: its rows, and how many there are in all. */
export type Listing = {
  /** As `section` is spelled in a call. */
  readonly name: string;
  readonly title: string;
  readonly rows: readonly string[];
  readonly count: number;
};

type Counts = { readonly [name: string]: number | undefined };

/** @param onJob where a row is filed, in words to put behind it; on a job's own page nothing */
export function listings(
  out: Partial<SectionsOut>,
  counts: Counts,
  onJob: (row: { job: { ref: string } | null }) => string = () => '',
): Listing[] {
  const { quotes, invoices, expenses, files, appointments, walkAndTalks, activity } = out;
  const listing = (key: string, title: string, rows: readonly string[] | undefined): Listing[] =>
    rows === undefined ? [] : [{ name: key, title, rows, count: counts[key] ?? rows.length }];
  return [
    ...listing(
      'quotes',
      'Quotes',
      quotes?.map((row) => `${quoteRowText(row)}${onJob(row)}`),
    ),
    ...listing(
      'invoices',
      'Invoices',
      invoices?.map((row) => `${invoiceRowText(row)}${onJob(row)}`),
    ),
    ...listing('expenses', 'Expenses', expenses?.map(expenseRowText)),
    ...listing(
      'files',
      'Files',
      files?.map((row) => `${fileText(row)}${onJob(row)}`),
    ),
    ...listing(
      'appointments',
      'Appointments',
      appointments?.map((row) => `${visitText(row)}${onJob(row)}`),
    ),
    ...listing(
      'walk-and-talks',
      'Walk & talks',
      walkAndTalks?.map((row) => `${walkAndTalkText(row)}${onJob(row)}`),
    ),
    ...listing(
      'activity',
      'Activity',
      activity?.map(({ at, text, by, through }) => `${at} ${oneLine(text)} (${listed([by, through], ' via ')})`),
    ),
  ];
}

/** An appointment on the page of the customer or job that it is for. */
function visitText({ ref, title, when, people, status, ...row }: Omit<AppointmentOut, 'customer'>): string {
  const details = listed([
    `${ref} ${title}${sampleText(row)}`,
    status !== 'scheduled' && status,
    people.length > 0 && `who goes: ${people.join(', ')}`,
  ]);
  return `${when}: ${details}`;
}

/** What a page of a busy job or customer may come to, in characters. */
const LONGEST_PAGE = 6000;

const LONGEST_ROW = 160;

/** Rows that a section keeps however long the page gets. */
const LEAST_ROWS = 3;

/**
 * The sections as they fit behind what is said of the record itself. Where not all fits, the longest give way first.
 * @param how how to get the rest of a section, by its name
 */
export function sectionsText(sections: readonly Listing[], before: number, how: (name: string) => string): string[] {
  const fitted = sections.map((section) => ({
    ...section,
    rows: section.rows.map((row) => `- ${cut(oneLine(row), LONGEST_ROW)}`),
  }));
  const inWords = ({ title, name, rows, count }: Listing) => [
    `${title}${count > rows.length ? ` (${rows.length} of ${count}; ${how(name)})` : ''}:`,
    ...rows,
  ];
  const sizeOf = (section: Listing) => inWords(section).reduce((sofar, line) => sofar + line.length + 1, 0);
  for (;;) {
    const size = fitted.reduce((sofar, section) => sofar + sizeOf(section), before);
    const [longest] = fitted
      .filter(({ rows }) => rows.length > LEAST_ROWS)
      .sort((left, right) => sizeOf(right) - sizeOf(left));
    if (size <= LONGEST_PAGE || longest === undefined) break;
    longest.rows.pop();
  }
  return fitted.filter(({ rows }) => rows.length > 0).flatMap(inWords);
}

/** One section on its own: a page of it, whole. */
export function sectionText(
  { title, rows, count }: Listing,
  { first, nextCursor }: { first: string; nextCursor: string | undefined },
): string {
  if (rows.length === 0) return `${first}\nNo ${title.toLowerCase()}.`;
  const more = nextCursor === undefined ? '' : `\n${moreText(rows.length, count, nextCursor)}`;
  return `${first}\n${title} (${count}):\n${rows.map((row) => `- ${oneLine(row)}`).join('\n')}${more}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
