// Lines that no undo may change any more: those of a paper that was answered or issued meanwhile, and words of a walk &
// talk that a line rests on.
import { isOpen } from '../../domain/quote.ts';
import { readTranscript, wasSaid } from '../../domain/walk-and-talk.ts';
import type { TouchedRow } from '../../store/journal/history.ts';
import { quoteById } from '../../store/books/quotes.ts';
import { invoiceById } from '../../store/books/invoices.ts';
import { rowsHolding } from '../../store/journal/references.ts';
import type { ReadScope } from '../../store/scope.ts';
import { citesFrom, walkAndTalkById } from '../../store/books/walk-and-talks.ts';
import { describeById } from '../resolve/described.ts';
import { says } from '../../domain/message.ts';
import type { Broken } from './dependent-changes.ts';

/** Tables of lines, and the paper that they stand on. */
const PAPERS = [
  { lines: 'quote_lines', column: 'quote_id', papers: 'quotes', kind: 'quote' },
  { lines: 'invoice_lines', column: 'invoice_id', papers: 'invoices', kind: 'invoice' },
] as const;

/** Asked once the undo has put its rows back. */
export async function brokenWording(scope: ReadScope, rows: readonly TouchedRow[]): Promise<Broken[]> {
  return [...(await frozenLines(scope, rows)), ...(await lostCites(scope, rows))];
}

async function frozenLines(scope: ReadScope, rows: readonly TouchedRow[]): Promise<Broken[]> {
  const broken: Broken[] = [];
  for (const { lines, column, papers, kind } of PAPERS) {
    const ids = new Set(rows.filter(({ table }) => table === lines).map(({ key }) => Number(key[column])));
    for (const id of ids) {
      if (!(await isFrozen(scope, kind, id))) continue;
      broken.push({
        why: says('undo.other-lines', { what: (await describeById(scope, kind, id))?.title ?? null }),
        tables: [papers],
        touches: ({ key, before, after }) => key['id'] === id && before?.['status'] !== after?.['status'],
      });
    }
  }
  return broken;
}

async function isFrozen(scope: ReadScope, kind: 'quote' | 'invoice', id: number): Promise<boolean> {
  if (kind === 'quote') {
    const quote = await quoteById(scope, id);
    return quote !== null && !isOpen(quote.status);
  }
  const invoice = await invoiceById(scope, id);
  return invoice !== null && invoice.status !== 'draft';
}

async function lostCites(scope: ReadScope, rows: readonly TouchedRow[]): Promise<Broken[]> {
  const walks = new Set(rows.filter(({ table }) => table === 'walk_and_talks').map(({ key }) => Number(key['id'])));
  const quoteIds = rows.flatMap(({ table, key }) => (table === 'quote_lines' ? [Number(key['quote_id'])] : []));
  for (const { walk_and_talk_id: id } of await rowsHolding(scope, { table: 'quotes', column: 'id' }, quoteIds))
    if (typeof id === 'number') walks.add(id);
  const broken: Broken[] = [];
  for (const id of walks) {
    const walk = await walkAndTalkById(scope, id);
    if (walk === null) continue;
    const transcript = readTranscript(walk.transcript);
    const lost = (await citesFrom(scope, id)).find(({ cites }) => !wasSaid(transcript, cites));
    if (lost === undefined) continue;
    const drafted = await rowsHolding(scope, { table: 'quotes', column: 'walk_and_talk_id' }, [id]);
    const quotes = new Set(drafted.map((quote) => quote['id']));
    broken.push({
      why: says('undo.cite-lost', { ref: lost.ref, cites: lost.cites }),
      tables: ['walk_and_talks', 'quote_lines'],
      touches: ({ table, key, before, after }) =>
        table === 'walk_and_talks'
          ? key['id'] === id && before?.['transcript'] !== after?.['transcript']
          : quotes.has(key['quote_id'] ?? null) && before?.['cites'] !== after?.['cites'],
    });
  }
  return broken;
}
