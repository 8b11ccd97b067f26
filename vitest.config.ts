// Two projects: `fast` imports the sources, `e2e` starts the built program in dist/.
import { defineConfig } from 'vitest/config';

/** Where .ci/run reads what vitest really ran. */
const RESULTS = 'node_modules/.cache/vitest-results.json';

export default defineConfig({
  test: {
    reporters: process.env.CI ? ['default', ['json', { outputFile: RESULTS }]] : ['default'],
    projects: [
      {
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/bench/**', '**/node_modules/**'],
          testTimeout: 20_000,
          typecheck: { enabled: true, include: ['test/types/**/*.test-d.ts'], tsconfig: 'tsconfig.json' },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/support/nodes.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
