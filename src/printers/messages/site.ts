import type { SiteMessages } from '../../domain/messages/site.ts';
import { LONGEST_NOTE } from '../../domain/room.ts';
import { cut } from '../../domain/text.ts';
import type { Catalogue } from '../catalogue.ts';

const CONSENT = 'Say who agreed to being recorded, and how, like "Dana agreed at the door".';

export const siteMessages: Catalogue<SiteMessages> = {
  'calendar.left-out': () => ({
    next: 'notes and who goes, which private: true adds',
    instead: 'notes and who goes',
  }),
  'cited.too-short': ({ said, fewest, ref }) =>
    `${said} is too short to be found again. Cite at least ${fewest} words in a row from ${ref}, or a whole sentence.`,
  'cited.not-said': ({ said, ref, closest }) =>
    `${said} does not stand in the transcript of ${ref}. ${closest === null ? '' : `Closest is ${closest}. `}Cite words that were said, in a row, or leave the line out.`,
  'visit.cancelled': ({ ref }) => `${ref} is cancelled. To book it for another time, give status scheduled as well.`,
  'visit.ends-or-minutes': () =>
    'does not go with minutes: say how long it takes or when it ends. Leave one of them out.',
  'visit.too-long': () => 'is more than 14 days after the start. Schedule longer work in several appointments.',
  'visit.too-many-in-file': ({ most }) =>
    `one file holds at most ${most} appointments, and more match. Narrow it with from and to.`,
  'walk.transcript-missing': () => 'is missing. Give what was said, word for word; the lines of a quote can cite it.',
  'walk.stays-with-customer': ({ ref, customer }) => `${ref} stays with ${customer}. Leave customer out.`,
  'walk.moves-by-filing': ({ ref }) => ({
    next: `file-under-job moves ${ref} to another job. Leave job out.`,
    instead: `${ref} goes to another job with all that belongs to it, not alone.`,
  }),
  'walk.still-to-come': ({ said, today }) => ({
    next: `${said} is still to come; today is ${today}. Record a walk & talk once it was held, and schedule one with schedule-appointment.`,
    instead: `${said} is still to come; today is ${today}. Record a walk & talk once it was held; until then it is an appointment.`,
  }),
  'walk.photo-of-other-customer': ({ ref, customer }) =>
    `${ref} is a file of ${customer ?? 'nobody'}. Photos of a walk & talk are of the same customer.`,
  'walk.no-picture': ({ ref, name }) => `${ref} ${name} is not a picture. Leave it out.`,
  'walk.photo-elsewhere': ({ ref, where }) => ({
    next: `${ref} is on ${where}, the walk & talk is not. Move one of them with file-under-job first.`,
    instead: `${ref} is on ${where}, the walk & talk is not. Move one of them first.`,
  }),
  'visit.ends-before-it-starts': ({ starts }) =>
    `must be after the start; it starts ${starts}. Give a later time, or minutes.`,
  'walk.consent-missing': () =>
    `is missing. Many places forbid keeping a recording without it. ${CONSENT} If nobody was asked, ask them first.`,
  'walk.consent-names-nobody': ({ said }) =>
    `${said} does not say who agreed. ${CONSENT} If nobody did, nothing is kept.`,
  'walk.still-cited': ({ ref, cites }) =>
    `${ref ?? 'a paper of the office'} cites "${cites}", which this transcript lacks. Keep those words as they are; the rest can change.`,
  'visit.in-the-past': ({ span }) => `${span} is in the past.`,
  'visit.some-in-the-past': ({ count }) => `${count} of them are in the past.`,
  'visit.done-ahead': ({ ref, span }) => ({
    says: `${ref} is marked done, but is still to come: ${span}.`,
    next: 'If that was a slip, update-appointment with status scheduled books it again.',
  }),
  'visit.time-skipped': ({ ref, time, span }) =>
    `The clock skips ${time} on that day, so ${ref} begins later: ${span}.`,
  'visit.repeats-too-often': ({ most, until, last }) =>
    `would be more than ${most} visits until ${until}, and at most ${most} are booked at once. Give until ${last}, and book the rest later.`,
  'visit.repeats-never': ({ every, first, until, next }) =>
    `every ${every} from ${first} until ${until} is one visit only; the second would be on ${next}. Give a later until, or leave repeats out.`,
  'visit.repeats-not': ({ ref }) =>
    `${ref} does not repeat, so there is no rest of it. Leave rest out; or list the others and name each.`,
  'visit.done-one-by-one': () =>
    'done does not go with rest: the visits to come have not been held. Mark each done once it was, without rest.',
  'visit.none-of-the-rest': ({ ref, status }) =>
    status === 'scheduled'
      ? `No visit that repeats with ${ref}, from it on, is cancelled.`
      : `No visit that repeats with ${ref}, from it on, is still scheduled.`,
  'visit.somebody-is-elsewhere': () => 'Somebody who goes has another appointment at that time.',
  'visit.clashes': ({ ref, title, isSample, customer, span, people }) =>
    cut(
      `Clashes with ${ref} ${title}${isSample ? ' (sample)' : ''}, ${customer}, ${span}: ${people.length === 0 ? 'nobody named' : people.join(', ')}.`,
      LONGEST_NOTE,
    ),
  'visit.more-clash': ({ count }) => ({
    says: `${count} more appointments clash.`,
    next: 'list-appointments shows that day.',
  }),
};
