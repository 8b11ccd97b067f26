// 120 jobs of every kind, made once a process and copied for each test.
import { JOB_STATUSES } from '../../src/domain/job.ts';
import { scheduleAppointment } from '../../src/services/site/appointments.ts';
import { createCustomer } from '../../src/services/customers/customers.ts';
import { addJobExpense } from '../../src/services/jobs/expenses.ts';
import { createInvoice } from '../../src/services/invoices/invoices.ts';
import { createJob } from '../../src/services/jobs/jobs.ts';
import { createQuote } from '../../src/services/quotes/quotes.ts';
import * as clock from '../../src/services/resolve/appointment-time.ts';
import type { WriteScope } from '../../src/store/scope.ts';
import { inFullSight, openBook } from './book.ts';
import { madeOnce } from './made-once.ts';

export const JOBS = 120;
const WORK = { description: 'Work', quantity: 1 };

export const openStreet = madeOnce(async () => {
  const book = await openBook({ samples: true });
  // All in one write, which is one sync of the disk instead of hundreds.
  await book.store.write(1, { actor: 'sam', client: 'test', tool: 'test' }, fill, () => 'a street of roofs');
  return book;
});

async function fill(scope: WriteScope): Promise<void> {
  for (const name of ['Dana Henderson', 'Marta Ortiz', 'Lou Barker']) await createCustomer(scope, { name });
  for (let index = 1; index <= JOBS; index += 1) {
    const job = `J-${index}`;
    const assignees = index % 10 === 0 ? [{ name: 'Zsofia Kiss', role: 'lead' as const }] : [];
    await createJob(scope, {
      customer: `C-${1 + (index % 3)}`,
      name: `Roof ${index}`,
      status: JOB_STATUSES[index % 4],
      assignees,
    });
    // Few different figures, so that many jobs stand level in every order; some without a margin, some at a loss.
    const billed = [0, 100, 100, 250, 1000][index % 5] ?? 0;
    const spent = [0, 50, 90, 300][index % 4] ?? 0;
    const status = index % 12 === 0 ? 'accepted' : 'sent';
    if (index % 6 === 0) await createQuote(scope, { job, status, lines: [{ ...WORK, unitPrice: 500, unitCost: 120 }] });
    if (billed > 0) await createInvoice(scope, { job, lines: [{ ...WORK, unitPrice: billed, taxRatePercent: 5 }] });
    const bought = { description: 'Materials', amount: spent, category: 'materials' as const, vendor: 'ABC Supply' };
    if (spent > 0) await addJobExpense(inFullSight(scope), { job, ...bought });
    const visit = { job, title: 'Visit', starts: `2026-03-${10 + (index % 20)}T09:00`, people: ['Tom'] };
    if (index % 3 === 0) await scheduleAppointment(scope, visit, clock);
  }
}
