// The longest piece of each tool on a large book, for which everybody else has to wait: by the processor's clock, from
// one turn of the event loop to the next. What microtasks follow a statement belongs to its turn.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SCOPES } from '../../src/domain/access.ts';
import { localFolder } from '../../src/files/local-folder.ts';
import { createLogger } from '../../src/logger.ts';
import { callTool } from '../../src/server.ts';
import { Store } from '../../src/store/scope.ts';
import { TOOLSETS } from '../../src/domain/toolsets.ts';
import { Workers } from '../../src/workers/workers.ts';
import { withYes } from '../support/book.ts';
import { behind, openEngine } from '../support/store.ts';
import { seed } from './seed.ts';
import type { Session } from '../../src/server/session.ts';

export type Piece = { readonly who: string; readonly what: string; readonly longest: number; readonly whole: number };

const LINE = { description: 'Work', quantity: 1, unitPrice: 100, unitCost: 60 };
const BILL = { description: 'Work', quantity: 1, unitPrice: 100 };
const MONTHS = { from: '2026-01-01', to: '2026-12-31' };

/** One after the other: some name what others made. */
const OWNER: readonly (readonly [string, object])[] = [
  ['get-account', {}],
  ['list-jobs', { limit: 50 }],
  ['list-jobs', { sort: 'margin', limit: 50 }],
  ['list-jobs', { query: 'roof replacement' }],
  ['list-jobs', { assignee: 'Tom' }],
  ['get-job', { job: 'J-7000', explain: true }],
  ['get-job', { job: 'guters 7001' }],
  ['list-customers', { limit: 50 }],
  ['list-customers', { query: 'customer' }],
  ['get-customer', { customer: 'C-1' }],
  ['list-quotes', { limit: 50 }],
  ['get-quote', { quote: 'Q-7000' }],
  ['list-invoices', { limit: 50 }],
  ['list-invoices', { query: 'roof' }],
  ['get-invoice', { invoice: 'INV-1500' }],
  ['list-receivables', { limit: 50 }],
  ['list-receivables', { explain: true }],
  ['list-receivables', { asOf: '2026-10-31', explain: true }],
  ['list-expenses', { limit: 50 }],
  ['list-expenses', { by: 'job', ...MONTHS }],
  ['list-expenses', { hasReceipt: false }],
  ['list-payments', { by: 'customer' }],
  ['profit-report', { by: 'tax', ...MONTHS }],
  ...['job', 'customer', 'month', 'status', 'category', 'assignee'].flatMap((by) => [
    ['profit-report', { by }] as const,
    ['profit-report', { by, explain: true, thinBelow: 50 }] as const,
    ['profit-report', { by, ...MONTHS, explain: true, thinBelow: 50 }] as const,
  ]),
  ['get-document', { document: 'INV-1500', format: 'text' }],
  ['search', { query: 'roof replacement' }],
  ['search', { query: 'customer pecan lane roof' }],
  ['search', { query: 'guters permitt' }],
  ['fetch', { id: 'J-7000' }],
  ['list-changes', { limit: 50 }],
  ['list-appointments', { from: '2026-01-01', to: '2026-12-31' }],
  ['create-customer', { name: 'Lou Barker', evenIfSimilar: true }],
  ['create-job', { customer: 'C-1', name: 'Porch' }],
  ['create-quote', { job: 'J-7000', kind: 'change_order', status: 'accepted', lines: [LINE] }],
  ['create-invoice', { job: 'J-7000', lines: [BILL] }],
  ['record-payment', { invoice: 'INV-1500', amount: 10 }],
  ['add-job-expense', { job: 'J-7000', description: 'Nails', amount: 5, category: 'materials' }],
  ['update-job', { job: 'J-7000', note: 'Two layers' }],
  ['update-customer', { customer: 'C-1', name: 'Dana Whitfield' }],
  ['schedule-appointment', { job: 'J-7000', title: 'Look', starts: '2026-12-05T09:00', people: ['Tom'] }],
  ['update-account', { closedThrough: '2026-10-31' }],
  ['update-job', { job: 'J-7001', assignees: [] }],
  ['profit-report', { by: 'assignee', ...MONTHS, explain: true }],
  ['list-changes', { change: 17 }],
  ['update-account', { closedThrough: null, reason: 'a bill came late' }],
  ['list-jobs', { limit: 50 }],
  ['undo-change', {}],
];
const CREW: readonly (readonly [string, object])[] = [
  ['list-jobs', { limit: 50 }],
  ['list-jobs', { query: 'roof replacement' }],
  ['get-job', { job: 'J-7000' }],
  ['get-job', { job: 'guters 7003' }],
  ['search', { query: 'roof replacement' }],
  ['search', { query: 'customer pecan lane roof' }],
  ['search', { query: 'guters permitt' }],
  ['list-appointments', { from: '2026-01-01', to: '2026-12-31' }],
  ['update-job', { job: 'J-7000', note: 'Two layers' }],
];

