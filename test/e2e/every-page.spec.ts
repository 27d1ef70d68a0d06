import type { Page } from 'playwright/test';
import { expect, test } from './latchkey-test.ts';
import { seriousFindings } from './serious-findings.ts';
import { register, somebody } from './walk.ts';

const signedOut = ['/', '/register', '/login', '/signed-out', '/recover/no-such-link', '/nowhere'];
const signedIn = [
  '/',
  '/settings',
  '/settings/password',
  '/settings/connections',
  '/settings/sessions',
  '/settings/history',
  '/reauth?redirectTo=/settings',
];
const long = `Hubert ${'Wolfeschlegelsteinhausen'.repeat(3)} of the very last line`;

async function expectGood(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  expect(await seriousFindings(page), `axe at ${path}`).toEqual([]);
  const tooWide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(tooWide, `scrolls sideways at ${path}`).toBe(0);
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 1280]) {
    test.describe(`every page, ${colorScheme}, ${width} px wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 800 } });

      test('has nothing that axe calls serious, and no sideways scrolling, signed out', async ({
        page,
        expectConsoleError,
      }) => {
        expectConsoleError(/status of 404/);
        for (const path of signedOut) await expectGood(page, path);
      });

      test('nor signed in, with a long name and with one from right to left', async ({ page }) => {
        await register(page, somebody(long));
        for (const path of signedIn) await expectGood(page, path);
        await page.goto('/settings');
        await page.getByLabel('Name', { exact: true }).fill('ليلى بنت طريف');
        await page.getByRole('button', { name: 'Save profile' }).click();
        for (const path of ['/', '/settings/history']) await expectGood(page, path);
      });
    });
  }
}
