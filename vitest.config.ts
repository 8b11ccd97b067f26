// Four projects: `fast` and `thorough` import the sources (thorough: what takes its time, properties and locks), `postgres` runs
// what stands on books on a real PostgreSQL, `e2e`
// starts the built program in dist/. `npm run check` runs the fast one, `npm test` all.
import { defineConfig } from 'vitest/config';

/** Where .ci/run reads what vitest really ran. */
const RESULTS = 'node_modules/.cache/vitest-results.json';

/**
 * What takes its time: thousands of random cases, kills, waiting for locks, servers, processes that work on hostile files,
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
  'test/files/picture.test.ts',
  'test/tools/{authority,bad-input,busy-pages,hints,hosts,large-book,read-kindly}.test.ts',
  'test/transport/**/*.test.ts',
  'test/backup/**/*.test.ts',
];

/** What runs on PostgreSQL too: all that looks at books through the seam of the tests. */
const ON_POSTGRES = [
  'test/files/{store,database}.test.ts',
  'test/{store,services,tools,resources,prompts,directory,transport}/**/*.test.ts',
];
/** What is of SQLite's own files. */
const OF_SQLITE = [
  'test/services/site/file-sweep.test.ts',
  // Parts of its file are damaged.
  'test/store/audit/audit.test.ts',
  // Which of its indexes are taken.
  'test/store/engine/sqlite-plans.test.ts',
  // Every statement over a line is a turn for others.
  'test/store/engine/many.test.ts',
  // A thousand steps of a plan are SQLite's own, and so is how long they take.
  'test/tools/large-book.test.ts',
];
/** What is of PostgreSQL alone. */
const OF_POSTGRES = ['test/files/database.test.ts', 'test/store/engine/postgres*.test.ts'];

/** A test that asserts nothing fails, and so does one that compares promises: both would pass whatever the program does. */
const ASSERTS = { expect: { requireAssertions: true }, setupFiles: ['test/support/setup.ts'] };

export default defineConfig({
  test: {
    reporters: process.env.CI ? ['default', ['json', { outputFile: RESULTS }]] : ['default'],
    projects: [
      {
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/bench/**', '**/node_modules/**', ...THOROUGH, ...OF_POSTGRES],
          // One process per core, each loading the sources once: a third of the time.
          isolate: false,
          maxWorkers: 2,
          testTimeout: 20_000,
          ...ASSERTS,
        },
      },
      {
        test: {
          name: 'postgres',
          include: ON_POSTGRES,
          exclude: [...OF_SQLITE, ...THOROUGH.filter((files) => !files.startsWith('test/transport'))],
          env: { JOBWRIGHT_TEST_ENGINE: 'postgres' },
          globalSetup: ['test/support/postgres-server.ts'],
          isolate: false,
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          ...ASSERTS,
          setupFiles: [...ASSERTS.setupFiles, 'test/support/statements/log.ts'],
        },
      },
      {
        test: {
          name: 'thorough',
          include: THOROUGH,
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
