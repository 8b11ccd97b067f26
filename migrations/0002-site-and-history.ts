// Files, appointments and walk & talks; and a change journal that nobody can rewrite: what changed stands apart from
// the fact that it did, each piece under a salted digest, and the digests in a chain per account.
import { createHash, randomBytes } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  await addSite(db, engine);
  await addWriteDiscipline(db, engine);
  await chainChanges(db);
  await forbidRewriting(db, engine);
}

async function addSite(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { create, index, number, numberOrNull, text, textOrNull, flag, refers, all, some, whole, words } = tablesOf(
    db,
    engine,
  );
  const filed = (name: string) =>
    all(
      some(number, 'id', 'customer_id'),
      numberOrNull('job_id'),
      flag('is_sample'),
      text('created_at'),
      refers(name, 'customer_id', 'customers'),
      refers(name, 'job_id', 'jobs'),
    );
  await create(
    'walk_and_talks',
    ['id'],
    all(filed('walk_and_talks'), some(text, 'title', 'held_at', 'consent', 'transcript'), textOrNull('summary')),
  );
  await create(
    'walk_and_talk_points',
    ['walk_and_talk_id', 'kind', 'position'],
    all(
      some(number, 'walk_and_talk_id', 'position'),
      some(text, 'kind', 'text'),
      refers('walk_and_talk_points', 'walk_and_talk_id', 'walk_and_talks'),
    ),
  );
  await create(
    'appointments',
    ['id'],
    all(
      filed('appointments'),
      some(text, 'title', 'starts_at', 'ends_at', 'time_zone', 'status'),
      some(textOrNull, 'place', 'notes'),
      number('revision'),
    ),
  );
  await index('appointments', ['starts_at', 'id']);
  await create(
    'appointment_people',
    ['appointment_id', 'position'],
    all(
      some(number, 'appointment_id', 'position'),
      some(text, 'name', 'name_key'),
      refers('appointment_people', 'appointment_id', 'appointments'),
    ),
  );
  await index('appointment_people', ['name_key', 'appointment_id']);
  await create(
    'files',
    ['id'],
    all(
      filed('files'),
      some(numberOrNull, 'expense_id', 'walk_and_talk_id'),
      some(text, 'kind', 'name', 'media_type', 'hash'),
      number('size'),
      textOrNull('caption'),
      refers('files', 'expense_id', 'expenses'),
      refers('files', 'walk_and_talk_id', 'walk_and_talks'),
    ),
  );
  await index('files', ['expense_id', 'id']);
  await index('files', ['walk_and_talk_id', 'id']);
  for (const table of ['walk_and_talks', 'appointments', 'files']) {
    await index(table, ['customer_id', 'id']);
    await index(table, ['job_id', 'id']);
  }
  // Bytes that a row names or an undo could name again; all others are left-overs of writes that came to nothing.
  await create('stored_files', ['hash'], all(some(text, 'hash', 'stored_at'), number('size')));
  await db.schema.alterTable('quotes').addColumn('walk_and_talk_id', whole).execute();
  await db.schema.alterTable('quote_lines').addColumn('cites', words).execute();
}

async function addWriteDiscipline(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { create, index, number, numberOrNull, text, all, some, whole, words } = tablesOf(db, engine);
  await create(
    'requests',
    ['actor', 'request_id'],
    all(some(text, 'actor', 'request_id', 'fingerprint', 'answer', 'at'), numberOrNull('change_number')),
  );
  await index('requests', ['at']);
  await create(
    'additions',
    ['actor', 'fingerprint'],
    all(some(text, 'actor', 'fingerprint', 'at'), number('change_number')),
  );
  await index('additions', ['at']);
  await create('secrets', ['name'], some(text, 'name', 'value'));
  await create('change_contents', ['change_number'], all(number('change_number'), some(text, 'salt', 'summary')));
  await create(
    'change_refs',
    ['kind', 'record_id', 'change_number'],
    all(text('kind'), some(number, 'record_id', 'change_number')),
  );
  await index('change_refs', ['change_number']);
  for (const table of ['change_images', 'change_records']) {
    await db.schema
      .alterTable(table)
      .addColumn('salt', words, (column) => column.notNull().defaultTo(''))
      .execute();
  }
  for (const column of ['digests', 'hash']) {
    await db.schema
      .alterTable('changes')
      .addColumn(column, words, (made) => made.notNull().defaultTo(''))
      .execute();
  }
  await db.schema.alterTable('changes').addColumn('undoes', whole).execute();
  await index('changes', ['at', 'change_number']);
  await index('changes', ['actor', 'change_number']);
  await index('changes', ['client', 'change_number']);
  await index('changes', ['undoes']);
}

type Change = { account_id: number; change_number: number; at: string; actor: string; client: string; tool: string };

/** Chains what books of the first version hold, account by account, from the day each was opened. */
async function chainChanges(db: Kysely<unknown>): Promise<void> {
  const { rows: accounts } = await sql<{ account_id: number; created_at: string }>`
    select account_id, created_at from accounts order by account_id`.execute(db);
  for (const { account_id, created_at } of accounts) {
    await sql`insert into secrets (account_id, name, value) values (${account_id}, 'confirmations', ${secret()})`.execute(
      db,
    );
    await recordOpening(db, account_id, created_at);
    let hash = '';
    const { rows: numbers } = await sql<{ change_number: number }>`
      select change_number from changes where account_id = ${account_id} order by change_number`.execute(db);
    for (const { change_number } of numbers) hash = await chainChange(db, account_id, change_number, hash);
  }
  await db.schema.alterTable('changes').dropColumn('summary').execute();
}