/** Each call twice: what is loaded at the first is not what is looked for. */
export async function pieces(jobs: number): Promise<Piece[]> {
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-pieces-'));
  try {
    await seed(folder, jobs);
    await withPeopleAndPast(folder);
    const store = new Store(await openEngine({ folder }));
    await store.renew(1);
    const turns = watchTurns();
    const found: Piece[] = [];
    for (const [who, calls] of [
      ['owner', OWNER],
      ['crew', CREW],
    ] as const) {
      const session = sessionOf(store, folder, who);
      for (const [tool, args] of calls) found.push({ who, ...(await measured(session, turns, tool, args)) });
    }
    turns.end();
    await store.close();
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Tom is on every job, and all of it was in October. */
async function withPeopleAndPast(folder: string): Promise<void> {
  await behind({ folder }, async (raw) => {
    await raw.run(`insert into job_assignees (account_id, job_id, position, name, role)
      select 1, id, 1, 'Tom', 'crew' from jobs where true on conflict do nothing`);
    await raw.run("update invoices set issued_on = '2026-10-05'");
    await raw.run("update expenses set spent_on = '2026-10-04'");
    await raw.run("update job_days set day = '2026-10-05'");
    await raw.run("update counters set value = 0 where kind = 'words_version'");
  });
}

function sessionOf(store: Store, folder: string, who: 'owner' | 'crew'): Session {
  return {
    ...{
      store,
      accountId: 1,
      toolsets: TOOLSETS,
      readOnly: false,
      siteUrl: null,
      deferCall: null,
      conversation: null,
      inFlight: new Set(),
    },
    ...{ actor: who === 'crew' ? 'Tom' : 'sam', role: who, scopes: new Set(SCOPES), personId: null },
    ...{ files: localFolder(`${folder}/files`), workers: new Workers(createLogger('silent')), folders: [] },
    log: createLogger('silent'),
  };
}

type Turns = { readonly begin: () => void; readonly longest: () => number; readonly end: () => void };

function watchTurns(): Turns {
  let [last, longest, isOn] = [process.threadCpuUsage(), 0, true];
  const turn = () => {
    const { user, system } = process.threadCpuUsage(last);
    longest = Math.max(longest, (user + system) / 1000);
    last = process.threadCpuUsage();
    if (isOn) setImmediate(turn);
  };
  turn();
  return {
    begin: () => {
      longest = 0;
    },
    longest: () => longest,
    end: () => {
      isOn = false;
    },
  };
}

async function measured(session: Session, turns: Turns, tool: string, args: object): Promise<Omit<Piece, 'who'>> {
  const call = async (given: object) => await callTool(session, tool, given, { client: 'bench', canAsk: false });
  const isWrite = /^(create|update|record|add|schedule|undo)-/.test(tool);
  if (!isWrite) await call(args);
  await new Promise((resolve) => setTimeout(resolve, 5));
  turns.begin();
  const began = performance.now();
  const { content, isError } = await withYes(call, args);
  const whole = performance.now() - began;
  await new Promise((resolve) => setTimeout(resolve, 5));
  const refused = isError === true ? ` (${content[0]?.text.slice(0, 60)})` : '';
  return { what: `${tool} ${JSON.stringify(args).slice(0, 60)}${refused}`, longest: turns.longest(), whole };
}
