import type { Page } from 'playwright/test';
import { newPerson } from '../support/people.ts';
import { typePasswordChange, typeRegister, typeSignIn } from './forms-of-people.ts';
import { expect, test } from './latchkey-test.ts';

/** The message beside a field, found as a screen reader finds it. */
async function messageOf(page: Page, label: string): Promise<string> {
  const field = page.getByLabel(label, { exact: true });
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  const ids = (await field.getAttribute('aria-describedby')) ?? '';
  return page.locator(`#${ids.split(' ').at(-1) ?? ''}`).innerText();
}

test.describe('a form that is sent back', () => {
  test.beforeEach(({ expectConsoleError }) => expectConsoleError(/status of 4(00|09)/));

  test('says beside each field what is wrong, keeps what was typed, and puts the focus on the first @both', async ({
    page,
  }) => {
    await page.goto('/register');
    const wrong = { email: 'nowhere', username: 'a b', name: 'Ann', password: 'short' };
    await typeRegister(page, { ...newPerson(), ...wrong });

    expect(await messageOf(page, 'E-mail address')).toContain('whole e-mail address');
    expect(await messageOf(page, 'Username')).toContain('Use letters a to z');
    expect(await messageOf(page, 'Password')).toContain('at least 12 characters');
    await expect(page.getByLabel('E-mail address', { exact: true })).toBeFocused();
    await expect(page.getByLabel('E-mail address', { exact: true })).toHaveValue('nowhere');
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Ann');
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
    await expect(page.getByRole('alert')).toContainText(
      '3 fields need a change. Nothing was saved.',
    );
  });

  test('and is corrected makes the account @both', async ({ page }) => {
    const person = newPerson();
    await page.goto('/register');
    await typeRegister(page, { ...person, username: 'admin' });
    await expect(page.getByLabel('Username', { exact: true })).toBeFocused();

    await typeRegister(page, person);

    await expect(page).toHaveURL('/');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(person.name);
  });

  test('tells of a refusal by its code and beside its field @both', async ({ page, somebody }) => {
    const { email } = await somebody();
    await page.goto('/register');

    await typeRegister(page, newPerson({ email: email.toUpperCase() }));

    await expect(page.locator('[data-refusal="email-taken"]')).toBeVisible();
    expect(await messageOf(page, 'E-mail address')).toContain('already belongs to an account');
    await expect(page.getByLabel('E-mail address', { exact: true })).toBeFocused();
  });

  test('without a wrong field has the focus on the word about the whole @both', async ({
    page,
  }) => {
    await page.goto('/login');

    await typeSignIn(page, { username: 'nobody.here', password: 'not the password' });

    const alert = page.getByRole('alert');
    await expect(alert).toContainText('is not right');
    expect(await alert.evaluate((node) => node.closest(':focus') !== null)).toBe(true);
    await expect(page.getByLabel('Username or e-mail address', { exact: true })).toHaveValue(
      'nobody.here',
    );
  });

  test('keeps the two forms of a page apart @both', async ({ page, somebody, enterAs }) => {
    await enterAs(await somebody());
    await page.goto('/settings/password');

    await typePasswordChange(page, 'not the password', 'quiet marble lantern');

    expect(await messageOf(page, 'Current password')).toContain('not your current password');
    await expect(page.getByLabel('Current password', { exact: true }).first()).toBeFocused();
    await expect(page.locator('[aria-invalid]')).toHaveCount(1);
  });
});

test.describe('a password field', () => {
  test('takes what is pasted, and what a manager fills in', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto('/login');
    await page.evaluate(() => navigator.clipboard.writeText('pasted, wíth blanks '));
    const field = page.getByLabel('Password', { exact: true });

    await field.focus();
    await page.keyboard.press('ControlOrMeta+V');

    await expect(field).toHaveValue('pasted, wíth blanks ');
    await expect(field).toHaveAttribute('autocomplete', 'current-password');
    await expect(page.getByLabel('Username or e-mail address', { exact: true })).toHaveAttribute(
      'autocomplete',
      'username',
    );
  });

  test('is shown and hidden again, and keeps what was typed', async ({ page }) => {
    await page.goto('/register');
    const field = page.getByLabel('Password', { exact: true });
    const button = page.getByRole('button', {
      name: 'Show what is typed in Password',
      exact: true,
    });
    await field.fill('violet harbour');
    await expect(field).toHaveAttribute('type', 'password');

    await button.click();
    await expect(field).toHaveAttribute('type', 'text');
    await expect(button).toHaveAttribute('aria-pressed', 'true');
    await expect(field).toHaveValue('violet harbour');

    await button.click();
    await expect(field).toHaveAttribute('type', 'password');
    await expect(page.getByLabel('The same password again', { exact: true })).toHaveAttribute(
      'type',
      'password',
    );
  });

  test('shows no button that would do nothing @both', async ({ page, javaScriptEnabled }) => {
    await page.goto('/register');

    await expect(page.getByRole('button', { name: /Show what is typed/ })).toHaveCount(
      javaScriptEnabled === false ? 0 : 2,
    );
  });
});
