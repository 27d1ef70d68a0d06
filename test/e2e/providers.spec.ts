import type { Page } from 'playwright/test';
import { signedRequest } from '../../dev/local-provider/facebook-notices.ts';
import { newStranger } from '../support/provider-trips.ts';
import { expect, proveAt, sayWho, test } from './providers-test.ts';
import { wrongWith } from './wrong-with.ts';

const CONNECTIONS = '/settings/connections';
const title = (page: Page) => page.getByRole('heading', { level: 1 });
const faces = (page: Page) => page.locator('[data-confirm] section');
const row = (page: Page, handle: string) =>
  page.getByRole('main').getByRole('listitem').filter({ hasText: handle });
const button = (page: Page, name: string) =>
  page.getByRole('main').getByRole('button', { name, exact: true });

/** Connects one more: the page must have asked for a proof already, or the sign-in was one. */
async function connect(page: Page, label: string, stranger = newStranger()) {
  await page.goto(CONNECTIONS);
  await button(page, `Connect ${label}`).click();
  await sayWho(page, stranger);
  await button(page, `Connect ${label}`).click();
  await expect(page.getByText('It is connected.')).toBeVisible();
  return stranger;
}

test.describe('with providers, a person', () => {
  test('registers, connects a second, sees both faces, and removes the first but not the last @both', async ({
    page,
  }) => {
    const [first, second] = [newStranger(), newStranger()];
    await page.goto('/login');
    await button(page, 'Continue with GitHub').click();
    await sayWho(page, first);
    await expect(title(page)).toHaveText('Create your account');
    await expect(faces(page).first()).toContainText(first.handle);
    await expect(faces(page).last()).toContainText('A new account');
    await expect(page.getByLabel('Username', { exact: true })).toHaveValue(first.handle);
    await button(page, 'Create account').click();
    await expect(page).toHaveURL('/');
    await expect(title(page)).toHaveText(first.name);

    await page.goto(CONNECTIONS);
    await expect(page.getByText('This is your only way in. Add another first.')).toBeVisible();
    const stays = row(page, first.handle).getByRole('button', { name: /^Disconnect/ });
    await expect(stays).toHaveAttribute('aria-disabled', 'true');
    await button(page, 'Connect Google').click();
    await proveAt(page, 'GitHub', first);
    await expect(page).toHaveURL(CONNECTIONS);
    await button(page, 'Connect Google').click();
    await sayWho(page, second);
    await expect(title(page)).toHaveText('Connect \u2068Google\u2069?');
    await expect(faces(page).first()).toContainText(second.email);
    await expect(faces(page).last()).toContainText(first.handle);
    await button(page, 'Connect Google').click();
    await expect(page.getByText('You can remove either one of these two.')).toBeVisible();

    await row(page, first.handle)
      .getByRole('button', { name: /^Disconnect/ })
      .click();
    await proveAt(page, 'Google', second);
    await row(page, first.handle)
      .getByRole('button', { name: /^Disconnect/ })
      .click();
    await expect(page.getByText('It is disconnected.')).toBeVisible();
    await expect(row(page, first.handle)).toHaveCount(0);
    await expect(page.getByText('This is your only way in. Add another first.')).toBeVisible();
  });

  test('moves an identity here, and a fresh browser is told before it opens anything (H11) @both', async ({
    page,
    browser,
    app,
    javaScriptEnabled,
    somebody,
    enterAs,
  }) => {
    const [old, next] = [await somebody(), await somebody()];
    await enterAs(old);
    const stranger = await connect(page, 'GitHub');
    await page.context().clearCookies();
    await enterAs(next);

    await page.goto(CONNECTIONS);
    await button(page, 'Connect GitHub').click();
    await sayWho(page, stranger);
    await expect(title(page)).toContainText('already opens another account');
    await expect(page.getByText(old.username)).toHaveCount(0);
    await button(page, 'Move it here').click();
    await expect(row(page, stranger.handle)).toHaveCount(1);

    const fresh = await browser.newContext({
      baseURL: app.origin,
      javaScriptEnabled: javaScriptEnabled ?? true,
    });
    const other = await fresh.newPage();
    await other.goto('/login');
    await button(other, 'Continue with GitHub').click();
    await sayWho(other, stranger);
    await expect(title(other)).toContainText('was moved');
    await expect(faces(other).last()).toContainText(next.username);
    await button(other, 'Go on to this account').click();
    await expect(title(other)).toHaveText(next.name);
    await fresh.close();

    await page.context().clearCookies();
    await enterAs(old);
    await page.goto(CONNECTIONS);
    await expect(page.getByRole('alert')).toContainText(stranger.handle);
    await expect(page.getByRole('alert')).toContainText('was moved to another account');
  });

  test('leaves an identity where it is the only way in @both', async ({
    page,
    context,
    somebody,
    enterAs,
  }) => {
    const owner = newStranger();
    await page.goto('/register');
    await button(page, 'Continue with GitHub').click();
    await sayWho(page, owner);
    await button(page, 'Create account').click();
    await expect(title(page)).toHaveText(owner.name);
    await context.clearCookies();
    await enterAs(await somebody());

    await page.goto(CONNECTIONS);
    await button(page, 'Connect GitHub').click();
    await sayWho(page, owner);
    await expect(page.getByText('so it cannot be moved')).toBeVisible();
    await expect(button(page, 'Move it here')).toHaveCount(0);
    await button(page, 'Leave it where it is').click();

    await expect(page).toHaveURL(CONNECTIONS);
    await expect(row(page, owner.handle)).toHaveCount(0);
  });

  test('whose provider says no, or nothing, has the other ways in before them @both', async ({
    page,
    expectConsoleError,
  }) => {
    expectConsoleError(/status of 409/);
    await page.goto('/login');
    await button(page, 'Continue with Facebook').click();
    await page.getByText('Misbehave once').click();
    await page.getByLabel('Failure').selectOption('denied');
    await page.getByRole('button', { name: 'Continue' }).click();

    await expect(title(page)).toContainText('did not say yes');
    await expect(page).toHaveURL(/\/auth\/problem\?/);
    await button(page, 'Continue with GitHub').click();
    await expect(title(page)).toContainText('GitHub');
  });
});

