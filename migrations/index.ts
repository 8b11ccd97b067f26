// Every migration, in order. Names and texts are fixed once released; a book remembers which ones it has had.
import type { Kysely } from 'kysely';

export type MigrationEngine = 'sqlite' | 'postgres';
export type Migration = { up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> };

export type NamedMigration = {
  readonly name: string;
  /** The first 16 digits of the SHA-256 of its file, which a test compares. A book made by another text of it is refused. */
  readonly digest: string;
  readonly load: () => Promise<Migration>;
};

export const MIGRATIONS: readonly NamedMigration[] = [
  { name: '0001-books', digest: '128930ccc6e20d43', load: () => import('./0001-books.ts') },
  { name: '0002-site-and-history', digest: '1dd7e039cb17e3a5', load: () => import('./0002-site-and-history.ts') },
  { name: '0003-people', digest: 'c4499c9b29355a42', load: () => import('./0003-people.ts') },
  { name: '0004-identity', digest: '1d2fea5f2839947f', load: () => import('./0004-identity.ts') },
  { name: '0005-periods', digest: 'ec62a5b289224426', load: () => import('./0005-periods.ts') },
  { name: '0006-spent-nothing', digest: '55bbecad125494fe', load: () => import('./0006-spent-nothing.ts') },
  { name: '0007-contracts', digest: '3ddfe93b8391ef33', load: () => import('./0007-contracts.ts') },
  { name: '0008-closing', digest: 'ed0e91d07336337a', load: () => import('./0008-closing.ts') },
  { name: '0009-confirm-by', digest: 'ab0a123d4d735151', load: () => import('./0009-confirm-by.ts') },
  { name: '0011-upload-pages', digest: 'aefc40169926c913', load: () => import('./0011-upload-pages.ts') },
  { name: '0012-one-log', digest: '069107b7893e041e', load: () => import('./0012-one-log.ts') },
  { name: '0013-country', digest: '445619546f157f0c', load: () => import('./0013-country.ts') },
  { name: '0015-many-processes', digest: 'b9aa2c2459e52484', load: () => import('./0015-many-processes.ts') },
  { name: '0016-moved', digest: '06382109dedc5d8a', load: () => import('./0016-moved.ts') },
  { name: '0017-file-bytes', digest: '69ad2027571f7a4d', load: () => import('./0017-file-bytes.ts') },
  { name: '0018-short-journal', digest: '8848d26218319029', load: () => import('./0018-short-journal.ts') },
  { name: '0019-forecasts', digest: 'ffd7381163dddca8', load: () => import('./0019-forecasts.ts') },
  { name: '0020-spending', digest: '767df203c82ca895', load: () => import('./0020-spending.ts') },
  { name: '0021-changed-minds', digest: '5509c5eef47de7fb', load: () => import('./0021-changed-minds.ts') },
  { name: '0022-repeated-visits', digest: '7bba093f30925f45', load: () => import('./0022-repeated-visits.ts') },
  { name: '0023-former-names', digest: 'c0ea4b55f1723219', load: () => import('./0023-former-names.ts') },
  { name: '0025-money-by-day', digest: 'd7557453ac37f20f', load: () => import('./0025-money-by-day.ts') },
  { name: '0026-other-contacts', digest: '853ad39a41591ccc', load: () => import('./0026-other-contacts.ts') },
  {
    name: '0027-receipts-of-overhead',
    digest: '4eaeb62e3a55c7b3',
    load: () => import('./0027-receipts-of-overhead.ts'),
  },
  { name: '0027-rises-of-overhead', digest: 'bc8c087875a0d72a', load: () => import('./0027-rises-of-overhead.ts') },
  { name: '0028-overruns', digest: 'f0e0459de0f2c9b7', load: () => import('./0028-overruns.ts') },
  { name: '0029-closed-invoices', digest: '283b1e86a37fb088', load: () => import('./0029-closed-invoices.ts') },
  { name: '0030-bounces', digest: 'f9efacaca5994cc9', load: () => import('./0030-bounces.ts') },
  { name: '0031-ends-by-day', digest: '56ec64a848dba038', load: () => import('./0031-ends-by-day.ts') },
  { name: '0032-outside-totals', digest: '9b92a6a77d1470e6', load: () => import('./0032-outside-totals.ts') },
];

/** The first one that a book notes its name and its digest at. */
export const FIRST_NOTED = '0004-identity';
