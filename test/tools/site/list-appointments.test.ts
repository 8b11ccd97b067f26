import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { scheduleAppointment } from '../../../src/services/site/appointments.ts';
import * as clock from '../../../src/services/resolve/appointment-time.ts';
import { openBook, type Appointment, type TypedBook } from '../../support/answers.ts';
import { dana, danaBook, roofBook } from '../../support/roof.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

async function visits(book: TypedBook, ...starts: readonly string[]): Promise<void> {
  for (const start of starts)
    await book.ok('schedule-appointment', { customer: 'C-1', title: `Visit ${start.slice(5)}`, starts: start });
}

const refs = (list: { readonly appointments: readonly Appointment[] }) => list.appointments.map(({ ref }) => ref);

test('"what’s on tomorrow?": that day alone, in time order', async () => {
  const book = await danaBook();
  await visits(book, '2026-03-11T14:00', '2026-03-11T08:00', '2026-03-10T23:00', '2026-03-12T00:00');
  const { answer, text } = await book.both('list-appointments', { from: '2026-03-11', to: '2026-03-11' });
  expect(answer).toMatchObject({ from: '2026-03-11', to: '2026-03-11', timeZone: 'America/Chicago', count: 2 });
  expect(refs(answer)).toEqual(['A-2', 'A-1']);
  expect(text).toMatch(/^2 appointments on 2026-03-11 \(America\/Chicago\):\n- Wed 2026-03-11 08:00–09:00 A-2 /);
  expectPlain(text, 600);
});

test('today and the coming 30 days unless it is said; the past by its days', async () => {
  const book = await danaBook();
  await visits(
    book,
    '2026-03-09T23:00',
    '2026-03-10T00:00',
    '2026-04-09T23:59',
    '2026-04-10T00:00',
    '2026-02-20T09:00',
  );
  expect(await book.ok('list-appointments')).toMatchObject({ from: '2026-03-10', to: '2026-04-09', count: 2 });
  expect(await book.ok('list-appointments', { from: '2026-04-01' })).toMatchObject({ to: '2026-05-01', count: 2 });
  expect(await book.ok('list-appointments', { to: '2026-03-10' })).toMatchObject({ from: '2026-03-10', count: 1 });
  expect(await book.ok('list-appointments', { to: '2026-03-09' })).toMatchObject({ from: '2026-02-07', count: 2 });
  const error = await book.error('list-appointments', { from: '2026-04-01', to: '2026-03-01' });
  expect(error).toBe('to: 2026-03-01 is before 2026-04-01. Give the first day as from, the last as to.');
  expect(await book.text('list-appointments', { from: '2026-06-01', to: '2026-06-30' })).toBe(
    'No appointments from 2026-06-01 to 2026-06-30 (America/Chicago).',
  );
});

test('a visit that lasts over midnight is on both days', async () => {
  const book = await danaBook();
  await book.ok('schedule-appointment', { customer: 'C-1', title: 'Pour', starts: '2026-03-11T22:00', minutes: 240 });
  for (const day of ['2026-03-11', '2026-03-12'])
    expect((await book.ok('list-appointments', { from: day, to: day })).count).toBe(1);
  expect((await book.ok('list-appointments', { from: '2026-03-13', to: '2026-03-13' })).count).toBe(0);
});

/** Half an hour each, without a gap, from the day before to the day after. */
async function fillAround(book: TypedBook, day: string): Promise<void> {
  const middle = Date.parse(`${day}T12:00:00Z`);
  await book.store.write(
    1,
    { actor: 'sam', client: 'test', tool: 'test' },
    async (scope) => {
      for (let half = -54; half < 54; half += 1) {
        const starts = `${new Date(middle + half * 1_800_000).toISOString().slice(0, 16)}Z`;
        await scheduleAppointment(scope, { customer: 'C-1', title: 'Half hour', starts, minutes: 30 }, clock);
      }
    },
    () => 'half hours',
  );
}

test.each([
  ['America/Chicago', '2026-03-08', 46],
  ['America/Chicago', '2026-11-01', 50],
  ['Europe/London', '2026-03-29', 46],
  ['Europe/London', '2026-10-25', 50],
  ['Australia/Lord_Howe', '2026-10-04', 47],
  ['Australia/Lord_Howe', '2026-04-05', 49],
  ['America/Santiago', '2026-09-06', 46],
  ['Pacific/Apia', '2011-12-29', 48],
  ['Pacific/Apia', '2011-12-30', 0],
  ['Asia/Kathmandu', '2026-03-08', 48],
] as const)('%s, %s: a list of the day has its %i half hours', async (timeZone, day, halfHours) => {
  const book = await openBook({ timeZone });
  await dana(book.ok);
  await fillAround(book, day);
  const { count, appointments } = await book.ok('list-appointments', { from: day, to: day, limit: 50 });
  // Kathmandu's midnight is in the middle of a half hour that begins on another day.
  const begun = appointments.filter(({ starts }) => starts.startsWith(day));
  expect(begun).toHaveLength(halfHours);
  expect(count).toBe(timeZone === 'Asia/Kathmandu' ? halfHours + 1 : halfHours);
});

