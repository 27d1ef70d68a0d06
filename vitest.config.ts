import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    setupFiles: ['test/support/console-guard.ts'],
    include: ['test/**/*.test.{ts,tsx}'],
    // They drive the built app; `npm run test:journeys` runs them.
    exclude: ['test/e2e/**', 'test/journeys/**'],
    unstubEnvs: true,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
