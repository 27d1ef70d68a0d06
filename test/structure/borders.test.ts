import { describe, expect, test } from 'vitest';
import { cycle, trespass } from './borders.ts';
import { importsOf, sourceFiles } from './source-tree.ts';

const imports = sourceFiles().flatMap((file) => importsOf(file));

const judge = (file: string, text: string) =>
  importsOf(file, text)
    .map(trespass)
    .filter((found) => found !== undefined);

describe('the house', () => {
  test('is read as a whole', () => {
    expect(imports.length).toBeGreaterThan(100);
    expect(imports.filter(({ ours }) => ours).length).toBeGreaterThan(50);
  });

  test('has no import across its borders', () => {
    expect(imports.map(trespass).filter((found) => found !== undefined)).toEqual([]);
  });

  test('has no files that import each other in a circle', () => {
    expect(cycle(imports)).toBeUndefined();
  });
});

describe('a border', () => {
  test.each([
    ['domain/x.ts', "import { z } from 'zod'; import { ok } from './result.ts';"],
    ['commands/x.ts', "import type { Vault } from '../vault/vault.ts';"],
    ['eventstore/esdb-store.ts', "import { KurrentDBClient } from '@eventstore/db-client';"],
    ['sqlite/sqlite-driver.ts', "import { DatabaseSync } from 'node:sqlite';"],
    ['app/routes/login.tsx', "import { signIn } from '../../commands/sign-in.ts';"],
    ['app/components/card.tsx', "import type { Account } from '../../domain/account/account.ts';"],
    ['test/x.test.ts', "import { main } from '../app/server/main.ts';"],
    ['providers/x.ts', "import { GitHubStrategy } from 'remix-auth-github';"],
    ['commands/x.ts', "import type { Provider } from '../providers/provider.ts';"],
  ])('lets %s say %s', (file, text) => {
    expect(judge(file, text)).toEqual([]);
  });

  test.each([
    ['domain/x.ts', "import { readFileSync } from 'node:fs';"],
    ['domain/x.ts', "import type { EventStore } from '../eventstore/event-store.ts';"],
    ['eventstore/sqlite-store.ts', "import { lookups } from '../projections/lookups.ts';"],
    ['projections/x.ts', "export { vault } from '../vault/vault.ts';"],
    ['vault/x.ts', "const later = await import('../eventstore/event-store.ts');"],
    ['vault/x.ts', "import { environment } from '../config/environment.ts';"],
    ['commands/x.ts', "import { session } from '../app/session.server.ts';"],
    ['app/routes/x.tsx', "import { run } from '../../cli/main.ts';"],
    ['sqlite/sqlite-driver.ts', "import { ok } from '../domain/result.ts';"],
    ['projections/rebuild.ts', "import { DatabaseSync } from 'node:sqlite';"],
    ['eventstore/sqlite-store.ts', "import { KurrentDBClient } from '@eventstore/db-client';"],
    ['commands/x.ts', "import { json } from '@remix-run/node';"],
    ['commands/x.ts', "import { GitHubStrategy } from 'remix-auth-github';"],
    ['commands/x.ts', "import { fetch } from 'undici';"],
    ['providers/x.ts', "import { signIn } from '../commands/sign-in.ts';"],
    ['vault/x.ts', "import type { Provider } from '../providers/provider.ts';"],
    ['app/server/x.ts', "import { Command } from 'commander';"],
    ['app/components/x.tsx', "import { refusalCopy } from '../../domain/account/refusals.ts';"],
    ['app/components/x.tsx', "import { signedIn } from '../session.server.ts';"],
    ['app/pages/x.tsx', "import { history } from '../../projections/history.ts';"],
  ])('stops %s from saying %s', (file, text) => {
    expect(judge(file, text)).toHaveLength(1);
  });

  test('sees a circle of values, and lets types go round', () => {
    const files = (keyword: string) => [
      ...importsOf('domain/a.ts', "import { b } from './b.ts';"),
      ...importsOf('domain/b.ts', `${keyword} { a } from './a.ts';`),
    ];

    expect(cycle(files('import'))).toEqual(['domain/a.ts', 'domain/b.ts', 'domain/a.ts']);
    expect(cycle(files('import type'))).toBeUndefined();
  });
});
