import { defineConfig } from 'vitest/config';

/** The built application, driven over HTTP from outside: these tests want `npm run build` before them. */
export default defineConfig({
  test: {
    root: `${import.meta.dirname}/../..`,
    setupFiles: ['test/support/console-guard.ts'],
    include: ['test/journeys/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
