import type { Page } from 'playwright/test';
import { expect } from './latchkey-test.ts';

export const secret = 'violet harbour candle';

let count = 0;

/** A new person with names nobody else in this worker has. */
export const somebody = (name = 'Ada Lovelace') => {
  count += 1;
  const username = `person${process.pid}.${count}.${Date.now() % 100_000}`;
  return { username, email: `${username}@example.org`, name };
};
export type Person = ReturnType<typeof somebody>;

/** Fills the register form and sends it, as a person would. */
export async function register(page: Page, person: Person): Promise<void> {
  await page.goto('/register');
  await page.getByLabel('E-mail address').fill(person.email);
  await page.getByLabel('Username').fill(person.username);
  await page.getByLabel('Name', { exact: true }).fill(person.name);
  await page.getByLabel('Password', { exact: true }).fill(secret);
  await page.getByLabel('The same password again', { exact: true }).fill(secret);
  await page.getByRole('main').getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(person.name);
}

export async function signIn(page: Page, identifier: string, password = secret): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('Username or e-mail address').fill(identifier);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click();
}
