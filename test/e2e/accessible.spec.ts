import { readdirSync } from 'node:fs';
import { expect, test } from './latchkey-test.ts';
import { accountIdOf, giveRole } from '../support/audit-trails.ts';
import { lookedAt } from './looked-at.ts';
import { longName } from './names.ts';
import { wrongWith } from './wrong-with.ts';

const views = Object.values(lookedAt).flatMap((looked) =>
  looked === 'no page' ? [] : looked.by.map((viewer) => ({ viewer, path: looked.path })),
);

test.describe('axe finds nothing serious, and nothing runs out of a phone', () => {
  test.beforeEach(({ expectConsoleError }) => expectConsoleError(/status of 4(00|04|09)/));

  for (const { viewer, path } of views) {
    test(`${viewer}: ${path}`, async ({ page, app, somebody, enterAs }) => {
      const person = viewer === 'signed out' ? undefined : await somebody({ name: longName });
      if (person) await enterAs(person);
      if (person && viewer === 'auditor') await giveRole(app, person);
      const ownId = person && path.includes(':') ? await accountIdOf(app, person) : '';
      await page.goto(path.replace(':accountId', ownId));

      expect(await wrongWith(page)).toEqual([]);
    });
  }

  test('on a form that was sent back', async ({ page }) => {
    await page.goto('/register');
    await page.getByRole('main').getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByRole('alert')).toBeVisible();

    expect(await wrongWith(page)).toEqual([]);
  });

  test('on every page there is', () => {
    const routes = readdirSync(`${import.meta.dirname}/../../app/routes`);

    expect(Object.keys(lookedAt).sort()).toEqual(
      routes.map((file) => file.replace(/\.tsx?$/, '')).sort(),
    );
  });
});
