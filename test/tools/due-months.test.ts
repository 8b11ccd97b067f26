// What comes every month books itself at the first call on or after its day, whichever that is, once, and is told there.
import { expect, test } from 'vitest';
import { openRecord } from '../../src/pages/open-record.ts';
import { resourceAnswers } from '../../src/resources/serve.ts';
import { resourceReader } from '../../src/server/resource-reader.ts';
import { callTool, readAsFetch } from '../../src/server.ts';
import { uriOf } from '../../src/kinds/uri.ts';
import { auditBooks } from '../../src/store/audit/audit.ts';
import { mayShowCosts } from '../../src/tools/authority.ts';
import { TOOLS } from '../../src/tools/index.ts';
import { addMonths, calendarDate } from '../../src/domain/dates.ts';
import { openBook, type TypedBook } from '../support/answers.ts';
import type { BookOptions } from '../support/book.ts';
import { goodCallsOf } from '../support/examples.ts';
import { roof } from '../support/roof.ts';
import { watching } from '../support/store.ts';

const PHONE = { description: 'Phone', amount: 89, category: 'other', vendor: 'Telco', monthly: true };
const RENT = { description: 'Rent', amount: 1200, category: 'other', vendor: 'Landlord', monthly: true };
const TOLD = /Booked by itself, as every month: E-\d+ Phone|"bookedByItself":\[\{"ref":"E-\d+"/;

/** The roof, and a phone bill of the fifth since January. @param at which a test sets */
async function withPhone(at: { now: string }, options: BookOptions = {}): Promise<TypedBook> {
  const book = await openBook({ now: () => at.now, ...options });
  await roof(book.ok);
  await book.ok('add-expenses', { expenses: [{ ...PHONE, spentOn: '2026-01-05' }] });
  return book;
}

const JANUARY = '2026-01-05T15:00:00Z';
const FEBRUARY = '2026-02-05T15:00:00Z';

async function phoneBills(book: TypedBook): Promise<string[]> {
  return (await book.ok('list-expenses', { vendor: 'Telco', limit: 50 })).expenses.map(({ spentOn }) => spentOn);
}

test('every tool that may show costs books it before anything else, and says so, whatever it answers', async () => {
  const at = { now: JANUARY };
  const book = await withPhone(at);
  const tools = TOOLS.filter(mayShowCosts);
  expect(tools.length).toBeGreaterThan(15);
  let day = calendarDate('2026-01-05');
  for (const tool of tools) {
    day = addMonths(day, 1, 5);
    at.now = `${day}T15:00:00Z`;
    const { preview: _, ...args }: { preview?: unknown } = goodCallsOf(tool.name)[0] ?? {};
    const { content, isError, structuredContent } = await book.call(tool.name, args);
    expect(content.map(({ text }) => text).join('\n'), tool.name).toMatch(TOLD);
    const booked = isError === true ? { bookedByItself: [{ on: day }] } : structuredContent;
    expect(booked, tool.name).toMatchObject({ bookedByItself: [{ on: day }] });
    expect(Object.keys(tool.output.shape), tool.name).toContain('bookedByItself');
    expect((await phoneBills(book))[0], tool.name).toBe(day);
  }
  expect(await book.store.read(1, auditBooks)).toMatchObject({ faults: [] });
});

test('a tool that shows no costs leaves it to the next that does, who is told', async () => {
  const at = { now: JANUARY };
  const book = await withPhone(at);
  at.now = FEBRUARY;
  const silent = TOOLS.filter((tool) => !mayShowCosts(tool) && tool.annotations.readOnlyHint);
  expect(silent.length).toBeGreaterThan(5);
  for (const { name } of silent) {
    const { content } = await book.call(name, goodCallsOf(name)[0]);
    expect(JSON.stringify(content), name).not.toMatch(/Phone|bookedByItself/);
  }
  expect((await book.ok('get-job', { job: 'J-1' })).bookedByItself).toMatchObject([{ ref: 'E-2', on: '2026-02-05' }]);
});

test('crew, and whoever was not granted costs, neither book it nor hear of it', async () => {
  const at = { now: JANUARY };
  const book = await withPhone(at);
  at.now = FEBRUARY;
  const caller = { client: 'test 1.0', canAsk: false };
  const costless = { ...book.session, scopes: new Set(['books:read', 'books:write'] as const) };
  for (const session of [costless, { ...book.session, role: 'crew' as const }])
    for (const [tool, args] of [['list-jobs', {}] as const, ['search', { query: 'phone' }] as const])
      expect(JSON.stringify(await callTool(session, tool, args, caller))).not.toMatch(/Phone|bookedByItself/);
  expect((await book.ok('list-jobs')).bookedByItself).toMatchObject([{ on: '2026-02-05' }]);
});

test('a grant to read is enough: it is the book that books, and its log says so', async () => {
  const at = { now: JANUARY };
  const book = await withPhone(at);
  at.now = FEBRUARY;
  const reader = { ...book.session, scopes: new Set(['books:read', 'costs:read'] as const) };
  const answer = await callTool(reader, 'profit-report', { by: 'month' }, { client: 'test 1.0', canAsk: false });
  expect(answer.structuredContent?.bookedByItself).toMatchObject([{ on: '2026-02-05' }]);
  const [change] = (await book.ok('list-changes')).changes;
  expect(change).toMatchObject({ by: 'jobwright', tool: 'monthly' });
});

test('where nothing may be written it is said to be due, and to be in no sum', async () => {
  const at = { now: JANUARY };
  const book = await withPhone(at);
  at.now = '2026-03-07T15:00:00Z';
  const reading = await openBook({ now: () => at.now, folder: book.folder, readOnly: true });
  const { answer, text } = await reading.both('profit-report', { by: 'month' });
  expect(answer.totals.overhead).toBe('89.00');
  expect(answer.bookedByItself).toEqual([
    { monthly: 'M-1', description: 'Phone', amount: '89.00', on: '2026-02-05', waits: true, readOnly: true },
  ]);
  expect(text).toContain(
    'M-1 Phone, 89.00, is due since 2026-02-05 and not booked, since nothing is written here: no sum above has it.',
  );
  expect((await reading.ok('list-jobs')).bookedByItself).toHaveLength(1);
  expect(await phoneBills(book)).toEqual(['2026-03-05', '2026-02-05', '2026-01-05']);
});

test('two programs that see it due at once book it once', async () => {
  const at = { now: JANUARY };
  const book = await withPhone(at);
  const other = await openBook({ now: () => at.now, folder: book.folder });
  for (const day of ['02-05', '03-05', '04-05', '05-05']) {
    at.now = `2026-${day}T15:00:00Z`;
    const answers = await Promise.all([book, other, book, other].map(async (each) => await each.ok('list-jobs')));
    const told = answers.flatMap(({ bookedByItself = [] }) => bookedByItself.map(({ on }) => on));
    expect(told).toEqual([`2026-${day}`]);
  }
  expect(await phoneBills(book)).toEqual(['2026-05-05', '2026-04-05', '2026-03-05', '2026-02-05', '2026-01-05']);
  expect(await book.store.read(1, auditBooks)).toMatchObject({ faults: [] });
});

test('its day is that of the business, not of the machine', async () => {
  const at = { now: JANUARY };
  const austin = await withPhone(at);
  at.now = '2026-02-05T05:59:59Z';
  expect((await austin.ok('list-jobs')).bookedByItself).toBeUndefined();
  at.now = '2026-02-05T06:00:00Z';
  expect((await austin.ok('list-jobs')).bookedByItself).toMatchObject([{ on: '2026-02-05' }]);
  at.now = JANUARY;
  const auckland = await withPhone(at, { timeZone: 'Pacific/Auckland' });
  at.now = '2026-02-04T10:59:59Z';
  expect((await auckland.ok('list-jobs')).bookedByItself).toBeUndefined();
  at.now = '2026-02-04T11:00:00Z';
  expect((await auckland.ok('list-jobs')).bookedByItself).toMatchObject([{ on: '2026-02-05' }]);
});

test('one that waits for an open month holds no other up, and is told only where overhead is', async () => {
  const at = { now: '2026-03-10T15:00:00Z' };
  const book = await openBook({ now: () => at.now });
  await roof(book.ok);
  await book.ok('update-account', { closedThrough: '2026-02-28' });
  await book.ok('add-expenses', {
    expenses: [
      { ...PHONE, spentOn: '2026-02-28' },
      { ...RENT, spentOn: '2026-03-15' },
    ],
  });
  const { change } = (await book.ok('list-changes')).changes.map(({ number }) => ({ change: number }))[0] ?? {};
  expect((await book.ok('get-job', { job: 'J-1' })).bookedByItself).toBeUndefined();
  at.now = '2026-03-15T15:00:00Z';
  expect((await book.ok('get-job', { job: 'J-1' })).bookedByItself).toMatchObject([{ monthly: 'M-2' }]);
  expect((await book.ok('profit-report', { by: 'month' })).bookedByItself).toMatchObject([
    { monthly: 'M-1', waits: true },
  ]);
  // One that waits is no write, and costs a call that does not tell of it nothing.
  const { sent } = await watching(async () => await book.ok('list-jobs'));
  const free = await openBook({ now: () => at.now });
  await roof(free.ok);
  await free.ok('list-jobs');
  const { sent: without } = await watching(async () => await free.ok('list-jobs'));
  expect(sent).toHaveLength(without.length);
  expect((await book.ok('list-changes')).changes[0]?.number).toBe(Number(change) + 1);
});

test('one that was ended books no more, at no call', async () => {
  const at = { now: JANUARY };
  const book = await withPhone(at);
  await book.ok('update-job-expense', { expense: 'M-1', remove: true });
  at.now = '2026-06-01T15:00:00Z';
  for (const tool of ['list-jobs', 'list-expenses', 'list-changes'])
    expect((await book.ok(tool as 'list-jobs')).bookedByItself).toBeUndefined();
  expect(await phoneBills(book)).toEqual(['2026-01-05']);
});

test('closing a month books what is due in it before, and says so', async () => {
  const at = { now: JANUARY };
  const book = await withPhone(at);
  at.now = '2026-03-01T15:00:00Z';
  const asked = await book.error('update-account', { closedThrough: '2026-02-28' });
  expect(asked).toMatch(/^Not done yet.*\nBooked by itself, as every month: E-2 Phone, 89.00, 2026-02-05 \(M-1\)$/s);
  const caller = { client: 'test 1.0', canAsk: true };
  at.now = '2026-03-05T15:00:00Z';
  const { question } = await callTool(book.session, 'update-account', { closedThrough: '2026-02-28' }, caller);
  expect(question?.message).toContain('\nBooked by itself, as every month: E-3 Phone');
});

test('a preview books nothing ahead of the call that it shows', async () => {
  const at = { now: JANUARY };
  const book = await withPhone(at);
  at.now = FEBRUARY;
  const job = { job: 'J-1', description: 'Nails', amount: 3, category: 'materials' };
  expect((await book.ok('add-job-expense', { ...job, preview: true })).bookedByItself).toBeUndefined();
  expect((await book.ok('add-job-expense', job)).bookedByItself).toMatchObject([{ ref: 'E-2' }]);
});

test('one that waits for an open month is no write at the calls that tell of it either', async () => {
  const at = { now: '2026-03-10T15:00:00Z' };
  const book = await openBook({ now: () => at.now });
  await roof(book.ok);
  await book.ok('update-account', { closedThrough: '2026-02-28' });
  await book.ok('add-expenses', { expenses: [{ ...PHONE, spentOn: '2026-02-05' }] });
  for (const tool of ['list-expenses', 'profit-report'] as const) {
    const args = tool === 'profit-report' ? { by: 'month' } : {};
    const { sent } = await watching(async () => {
      expect((await book.ok(tool, args)).bookedByItself).toMatchObject([{ monthly: 'M-1', waits: true }]);
    });
    // Each scope begins with the account: one is opened, to read.
    expect([tool, sent.filter(({ sql }) => /waits_since/.test(sql)).length]).toEqual([tool, 1]);
  }
});

test('a record read as a resource, and its page, book what is due and say so', async () => {
  const at = { now: JANUARY };
  const book = await withPhone(at);
  at.now = FEBRUARY;
  const { contents } = await resourceAnswers(resourceReader(book.session))['resources/read']({
    method: 'resources/read',
    params: { uri: uriOf('job', 'J-1') },
  });
  expect(JSON.stringify(contents)).toContain('Booked by itself, as every month: E-2 Phone');
  at.now = '2026-03-05T15:00:00Z';
  const { result, due } = await readAsFetch(book.session, 'web page', async (scope) => await openRecord(scope, 'M-1'));
  expect(due).toMatchObject([{ ref: 'E-3', on: '2026-03-05' }]);
  expect(JSON.stringify(result.blocks)).toContain('2026-04-05');
  expect(await phoneBills(book)).toEqual(['2026-03-05', '2026-02-05', '2026-01-05']);
});