describe('narrowed', () => {
  test('to a customer, a job, a person, a status', async () => {
    const book = await roofBook();
    await book.ok('create-customer', { name: 'Marta Lopez' });
    const at = { title: 'Visit', starts: '2026-03-12T09:00' };
    await book.ok('schedule-appointment', { ...at, job: 'J-1', people: ['Tom Baker', 'Ann'] });
    await book.ok('schedule-appointment', { ...at, customer: 'C-1', people: ['Tomas'] });
    await book.ok('schedule-appointment', { ...at, customer: 'lopez', people: ['tom'] });
    await book.ok('update-appointment', { appointment: 'A-3', status: 'done' });
    const found = async (filter: object) => refs(await book.ok('list-appointments', filter));
    expect(await found({ customer: 'dana' })).toEqual(['A-1', 'A-2']);
    expect(await found({ job: 'roof' })).toEqual(['A-1']);
    expect(await found({ person: 'TOM' })).toEqual(['A-1', 'A-3']);
    expect(await found({ person: 'baker tom' })).toEqual(['A-1']);
    expect(await found({ person: '%' })).toEqual([]);
    expect(await found({ status: 'done' })).toEqual(['A-3']);
    expect(await found({ person: 'Tom', status: 'scheduled', customer: 'C-1' })).toEqual(['A-1']);
  });

  test('to pages, that visit each once, those at one time too', async () => {
    const book = await danaBook();
    await visits(book, ...['12', '11', '12', '12', '13'].map((day) => `2026-03-${day}T09:00`));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await book.ok('list-appointments', { limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      expect(page.count).toBe(5);
      seen.push(...refs(page));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(['A-2', 'A-1', 'A-3', 'A-4', 'A-5']);
    expectHelpful(await book.error('list-appointments', { cursor: 'abc' }));
  });
});

describe('as a calendar file', () => {
  type Event = InstanceType<typeof ICAL.Event>;

  async function eventsOf(book: TypedBook, args: object = {}): Promise<{ events: Event[]; ics: string }> {
    const { extras = [], structuredContent } = await book.call('list-appointments', { ...args, format: 'ical' });
    expect(extras).toMatchObject([{ kind: 'file', mimeType: 'text/calendar' }]);
    expect(structuredContent?.['file']).toBe(extras[0]?.fileName);
    const ics = Buffer.from(extras[0]?.base64 ?? '', 'base64').toString();
    const calendar = new ICAL.Component(ICAL.parse(ics));
    return { ics, events: calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event)) };
  }

  const NOTES = 'Gate code; 4411, ask for "Sam" \\ bring:\n- ladder\n- Gerüst 足場\nEND:VEVENT';

  test('it says what the books say, whatever stands in the texts', async () => {
    const book = await roofBook();
    await book.ok('schedule-appointment', {
      job: 'J-1',
      title: 'Look; measure, estimate',
      starts: '2026-03-12T09:00',
      place: '9 Elm, rear',
      notes: NOTES,
      people: ['Tom', 'Ann'],
    });
    const { events, ics } = await eventsOf(book, { private: true });
    expect(events).toHaveLength(1);
    const [event] = events;
    expect(event?.summary).toBe('Look; measure, estimate, Dana Henderson');
    expect(event?.location).toBe('9 Elm, rear');
    expect(event?.description).toBe(`A-1, J-1 Roof replacement\nWho goes: Tom, Ann\n${NOTES}`);
    expect(event?.startDate.toJSDate().toISOString()).toBe('2026-03-12T14:00:00.000Z');
    expect(event?.endDate.toJSDate().toISOString()).toBe('2026-03-12T15:00:00.000Z');
    expect(event?.sequence).toBe(0);
    expect(ics.split('\r\n').every((line) => Buffer.byteLength(line) <= 75 && !line.includes('\n'))).toBe(true);
    expect(ics.endsWith('END:VCALENDAR\r\n')).toBe(true);
  });

  test('notes and who goes stand in it only when that is asked for: files are passed on', async () => {
    const book = await roofBook();
    const visit = { job: 'J-1', title: 'Look', starts: '2026-03-12T09:00', place: '9 Elm' };
    await book.ok('schedule-appointment', { ...visit, notes: 'Gate code 4411', people: ['Tom', 'Ann'] });
    const { events, ics } = await eventsOf(book);
    expect(events[0]?.description).toBe('A-1, J-1 Roof replacement');
    expect(events[0]?.location).toBe('9 Elm');
    expect(ics).not.toMatch(/4411|Tom|Ann\b/);
    // What is said beside the file goes the same way.
    const said = await book.call('list-appointments', { format: 'ical' });
    expect(JSON.stringify([said.content, said.structuredContent])).not.toMatch(/4411|Tom|Ann\b/);
    expect(said.content[0]?.text).toMatch(/\.ics, without notes and who goes, which private: true adds\.$/);
    expect(await book.text('list-appointments', { format: 'ical', private: true })).toContain('who goes: Tom, Ann');
    expect(await book.text('list-appointments')).toContain('who goes: Tom, Ann');
    expect((await eventsOf(book, { private: false })).ics).toBe(ics);
    expect((await eventsOf(book, { private: true })).events[0]?.description).toContain('Who goes: Tom, Ann\nGate code');
  });

  test('long notes are cut in it, so that a thousand visits are no file of 12 MB', async () => {
    const book = await danaBook();
    const notes = 'Ladder. '.repeat(1250).trim();
    await book.ok('schedule-appointment', { customer: 'C-1', title: 'Look', starts: '2026-03-12T09:00', notes });
    const [event] = (await eventsOf(book, { private: true })).events;
    expect(event?.description).toMatch(/^A-1\nLadder\. /);
    expect(event?.description.length).toBeLessThanOrEqual(2001);
    expect(event?.description.endsWith('…')).toBe(true);
  });

  test('an appointment keeps its name, which tells nothing; its revision counts up; cancelled it says so', async () => {
    const book = await danaBook();
    await visits(book, '2026-03-12T09:00', '2026-03-13T09:00');
    const first = (await eventsOf(book)).events;
    await book.ok('update-appointment', { appointment: 'A-1', starts: '2026-03-14T09:00' });
    await book.ok('update-appointment', { appointment: 'A-1', people: ['Tom'] });
    await book.ok('update-appointment', { appointment: 'A-1', status: 'cancelled' });
    const second = (await eventsOf(book)).events;
    const states = (events: Event[]) =>
      Object.fromEntries(
        events.map((event) => [event.uid, [event.sequence, event.component.getFirstPropertyValue('status')]]),
      );
    const [one = '', two = ''] = first.map(({ uid }) => uid);
    expect(states(first)).toEqual({ [one]: [0, 'CONFIRMED'], [two]: [0, 'CONFIRMED'] });
    expect(states(second)).toEqual({ [one]: [3, 'CANCELLED'], [two]: [0, 'CONFIRMED'] });
    expect(one).toMatch(/^[\w-]{27}@jobwright$/);
    expect(one).not.toBe(two);
    const other = await openBook({ isOwn: true });
    await dana(other.ok);
    await visits(other, '2026-03-12T09:00');
    expect((await eventsOf(other)).events[0]?.uid).not.toBe(one);
  });

  test.each([
    [
      'America/Chicago',
      ['2026-03-08T01:30-06:00', '2026-03-08T03:00', '2026-11-01T01:30-05:00', '2026-11-01T01:30-06:00'],
    ],
    ['Europe/London', ['2026-03-29T00:30', '2026-03-29T02:00', '2026-10-25T01:30+01:00', '2026-10-25T01:30+00:00']],
    [
      'Australia/Lord_Howe',
      ['2026-04-05T01:45+11:00', '2026-04-05T01:45+10:30', '2026-10-04T01:59', '2026-10-04T02:30'],
    ],
  ])('%s: on the days of the change every moment comes out as it went in', async (timeZone, starts) => {
    const book = await openBook({ timeZone, now: '2026-03-01T17:00:00Z' });
    await dana(book.ok);
    await visits(book, ...starts);
    const days = { from: '2026-03-01', to: '2026-12-31' };
    const { appointments } = await book.ok('list-appointments', days);
    expect(appointments).toHaveLength(starts.length);
    const { events } = await eventsOf(book, days);
    const moments = (read: (event: Event) => { toJSDate(): Date }) =>
      events.map((each) => read(each).toJSDate().getTime());
    expect(moments((event) => event.startDate)).toEqual(appointments.map((each) => Date.parse(each.starts)));
    expect(moments((event) => event.endDate)).toEqual(appointments.map((each) => Date.parse(each.ends)));
  });

  test('of the whole selection, not the page; of none it is an empty calendar', async () => {
    const book = await danaBook();
    await visits(book, '2026-03-12T09:00', '2026-03-13T09:00', '2026-03-14T09:00');
    expect((await eventsOf(book, { limit: 1 })).events).toHaveLength(3);
    expect((await eventsOf(book, { from: '2026-03-13', to: '2026-03-13' })).events).toHaveLength(1);
    expect((await eventsOf(book, { from: '2027-01-01' })).events).toEqual([]);
    const text = await book.text('list-appointments', { format: 'ical' });
    expect(text).toContain(
      'Calendar file with 3 appointments: appointments-2026-03-10-to-2026-04-09.ics, without notes and who goes',
    );
    expect(await book.text('list-appointments')).not.toContain('.ics');
  });
});
