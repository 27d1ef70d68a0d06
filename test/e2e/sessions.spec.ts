import { runLatchkey } from '../support/run-latchkey.ts';
import { typePasswordChange, typeSignIn } from './forms-of-people.ts';
import { expect, test } from './latchkey-test.ts';

const MINUTES = 60_000;
const newPassword = 'quiet marble lantern';

test.describe('somebody signed in with two browsers', () => {
  test('changes the password in one: the other is out at its next request @both', async ({
    page,
    browser,
    app,
    somebody,
    enterAs,
  }) => {
    const person = await somebody();
    const elsewhere = await browser.newContext({ baseURL: app.origin });
    await enterAs(person);
    await enterAs(person, elsewhere);
    const other = await elsewhere.newPage();
    await other.goto('/settings/history');

    await page.goto('/settings/password');
    await typePasswordChange(page, person.password, newPassword);
    await expect(page.getByText('Every other session is over.')).toBeVisible();
    await other.reload();

    await expect(other).toHaveURL('/login?redirectTo=%2Fsettings%2Fhistory');
    await typeSignIn(other, { ...person, password: newPassword });
    await expect(other).toHaveURL('/settings/history');
    await elsewhere.close();
  });

  test('sees both, ends one, then all others @both', async ({
    page,
    browser,
    app,
    somebody,
    enterAs,
  }) => {
    const person = await somebody();
    await enterAs(person);
    const elsewhere = await browser.newContext({ baseURL: app.origin, userAgent: safari });
    await elsewhere.newPage().then(async (other) => {
      await other.goto('/login');
      await typeSignIn(other, person);
      await expect(other).toHaveURL('/');
    });

    await page.goto('/settings/sessions');
    await expect(page.getByRole('listitem').filter({ hasText: 'This browser' })).toHaveCount(1);
    await page.getByRole('button', { name: 'End session of Safari on iOS' }).click();
    await expect(page.getByText('That session is over.')).toBeVisible();
    await expect(page.getByText('Safari on iOS')).toHaveCount(0);
    const [other] = elsewhere.pages();
    await other?.goto('/settings');
    await expect(other ?? page).toHaveURL('/login?redirectTo=%2Fsettings');

    await page.getByRole('button', { name: 'End all other sessions' }).click();
    await expect(page.getByText('No other session is open.')).toBeVisible();
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(person.name);
    await elsewhere.close();
  });
});

test.describe('an e-mail change some minutes after the sign-in', () => {
  test('asks who it is, shows the form again as it was typed, and saves at a fresh submit (H6) @both', async ({
    page,
    app,
    somebody,
    enterAs,
    expectConsoleError,
  }) => {
    expectConsoleError(/status of 400/);
    const person = await somebody();
    await enterAs(person);
    await page.goto('/settings');
    ahead += 6 * MINUTES;
    await app.setClockAhead(ahead);
    await page.getByLabel('E-mail address', { exact: true }).fill(`new-${person.email}`);
    await page.getByLabel('Name', { exact: true }).fill('Typed Before');
    await page.getByRole('button', { name: 'Save profile' }).click();

    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Is it you?');
    const proof = page.getByLabel('Current password', { exact: true });
    await proof.fill('not the password');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await expect(page.getByText('This is not your current password.')).toBeVisible();
    await expect(proof).toBeFocused();
    await proof.fill(person.password);
    await page.getByRole('button', { name: 'Confirm' }).click();

    await expect(page).toHaveURL('/settings');
    await expect(page.getByText('Nothing is saved yet.')).toBeVisible();
    await expect(page.getByLabel('E-mail address', { exact: true })).toHaveValue(
      `new-${person.email}`,
    );
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Typed Before');
    await page.getByRole('button', { name: 'Save profile' }).click();
    await expect(page.getByText('Your profile is saved.')).toBeVisible();
    await page.goto('/');
    await expect(page.getByText(`new-${person.email}`).first()).toBeVisible();
  });
});

test.describe('a recovery link from the terminal', () => {
  test('sets a password and signs in, once @both', async ({
    page,
    app,
    somebody,
    expectConsoleError,
  }) => {
    expectConsoleError(/status of 404/);
    const person = await somebody();
    const environment = { DATA_DIR: app.dataDir, ORIGIN: app.origin };
    const answer = await runLatchkey(['recover', person.email, '--json'], environment);
    const { url } = JSON.parse(answer) as { url: string };

    await page.goto(url);
    await page.getByLabel('New password', { exact: true }).fill(newPassword);
    await page.getByLabel('The same password again', { exact: true }).fill(newPassword);
    await page.getByRole('button', { name: 'Set password' }).click();
    await expect(page.getByText('Your new password is set.')).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(person.name);

    await page.goto(url);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link is over');
  });
});

/** Ahead of the machine by this much; a worker's clock only ever goes forward. */
let ahead = 0;

const safari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
