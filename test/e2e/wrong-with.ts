import type { Page } from 'playwright/test';
import { seriousFindings } from './serious-findings.ts';

const looks = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'light', width: 360 },
  { colorScheme: 'dark', width: 360 },
] as const;

/** Looks at the page as it stands in every light and width; answers all that is wrong with it. */
export async function wrongWith(page: Page): Promise<string[]> {
  const wrong: string[] = [];
  const headings = await page.getByRole('heading', { level: 1 }).count();
  if (headings !== 1) wrong.push(`${headings} main headings`);
  for (const { colorScheme, width } of looks) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const overhang = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      return scrollWidth - clientWidth;
    });
    if (overhang > 0) wrong.push(`${width}: runs out by ${overhang} px`);
    const findings = await seriousFindings(page);
    wrong.push(...findings.map((finding) => `${colorScheme} ${width}: ${finding}`));
  }
  return wrong;
}
