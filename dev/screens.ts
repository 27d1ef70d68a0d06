import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { browserArguments, findBrowser } from '../test/support/browser.ts';
import { startApp } from '../test/support/running-app.ts';

/** Looks at every page of the built app and keeps what it sees in docs/screens/: `npm run screens`. */
const folder = join(import.meta.dirname, '../docs/screens');
const secret = 'violet harbour candle';
const themes = ['light', 'dark'] as const;
const widths = [360, 1280] as const;

const signedIn = {
  home: '/',
  profile: '/settings',
  password: '/settings/password',
  connections: '/settings/connections',
  sessions: '/settings/sessions',
  history: '/settings/history',
};
const signedOut = { landing: '/', login: '/login', register: '/register', missing: '/nowhere' };

async function register(page: Page): Promise<void> {
  await page.goto('/register');
  const fields = { email: 'ada@example.org', username: 'ada', name: 'Ada Lovelace' };
  for (const [name, value] of Object.entries(fields)) await page.fill(`[name=${name}]`, value);
  await page.fill('[name=password]', secret);
  await page.fill('[name=passwordConfirm]', secret);
  await page.click('main form button:has-text("Create account")');
  await page.waitForURL('**/');
}

/** A history worth looking at: names in two directions, a long one, refused sign-ins. */
async function live(page: Page): Promise<void> {
  for (const name of ['ليلى بنت طريف', `Ada ${'Augusta '.repeat(9)}King`, 'Ada Lovelace']) {
    await page.goto('/settings');
    await page.fill('[name=name]', name);
    await page.click('button:has-text("Save profile")');
    await page.waitForLoadState();
  }
  await page.goto('/settings');
  await page.fill('[name=email]', 'ada@engine.example');
  await page.click('button:has-text("Save profile")');
  await page.waitForLoadState();
}

async function look(page: Page, pages: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, path] of Object.entries(pages)) {
    for (const theme of themes) {
      for (const width of widths) {
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height: 800 });
        await page.goto(path);
        const file = join(folder, `${name}-${theme}-${width}.png`);
        await page.screenshot({ path: file, fullPage: true });
      }
    }
  }
}

async function everything(browser: Browser, origin: string): Promise<void> {
  const options = { baseURL: origin, locale: 'en-GB', timezoneId: 'UTC' };
  const page = await browser.newPage(options);
  await look(page, signedOut);
  await register(page);
  await live(page);
  await look(page, signedIn);
}

mkdirSync(folder, { recursive: true });
const executablePath = findBrowser();
if (executablePath === undefined) throw new Error('there is no Chromium or Chrome to look with');
const app = await startApp();
const browser = await chromium.launch({ executablePath, args: [...browserArguments] });
try {
  await everything(browser, app.origin);
} finally {
  await browser.close();
  await app.stop();
}
