import type { Page } from 'playwright/test';
import type { Person } from '../support/people.ts';

/** Types into the register form as a person does, and sends it. */
export async function typeRegister(page: Page, person: Person): Promise<void> {
  await page.getByLabel('E-mail address', { exact: true }).fill(person.email);
  await page.getByLabel('Username', { exact: true }).fill(person.username);
  await page.getByLabel('Name', { exact: true }).fill(person.name);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByLabel('The same password again', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Create account' }).click();
}

/** Types into the sign-in form and sends it. */
export async function typeSignIn(
  page: Page,
  { username, password }: Pick<Person, 'username' | 'password'>,
): Promise<void> {
  await page.getByLabel('Username or e-mail address', { exact: true }).fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
}

/** Changes the password on its page. */
export async function typePasswordChange(page: Page, current: string, next: string): Promise<void> {
  await page.getByLabel('Current password', { exact: true }).first().fill(current);
  await page.getByLabel('New password', { exact: true }).fill(next);
  await page.getByLabel('The same password again', { exact: true }).fill(next);
  await page.getByRole('button', { name: 'Change password' }).click();
}

/** The facts of the history, newest first: what changed, without sign-ins. */
export async function factsOf(page: Page): Promise<string[]> {
  await page.goto('/settings/history');
  const sentences = await page.locator('.register-fact .register-sentence').allInnerTexts();
  return sentences.map((sentence) => sentence.replace(/[\u2066-\u2069]/g, ''));
}
