import { existsSync } from 'node:fs';
import { findBrowser } from '../support/browser.ts';
import { runCommand } from './run-command.ts';

const MINUTES = 60_000;
const QUIETLY = { DEBIAN_FRONTEND: 'noninteractive' };

/**
 * Makes sure there is a browser to test with: finds one, else downloads Playwright's, else (root on
 * Debian) installs the system's. Answers whether there is one now, after saying the command to type if not.
 */
export async function installBrowser(): Promise<boolean> {
  if (findBrowser() !== undefined) return true;

  console.log('No Chromium or Chrome here: fetching the one Playwright brings.');
  await runCommand('playwright install chromium', 5 * MINUTES);
  if (findBrowser() !== undefined) return true;

  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    console.log('That did not work: installing Debian’s.');
    await runCommand('apt-get update -qq', 5 * MINUTES, QUIETLY);
    await runCommand(
      'apt-get install -y -qq --no-install-recommends chromium',
      10 * MINUTES,
      QUIETLY,
    );
    if (findBrowser() !== undefined) return true;
  }

  console.error(`The browser tests need a browser. Type this, then try again:\n  ${byHand()}`);
  return false;
}

function byHand(): string {
  if (process.platform === 'darwin') return 'brew install --cask chromium';
  if (process.platform === 'win32') return 'winget install Google.Chrome';
  return existsSync('/etc/debian_version')
    ? 'sudo apt-get update && sudo apt-get install -y chromium'
    : 'node_modules/.bin/playwright install chromium';
}
