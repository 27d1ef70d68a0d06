import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sourceFiles } from './source-tree.ts';

const files = sourceFiles();

/** Lower case, words joined by `-`; endings like `.server` and `.test` say where a file runs. */
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*$/;
const NOWHERE = /(^|\/)(utils?|misc|helpers?|common|shared|index)(\.|\/)/;

const stems = (paths: readonly string[]) => paths.map((path) => path.replace(/\.\w+$/, ''));

describe('a file of the tree', () => {
  test('has a kebab-case name; a route’s says its address', () => {
    const named = files.filter((file) => !file.startsWith('app/routes/'));

    expect(stems(named).filter((stem) => !KEBAB.test(basename(stem)))).toEqual([]);
  });

  test('is named after what it holds: no utils, no misc, no barrel', () => {
    expect(files.filter((file) => NOWHERE.test(file))).toEqual([]);
  });

  test('under test/ is a test, or something tests use', () => {
    const outside = files.filter((file) => !file.startsWith('test/'));

    expect(outside.filter((file) => /\.(test|spec)\.tsx?$/.test(file))).toEqual([]);
  });
});
