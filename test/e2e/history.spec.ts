import { expect, test } from './latchkey-test.ts';
import { longName } from './names.ts';
import { wrongWith } from './wrong-with.ts';

const live = 'New entries appear here by themselves.';

test.describe('the history', () => {
  test('shows what another tab changes, without being asked', async ({
    page,
    context,
    somebody,
    enterAs,
  }) => {
    await enterAs(await somebody());
    await page.goto('/settings/history');
    await expect(page.getByText(live)).toBeVisible();

    const other = await context.newPage();
    await other.goto('/settings');
    await other.getByLabel('Name', { exact: true }).fill('Changed In Another Tab');
    await other.getByRole('button', { name: 'Save' }).click();
    await expect(other.getByRole('main').getByRole('status').first()).toBeAttached();

    await page.bringToFront();
    await expect(page.getByText('Name changed to ⁨Changed In Another Tab⁩')).toBeVisible();
  });

  test('leaves for the sign-in page when its session ends in another tab', async ({
    page,
    context,
    somebody,
    enterAs,
  }) => {
    await enterAs(await somebody());
    await page.goto('/settings/history');
    await expect(page.getByText(live)).toBeVisible();

    const other = await context.newPage();
    await other.goto('/');
    await other.getByRole('button', { name: 'Sign out' }).click();
    await expect(other).toHaveURL(/signed-out/);

    await expect(page).toHaveURL('/login?redirectTo=%2Fsettings%2Fhistory', { timeout: 40_000 });
  });

  test('is narrowed by its form, and widened again @both', async ({ page, somebody, enterAs }) => {
    await enterAs(await somebody());
    await page.goto('/settings/history');

    await page.getByText('Showing everything').click();
    await page.getByLabel('Show', { exact: true }).selectOption('changes');
    await page.getByLabel('with the words').fill('octocat');
    await page.getByRole('search').getByRole('button', { name: 'Show' }).click();

    await expect(page).toHaveURL('/settings/history?kind=facts&from=&to=&text=octocat');
    await expect(page.getByText('Nothing matches')).toBeVisible();
    await page.getByText('Showing changes with the words “⁨octocat⁩”').click();
    await expect(page.getByLabel('with the words')).toHaveValue('octocat');
    await page.getByRole('link', { name: 'Show everything' }).click();
    await expect(page.getByText('Account opened with a password')).toBeVisible();
  });

  test('leads from an entry to the account as it was, to the raw event and back @both', async ({
    page,
    somebody,
    enterAs,
  }) => {
    await enterAs(await somebody());
    await page.goto('/settings/history');

    await page.getByRole('link', { name: 'As it was then Entry 0' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Your account after entry 0');
    await page.getByRole('link', { name: 'As it is written in the log' }).click();
    await expect(page.getByText('UserRegistered')).toBeVisible();
    await page.getByRole('link', { name: 'Your account after it' }).click();
    await page.getByRole('link', { name: 'Back to the history' }).click();
    await expect(page).toHaveURL('/settings/history');
  });

  test('has no findings in any of its views', async ({
    page,
    somebody,
    enterAs,
    expectConsoleError,
  }) => {
    expectConsoleError(/status of 40[04]/);
    await enterAs(await somebody({ name: longName }));
    for (const query of ['?at=0', '?raw=0', '?at=9', '?kind=x&from=x&to=x', '?text=nothing']) {
      await page.goto(`/settings/history${query}`);
      expect(await wrongWith(page), query).toEqual([]);
    }
  });
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the history is asked for again by a link', async ({ page, somebody, enterAs }) => {
    await enterAs(await somebody());
    await page.goto('/settings/history?kind=facts');

    await page.getByRole('link', { name: 'Look for new entries' }).click();

    await expect(page).toHaveURL('/settings/history?kind=facts');
    await expect(page.getByText(live)).toHaveCount(0);
  });
});
