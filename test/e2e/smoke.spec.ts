import { expect, test } from './latchkey-test.ts';
import { seriousFindings } from './serious-findings.ts';

test.describe('the home page', () => {
  test('answers, with one main heading @both', async ({ page }) => {
    const response = await page.goto('/');

    expect(response?.status()).toBe(200);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  });

  test('has nothing that axe calls serious', async ({ page }) => {
    await page.goto('/');

    expect(await seriousFindings(page)).toEqual([]);
  });
});
