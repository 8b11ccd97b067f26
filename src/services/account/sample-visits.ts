// The site visits and appointments of a sample book.
import { later } from '../../domain/appointment.ts';
import { addDays, type Instant } from '../../domain/dates.ts';
import { refOf } from '../../kinds/reference.ts';
import type { SampleAppointment, SampleSite, SampleWalkAndTalk } from '../../../samples/book.ts';
import { insertAppointment } from '../../store/books/appointments.ts';
import type { WriteScope } from '../../store/scope.ts';
import { insertWalkAndTalk } from '../../store/books/walk-and-talks.ts';
import type { Clock } from '../site/appointments.ts';
import { says, type Message } from '../../domain/message.ts';

type FiledUnder = { readonly customerId: number; readonly jobId: number | null };

/** Site visits and appointments; what the log of their job says about them. */
export async function loadVisits(
  scope: WriteScope,
  { appointments = [], walkAndTalks = [] }: SampleSite,
  filed: FiledUnder,
  clock: Clock,
): Promise<{ daysAgo: number; said: Message }[]> {
  const lines: { daysAgo: number; said: Message }[] = [];
  for (const walk of walkAndTalks) {
    const id = await loadWalkAndTalk(scope, walk, filed);
    const said = says('log.walk-and-talk-loaded', { ref: refOf('walk_and_talk', id), title: walk.title });
    lines.push({ daysAgo: walk.daysAgo, said });
  }
  for (const appointment of appointments) {
    const id = await loadAppointment(scope, appointment, filed, clock);
    const { title, daysFromNow } = appointment;
    const named = { ref: refOf('appointment', id), title };
    const said =
      daysFromNow < 0
        ? says('log.took-place', named)
        : says('log.appointment-scheduled', { ...named, span: addDays(scope.today, daysFromNow) });
    lines.push({ daysAgo: Math.max(0, -daysFromNow), said });
  }
  return lines;
}

async function loadAppointment(
  scope: WriteScope,
  { title, daysFromNow, startsAt, minutes, people = [], place }: SampleAppointment,
  filed: FiledUnder,
  clock: Clock,
): Promise<number> {
  const { timeZone } = scope.account;
  const start = clock.usualInstant(addDays(scope.today, daysFromNow), startsAt, timeZone);
  return await insertAppointment(scope, {
    appointment: {
      ...filed,
      title,
      startsAt: start,
      endsAt: later(start, minutes),
      timeZone,
      status: daysFromNow < 0 ? 'done' : 'scheduled',
      place: place ?? null,
      notes: null,
      people,
    },
    sample: true,
    at: instantAgo(scope, Math.max(0, -daysFromNow)),
  });
}

async function loadWalkAndTalk(
  scope: WriteScope,
  { daysAgo, transcript, ...walk }: SampleWalkAndTalk,
  filed: FiledUnder,
): Promise<number> {
  const heldAt = instantAgo(scope, daysAgo);
  const walkAndTalk = { ...walk, ...filed, heldAt, transcript: transcript.join('\n') };
  return await insertWalkAndTalk(scope, { walkAndTalk, sample: true, at: heldAt });
}

function instantAgo(scope: WriteScope, days: number): Instant {
  return later(scope.now, -days * 24 * 60);
}
