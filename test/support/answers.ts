// The answers of the tools by name, typed by the very schemas that they are sent by, so that a test that reads a field which
// no tool sends does not compile.
import type { Printed } from '../../src/printers/catalogue.ts';
import type { Answers as Sent } from '../../src/tools/index.ts';
import type { AppointmentRow } from '../../src/views/internal/appointment.ts';
import type { ProfitCard } from '../../src/views/internal/profit-summary.ts';
import { type Book, type BookOptions, openBook as openUntyped } from './book.ts';

export type ProfitSummary = Printed<ProfitCard>;
export type Appointment = AppointmentRow;

/** A page is typed as it is shown whole, since the tests that ask for one section alone know which. */
type Whole<Page> = { [K in keyof Page]-?: Exclude<Page[K], undefined> };
type OfJob = Whole<Sent['get-job']['job']>;
type Known = {
  'get-job': Omit<Sent['get-job'], 'job'> & { job: Omit<OfJob, 'counts'> & { counts: Whole<OfJob['counts']> } };
  'get-customer': Omit<Sent['get-customer'], 'customer'> & { customer: Whole<Sent['get-customer']['customer']> };
  // Only an upload that has yet to come has no file.
  'attach-file': Omit<Sent['attach-file'], 'file'> & { file: Whole<Sent['attach-file']>['file'] & object };
};
export type Answers = Omit<Sent, keyof Known> & Known;
export type ToolName = keyof Answers;

/** Asks a tool by name and returns its structured answer; fails where it answers with an error. */
export type Ask = <T extends ToolName>(tool: T, args?: object) => Promise<Answers[T]>;

export type TypedBook = Omit<Book, 'ok'> & {
  readonly ok: Ask;
  /** One call's structured answer beside its text. */
  both<T extends ToolName>(tool: T, args?: object): Promise<{ readonly answer: Answers[T]; readonly text: string }>;
};

export async function openBook(options: BookOptions = {}): Promise<TypedBook> {
  const book = await openUntyped(options);
  return {
    ...book,
    both: async (tool, args) => {
      const { content, structuredContent, isError } = await book.callWithYes(tool, args);
      const text = content.map((part) => part.text).join('\n');
      if (isError === true) throw new Error(`${tool} answered: ${text}`);
      return { answer: structuredContent as never, text };
    },
  };
}
