import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
];

const USUAL_PLACES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/opt/google/chrome/chrome',
    '/snap/bin/chromium',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((folder) =>
    ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].map(
      (file) => join(process.env[folder] ?? 'C:\\', file),
    ),
  ),
};

/**
 * The browser the tests drive: `LATCHKEY_BROWSER`, else Playwright's own download, else a Chromium or
 * Chrome of the system (on the PATH, then in its usual places). Undefined where there is none.
 */
export function findBrowser(downloaded = chromium.executablePath()): string | undefined {
  const extension = process.platform === 'win32' ? '.exe' : '';
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => COMMANDS.map((command) => join(folder, command + extension)));

  return [
    process.env['LATCHKEY_BROWSER'] ?? '',
    downloaded,
    ...onPath,
    ...(USUAL_PLACES[process.platform] ?? []),
  ].find((path) => path !== '' && existsSync(path));
}

/**
 * How every test browser starts: it reaches this machine and nothing else, and asks nobody for updates. That is
 * why it may do without Chromium's sandbox, as Playwright starts it: root has none, nor have many containers.
 */
export const browserArguments: readonly string[] = [
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1 , EXCLUDE [::1]',
  '--disable-quic',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
