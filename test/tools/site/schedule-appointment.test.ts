import { describe, expect, test } from 'vitest';
import { openBook } from '../../support/answers.ts';
import { dana, danaBook, roofBook } from '../../support/roof.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

test('a visit on a job: told in the business’s own time, in the logs of the job and the customer', async () => {
  const book = await roofBook();
  const { answer, text } = await book.both('schedule-appointment', {
    job: 'roof replacement',
    title: 'Final inspection',
    starts: '2026-03-12T09:00',
    place: '418 Pecan Hollow Ln',
    notes: 'Bring the long ladder.',
    people: ['Tom Baker', 'tom  baker', 'Ann'],
  });
  expect(answer).toMatchObject({
    did: 'Scheduled A-1 Final inspection with Dana Henderson, Thu 2026-03-12 09:00–10:00',
    change: 4,
    appointment: {
      ref: 'A-1',
      title: 'Final inspection',
      customer: { ref: 'C-1', name: 'Dana Henderson' },
      job: { ref: 'J-1', name: 'Roof replacement' },
      when: 'Thu 2026-03-12 09:00–10:00',
      starts: '2026-03-12T09:00-05:00',
      ends: '2026-03-12T10:00-05:00',
      status: 'scheduled',
      people: ['Tom Baker', 'Ann'],
      place: '418 Pecan Hollow Ln',
      notes: 'Bring the long ladder.',
      revision: 0,
    },
    warnings: [],
  });
  expectPlain(text, 600);
  expect(text).toContain('Thu 2026-03-12 09:00–10:00 A-1 Final inspection: C-1 Dana Henderson; J-1 Roof replacement');
  expect((await book.ok('get-job', { job: 'J-1' })).job.activity[0]).toMatchObject({
    entry: 'site',
    text: 'A-1 Final inspection: scheduled for Thu 2026-03-12 09:00–10:00',
  });
});

test('on a customer alone, 60 minutes unless it is said how long or until when', async () => {
  const book = await danaBook();
  const booked = async (more: object) =>
    (await book.ok('schedule-appointment', { customer: 'dana', title: 'Look', ...more })).appointment.when;
  expect(await booked({ starts: '2026-03-12 09:00' })).toBe('Thu 2026-03-12 09:00–10:00');
  expect(await booked({ starts: '2026-03-12T10:00', minutes: 15 })).toBe('Thu 2026-03-12 10:00–10:15');
  expect(await booked({ starts: '2026-03-12T11:00', ends: '2026-03-12T12:45' })).toBe('Thu 2026-03-12 11:00–12:45');
  expect(await booked({ starts: '2026-03-12T19:00Z' })).toBe('Thu 2026-03-12 14:00–15:00');
  expect(await booked({ starts: '2026-03-13T20:00', ends: '2026-03-14T02:00' })).toBe(
    'Fri 2026-03-13 20:00 – Sat 2026-03-14 02:00',
  );
});

describe('on the days on which the clock is changed', () => {
  test('an hour is an hour, whatever the clock says', async () => {
    const book = await danaBook();
    const visit = { customer: 'C-1', title: 'Leak watch' };
    const spring = await book.ok('schedule-appointment', { ...visit, starts: '2027-03-14T01:30' });
    expect(spring.appointment).toMatchObject({ when: 'Sun 2027-03-14 01:30–03:30', ends: '2027-03-14T03:30-05:00' });
    const autumn = await book.ok('schedule-appointment', { ...visit, starts: '2026-11-01T00:30', minutes: 180 });
    expect(autumn.appointment.when).toBe('Sun 2026-11-01 00:30–02:30');
  });

  test('a time that is not, or comes twice, is asked back with forms that then work', async () => {
    const book = await danaBook();
    const visit = { customer: 'C-1', title: 'Leak watch' };
    for (const starts of ['2027-03-14T02:30', '2026-11-01T01:30']) {
      const error = await book.error('schedule-appointment', { ...visit, starts });
      expectHelpful(error);
      const offered = [...error.matchAll(/\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d/g)].map(([form]) => form);
      expect(offered).toHaveLength(2);
      for (const form of offered) {
        const { appointment } = await book.ok('schedule-appointment', { ...visit, starts: form });
        expect(appointment.starts).toBe(form);
      }
    }
    expect((await book.ok('list-appointments', { from: '2026-03-10', to: '2027-12-31' })).count).toBe(4);
  });
});

