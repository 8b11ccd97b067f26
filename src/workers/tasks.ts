// What is done outside of the main thread: everything whose cost grows with what somebody sent.
import type { CalendarEntry } from '../views/internal/appointment.ts';
import type { MadePdf } from '../views/customer/document.ts';
import type { PaperView } from '../views/customer/paper.ts';
import type { GivenFile, InspectedFile } from '../files/look.ts';
import type { shownAs } from '../files/picture.ts';

export const TASKS = {
  'make PDF': async (view: PaperView): Promise<MadePdf> => (await import('../documents/pdf.ts')).renderPdf(view),
  'make calendar': async (given: CalendarGiven): Promise<{ readonly bytes: Uint8Array }> => {
    const { calendarFile } = await import('../calendar/ics.ts');
    return { bytes: Buffer.from(calendarFile(given.entries, given.madeAt)) };
  },
  'look-at-file': async (given: GivenFile): Promise<InspectedFile> =>
    await (await import('../files/look.ts')).lookAt(given),
} as const;

type CalendarGiven = { readonly entries: readonly CalendarEntry[]; readonly madeAt: string };

/** What is done by native code, in a process of its own. */
export type Decoding = { readonly 'show picture': typeof shownAs };

type Tasks = typeof TASKS & Decoding;
export type TaskName = keyof Tasks;
export type Input<N extends TaskName> = Parameters<Tasks[N]>[0];
export type Output<N extends TaskName> = Awaited<ReturnType<Tasks[N]>>;

/** Has it done for an account. @throws Problem where it took too long or too much, or others of the account wait already */
export type InWorker = <N extends TaskName>(task: N, input: Input<N>) => Promise<Output<N>>;
