import { describe, expect, test } from 'vitest';
import { danaBook, roofBook } from '../../support/roof.ts';
import type { TypedBook } from '../../support/answers.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

const LAWN = { customer: 'C-1', title: 'Lawn', starts: '2026-03-13T08:00', people: ['Tom'] };

/** A-1 to A-4: the lawn every Friday at 8, from the 13th of March to the 3rd of April. */
async function withLawn(): Promise<TypedBook> {
  const book = await danaBook();
  await book.ok('schedule-appointment', { ...LAWN, repeats: { every: 'week', until: '2026-04-03' } });
  return book;
}

async function whenOf(book: TypedBook): Promise<string[]> {
  const { appointments } = await book.ok('list-appointments', { from: '2026-01-01', to: '2027-12-31', limit: 50 });
  return appointments.map(({ ref, when, status }) => `${ref} ${when}${status === 'scheduled' ? '' : ` ${status}`}`);
}

describe('"lawn every Friday at 8 until October"', () => {
  test('makes a visit of its own each week, and says how many and which', async () => {
    const book = await roofBook();
    const call = {
      job: 'J-1',
      title: 'Lawn',
      starts: '2026-03-13T08:00',
      repeats: { every: 'week', until: '2026-09-30' },
    };
    const { answer, text } = await book.both('schedule-appointment', call);
    expect(answer.did).toBe(
      'Scheduled 29 visits A-1 to A-29 Lawn with Dana Henderson, every week from Fri 2026-03-13 08:00–09:00 until 2026-09-25',
    );
    expect(answer.visits).toHaveLength(29);
    expect(answer.visits?.at(-1)).toEqual({ ref: 'A-29', day: '2026-09-25' });
    expect(answer.appointment).toMatchObject({ ref: 'A-1', repeatsWith: 'A-1' });
    expect(text).toContain('All 29: A-1 2026-03-13, A-2 2026-03-20, ');
    expectPlain(text, 1500);
    // One line in the log of the job, not 29.
    const { activity } = (await book.ok('get-job', { job: 'J-1' })).job;
    expect(activity[0]?.text).toBe(
      'Scheduled 29 visits A-1 to A-29 Lawn, every week from Fri 2026-03-13 08:00–09:00 until 2026-09-25',
    );
    expect(activity.filter(({ text: line }) => line.includes('Lawn'))).toHaveLength(1);
    const one = await book.text('fetch', { id: 'A-29' });
    expect(one).toContain('repeats, the first A-1');
  });

  test('stays at eight over both changes of the clock', async () => {
    const book = await danaBook();
    await book.ok('schedule-appointment', {
      ...LAWN,
      starts: '2026-02-13T08:00',
      minutes: 90,
      repeats: { every: 'month', until: '2026-11-30' },
    });
    const { appointments } = await book.ok('list-appointments', { from: '2026-01-01', to: '2026-12-31' });
    expect(appointments.map(({ starts }) => starts)).toEqual([
      '2026-02-13T08:00-06:00',
      '2026-03-13T08:00-05:00',
      '2026-04-13T08:00-05:00',
      '2026-05-13T08:00-05:00',
      '2026-06-13T08:00-05:00',
      '2026-07-13T08:00-05:00',
      '2026-08-13T08:00-05:00',
      '2026-09-13T08:00-05:00',
      '2026-10-13T08:00-05:00',
      '2026-11-13T08:00-06:00',
    ]);
    expect(new Set(appointments.map(({ when }) => when.slice(-11)))).toEqual(new Set(['08:00–09:30']));
  });

  test('an hour that the clock skips begins later on that day alone, which is said', async () => {
    const book = await danaBook();
    const { answer, text } = await book.both('schedule-appointment', {
      ...LAWN,
      title: 'Leak watch',
      starts: '2027-03-07T02:30',
      ends: '2027-03-07T03:00',
      repeats: { every: 'week', until: '2027-03-21' },
    });
    expect(await whenOf(book)).toEqual([
      'A-1 Sun 2027-03-07 02:30–03:00',
      'A-2 Sun 2027-03-14 03:30–04:00',
      'A-3 Sun 2027-03-21 02:30–03:00',
    ]);
    expect(answer.warnings).toEqual([
      'The clock skips 02:30 on that day, so A-2 begins later: Sun 2027-03-14 03:30–04:00.',
    ]);
    expect(text).toContain('The clock skips 02:30');
  });

  test('names what stands in the way of any of them, and what is past', async () => {
    const book = await danaBook();
    await book.ok('schedule-appointment', { ...LAWN, title: 'Gutters', starts: '2026-03-27T08:30' });
    await book.ok('schedule-appointment', {
      ...LAWN,
      title: 'Nobody there',
      starts: '2026-03-27T08:30',
      people: ['Ann'],
    });
    const { warnings } = await book.ok('schedule-appointment', {
      ...LAWN,
      starts: '2026-02-20T08:00',
      repeats: { every: 'week', until: '2026-04-03' },
    });
    expect(warnings).toEqual([
      '3 of them are in the past.',
      'Clashes with A-1 Gutters, Dana Henderson, Fri 2026-03-27 08:30–09:30: Tom.',
    ]);
  });

  test('is refused where there would be one visit only, or too many, or no such rhythm', async () => {
    const book = await danaBook();
    const refused = async (repeats: object) => {
      const error = await book.error('schedule-appointment', { ...LAWN, repeats });
      expectHelpful(error);
      return error;
    };
    expect(await refused({ every: 'week', until: '2026-03-19' })).toContain('the second would be on 2026-03-20');
    expect(await refused({ every: 'week', until: 'October' })).toContain('2026-');
    expect(await refused({ every: 'day', until: '2026-12-31' })).toContain('Give until 2026-06-20');
    expect(await refused({ every: 'fortnight', until: '2026-12-31' })).toContain('2 weeks');
    expect(await whenOf(book)).toEqual([]);
  });

  test('is one change, undone as one', async () => {
    const book = await withLawn();
    const { did } = await book.ok('undo-change');
    expect(did).toContain('Scheduled 4 visits A-1 to A-4 Lawn');
    expect(await whenOf(book)).toEqual([]);
  });
});