describe('clashes are named, and it is booked nevertheless', () => {
  const nine = { customer: 'C-1', title: 'Site visit', starts: '2026-03-12T09:00' };

  test('where somebody would be at two places', async () => {
    const book = await danaBook();
    await book.ok('schedule-appointment', { ...nine, people: ['Tom', 'Ann'] });
    await book.ok('schedule-appointment', { ...nine, title: 'Elsewhere', people: ['Luis'] });
    const { answer, text } = await book.both('schedule-appointment', {
      ...nine,
      title: 'Estimate',
      starts: '2026-03-12T09:59',
      people: ['TOM'],
    });
    expect(answer.warnings).toEqual([
      'Clashes with A-1 Site visit, Dana Henderson, Thu 2026-03-12 09:00–10:00: Tom, Ann.',
    ]);
    expect(text).toContain('Clashes with A-1');
    expect(answer.appointment.ref).toBe('A-3');
  });

  test('where of neither it is said who goes; one with somebody and one with nobody do not', async () => {
    const book = await danaBook();
    await book.ok('schedule-appointment', nine);
    const second = await book.ok('schedule-appointment', { ...nine, title: 'Estimate' });
    expect(second.warnings).toEqual([
      'Clashes with A-1 Site visit, Dana Henderson, Thu 2026-03-12 09:00–10:00: nobody named.',
    ]);
    expect((await book.ok('schedule-appointment', { ...nine, people: ['Tom'] })).warnings).toEqual([]);
  });

  test('not with what only follows, is cancelled or done', async () => {
    const book = await danaBook();
    await book.ok('schedule-appointment', nine);
    const after = { ...nine, title: 'After' };
    expect((await book.ok('schedule-appointment', { ...after, starts: '2026-03-12T10:00' })).warnings).toEqual([]);
    expect((await book.ok('schedule-appointment', { ...after, starts: '2026-03-12T08:00' })).warnings).toEqual([]);
    for (const status of ['cancelled', 'done']) {
      await book.ok('update-appointment', { appointment: 'A-1', status });
      expect((await book.ok('schedule-appointment', { ...nine, preview: true })).warnings).toEqual([]);
    }
  });

  test('with one that began days ago and lasts', async () => {
    const book = await danaBook();
    const camp = { ...nine, title: 'On site', starts: '2026-03-02T07:00', ends: '2026-03-16T06:00' };
    await book.ok('schedule-appointment', camp);
    const { warnings } = await book.ok('schedule-appointment', { ...nine, starts: '2026-03-16T05:30' });
    expect(warnings).toEqual([expect.stringContaining('Clashes with A-1 On site')]);
  });
});

test('a time that is over is booked with a word about it: most such years are typing errors', async () => {
  const book = await danaBook();
  const { warnings } = await book.ok('schedule-appointment', {
    customer: 'C-1',
    title: 'Look',
    starts: '2025-03-12T09:00',
  });
  expect(warnings).toEqual(['Wed 2025-03-12 09:00–10:00 is in the past.']);
});

test.each([
  [
    { starts: '2026-03-12T09:00', ends: '2026-03-12T09:00' },
    'ends: must be after the start; it starts Thu 2026-03-12 09:00.',
  ],
  [{ starts: '2026-03-12T09:00', ends: '2026-03-12T10:00', minutes: 60 }, 'ends: does not go with minutes'],
  [{ starts: '2026-03-12T09:00', ends: '2026-04-12T10:00' }, 'ends: is more than 14 days after the start'],
  [{ starts: '2026-03-12T09:00', minutes: 0 }, 'minutes: '],
  [{ starts: 'Tuesday 9' }, 'starts: "Tuesday 9" is not a time. Write the local time like 2026-03-12T09:00'],
  [{ starts: '2026-03-12T09:00', customer: 'C-9' }, 'customer: no customer matches "C-9"'],
  [{ starts: '2026-03-12T09:00', customer: undefined }, 'customer: say who it is for'],
])('%j: %s', async (wrong, words) => {
  const book = await danaBook();
  const error = await book.error('schedule-appointment', { customer: 'C-1', title: 'Look', ...wrong });
  expect(error).toContain(words);
  expectHelpful(error);
});

test('a preview promises no number and keeps nothing', async () => {
  const book = await danaBook();
  const text = await book.text('schedule-appointment', {
    customer: 'C-1',
    title: 'Look',
    starts: '2026-03-12T09:00',
    preview: true,
  });
  expect(text).toContain('Preview, nothing was saved. Once done: Scheduled A-next Look');
  expect((await book.ok('list-appointments')).count).toBe(0);
});

test('the same again within minutes is a retry', async () => {
  const book = await openBook({ repeats: 'noticed' });
  await dana(book.ok);
  const visit = { customer: 'C-1', title: 'Look', starts: '2026-03-12T09:00' };
  await book.ok('schedule-appointment', visit);
  expect(await book.error('schedule-appointment', visit)).toContain('Scheduled A-1 Look');
});

test('on the free plan visits with customers are free, under a job they need Pro', async () => {
  const book = await openBook({ plan: 'free' });
  await dana(book.ok);
  const visit = { title: 'Look', starts: '2026-03-12T09:00' };
  expect((await book.ok('schedule-appointment', { ...visit, customer: 'C-1' })).appointment.job).toBeNull();
  expect(await book.error('schedule-appointment', { ...visit, job: 'J-1' })).toContain(
    'Grouping quotes, invoices and appointments under a job needs the Pro plan ($19 a month)',
  );
});

test('where every customer is one deal, visits are with customers', async () => {
  const book = await openBook({ template: 'sales-pipeline' });
  await dana(book.ok);
  const visit = { title: 'Call', starts: '2026-03-12T09:00' };
  expect((await book.ok('schedule-appointment', { ...visit, customer: 'C-1' })).appointment.ref).toBe('A-1');
  expect(await book.error('schedule-appointment', { ...visit, job: 'J-1' })).toContain(
    'Leave job out and give customer',
  );
});
