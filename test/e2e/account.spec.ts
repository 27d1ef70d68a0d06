import { newPerson } from '../support/people.ts';
import { factsOf, typePasswordChange, typeRegister, typeSignIn } from './forms-of-people.ts';
import { expect, test } from './latchkey-test.ts';

test.describe('a person', () => {
  test('registers, changes everything, reads all of it in order, signs out and in again @both', async ({
    page,
  }) => {
    const person = newPerson();
    const [name, username] = [`Renamed ${person.name}`, `${person.username}-2`];
    const password = 'quiet marble lantern';

    await page.goto('/');
    await page.getByRole('main').getByRole('link', { name: 'Create account' }).click();
    await typeRegister(page, person);
    await expect(page).toHaveURL('/');
    await expect(page.getByText(`Your account is open. Welcome, `)).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(person.name);

    await page.getByRole('link', { name: 'Change profile' }).click();
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByLabel('Username', { exact: true }).fill(username);
    await page.getByLabel('E-mail address', { exact: true }).fill(`new-${person.email}`);
    await page.getByRole('button', { name: 'Save profile' }).click();
    await expect(page.getByText('Your profile is saved.')).toBeVisible();
    await expect(page.getByLabel('Username', { exact: true })).toHaveValue(username);

    await page.getByRole('link', { name: 'Password' }).click();
    await typePasswordChange(page, person.password, password);
    await expect(page.getByText('Your password is changed.')).toBeVisible();

    expect(await factsOf(page)).toEqual([
      'Password changed',
      `E-mail address changed to new-${person.email}`,
      `Username changed to ${username}`,
      `Name changed to ${name}`,
      'Account opened with a password',
    ]);

    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL('/signed-out');
    await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
    await typeSignIn(page, { username: `NEW-${person.email}`, password });
    await expect(page).toHaveURL('/');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  });

  test('is told once what was done: the message is gone with the next page @both', async ({
    page,
  }) => {
    await page.goto('/register');
    await typeRegister(page, newPerson());
    await expect(page.locator('[data-flash]')).toHaveCount(1);

    await page.reload();

    await expect(page.locator('[data-flash]')).toHaveCount(0);
  });

  test('who sends the register form twice has one account (F14) @both', async ({ page }) => {
    const person = newPerson();
    await page.goto('/register');
    await page.getByLabel('Password', { exact: true }).fill(person.password);
    await page.getByLabel('The same password again', { exact: true }).fill(person.password);
    await page.getByLabel('E-mail address', { exact: true }).fill(person.email);
    await page.getByLabel('Username', { exact: true }).fill(person.username);
    await page.getByLabel('Name', { exact: true }).fill(person.name);
    await page.getByRole('button', { name: 'Create account' }).dblclick();

    await expect(page).toHaveURL('/');
    expect(await factsOf(page)).toEqual(['Account opened with a password']);
  });

  test('goes where they wanted to after signing in @both', async ({ page, somebody }) => {
    const person = await somebody();

    await page.goto('/settings/sessions');
    await typeSignIn(page, person);

    await expect(page).toHaveURL('/settings/sessions');
  });

  test('who signs out in one tab is signed out in the other at its next request @both', async ({
    page,
    context,
    somebody,
    enterAs,
  }) => {
    await enterAs(await somebody());
    const other = await context.newPage();
    await other.goto('/settings');
    await page.goto('/');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page).toHaveURL('/signed-out');

    await other.getByRole('button', { name: 'Save profile' }).click();

    await expect(other).toHaveURL('/login?redirectTo=%2Fsettings');
  });

  test('who signed in as somebody else in another tab gets a clear word on the old form @both', async ({
    page,
    context,
    somebody,
    enterAs,
    expectConsoleError,
  }) => {
    expectConsoleError(/status of 403/);
    const [one, two] = [await somebody(), await somebody()];
    await enterAs(one);
    const old = await context.newPage();
    await old.goto('/settings');
    await old.getByLabel('Name', { exact: true }).fill('Typed in an old tab');
    await page.goto('/');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.goto('/login');
    await typeSignIn(page, two);
    await expect(page).toHaveURL('/');

    await old.getByRole('button', { name: 'Save profile' }).click();

    await expect(old.getByRole('heading', { level: 1 })).toHaveText('This form is too old');
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(two.name);
  });
});
