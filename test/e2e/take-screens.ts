/**
 * `npm run screens`: starts the built app with people in it, looks at every page in light and dark, narrow and wide, and
 * writes what is seen to docs/screens. Names of screens take only those.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { startLocalProvider } from '../../dev/local-provider/start-local-provider.ts';
import { browserArguments, findBrowser } from '../support/browser.ts';
import { pointedAt } from '../support/pointed-at.ts';
import { startApp } from '../support/running-app.ts';
import { samplePeople, type SamplePeople } from './sample-people.ts';
import { screens, type Screen } from './screens.ts';

const FOLDER = join(import.meta.dirname, '../../docs/screens');
const widths = [360, 1280] as const;
const colours = ['light', 'dark'] as const;

const executablePath = findBrowser();
if (executablePath === undefined) throw new Error('No Chromium or Chrome found.');
const wanted = process.argv.slice(2);
const chosen = screens.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
if (wanted.length === 0) await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });

const local = await startLocalProvider();
const app = await startApp(pointedAt(local));
const browser = await chromium.launch({ executablePath, args: [...browserArguments] });
try {
  const people = await samplePeople(app);
  for (const screen of chosen) await take(browser, screen, people);
} finally {
  await browser.close();
  await app.stop();
  await local.close();
}

/** One screen, in every light and width it is kept in. */
async function take(opened: Browser, screen: Screen, people: SamplePeople): Promise<void> {
  for (const colorScheme of colours) {
    for (const width of screen.widths ?? widths) {
      const context = await opened.newContext({
        baseURL: app.origin,
        colorScheme,
        viewport: { width, height: width < 500 ? 740 : 800 },
        reducedMotion: 'reduce',
        locale: 'en-GB',
      });
      if (screen.as) await context.addCookies(people.cookiesOf(screen.as));
      const page = await context.newPage();
      await show(page, screen, people);
      const path = join(FOLDER, `${screen.name}-${colorScheme}-${width}.png`);
      await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
      await context.close();
    }
  }
  console.log(screen.name);
}

async function show(page: Page, { path, act }: Screen, people: SamplePeople): Promise<void> {
  const address = path === 'question' || path === 'audited' ? people[path] : path;
  await page.goto(address, { waitUntil: 'networkidle' });
  await act?.(page);
  await page.evaluate(() => document.fonts.ready);
}
