import type { Page } from 'playwright/test';
import { rightToLeftName } from './names.ts';
import { expect, test } from './latchkey-test.ts';

const PHONE = { width: 360, height: 740 };

/** How far the page can be pushed sideways, in pixels. */
const overhang = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const paperOf = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

test.describe('the colours', () => {
  test('follow the device until somebody chooses, and the choice stays @both', async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto('/login');
    const light = await paperOf(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await paperOf(page);
    expect(dark).not.toBe(light);

    await page.getByRole('button', { name: 'Light' }).click();
    await expect.poll(() => paperOf(page)).toBe(light);
    await expect(page).toHaveURL('/login');
    await page.goto('/register');
    expect(await paperOf(page)).toBe(light);
    await expect(page.getByRole('button', { name: 'Light' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );

    await page.getByRole('button', { name: 'Device' }).click();
    await expect.poll(() => paperOf(page)).toBe(dark);
  });

  test('can be chosen in the middle of a form, which keeps what was typed', async ({ page }) => {
    await page.goto('/register');
    await page.getByLabel('Username', { exact: true }).fill('half.typed');

    await page.getByRole('button', { name: 'Dark' }).click();

    await expect(page.getByRole('button', { name: 'Dark' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await expect(page.getByLabel('Username', { exact: true })).toHaveValue('half.typed');
  });
});

test.describe('a name', () => {
  test('from right to left fits a phone and turns nothing round @both', async ({
    page,
    somebody,
    enterAs,
  }) => {
    await page.setViewportSize(PHONE);
    await enterAs(await somebody({ name: rightToLeftName }));
    await page.goto('/settings');
    await page.getByLabel('Name', { exact: true }).fill(`${rightToLeftName}!`);
    await page.getByRole('button', { name: 'Save profile' }).click();
    await expect(page.getByText('Your profile is saved.')).toBeVisible();

    for (const path of ['/', '/settings', '/settings/history']) {
      await page.goto(path);
      expect(await overhang(page), path).toBe(0);
    }
    const sentence = page.locator('.register-sentence').first();
    await expect(sentence).toHaveText(`Name changed to \u2068${rightToLeftName}!\u2069`);
    await expect(page.locator('html')).toHaveCSS('direction', 'ltr');
  });
});

test.describe('a page', () => {
  test('that is not there says so, with the way back and the number of the request @both', async ({
    page,
    expectConsoleError,
  }) => {
    expectConsoleError(/status of 404/);
    const response = await page.goto('/no/such/page');

    expect(response?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nothing is at this address');
    await expect(page).toHaveTitle('Nothing is at this address · Latchkey');
    await expect(page.getByText(response?.headers()['x-request-id'] ?? '-')).toBeVisible();
    await page.getByRole('link', { name: 'To the first page', exact: true }).click();
    await expect(page).toHaveURL('/');
  });

  test('does not jump while it loads', async ({ page, somebody, enterAs }) => {
    await enterAs(await somebody());
    for (const path of ['/register', '/', '/settings/password', '/settings/history']) {
      await page.goto(path, { waitUntil: 'networkidle' });
      const shift = await page.evaluate(layoutShift);
      expect(shift, path).toBeLessThan(0.01);
    }
  });

  test('takes what is typed while its scripts take it over, and no error comes of it', async ({
    page,
  }) => {
    for (let time = 0; time < 10; time += 1) {
      await page.goto('/login');
      for (const key of ['Tab', 'Enter', 'Tab']) await page.keyboard.press(key);
      await page.keyboard.type('ann');
      await page.waitForLoadState('networkidle');
      const field = page.getByLabel('Username or e-mail address', { exact: true });
      await expect(field).toHaveValue('ann');
    }
  });

  test('can be used by the keyboard alone: skip link, form, button', async ({ page, somebody }) => {
    const person = await somebody();
    await page.goto('/login');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to the page' })).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await expect(page.getByLabel('Username or e-mail address', { exact: true })).toBeFocused();
    await page.keyboard.type(person.username);
    await page.keyboard.press('Tab');
    await page.keyboard.type(person.password);
    await page.keyboard.press('Enter');

    await expect(page.getByRole('heading', { level: 1 })).toHaveText(person.name);
  });
});

/** The sum of what moved by itself since the page was opened. */
function layoutShift(): Promise<number> {
  return new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => resolve(sum), 200);
  });
}
