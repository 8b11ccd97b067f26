import { describe, expect, it } from 'vitest';
import { imageOf, rowIn, textOf, textOfImage } from '../../../src/store/journal/images.ts';
import { LEDGER, snapshotOf } from '../../../src/store/journal/ledger.ts';
import { logLines, logRows } from '../../../src/store/journal/log-rows.ts';

/** In the order in which images have their values. What is here stays as it is: a new column comes behind the others. */
const COLUMNS: Readonly<Record<string, string>> = {
  accounts:
    'name address phone email currency time_zone country template plan payment_terms_days closed_through confirm_by',
  number_jumps: 'id series last next',
  jobs: 'id is_sample customer_id name description address status starts_on ends_on created_at completed_on cancelled_on billing_done_on',
  job_assignees: 'job_id position name role',
  job_notes: 'id is_sample job_id text change_number',
  closed_jobs: 'job_id closing through customer_id status days',
  customers:
    'id is_sample name phone phone_key email email_key address notes stage created_at former_names merged_into other_phones other_emails other_addresses other_keys',
  quotes:
    'id is_sample customer_id job_id kind status title notes revises_id contract_id subtotal tax total quoted_on created_at walk_and_talk_id accepted_in to_name to_address discount_percent discount',
  quote_lines:
    'quote_id position line_id description quantity unit unit_price unit_cost category tax_rate changes_line_id cites',
  done_lines: 'line_id spent_nothing',
  write_offs: 'contract_id amount',
  invoices:
    'id is_sample number customer_id job_id kind status notes issued_on due_on subtotal tax total void_reason voided_on contract_id credits_id corrected_by_id created_at counting to_name to_address',
  invoice_lines: 'invoice_id position description quantity unit unit_price tax_rate',
  invoice_taxes: 'invoice_id tax_rate base tax',
  contract_parts: 'invoice_id contract_id reduces tax_rate base tax',
  closed_invoices: 'invoice_id day amount',
  expenses:
    'id is_sample job_id description amount category vendor spent_on covers_line_id created_at reclaimable_tax monthly_id',
  monthly_expenses:
    'id is_sample description amount category vendor reclaimable_tax day next_on until_on created_at later_on later_amount later_reclaimable_tax',
  payments:
    'id is_sample invoice_id is_refund amount paid_on method note void_reason voided_on created_at takes_back_id',
  files:
    'id is_sample customer_id job_id expense_id walk_and_talk_id kind name media_type size hash caption created_at',
  appointments:
    'id is_sample customer_id job_id title starts_at ends_at time_zone status place notes revision created_at series_id',
  appointment_people: 'appointment_id position name name_key',
  walk_and_talks: 'id is_sample customer_id job_id title held_at consent transcript summary created_at',
  walk_and_talk_points: 'walk_and_talk_id kind position text',
};

describe('an image', () => {
  it('has its values in an order to which columns are only added at the end', () => {
    for (const [table, { columns }] of Object.entries(LEDGER))
      expect([table, columns.join(' ')]).toEqual([table, expect.stringMatching(new RegExp(`^${COLUMNS[table]}( |$)`))]);
    expect(Object.keys(COLUMNS)).toHaveLength(Object.keys(LEDGER).length);
  });

  it('is a list, of which the text is made that earlier versions kept', () => {
    const row = snapshotOf(LEDGER.jobs.columns, { id: 7, name: 'Roof "new" \u2028 öß', status: 'open' });
    const [image, text] = [imageOf('jobs', row), textOf('jobs', row)];
    expect([image?.[0], textOfImage('jobs', image), textOfImage('jobs', text)]).toEqual(['[', text, text]);
    expect(text).toBe(JSON.stringify(row));
    expect([imageOf('jobs', null), textOf('jobs', null), textOfImage('jobs', null)]).toEqual([null, null, null]);
  });

  it('from before a column has none of it, and one that cannot be read stays as it is', () => {
    expect(rowIn('write_offs', '[]')).toEqual({});
    expect(rowIn('write_offs', '[5]')).toEqual({ contract_id: 5 });
    expect(() => rowIn('write_offs', '[5,6,7]')).toThrow('more columns of write_offs');
    for (const image of ['[5,6,7]', '[5', '{"contract_id":5}', '[1]x'])
      expect(textOfImage('write_offs', image)).toBe(image);
    expect(textOfImage('no_table', '[1]')).toBe('[1]');
  });
});

describe('rows of the log', () => {
  const AT = '2026-03-10T17:00:00.000Z';
  const change = { account_id: 1, change_number: 9, at: AT };
  const line = (kind: string, record_id: number, text: string, at = AT) => {
    return { kind, record_id, at, entry: 'money', code: 'log.expense', text };
  };

  it('have a first line where they say that a record was touched, and the same words once', () => {
    const lines = [
      line('expense', 3, 'Nails'),
      line('job', 1, 'Nails'),
      line('job', 1, 'Other'),
      line('job', 2, 'Nails'),
      line('job', 2, 'Other', '2026-03-09T00:00:00.000Z'),
    ];
    const refs = [['customer', 8] as const, ['expense', 3] as const, ['job', 1] as const, ['job', 2] as const];
    const rows = logRows(change, refs, lines);
    expect(
      rows.map(({ kind, record_id, position, text, as_kind, as_id, at }) => [
        kind,
        record_id,
        position,
        text,
        as_kind,
        as_id,
        at,
      ]),
    ).toEqual([
      ['customer', 8, -1, null, null, null, null],
      ['expense', 3, -2, 'Nails', null, null, null],
      ['job', 1, -3, null, 'expense', 3, null],
      ['job', 1, 2, 'Other', null, null, null],
      ['job', 2, -5, null, 'expense', 3, null],
      ['job', 2, 4, 'Other', null, null, '2026-03-09T00:00:00.000Z'],
    ]);
    expect(rows.filter(({ position }) => position < 0).map(({ kind, record_id }) => [kind, record_id])).toEqual(refs);
    const whole = logLines(change, rows.toReversed(), (at) => `salt ${at}`);
    const { at: _, ...of } = change;
    expect(whole).toEqual(lines.map((each, at) => ({ ...of, ...each, position: at, salt: `salt ${at}` })));
  });
});
