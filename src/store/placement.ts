// Which table is whose. An account's rows stand together: every key and every index of theirs leads with the account, and no
// statement crosses accounts, so that machines can share the accounts among them. What is looked for before it is known
// whose it is stands in the directory, which `store/directory` alone reaches; what there is once, in the book.
import type { Tables } from './database.ts';

/** Each of them begins with the account. A table stands after those that its rows refer to. */
const OF_AN_ACCOUNT = [
  ...(['accounts', 'counters', 'secrets', 'number_jumps', 'customers', 'jobs', 'job_notes'] as const),
  ...(['job_assignees', 'closed_jobs', 'quotes', 'quote_lines', 'done_lines', 'invoices', 'invoice_lines'] as const),
  ...([
    'invoice_taxes',
    'contract_parts',
    'closed_invoices',
    'write_offs',
    'payments',
    'monthly_expenses',
    'expenses',
    'walk_and_talks',
  ] as const),
  ...([
    'walk_and_talk_points',
    'appointments',
    'appointment_people',
    'files',
    'stored_files',
    'kept_files',
    'file_parts',
  ] as const),
  ...(['changes', 'change_images', 'record_log', 'requests', 'additions'] as const),
  ...(['job_figures', 'job_days', 'job_plans', 'invoice_figures', 'account_totals', 'outside_totals'] as const),
  ...(['words', 'spellings'] as const),
] satisfies readonly (keyof Tables)[];

/** Who signs in, to which accounts, and with what: a token, a link and a person are found before their account is. */
const OF_THE_DIRECTORY = [
  ...(['people', 'invitations', 'sessions', 'oauth_records', 'host_secrets'] as const),
  ...(['members', 'access_tokens', 'links', 'attempts', 'turns'] as const),
] satisfies readonly (keyof Tables)[];

/** What there is once, however many accounts there are. */
const OF_THE_BOOK = ['book', 'sweeping', 'migrations', 'write_ids'] as const;

type Placed = (typeof OF_AN_ACCOUNT | typeof OF_THE_DIRECTORY | typeof OF_THE_BOOK)[number];

export const PLACEMENT: {
  readonly [whose in 'account' | 'directory' | 'book']: readonly (Placed | keyof Tables)[];
} = { account: OF_AN_ACCOUNT, directory: OF_THE_DIRECTORY, book: OF_THE_BOOK };