/** The account as it was opened, as change 0: its first image where it was changed since, else the account itself. */
async function recordOpening(db: Kysely<unknown>, accountId: number, at: string): Promise<void> {
  const { rows: changed } = await sql<{ before: string }>`
    select before from change_images where account_id = ${accountId} and table_name = 'accounts'
    order by change_number, position limit 1`.execute(db);
  const { rows } = await sql<object>`
    select name, address, phone, email, currency, time_zone, template, plan, payment_terms_days
    from accounts where account_id = ${accountId}`.execute(db);
  const opened = changed[0]?.before ?? JSON.stringify(rows[0]);
  await sql`insert into changes (account_id, change_number, at, actor, client, tool, summary)
    values (${accountId}, 0, ${at}, 'jobwright', 'jobwright', 'open', 'Account opened')`.execute(db);
  await sql`insert into change_images (account_id, change_number, position, table_name, row_key, before, after)
    values (${accountId}, 0, 0, 'accounts', '{}', null, ${opened})`.execute(db);
}

async function chainChange(
  db: Kysely<unknown>,
  accountId: number,
  changeNumber: number,
  previous: string,
): Promise<string> {
  const here = sql`account_id = ${accountId} and change_number = ${changeNumber}`;
  const { rows: changes } = await sql<Change & { summary: string }>`
    select account_id, change_number, at, actor, client, tool, summary from changes where ${here}`.execute(db);
  const [change] = changes;
  if (change === undefined) throw new Error(`change ${changeNumber} is gone`);
  const { rows: images } = await sql<
    Record<'table_name' | 'row_key', string> & Record<'before' | 'after', string | null> & { position: number }
  >`
    select position, table_name, row_key, before, after from change_images where ${here} order by position`.execute(db);
  const { rows: records } = await sql<
    Record<'kind' | 'at' | 'entry' | 'text', string> & Record<'record_id' | 'position', number>
  >`
    select kind, record_id, position, at, entry, text from change_records where ${here} order by position`.execute(db);

  const digests: string[] = [];
  const salted = (content: unknown[]) => {
    const salt = secret();
    digests.push(digest([salt, ...content]));
    return salt;
  };
  await sql`insert into change_contents (account_id, change_number, salt, summary)
    values (${accountId}, ${changeNumber}, ${salted([change.summary])}, ${change.summary})`.execute(db);
  for (const { position, table_name, row_key, before, after } of images) {
    await sql`update change_images set salt = ${salted([table_name, row_key, before, after])}
      where ${here} and position = ${position}`.execute(db);
  }
  for (const { kind, record_id, position, at, entry, text } of records) {
    await sql`update change_records set salt = ${salted([kind, record_id, at, entry, text])}
      where ${here} and kind = ${kind} and record_id = ${record_id} and position = ${position}`.execute(db);
  }
  const refs = refsOf(images, records);
  for (const [kind, id] of refs) {
    await sql`insert into change_refs (account_id, kind, record_id, change_number)
      values (${accountId}, ${kind}, ${id}, ${changeNumber})`.execute(db);
  }
  const { at, actor, client, tool } = change;
  const hash = digest([previous, accountId, changeNumber, at, actor, client, tool, null, refs, digests]);
  await sql`update changes set digests = ${digests.join(' ')}, hash = ${hash} where ${here}`.execute(db);
  return hash;
}

/** The record that a row of each table belongs to: its kind, and the column that names it. */
const RECORD_OF: Readonly<Record<string, readonly [string, string]>> = {
  customers: ['customer', 'id'],
  jobs: ['job', 'id'],
  job_assignees: ['job', 'job_id'],
  job_notes: ['job', 'job_id'],
  quotes: ['quote', 'id'],
  quote_lines: ['quote', 'quote_id'],
  invoices: ['invoice', 'id'],
  invoice_lines: ['invoice', 'invoice_id'],
  invoice_taxes: ['invoice', 'invoice_id'],
  payments: ['payment', 'id'],
  expenses: ['expense', 'id'],
};

function refsOf(
  images: readonly { table_name: string; before: string | null; after: string | null }[],
  records: readonly { kind: string; record_id: number }[],
): [string, number][] {
  const found = new Map<string, [string, number]>();
  const add = (kind: string, id: unknown) => {
    if (typeof id === 'number') found.set(`${kind} ${id}`, [kind, id]);
  };
  for (const { kind, record_id } of records) add(kind, record_id);
  for (const { table_name, before, after } of images) {
    const [kind, column] = RECORD_OF[table_name] ?? [];
    if (kind === undefined || column === undefined) continue;
    const image: unknown = JSON.parse(after ?? before ?? '{}');
    add(kind, new Map(Object.entries(image ?? {})).get(column));
  }
  return [...found.values()].sort(([kind, id], [other, otherId]) =>
    kind === other ? id - otherId : kind < other ? -1 : 1,
  );
}

function secret(): string {
  return randomBytes(16).toString('base64url');
}

function digest(content: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}

/** The journal only grows. Its contents wait for an erasure that a later version may allow; nothing else removes them. */
async function forbidRewriting(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const tables = ['changes', 'change_contents', 'change_images', 'change_records', 'change_refs'];
  if (engine === 'postgres') {
    await sql`create function refuse_rewriting() returns trigger language plpgsql as
      'begin raise exception ''the change journal only grows''; end'`.execute(db);
  }
  for (const table of tables) {
    for (const event of ['update', 'delete']) {
      const does =
        engine === 'postgres'
          ? sql`for each row execute function refuse_rewriting()`
          : sql`begin select raise(abort, 'the change journal only grows'); end`;
      await sql`create trigger ${sql.ref(`${table}_no_${event}`)} before ${sql.raw(event)} on ${sql.table(table)} ${does}`.execute(
        db,
      );
    }
  }
}
