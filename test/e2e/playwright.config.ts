import { defineConfig } from 'playwright/test';
import { browserArguments, findBrowser } from '../support/browser.ts';

const executablePath = findBrowser();
if (executablePath === undefined)
  throw new Error('No Chromium or Chrome found; `npm test` installs one or says how.');

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../test-results/e2e',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath, args: [...browserArguments] },
    locale: 'en-GB',
    timezoneId: 'UTC',
    screenshot: 'only-on-failure',
  },
  // A test tagged @both runs twice: every form works with JavaScript and without it.
  projects: [
    { name: 'javascript' },
    { name: 'no-javascript', grep: /@both/, use: { javaScriptEnabled: false } },
  ],
});
