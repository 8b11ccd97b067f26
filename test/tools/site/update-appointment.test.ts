import { describe, expect, test } from 'vitest';
import { openBook, type TypedBook } from '../../support/answers.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

/** A-1 "Site visit" with Marta Lopez on Thursday the 12th at 9, Tom goes. */
async function withVisit(options: Parameters<typeof openBook>[0] = {}): Promise<TypedBook> {
  const book = await openBook(options);
  await book.ok('create-customer', { name: 'Marta Lopez' });
  await book.ok('schedule-appointment', {
    customer: 'C-1',
    title: 'Site visit',
    starts: '2026-03-12T09:00',
    minutes: 90,
    people: ['Tom'],
  });
  return book;
}

test('"move the Lopez visit to Tuesday 9": it keeps its length, and a calendar learns that it changed', async () => {
  const book = await withVisit();
  const { answer, text } = await book.both('update-appointment', {
    appointment: 'the Lopez visit',
    starts: '2026-03-17T09:00',
  });
  expect(answer.did).toBe('Changed A-1 Site visit: time Thu 2026-03-12 09:00–10:30 → Tue 2026-03-17 09:00–10:30');
  expect(answer.appointment).toMatchObject({ when: 'Tue 2026-03-17 09:00–10:30', revision: 1 });
  expectPlain(text, 500);
});

test('a visit is called one whatever its title says', async () => {
  const book = await withVisit();
  await book.ok('update-appointment', { appointment: 'A-1', title: 'Look at the roof' });
  for (const appointment of ['the Lopez visit', 'Lopez appointment']) {
    const { did } = await book.ok('update-appointment', { appointment, people: [appointment] });
    expect(did).toContain('Changed A-1 Look at the roof: who goes');
  }
  expect(await book.error('update-appointment', { appointment: 'the visit', starts: '2026-03-17T09:00' })).toContain(
    'no appointment matches "the visit"',
  );
});

test('moved across a change of the clock it stays at nine, and as long', async () => {
  const book = await withVisit();
  await book.ok('update-appointment', { appointment: 'A-1', starts: '2026-03-05T09:00' });
  const before = await book.ok('update-appointment', { appointment: 'A-1', title: 'Visit' });
  expect(before.appointment.starts).toBe('2026-03-05T09:00-06:00');
  const after = await book.ok('update-appointment', { appointment: 'A-1', starts: '2026-11-05T09:00' });
  expect(after.appointment).toMatchObject({ starts: '2026-11-05T09:00-06:00', ends: '2026-11-05T10:30-06:00' });
  const over = await book.ok('update-appointment', { appointment: 'A-1', starts: '2026-11-01T00:30' });
  expect(over.appointment).toMatchObject({ starts: '2026-11-01T00:30-05:00', ends: '2026-11-01T01:00-06:00' });
});

test('longer, shorter, or until another time', async () => {
  const book = await withVisit();
  const when = async (times: object) =>
    (await book.ok('update-appointment', { appointment: 'A-1', ...times })).appointment.when;
  expect(await when({ minutes: 30 })).toBe('Thu 2026-03-12 09:00–09:30');
  expect(await when({ ends: '2026-03-12T11:00' })).toBe('Thu 2026-03-12 09:00–11:00');
  expect(await when({ starts: '2026-03-12T10:00', ends: '2026-03-12T10:15' })).toBe('Thu 2026-03-12 10:00–10:15');
});

test('title, place, notes and who goes are changed or cleared; every step is in the log', async () => {
  const book = await withVisit();
  const { answer } = await book.both('update-appointment', {
    appointment: 'A-1',
    title: 'Final walk',
    place: '9 Elm',
    notes: 'Dog in the yard.',
    people: ['Ann', 'Luis'],
  });
  expect(answer.did).toBe(
    'Changed A-1 Final walk: title Site visit → Final walk; who goes Tom → Ann, Luis; place none → 9 Elm; notes changed',
  );
  const cleared = await book.ok('update-appointment', { appointment: 'A-1', place: null, notes: null, people: [] });
  expect(cleared.appointment).toMatchObject({ place: null, notes: null, people: [], revision: 2 });
  expect(cleared.did).toContain('who goes Ann, Luis → none');
});

test('what is so already is not written', async () => {
  const book = await withVisit();
  const same = { starts: '2026-03-12T09:00', minutes: 90, title: 'Site visit', people: ['Tom'], status: 'scheduled' };
  const { answer, text } = await book.both('update-appointment', { appointment: 'A-1', ...same });
  expect(answer).toMatchObject({ did: 'A-1 is so already', change: null, appointment: { revision: 0 } });
  expect(text).toContain('Nothing was written.');
});

