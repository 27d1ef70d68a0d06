import type { Page } from 'playwright/test';
import { accountIdOf, giveRole, takeRole } from '../support/audit-trails.ts';
import { registered } from '../support/people.ts';
import { WebClient } from '../support/web-client.ts';
import { expect, test } from './latchkey-test.ts';

const live = 'New entries appear here by themselves.';

/** What the owner of the account reads of looks. */
async function looksReadBy(page: Page): Promise<readonly string[]> {
  await page.goto('/settings/history?kind=looks');
  return page.locator('.register-sentence').allTextContents();
}

test.describe('an auditor', () => {
  test('finds an account, reads it sealed, and its owner reads that @both', async ({
    page,
    app,
    somebody,
    enterAs,
  }) => {
    const [ann, grace] = [await somebody(), await somebody()];
    await giveRole(app, grace);
    await enterAs(grace);
    await page.goto('/');
    await page.getByRole('link', { name: 'Audit' }).click();

    await page.getByLabel('Search by').selectOption('E-mail address');
    await page.getByLabel('What to look for').fill('nobody@example.org');
    await page.getByRole('button', { name: 'Search' }).click();
    await expect(page.getByText('No account has exactly that now.')).toBeVisible();
    await expect(page.getByLabel('What to look for')).toHaveValue('nobody@example.org');

    await page.getByLabel('What to look for').fill(ann.email);
    await page.getByRole('button', { name: 'Search' }).click();
    await expect(page).toHaveURL(`/audit/${await accountIdOf(app, ann)}`);
    await expect(page.getByText('Account opened with a password')).toBeVisible();
    await expect(page.getByText(ann.name)).toHaveCount(0);

    await page.getByText('Showing every event').click();
    await page.getByLabel('Show', { exact: true }).selectOption('roles');
    await page.getByRole('search').getByRole('button', { name: 'Show' }).click();
    await expect(page.getByText('Nothing matches')).toBeVisible();
    await page.getByRole('link', { name: 'Show everything' }).click();
    await expect(page.getByText('Account opened with a password')).toBeVisible();

    await page.context().clearCookies();
    await enterAs(ann);
    expect(await looksReadBy(page)).toEqual([
      ...Array.from({ length: 3 }, () => 'An auditor looked at what happened to your account'),
      'An auditor searched for something of yours, and found your account',
    ]);
    await expect(page.getByRole('link', { name: 'Audit' })).toHaveCount(0);
  });

  test('sees what happens to anybody without asking, until the role is taken back', async ({
    page,
    app,
    somebody,
    enterAs,
    expectConsoleError,
  }) => {
    expectConsoleError(/status of 404/);
    const grace = await somebody();
    await giveRole(app, grace);
    await enterAs(grace);
    await page.goto('/audit/newest');
    await expect(page.getByText(live)).toBeVisible();

    const { person } = await registered(new WebClient(app.origin));
    const id = await accountIdOf(app, person);
    await expect(page.getByRole('link', { name: `account ${id}` })).toBeVisible();

    await takeRole(app, grace);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nothing is at this address', {
      timeout: 40_000,
    });
  });

  test('opens an account from the newest events, and takes a copy', async ({
    page,
    app,
    somebody,
    enterAs,
  }) => {
    const [grace, ann] = [await somebody(), await somebody()];
    await giveRole(app, grace);
    await enterAs(grace);
    await page.goto('/audit/newest');
    const id = await accountIdOf(app, ann);
    await page.getByRole('link', { name: `account ${id}` }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('An account');

    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'as CSV' }).click();
    expect((await download).suggestedFilename()).toMatch(/^latchkey-audit-[0-9a-f-]+\.csv$/);
  });
});
