// The books of a job: customers, jobs, quotes, invoices, expenses, their change journal and the derived figures.
import type { Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { create, index, number, numberOrNull, text, textOrNull, flag, refers, all, some } = tablesOf(db, engine);

  await create(
    'accounts',
    [],
    all(
      some(text, 'name', 'currency', 'time_zone', 'template', 'plan', 'created_at'),
      some(textOrNull, 'address', 'phone', 'email'),
      some(number, 'payment_terms_days', 'change_number'),
    ),
  );
  await create('counters', ['kind'], all(text('kind'), number('value')));
  await create(
    'customers',
    ['id'],
    all(
      number('id'),
      flag('is_sample'),
      some(text, 'name', 'stage', 'created_at'),
      some(textOrNull, 'phone', 'phone_key', 'email', 'email_key', 'address', 'notes'),
    ),
  );
  await index('customers', ['phone_key']);
  await index('customers', ['email_key']);
  await index('customers', ['stage', 'id']);
  await create(
    'jobs',
    ['id'],
    all(
      number('id'),
      flag('is_sample'),
      number('customer_id'),
      some(text, 'name', 'status', 'created_at'),
      some(textOrNull, 'description', 'address', 'starts_on', 'ends_on'),
      refers('jobs', 'customer_id', 'customers'),
    ),
  );
  await index('jobs', ['customer_id', 'id']);
  await create(
    'job_assignees',
    ['job_id', 'position'],
    all(some(number, 'job_id', 'position'), some(text, 'name', 'role'), refers('job_assignees', 'job_id', 'jobs')),
  );
  await create(
    'job_notes',
    ['id'],
    all(
      some(number, 'id', 'job_id', 'change_number'),
      flag('is_sample'),
      text('text'),
      refers('job_notes', 'job_id', 'jobs'),
    ),
  );
  await index('job_notes', ['job_id', 'id']);
  await create(
    'quotes',
    ['id'],
    all(
      some(number, 'id', 'customer_id', 'subtotal', 'tax', 'total'),
      flag('is_sample'),
      number('contract_id'),
      some(numberOrNull, 'job_id', 'revises_id'),
      some(text, 'kind', 'status', 'title', 'quoted_on', 'created_at'),
      textOrNull('notes'),
      refers('quotes', 'customer_id', 'customers'),
      refers('quotes', 'job_id', 'jobs'),
      refers('quotes', 'revises_id', 'quotes'),
    ),
  );
  await index('quotes', ['customer_id', 'id']);
  await index('quotes', ['job_id', 'id']);
  await index('quotes', ['status', 'id']);
  await index('quotes', ['revises_id']);
  await index('quotes', ['contract_id', 'id']);
  await create(
    'quote_lines',
    ['quote_id', 'position'],
    all(
      some(number, 'quote_id', 'position', 'line_id', 'quantity', 'tax_rate'),
      text('description'),
      some(textOrNull, 'unit', 'category'),
      some(numberOrNull, 'unit_price', 'unit_cost', 'changes_line_id'),
      refers('quote_lines', 'quote_id', 'quotes'),
    ),
  );
  await index('quote_lines', ['line_id']);
  await index('quote_lines', ['changes_line_id']);
  await create('done_lines', ['line_id'], number('line_id'));
  await create(
    'invoices',
    ['id'],
    all(
      some(number, 'id', 'customer_id', 'subtotal', 'tax', 'total'),
      flag('is_sample'),
      some(numberOrNull, 'number', 'job_id', 'contract_id', 'credits_id', 'corrected_by_id'),
      some(text, 'kind', 'status', 'created_at'),
      some(textOrNull, 'notes', 'issued_on', 'due_on', 'void_reason', 'voided_on'),
      refers('invoices', 'customer_id', 'customers'),
      refers('invoices', 'job_id', 'jobs'),
      refers('invoices', 'credits_id', 'invoices'),
    ),
  );
  await db.schema.createIndex('invoices_by_number').unique().on('invoices').columns(['account_id', 'number']).execute();
  await index('invoices', ['customer_id', 'id']);
  await index('invoices', ['job_id', 'id']);
  await index('invoices', ['status', 'due_on', 'id']);
  await index('invoices', ['issued_on', 'id']);
  await index('invoices', ['contract_id', 'id']);
  await index('invoices', ['credits_id', 'id']);
  await create(
    'invoice_lines',
    ['invoice_id', 'position'],
    all(
      some(number, 'invoice_id', 'position', 'quantity', 'tax_rate'),
      text('description'),
      textOrNull('unit'),
      numberOrNull('unit_price'),
      refers('invoice_lines', 'invoice_id', 'invoices'),
    ),
  );
  await create(
    'invoice_taxes',
    ['invoice_id', 'tax_rate'],
    all(some(number, 'invoice_id', 'tax_rate', 'base', 'tax'), refers('invoice_taxes', 'invoice_id', 'invoices')),
  );
  await create(
    'payments',
    ['id'],
    all(
      some(number, 'id', 'invoice_id', 'amount'),
      some(flag, 'is_sample', 'is_refund'),
      some(text, 'paid_on', 'created_at'),
      some(textOrNull, 'method', 'note', 'void_reason', 'voided_on'),
      refers('payments', 'invoice_id', 'invoices'),
    ),
  );
  await index('payments', ['invoice_id', 'id']);
  await create(
    'expenses',
    ['id'],
    all(
      some(number, 'id', 'job_id', 'amount'),
      flag('is_sample'),
      some(text, 'description', 'category', 'spent_on', 'created_at'),
      textOrNull('vendor'),
      numberOrNull('covers_line_id'),
      refers('expenses', 'job_id', 'jobs'),
    ),
  );
  await index('expenses', ['job_id', 'spent_on', 'id']);
  await index('expenses', ['covers_line_id']);

  await create(
    'changes',
    ['change_number'],
    all(number('change_number'), some(text, 'at', 'actor', 'client', 'tool', 'summary')),
  );
  await create(
    'change_images',
    ['change_number', 'position'],
    all(
      some(number, 'change_number', 'position'),
      some(text, 'table_name', 'row_key'),
      some(textOrNull, 'before', 'after'),
    ),
  );
  await create(
    'change_records',
    ['kind', 'record_id', 'change_number', 'position'],
    all(text('kind'), some(number, 'record_id', 'change_number', 'position'), some(text, 'at', 'entry', 'text')),
  );

  const figures = ['billed', 'cost_of_work', 'expenses', 'not_billed_yet', 'tax_billed', 'cost_not_yet_billed'];
  const money = some(number, ...figures);
  await create(
    'job_figures',
    ['job_id'],
    all(
      some(number, 'job_id', 'customer_id', 'profit'),
      flag('is_sample'),
      money,
      some(text, 'status', 'billing', 'cost_basis', 'warnings', 'plan'),
      numberOrNull('margin_tenths'),
    ),
  );
  await index('job_figures', ['customer_id', 'job_id']);
  await index('job_figures', ['status', 'job_id']);
  await index('job_figures', ['billing', 'job_id']);
  await index('job_figures', ['profit', 'job_id']);
  await index('job_figures', ['margin_tenths', 'job_id']);
  await index('job_figures', ['billing', 'profit', 'job_id']);
  await index('job_figures', ['billing', 'margin_tenths', 'job_id']);
  await create(
    'job_days',
    ['job_id', 'day', 'category'],
    all(
      some(text, 'day', 'category', 'status'),
      some(number, 'job_id', 'customer_id', 'billed', 'cost_of_work', 'expenses'),
      flag('is_sample'),
    ),
  );
  await index('job_days', ['day', 'job_id']);
  await create(
    'invoice_figures',
    ['invoice_id'],
    all(
      some(number, 'invoice_id', 'customer_id', 'paid', 'credited', 'balance'),
      flag('is_sample'),
      some(textOrNull, 'due_on'),
    ),
  );
  await index('invoice_figures', ['customer_id', 'invoice_id']);
  await index('invoice_figures', ['balance', 'invoice_id']);
  await create(
    'account_totals',
    ['is_sample', 'status', 'billing', 'cost_basis'],
    all(flag('is_sample'), some(text, 'status', 'billing', 'cost_basis'), number('jobs'), money),
  );
  await create(
    'words',
    ['kind', 'word', 'is_sample', 'record_id'],
    all(some(text, 'kind', 'word'), flag('is_sample'), number('record_id')),
  );
  await index('words', ['kind', 'record_id']);
  await create('spellings', ['variant', 'word'], some(text, 'variant', 'word'));
}