describe('cancelled', () => {
  test('it stays on record, and is booked again by saying so', async () => {
    const book = await withVisit();
    const { answer } = await book.both('update-appointment', { appointment: 'lopez visit', status: 'cancelled' });
    expect(answer.did).toBe('Changed A-1 Site visit: status scheduled → cancelled');
    const listed = await book.both('list-appointments');
    expect(listed.answer.appointments).toMatchObject([{ ref: 'A-1', status: 'cancelled' }]);
    expect(listed.text).toContain('A-1 Site visit CANCELLED');
    const error = await book.error('update-appointment', { appointment: 'A-1', starts: '2026-03-17T09:00' });
    expect(error).toContain('starts: A-1 is cancelled. To book it for another time, give status scheduled as well.');
    expectHelpful(error);
    const again = await book.ok('update-appointment', {
      appointment: 'A-1',
      starts: '2026-03-17T09:00',
      status: 'scheduled',
    });
    expect(again.appointment).toMatchObject({ status: 'scheduled', revision: 2 });
  });
});

test('moving into what somebody does already is named', async () => {
  const book = await withVisit();
  await book.ok('schedule-appointment', {
    customer: 'C-1',
    title: 'Pick up',
    starts: '2026-03-17T09:30',
    people: ['Tom'],
  });
  const { warnings } = await book.ok('update-appointment', { appointment: 'A-1', starts: '2026-03-17T09:00' });
  expect(warnings).toEqual(['Clashes with A-2 Pick up, Marta Lopez, Tue 2026-03-17 09:30–10:30: Tom.']);
  const away = await book.ok('update-appointment', { appointment: 'A-1', people: ['Ann'] });
  expect(away.warnings).toEqual([]);
  const past = await book.ok('update-appointment', { appointment: 'A-1', starts: '2026-03-09T09:00' });
  expect(past.warnings).toEqual(['Mon 2026-03-09 09:00–10:30 is in the past.']);
});

describe('by words', () => {
  test('what is over or cancelled is no candidate for being moved or cancelled', async () => {
    const book = await withVisit();
    const visit = { customer: 'C-1', title: 'Site visit' };
    await book.ok('schedule-appointment', { ...visit, starts: '2026-03-02T09:00' });
    await book.ok('schedule-appointment', { ...visit, starts: '2026-03-20T09:00' });
    await book.ok('update-appointment', { appointment: 'A-3', status: 'cancelled' });
    const moved = await book.ok('update-appointment', { appointment: 'Lopez visit', starts: '2026-03-18T09:00' });
    expect(moved.appointment.ref).toBe('A-1');
    expect((await book.ok('update-appointment', { appointment: 'lopez', status: 'cancelled' })).appointment.ref).toBe(
      'A-1',
    );
  });

  test('any other change of one of several asks which, with time and status', async () => {
    const book = await withVisit();
    await book.ok('schedule-appointment', { customer: 'C-1', title: 'Site visit', starts: '2026-03-02T09:00' });
    const error = await book.error('update-appointment', { appointment: 'Lopez visit', status: 'done' });
    expect(error).toBe(
      'appointment: "Lopez visit" could be any of these:\n' +
        '- A-2 Site visit, Marta Lopez, Mon 2026-03-02 09:00–10:00, scheduled\n' +
        '- A-1 Site visit, Marta Lopez, Thu 2026-03-12 09:00–10:30, scheduled\n' +
        'Say which by its number.',
    );
  });

  test('two that are ahead are asked for; one is meant, however many are over', async () => {
    const book = await withVisit();
    const visit = { customer: 'C-1', title: 'Site visit' };
    await book.ok('schedule-appointment', { ...visit, starts: '2026-03-13T09:00' });
    const move = { appointment: 'Lopez visit', starts: '2026-03-18T09:00' };
    expect(await book.error('update-appointment', move)).toContain('could be any of these');
    await book.ok('update-appointment', { appointment: 'A-2', status: 'done' });
    for (let day = 2; day < 7; day += 1)
      await book.ok('schedule-appointment', { ...visit, starts: `2026-03-0${day}T09:00` });
    expect((await book.ok('update-appointment', move)).appointment.ref).toBe('A-1');
  });

  test('none, or the number of something else', async () => {
    const book = await withVisit();
    const error = async (appointment: string) => await book.error('update-appointment', { appointment, minutes: 30 });
    expect(await error('the moon base')).toContain(
      'no appointment matches "the moon base". Give its number, like A-4, or words from its name',
    );
    expect(await error('A-9')).toContain('no appointment matches "A-9"');
    expect(await error('C-1')).toContain('"C-1" is the number of a customer. Give an appointment, like A-4');
    expect((await book.ok('update-appointment', { appointment: 'appointment 1', minutes: 30 })).change).not.toBeNull();
  });
});

test('where the business moves to another zone, the moment stays and is shown in the new one', async () => {
  const book = await withVisit();
  await book.ok('update-account', { timeZone: 'America/New_York' });
  const { appointments } = await book.ok('list-appointments');
  expect(appointments[0]).toMatchObject({ when: 'Thu 2026-03-12 10:00–11:30', starts: '2026-03-12T10:00-04:00' });
  const moved = await book.ok('update-appointment', { appointment: 'A-1', starts: '2026-03-12T09:00' });
  expect(moved.appointment.starts).toBe('2026-03-12T09:00-04:00');
});
