import { expect, test } from './latchkey-test.ts';
import { register, secret, signIn, somebody } from './walk.ts';

test.describe('a person', () => {
  test('registers, changes profile and password, reads all of it, and signs out @both', async ({
    page,
  }) => {
    const person = somebody();
    await register(page, person);
    await expect(page.getByText('Your account is open.')).toBeVisible();

    await page.goto('/settings');
    await page.getByLabel('Name', { exact: true }).fill('Ada, Countess of Lovelace');
    await page.getByLabel('E-mail address').fill(`new.${person.email}`);
    await page.getByRole('button', { name: 'Save profile' }).click();
    await expect(page.getByText('Your profile is saved.')).toBeVisible();

    await page.goto('/settings/password');
    await page.getByLabel('Current password', { exact: true }).first().fill(secret);
    await page.getByLabel('New password', { exact: true }).fill('amber harbour candle');
    await page.getByLabel('The same password again', { exact: true }).fill('amber harbour candle');
    await page.getByRole('button', { name: 'Change password' }).click();
    await expect(page.getByText('Your password is changed.')).toBeVisible();

    await page.goto('/settings/history');
    const facts = page.locator('.register-fact .register-sentence');
    await expect(facts).toHaveText([
      'Password changed',
      /E-mail address changed to .*new\./,
      /Name changed to .*Countess/,
      'Account opened with a password',
    ]);

    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
    await page.goto('/settings');
    await expect(page).toHaveURL(/\/login\?redirectTo=/);
    await signIn(page, `new.${person.email}`.toUpperCase(), 'amber harbour candle');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Countess');
  });

  test('who mistypes is told beside each field, keeps what was typed, and stands on the first of them @both', async ({
    page,
    expectConsoleError,
  }) => {
    expectConsoleError(/status of 400/);
    await page.goto('/register');
    await page.getByLabel('E-mail address').fill('no address');
    await page.getByLabel('Username').fill('x');
    await page.getByLabel('Name', { exact: true }).fill('ليلى');
    await page.getByLabel('Password', { exact: true }).fill('short');
    await page.getByRole('main').getByRole('button', { name: 'Create account' }).click();

    await expect(page.getByText('Enter a whole e-mail address')).toBeVisible();
    await expect(page.getByText('Use at least 3 characters.')).toBeVisible();
    await expect(page.getByText('Use at least 12 characters.')).toBeVisible();
    await expect(page.getByLabel('E-mail address')).toHaveValue('no address');
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('ليلى');
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
    await expect(page.getByLabel('E-mail address')).toBeFocused();
  });

  test('who signs out in one tab is signed out in the other at its next request', async ({
    page,
    context,
  }) => {
    await register(page, somebody());
    const other = await context.newPage();
    await other.goto('/settings');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
    await other.reload();
    await expect(other).toHaveURL(/\/login/);
  });

  test('ends a session in another browser @both', async ({ page, browser, app }) => {
    const person = somebody();
    await register(page, person);
    const elsewhere = await browser.newContext({ baseURL: app.origin });
    const far = await elsewhere.newPage();
    await signIn(far, person.username);
    await expect(far.getByRole('heading', { level: 1 })).toHaveText(person.name);

    await page.goto('/settings/sessions');
    await page.getByRole('button', { name: /^End session of/ }).click();
    await expect(page.getByText('That session is over.')).toBeVisible();
    await far.goto('/settings');
    await expect(far).toHaveURL(/\/login/);
    await elsewhere.close();
  });

  test('sees a password on asking, pastes one, and chooses colours that stay', async ({ page }) => {
    await page.goto('/register');
    const field = page.getByLabel('Password', { exact: true });
    await field.fill(secret);
    await page.getByRole('button', { name: /Show what is typed in Password/ }).click();
    await expect(field).toHaveAttribute('type', 'text');

    await page.getByLabel('Username').fill('pasted password here');
    await page.getByLabel('Username').selectText();
    await page.keyboard.press('Control+C');
    await page.getByLabel('The same password again', { exact: true }).focus();
    await page.keyboard.press('Control+V');
    await expect(page.getByLabel('The same password again', { exact: true })).toHaveValue(
      'pasted password here',
    );

    await page.getByRole('button', { name: 'Dark' }).click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  });
});