test('what became of a request at Facebook is read without a sign-in, in every light (H13)', async ({
  page,
  app,
  local,
}) => {
  const secret = local.environment.facebook['FACEBOOK_CLIENT_SECRET'] ?? '';
  const issued_at = Math.floor(Date.now() / 1000);
  const notice = signedRequest(secret, { user_id: newStranger().subject, issued_at });
  const answer = await page.request.post(`${app.origin}/auth/facebook/data-deletion`, {
    form: { signed_request: notice },
  });
  const { url } = (await answer.json()) as { url: string };
  await page.goto(url);

  await expect(title(page)).toHaveText('What became of the request');
  expect(await wrongWith(page)).toEqual([]);
});

test.describe('a certified OpenID provider that nobody here wrote', () => {
  test('signs in: registers, comes back later, and proves presence; its secret has + % : and blanks (G16) @both', async ({
    page,
    context,
    expectConsoleError,
  }) => {
    // Its pages ask a font server elsewhere; nothing here leaves this machine.
    await context.route(/^https:/, (route) => route.abort());
    expectConsoleError(/ERR_FAILED|Content Security Policy/);
    const login = newStranger().handle;
    const enterThere = async () => {
      await page.getByPlaceholder('Enter any login').fill(login);
      await page.getByPlaceholder('and password').fill('any');
      await page.getByRole('button', { name: 'Sign-in' }).click();
    };
    await page.goto('/login');
    await button(page, 'Continue with Corp').click();
    await enterThere();
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(title(page)).toHaveText('Create your account');
    await expect(faces(page).first()).toContainText('Address proved there');
    await button(page, 'Create account').click();
    await expect(title(page)).toHaveText(`Somebody called ${login}`);

    await page.goto(CONNECTIONS);
    await button(page, 'Connect GitHub').click();
    await button(page, 'Prove it with Corp').click();
    await enterThere();
    await expect(page).toHaveURL(CONNECTIONS);
    await connect(page, 'GitHub');
    await connect(page, 'Facebook');

    await page.getByRole('button', { name: 'Sign out' }).first().click();
    await expect(page).toHaveURL(/\/signed-out/);
    await page.goto('/login');
    await button(page, 'Continue with Corp').click();
    await enterThere();
    await expect(page).toHaveURL('/');
    await expect(title(page)).toHaveText(`Somebody called ${login}`);
  });
});
