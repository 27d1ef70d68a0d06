import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { codeVersion } from '../../bench/code-version.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

let root = '';
const put = (folder: string, file: string, text: string) => {
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, folder, file), text);
};
beforeEach(() => {
  root = temporaryDirectory();
  put('domain', 'account.ts', 'export const one = 1;');
  put('', 'package-lock.json', '{}');
});

describe('the version of the code', () => {
  test.each([
    ['domain', 'account.ts', 'export const one = 2;'],
    ['domain', 'other.ts', ''],
    ['', 'package-lock.json', '{"packages":{}}'],
    ['bench/peers', 'better-auth.js', 'serve();'],
  ])('is another one after a change in %s/%s', (folder, file, text) => {
    const before = codeVersion(root);
    put(folder, file, text);

    expect(codeVersion(root)).not.toBe(before);
  });

  test('is another one when a file has another name', () => {
    const before = codeVersion(root);
    renameSync(join(root, 'domain/account.ts'), join(root, 'domain/accounts.ts'));

    expect(codeVersion(root)).not.toBe(before);
  });

  test.each([
    ['bench', 'README.md'],
    ['test/domain', 'account.test.ts'],
    ['bench/peers/node_modules/better-auth', 'index.js'],
    ['node_modules/zod', 'index.js'],
    ['.cache/bench', 'full.json'],
    ['data', 'some.json'],
    ['build/server', 'index.js'],
  ])('is the same after a change in %s/%s', (folder, file) => {
    const before = codeVersion(root);
    put(folder, file, 'changed');

    expect(codeVersion(root)).toBe(before);
  });
});
