import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { findBrowser } from '../support/browser.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

function program(name: string): string {
  const path = join(temporaryDirectory(), name);
  writeFileSync(path, '');
  chmodSync(path, 0o755);
  return path;
}

describe('the browser for the tests', () => {
  test('is the one that was named', () => {
    const named = program('my-own-browser');
    vi.stubEnv('LATCHKEY_BROWSER', named);

    expect(findBrowser()).toBe(named);
  });

  test('is else the one that Playwright downloaded', () => {
    const downloaded = program('chrome');
    vi.stubEnv('LATCHKEY_BROWSER', '');

    expect(findBrowser(downloaded)).toBe(downloaded);
  });

  test.each(['chromium', 'google-chrome', 'chromium-browser'])(
    'is else the %s on the PATH',
    (name) => {
      const onPath = program(name);
      vi.stubEnv('LATCHKEY_BROWSER', '/nowhere');
      vi.stubEnv('PATH', join(onPath, '..'));

      expect(findBrowser('/nowhere')).toBe(onPath);
    },
  );
});
