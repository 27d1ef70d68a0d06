import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { describe, expect, test } from 'vitest';
import { clientBorder, strayModules } from '../../dev/client-border.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

describe('a chunk for browsers', () => {
  test.each([
    'domain/account/account.ts',
    'commands/sign-in.ts',
    'vault/vault.ts',
    'providers/open-providers.ts',
    'app/server/main.ts',
    'app/signed-in.server.ts',
    'node_modules/zod/v4/core/parse.js',
  ])('may not hold %s, unless it was shaken out to nothing', (path) => {
    expect(
      strayModules({ [`/home/latchkey/${path}`]: { renderedLength: 9 } }, '/home/latchkey'),
    ).toEqual([path]);
    expect(
      strayModules({ [`/home/latchkey/${path}`]: { renderedLength: 0 } }, '/home/latchkey'),
    ).toEqual([]);
  });

  test.each(['app/routes/login.tsx?__remix-build-client-route', 'node_modules/react/index.js'])(
    'may hold %s',
    (path) => {
      expect(
        strayModules({ [`/home/latchkey/${path}`]: { renderedLength: 9 } }, '/home/latchkey'),
      ).toEqual([]);
    },
  );
});

describe('a build', () => {
  const buildOf = (files: Readonly<Record<string, string>>) => {
    const root = temporaryDirectory();
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return build({
      root,
      configFile: false,
      logLevel: 'silent',
      plugins: [clientBorder()],
      build: { rollupOptions: { input: join(root, 'app/page.ts') } },
    });
  };

  test('ends when a page holds a rule', async () => {
    const slip = buildOf({
      'app/page.ts': "import { rule } from '../domain/rule.ts'; document.title = rule;",
      'domain/rule.ts': "export const rule = 'last-login-method';",
    });

    await expect(slip).rejects.toThrow('domain/rule.ts');
  });

  test('goes on when the page holds none', async () => {
    const clean = buildOf({
      'app/page.ts': "import { rule } from '../domain/rule.ts'; document.title = 'Latchkey';",
      'domain/rule.ts': "export const rule = 'last-login-method';",
    });

    await expect(clean).resolves.toBeDefined();
  });
});
