import type { Page } from 'playwright/test';
import type { Person } from '../support/people.ts';
import { typeRegister, typeSignIn } from './forms-of-people.ts';
import { expect, test } from './latchkey-test.ts';
import { wrongWith } from './wrong-with.ts';

const PAGE = '/settings/delete';

/** Types the username and the password, and presses the button. */
async function typeDeletion(page: Page, person: Person, button: string): Promise<void> {
  await page.getByLabel('Your username', { exact: true }).fill(person.username);
  await page.getByLabel('Current password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: button }).click();
}

test.describe('somebody who wants to go', () => {
  test('reads what goes and what stays, is told what is wrong, and has a receipt @both', async ({
    page,
    somebody,
    enterAs,
    expectConsoleError,
    javaScriptEnabled,
  }) => {
    expectConsoleError(/status of 400/);
    const person = await somebody();
    await enterAs(person);
    await page.goto('/settings');
    await page.getByRole('link', { name: 'Delete account' }).click();
    for (const title of ['What is erased', 'What stays', 'What happens elsewhere']) {
      await expect(page.getByRole('heading', { name: title })).toBeVisible();
    }

    const username = page.getByLabel('Your username', { exact: true });
    await username.fill('somebody-else');
    await page.getByRole('button', { name: 'Delete my account' }).click();
    await expect(page.getByText('This is not the username of this account.')).toBeVisible();
    await expect(username).toBeFocused();
    await typeDeletion(page, person, 'Delete my account');

    await expect(page).toHaveURL(PAGE);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your account is closing');
    await expect(page.getByText('Number of the account')).toBeVisible();
    if (javaScriptEnabled) expect(await wrongWith(page)).toEqual([]);
    for (const word of [person.username, person.name, person.email]) {
      await expect(page.getByText(word)).toHaveCount(0);
    }
    await page.goto('/settings');
    await expect(page).toHaveURL('/login?redirectTo=%2Fsettings');
  });

  test('changes their mind: keeps the account, signs in anew, and everything is there @both', async ({
    page,
    somebody,
    enterAs,
    javaScriptEnabled,
  }) => {
    const person = await somebody();
    await enterAs(person);
    await page.goto(PAGE);
    await typeDeletion(page, person, 'Delete my account');
    await page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
    await typeSignIn(page, person);

    await expect(page).toHaveURL(PAGE);
    await expect(page.getByText('somebody signed in with a password')).toBeVisible();
    if (javaScriptEnabled) expect(await wrongWith(page)).toEqual([]);
    await page.goto('/settings/history');
    await expect(page).toHaveURL(PAGE);
    await page.getByRole('button', { name: 'Keep my account' }).click();

    await expect(page).toHaveURL('/login');
    await expect(page.getByText('Your account is kept.')).toBeVisible();
    await typeSignIn(page, person);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(person.name);
  });

  test('finishes it at once, and the next person may be called the same @both', async ({
    page,
    somebody,
    enterAs,
  }) => {
    const person = await somebody();
    await enterAs(person);
    await page.goto(PAGE);
    await typeDeletion(page, person, 'Delete my account');
    await page.goto('/login');
    await typeSignIn(page, person);
    await typeDeletion(page, person, 'Erase my account now');

    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your account is erased');
    await page.goto('/register');
    await typeRegister(page, person);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(person.name);
  });
});