describe('one of them, or all of the rest', () => {
  test('one moves alone', async () => {
    const book = await withLawn();
    const { answer } = await book.both('update-appointment', { appointment: 'A-2', starts: '2026-03-21T09:00' });
    expect(answer).not.toHaveProperty('visits');
    expect(await whenOf(book)).toEqual([
      'A-1 Fri 2026-03-13 08:00–09:00',
      'A-2 Sat 2026-03-21 09:00–10:00',
      'A-3 Fri 2026-03-27 08:00–09:00',
      'A-4 Fri 2026-04-03 08:00–09:00',
    ]);
  });

  test('the rest moves by as many days, to the same time, each as long as it was', async () => {
    const book = await withLawn();
    await book.ok('update-appointment', { appointment: 'A-3', minutes: 120 });
    const { answer, text } = await book.both('update-appointment', {
      appointment: 'A-2',
      starts: '2026-03-19T09:30',
      people: ['Tom', 'Luis'],
      rest: true,
    });
    expect(answer.did).toBe(
      'Changed 3 visits from A-2 to A-4 Lawn: time Fri 2026-03-20 08:00–09:00 → Thu 2026-03-19 09:30–10:30; who goes Tom → Tom, Luis',
    );
    expect(text).toContain('All 3: A-2 2026-03-19, A-3 2026-03-26, A-4 2026-04-02.');
    expect(await whenOf(book)).toEqual([
      'A-1 Fri 2026-03-13 08:00–09:00',
      'A-2 Thu 2026-03-19 09:30–10:30',
      'A-3 Thu 2026-03-26 09:30–11:30',
      'A-4 Thu 2026-04-02 09:30–10:30',
    ]);
    const { appointments } = await book.ok('list-appointments', {
      person: 'Luis',
      from: '2026-01-01',
      to: '2026-12-31',
    });
    expect(appointments.map(({ ref, revision }) => [ref, revision])).toEqual([
      ['A-2', 1],
      ['A-3', 2],
      ['A-4', 1],
    ]);
    await book.ok('undo-change');
    expect((await whenOf(book))[1]).toBe('A-2 Fri 2026-03-20 08:00–09:00');
  });

  test('the rest is called off, and booked again', async () => {
    const book = await withLawn();
    await book.ok('update-appointment', { appointment: 'A-1', status: 'done' });
    const { did } = await book.ok('update-appointment', { appointment: 'A-3', status: 'cancelled', rest: true });
    expect(did).toBe('Changed 2 visits from A-3 to A-4 Lawn: status scheduled → cancelled');
    expect((await whenOf(book)).filter((each) => each.endsWith('cancelled'))).toHaveLength(2);
    await book.ok('update-appointment', { appointment: 'A-3', status: 'scheduled', rest: true });
    expect((await whenOf(book)).filter((each) => each.endsWith('cancelled'))).toHaveLength(0);
  });

  test('by words all of the rest is from the next one on, and one of them is asked for, the next first', async () => {
    const book = await danaBook();
    await book.ok('schedule-appointment', {
      ...LAWN,
      starts: '2026-03-06T08:00',
      repeats: { every: 'week', until: '2026-05-01' },
    });
    const error = await book.error('update-appointment', {
      appointment: 'Dana’s lawn visit',
      starts: '2026-03-14T09:00',
    });
    expectHelpful(error);
    expect(error.split('\n').slice(0, 3)).toEqual([
      expect.stringContaining('could be any of many; the nearest are:'),
      '- A-2 Lawn, Dana Henderson, Fri 2026-03-13 08:00–09:00, scheduled',
      '- A-3 Lawn, Dana Henderson, Fri 2026-03-20 08:00–09:00, scheduled',
    ]);
    const call = { appointment: 'the lawn visits', status: 'cancelled', rest: true };
    const { did } = await book.ok('update-appointment', call);
    expect(did).toBe('Changed 8 visits from A-2 to A-9 Lawn: status scheduled → cancelled');
  });

  test('"the lawn visit is done": it is asked which, those that were held first, the last of them before all', async () => {
    const book = await danaBook();
    const repeats = { every: 'week', until: '2026-05-01' };
    await book.ok('schedule-appointment', { ...LAWN, starts: '2026-02-24T08:00', repeats });
    const error = await book.error('update-appointment', { appointment: 'lawn visit', status: 'done' });
    expect([...error.matchAll(/^- (A-\d)/gm)].map(([, ref]) => ref)).toEqual(['A-3', 'A-2', 'A-1', 'A-4', 'A-5']);
  });

  test('by words of two series it is asked which is meant', async () => {
    const book = await withLawn();
    const repeats = { every: 'week', until: '2026-04-03' };
    await book.ok('schedule-appointment', { ...LAWN, title: 'Lawn edging', starts: '2026-03-12T10:00', repeats });
    const error = await book.error('update-appointment', { appointment: 'lawn', status: 'cancelled', rest: true });
    expect(error).toContain('- A-5 Lawn edging');
    expect(error).toContain('- A-1 Lawn, Dana');
  });

  test('what is so already is not written', async () => {
    const book = await withLawn();
    const { answer } = await book.both('update-appointment', { appointment: 'A-2', title: 'Lawn', rest: true });
    expect(answer).toMatchObject({ did: 'A-2 is so already', change: null });
  });

  test('a visit alone has no rest, and the rest is not done before it was', async () => {
    const book = await withLawn();
    await book.ok('schedule-appointment', { ...LAWN, title: 'Gutters' });
    const refused = async (call: object) => {
      const error = await book.error('update-appointment', { rest: true, ...call });
      expectHelpful(error);
      return error;
    };
    expect(await refused({ appointment: 'A-5', status: 'cancelled' })).toContain('A-5 does not repeat');
    expect(await refused({ appointment: 'A-2', status: 'done' })).toContain('Mark each done once it was');
    expect(await refused({ appointment: 'A-2', status: 'scheduled' })).toContain('is cancelled');
  });
});

test('a visit to come is not marked done without a word', async () => {
  const book = await withLawn();
  const { answer, text } = await book.both('update-appointment', { appointment: 'A-2', status: 'done' });
  expect(answer.warnings).toEqual([
    expect.stringContaining('A-2 is marked done, but is still to come: Fri 2026-03-20'),
  ]);
  expect(text).toContain('is still to come');
  const again = await book.ok('update-appointment', { appointment: 'A-2', starts: '2026-03-09T08:00' });
  expect(again.warnings).toEqual([]);
});
