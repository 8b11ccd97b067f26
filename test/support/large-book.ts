// A book that is as large as it may be: everything of the most lines, the longest texts and hundreds of records, made by
// the tools in the words that they take.
import type { TypedBook } from './answers.ts';
import { openBook } from './answers.ts';
import { CREW, LINE, MANY, NAME, TEXT, words } from './longest.ts';

const PEOPLE = [CREW, ...Array.from({ length: 29 }, (_, index) => NAME(`Helper ${index}`))];
const ASSIGNEES = PEOPLE.map((name) => ({ name, role: 'crew' }));
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Crew is on J-1, the job with everything. C-1 has more jobs than anybody would list. */
export async function largeBook(): Promise<TypedBook> {
  const book = await openBook();
  const times = async (count: number, make: (number: number) => Promise<unknown>) => {
    for (let number = 1; number <= count; number += 1) await make(number);
  };
  const whole = { address: words('418 Pecan Hollow Ln', 500), notes: TEXT('Notes'), phone: '(512) 555-0143' };
  await book.ok('create-customer', { name: NAME('Dana Henderson'), ...whole });
  await times(
    60,
    async (n) =>
      await book.ok('create-customer', { name: NAME(`Customer ${n}`), notes: TEXT(`${n}`), evenIfSimilar: true }),
  );
  await book.ok('create-job', {
    customer: 'C-1',
    name: NAME('Roof replacement'),
    description: TEXT('Metal'),
    address: whole.address,
    assignees: ASSIGNEES,
  });
  await times(
    300,
    async (n) =>
      await book.ok('create-job', { customer: 'C-1', name: NAME(`Unit ${n}`), assignees: n < 70 ? ASSIGNEES : [] }),
  );
  await papers(book, times);
  await site(book, times);
  await times(60, async (n) => await book.ok('update-job', { job: 'J-1', note: TEXT(`Note ${n}`) }));
  return book;
}

type Times = (count: number, make: (number: number) => Promise<unknown>) => Promise<void>;

async function papers(book: TypedBook, times: Times): Promise<void> {
  const job = 'J-1';
  const walk = { job, title: NAME('Walk'), consent: LINE('Dana agreed'), transcript: words('Two layers.', 100_000) };
  const points = (what: string) => Array.from({ length: 50 }, (_, index) => LINE(`${what} ${index}`));
  await book.ok('record-walk-and-talk', {
    ...walk,
    summary: TEXT('Two layers'),
    findings: points('Finding'),
    followUps: points('Ask'),
  });
  await times(
    59,
    async (n) =>
      await book.ok('record-walk-and-talk', {
        ...walk,
        title: NAME(`Walk ${n}`),
        transcript: 'Short.',
        summary: TEXT('Two layers'),
      }),
  );
  await book.ok('create-quote', {
    job,
    title: NAME('Full re-roof'),
    status: 'accepted',
    lines: MANY.quote,
    notes: TEXT('Ten years'),
  });
  await times(
    60,
    async (n) =>
      await book.ok('create-quote', {
        job,
        kind: 'change_order',
        title: NAME(`Change ${n}`),
        status: n < 20 ? 'accepted' : 'draft',
        lines: MANY.quote.slice(0, 3),
      }),
  );
  await book.ok('create-quote', { customer: 'C-1', title: NAME('Open'), lines: MANY.quote, notes: TEXT('Ten years') });
  await book.ok('create-invoice', { job, lines: MANY.bill, notes: TEXT('Thanks') });
  await times(
    120,
    async (n) =>
      await book.ok('create-invoice', {
        job,
        issuedOn: '2026-01-02',
        lines: MANY.bill.slice(0, 1),
        notes: TEXT(`Thanks ${n}`),
      }),
  );
  await book.ok('create-invoice', { job, lines: MANY.bill, draft: true, notes: TEXT('Thanks') });
  await times(
    70,
    async (n) =>
      await book.ok('record-payment', { invoice: 'INV-1001', amount: n, method: LINE('check'), note: LINE('No.') }),
  );
  await times(
    300,
    async (n) =>
      await book.ok('add-job-expense', {
        job,
        description: LINE(`Supplies ${n}`),
        amount: n,
        category: n % 2 === 0 ? 'materials' : 'labor',
        vendor: NAME('Hill Country'),
        ...(n <= 100 ? { coversLine: `Q-1/${n}` } : {}),
      }),
  );
  // Somebody else owes, and is owed, too.
  await times(
    59,
    async (n) =>
      await book.ok('create-invoice', { customer: `C-${n + 1}`, lines: MANY.bill.slice(0, 1), issuedOn: '2026-01-02' }),
  );
}

async function site(book: TypedBook, times: Times): Promise<void> {
  const job = 'J-1';
  await times(
    60,
    async (n) =>
      await book.ok('schedule-appointment', {
        job,
        title: NAME(`Visit ${n}`),
        starts: '2026-03-20T09:00',
        notes: TEXT('Gate code'),
        place: LINE('Back door'),
        people: PEOPLE,
      }),
  );
  await times(
    120,
    async (n) =>
      await book.ok('attach-file', {
        job,
        name: `${NAME(`site ${n}`).slice(0, 190)}.txt`,
        caption: LINE('Seen'),
        content: base64(words(`Line "${n}"`, 50)),
      }),
  );
  await book.ok('attach-file', { job, name: 'long.txt', content: base64(words('Measured\n"twice"\n', 600_000)) });
}
