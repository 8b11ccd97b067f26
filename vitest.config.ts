// Five projects: `fast` and `thorough` import the sources (thorough: what takes its time, properties and locks), `postgres`
// and `postgres-thorough` run what of both stands on books on a real PostgreSQL, `e2e`
// starts the built program in dist/. `npm run check` runs the fast one, `npm test` all.
import { defineConfig } from 'vitest/config';
import { bothEngines } from './test/support/both-engines.ts';
import { folderOfRun } from './test/support/quick-books.ts';

/** Where .ci/run reads what vitest really ran. */
const RESULTS = 'node_modules/.cache/vitest-results.json';

/**
 * What takes its time: thousands of cases, kills, waiting for locks, servers, processes that work on hostile files,
 * books at their largest, and whole books of every trade. And what plants tools among the real ones, for which it has to
 * load the sources on its own.
 */
const THOROUGH = [
  'test/**/*.property.test.ts',
  'test/store/engine/{sqlite,migrate,before-opening}.test.ts',
  'test/samples/samples.test.ts',
  'test/kinds/tool-rental.test.ts',
  'test/services/site/file-sweep.test.ts',
  'test/workers/*.test.ts',
  'test/files/{bucket,picture,store}.test.ts',
  'test/tools/{authority,bad-input,busy-pages,conversation-files,hints,hosts}.test.ts',
  'test/tools/{large-book,other-accounts,read-kindly}.test.ts',
  'test/transport/**/*.test.ts',
  'test/backup/**/*.test.ts',
];

/** What would keep whoever commits waiting: each of these takes seconds, and looks at one corner. */
const SLOW = [
  'test/commands/first-look.test.ts',
  'test/services/access/people.test.ts',
  'test/services/shared/costly.test.ts',
  'test/store/audit/audit.test.ts',
  'test/store/derived/renew.test.ts',
  'test/store/directory/holding.test.ts',
  'test/store/search/terms.test.ts',
];

/** What runs on PostgreSQL too: all that looks at books through the seam of the tests. */
const ON_POSTGRES = [
  'test/files/{store,database}.test.ts',
  'test/{store,services,tools,resources,prompts,directory,transport}/**/*.test.ts',
];
/** What is of SQLite's own files, or of no books at all. */
const OF_SQLITE = [
  // Its files are copied, damaged and opened again.
  'test/services/site/file-sweep.test.ts',
  'test/store/engine/{audit-rot.property,before-opening,migrate,sqlite}.test.ts',
  // Parts of its file are damaged.
  'test/store/audit/audit.test.ts',
  // Which of its indexes are taken, and how much of its file.
  'test/store/engine/sqlite-{plans,disk}.test.ts',
  // Every statement over a line is a turn for others.
  'test/store/engine/many.test.ts',
  // A thousand steps of a plan are SQLite's own, and so is how long they take.
  'test/tools/large-book.test.ts',
  // Words alone.
  'test/services/resolve/appointment-time.property.test.ts',
];
/** What is of PostgreSQL alone. */
const OF_POSTGRES = ['test/files/database.test.ts', 'test/store/engine/postgres*.test.ts'];

/** Of what takes its time; those of the transport load nothing on their own. */
const THOROUGH_ON_POSTGRES = [
  'test/services/{clock,dated-books,money-cycle,repeats,reported-tax,retries}.property.test.ts',
  'test/services/{account/{closing,closing-outside},customers/merging,filing/filing,history/undo,search/search}.property.test.ts',
  'test/services/jobs/returns.property.test.ts',
  'test/store/derived/job-records.property.test.ts',
  'test/tools/reports/one-story.property.test.ts',
  'test/files/store.test.ts',
  'test/tools/unseen-costs.property.test.ts',
  'test/tools/{authority,bad-input,busy-pages,conversation-files,hints,hosts,other-accounts,read-kindly}.test.ts',
];

/** A test that asserts nothing fails, and so does one that compares promises: both would pass whatever the program does. */
const ASSERTS = { expect: { requireAssertions: true }, setupFiles: ['test/support/setup.ts'] };

const POSTGRES = {
  ...ASSERTS,
  env: { JOBWRIGHT_TEST_ENGINE: 'postgres' },
  globalSetup: ['test/support/postgres-server.ts'],
  setupFiles: [...ASSERTS.setupFiles, 'test/support/statements/log.ts'],
  maxWorkers: 2,
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    reporters: [
      'default',
      bothEngines(ON_POSTGRES, [...OF_SQLITE, ...OF_POSTGRES]),
      ...(process.env.CI ? [['json', { outputFile: RESULTS }] satisfies ['json', object]] : []),
    ],
    projects: [
      {
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/bench/**', '**/node_modules/**', ...THOROUGH, ...SLOW, ...OF_POSTGRES],
          // One process per core, each loading the sources once: a third of the time.
          isolate: false,
          maxWorkers: 2,
          env: { TMPDIR: folderOfRun() },
          globalSetup: ['test/support/quick-books.ts'],
          testTimeout: 20_000,
          ...ASSERTS,
        },
      },
      {
        test: {
          name: 'postgres',
          include: ON_POSTGRES,
          exclude: [...OF_SQLITE, ...THOROUGH.filter((files) => !files.startsWith('test/transport'))],
          ...POSTGRES,
          isolate: false,
          testTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'postgres-thorough',
          include: THOROUGH_ON_POSTGRES,
          exclude: OF_SQLITE,
          ...POSTGRES,
          setupFiles: [...POSTGRES.setupFiles, 'test/support/engines/postgres-after.ts'],
          testTimeout: 180_000,
        },
      },
      {
        test: {
          name: 'thorough',
          include: [...THOROUGH, ...SLOW],
          testTimeout: 180_000,
          ...ASSERTS,
          // The types check before everything reads these as well; here each is a test that is counted.
          typecheck: { enabled: true, include: ['test/types/**/*.test-d.ts'], tsconfig: 'tsconfig.json' },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/nodes.ts', 'test/support/chromium.ts'],
          testTimeout: 60_000,
          ...ASSERTS,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
