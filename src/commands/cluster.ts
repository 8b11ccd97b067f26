// The SQL by which the tables are spread over the machines of a cluster, for whoever runs it to review. It is made of the
// same list that the tests hold every table and every statement against.
import { UsageError, type Config } from '../config.ts';
import { PLACEMENT } from '../store/placement.ts';

export async function cluster({ operands }: Config): Promise<number> {
  const [kind, ...more] = operands;
  if (kind !== 'citus' || more.length > 0)
    throw new UsageError('write jobwright cluster citus. CockroachDB and YugabyteDB spread the tables by themselves.');
  process.stdout.write(citus());
  return 0;
}

/** What one machine keeps alone, which nothing else is joined with. */
const LOCAL = new Set(['migrations', 'sweeping', 'write_ids']);

const INTRODUCTION = `-- Spreads the books of Jobwright over a Citus cluster (12 or later). Review it, try it on a copy, then run it once with
-- psql, on the coordinator, as the owner of the tables, when Jobwright has made them and while none is running.
-- Nobody has run it on Citus yet. What was checked on PostgreSQL instead: every key, index and reference of these tables
-- begins with account_id, every statement says whose rows it wants, no sequence is shared, and this list is whole.
--
-- Every Jobwright then has the coordinator as its --database: notices and advisory locks are one machine's.
-- A new version may bring tables. Compare what it prints here with this, and run what is new.

\\set ON_ERROR_STOP on

-- Row-level security asks the setting jobwright.account, which each transaction makes with SET LOCAL: it has to reach the
-- machines that hold the rows. Check: as the role that serves, begin; set local jobwright.account = '1'; select count(*)
-- from jobs; gives that account's jobs, and '2' those of the other.
do $$ begin
  execute format('alter database %I set citus.propagate_set_commands = %L', current_database(), 'local');
  -- The triggers of changes, change_images and record_log refuse whatever rewrites the journal. They are row by row and
  -- touch no other table; Citus asks for this before it lets any trigger stand on a spread table.
  execute format('alter database %I set citus.enable_unsafe_triggers = %L', current_database(), 'on');
end $$;
set citus.enable_unsafe_triggers = on;

begin;
set local citus.multi_shard_modify_mode = 'sequential';
`;

const CHECKS = `commit;

-- Check afterwards, and after each new version:
--   every table with a trigger has it on its shards:
--     select * from run_command_on_shards('changes', $$ select count(*) from pg_trigger where tgrelid = '%s'::regclass and not tgisinternal $$);
--   every shard is fenced, its owner too:
--     select * from run_command_on_shards('jobs', $$ select relrowsecurity and relforcerowsecurity from pg_class where oid = '%s'::regclass $$);
--   the role that serves may use them: jobwright doctor, as it.
--   what spreads stands in one group:
--     select count(distinct colocation_id) from citus_tables where citus_table_type = 'distributed';
`;

function citus(): string {
  const everywhere = [...PLACEMENT.directory, ...PLACEMENT.book].filter((table) => !LOCAL.has(table));
  const [first, ...others] = PLACEMENT.account;
  return [
    INTRODUCTION,
    '-- The directory, by which an account is found, and the one row of the book: small, the same on every machine.',
    ...everywhere.map((table) => `select create_reference_table('${table}');`),
    `\n-- Left where they are, on the coordinator: ${[...LOCAL].join(', ')}.\n`,
    '-- The books: all rows of an account stand on one machine. Each table comes after those that it refers to.',
    `select create_distributed_table('${first ?? ''}', 'account_id', colocate_with => 'none');`,
    ...others.map(
      (table) => `select create_distributed_table('${table}', 'account_id', colocate_with => '${first ?? ''}');`,
    ),
    '',
    CHECKS,
  ].join('\n');
}
