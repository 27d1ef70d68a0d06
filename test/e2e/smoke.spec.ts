import { expect, test } from './latchkey-test.ts';

test.describe('the home page', () => {
  test('answers, with one main heading @both', async ({ page }) => {
    const response = await page.goto('/');

    expect(response?.status()).toBe(200);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  });
});
