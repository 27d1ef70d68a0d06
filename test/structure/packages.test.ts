import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { COMPUTED, importsOf, sourceFiles } from './source-tree.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string): unknown => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));

const versions = z.record(z.string(), z.string());
const own = z
  .object({
    dependencies: versions,
    devDependencies: versions,
    allowScripts: z.record(z.string(), z.boolean()),
  })
  .parse(read('package.json'));
const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        version: z.string().optional(),
        resolved: z.string().optional(),
        deprecated: z.string().optional(),
        hasInstallScript: z.boolean().optional(),
      }),
    ),
  })
  .parse(read('package-lock.json'));
const locked = Object.entries(lock.packages).filter(([path]) => path !== '');
const nameOf = (path: string) => path.replace(/^.*node_modules\//, '');

describe('package.json', () => {
  test('names exact versions', () => {
    const ranges = Object.entries({ ...own.dependencies, ...own.devDependencies }).filter(
      ([, version]) => !/^(npm:@?[\w/.-]+@)?\d+\.\d+\.\d+$/.test(version),
    );

    expect(ranges).toEqual([]);
  });

  test('declares what is imported, and as a dependency what a server in production imports', () => {
    const undeclared = sourceFiles()
      .flatMap((file) => importsOf(file))
      .filter(({ to, ours }) => !ours && !to.startsWith('node:') && to !== COMPUTED)
      .filter(({ from, to, typeOnly, asset }) => {
        const inProduction = !/^(test|dev|bench)\/|^[^/]+$/.test(from) && !typeOnly && !asset;
        return !(to in own.dependencies) && (inProduction || !(to in own.devDependencies));
      });

    expect(undeclared.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  test('says of every package with an install script whether it may run', () => {
    const scripts = locked
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => nameOf(path));

    expect([...new Set(scripts)].filter((name) => !(name in own.allowScripts))).toEqual([]);
  });
});

describe('the lock file', () => {
  test('names no registry and no path of a machine', () => {
    expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  test('holds nothing that its authors gave up', () => {
    expect(locked.filter(([, { deprecated }]) => deprecated !== undefined)).toEqual([]);
  });

  test.each(['react', 'react-dom', 'vite', 'rollup', 'esbuild', 'zod'])('holds one %s', (name) => {
    const found = locked.filter(([path]) => nameOf(path) === name).map(([path]) => path);

    expect(found).toEqual([`node_modules/${name}`]);
  });
});
